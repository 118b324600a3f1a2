import random

from hypothesis import given
from hypothesis import strategies as st

from vietnamese.accents import has_accents, strip_accents
from vietnamese.augment import half_bare, mistype, noisy_copies, shorten
from vietnamese.normal import normalise

texts = st.text(alphabet="aáăâđeêiíoôơóuưúymnhkgct ?", max_size=60)
dice = st.integers(0, 1000).map(random.Random)


@given(texts)
def test_copies_repeat_and_are_never_the_text(text: str) -> None:
    copies = noisy_copies(text)
    assert copies == noisy_copies(text)
    assert len(copies) == len(set(copies)) <= 4
    assert text not in copies


def test_a_phrasing_has_four_copies() -> None:
    bare, half, short, typo = noisy_copies("đăng ký nhãn hiệu hết bao nhiêu tiền vậy không biết")
    assert bare == "dang ky nhan hieu het bao nhieu tien vay khong biet"
    assert has_accents(half)
    assert strip_accents(half) == bare
    assert len(short) < len(bare)
    assert typo != bare
    assert not has_accents(typo)


@given(texts, dice)
def test_half_bare_only_takes_accents_off(text: str, roll: random.Random) -> None:
    assert strip_accents(half_bare(text, roll)) == strip_accents(" ".join(text.split()))


def test_shorthand_says_the_same() -> None:
    text = "đăng ký nhãn hiệu cho sản phẩm của công ty được không"
    for seed in range(20):
        assert normalise(shorten(text, random.Random(seed), share=1.0)) == text


@given(texts, dice)
def test_typing_errors_are_few(text: str, roll: random.Random) -> None:
    typed = mistype(text, roll)
    edits = max(1, len(text) // 12)
    assert abs(len(typed) - len(text)) <= edits


def test_a_text_without_letters_cannot_be_mistyped() -> None:
    assert mistype("123 ?", random.Random(1)) == "123 ?"
