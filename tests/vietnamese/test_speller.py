import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese import strip_accents, tokens
from vietnamese.augment import mistype
from vietnamese.lexicon import Lexicon
from vietnamese.restorer import Restorer
from vietnamese.speller import Speller

SENTENCES = [
    "đăng ký nhãn hiệu ở đâu",
    "đăng ký mã vạch hết bao nhiêu tiền",
    "dấu hợp quy là gì",
    "dấu định lượng là gì",
    "hồ sơ công bố hợp quy gồm mấy bước",
    "làm iso 9001 mất bao lâu",
    "iso 22000 là gì",
    "giấy chứng nhận iso có thời hạn mấy năm",
    "doanh nghiệp nhỏ được hỗ trợ gì",
    "tôi vui lắm",
]

LEXICON = Lexicon([tokens(sentence) for sentence in SENTENCES])


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(LEXICON)


def read(speller: Speller, text: str) -> str:
    return " ".join(speller.read(tokens(text)))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_was_learnt_stays(speller: Speller, sentence: str) -> None:
    assert speller.read(tokens(sentence)) == tokens(sentence)
    assert speller.read(tokens(strip_accents(sentence))) == tokens(sentence)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("đăng lý nhãn hiệu", "đăng ký nhãn hiệu"),  # a neighbouring key that makes a syllable
        ("đăng ký nhxn hiệu", "đăng ký nhãn hiệu"),  # over an accented letter
        ("dang ky nhan hieju", "đăng ký nhãn hiệu"),  # a stray key, nothing accented
        ("ddawng ký nhanx hieeuj", "đăng ký nhãn hiệu"),  # Telex left as letters
        ("đăng ký mã vạhc", "đăng ký mã vạch"),  # swapped
        ("hồ sơ gồmm mấy bươc", "hồ sơ gồm mấy bước"),  # doubled, an accent left out
        ("doanh ngiệpj được hỗ trợ", "doanh nghiệp được hỗ trợ"),  # two errors
        ("doanhnghiệp nhỏ", "doanh nghiệp nhỏ"),  # a space lost
        ("doanh ngh iệp nhỏ", "doanh nghiệp nhỏ"),  # a space astray
        ("giấy chứng nhận ios", "giấy chứng nhận iso"),
    ],
)
def test_typing_errors_are_undone(speller: Speller, typed: str, meant: str) -> None:
    assert read(speller, typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "iso 9001",
        "qcvn 41",
        "mã số thuế 1100123456",
        "hợp đồng 12a",
        "facebook",
        "shopee",
        "vinamilk",
        "ở trường mẫu giáo",
    ],
)
def test_codes_numbers_names_and_other_words_survive(speller: Speller, text: str) -> None:
    assert [strip_accents(word) for word in speller.read(tokens(text))] == [
        strip_accents(word) for word in tokens(text)
    ]


def test_a_word_of_thousands_of_letters_is_not_looked_at(speller: Speller) -> None:
    endless = "nhxan" * 1000
    assert speller.read(["nhãn", endless, "hiệu"]) == ["nhãn", endless, "hiệu"]


def test_nothing_learnt_changes_nothing() -> None:
    assert Speller(Lexicon([])).read(["ma", "vạch"]) == ["ma", "vạch"]
    assert Speller(LEXICON).read([]) == []


@given(st.sampled_from(SENTENCES), st.integers(0, 1000))
def test_mistyped_sentences_keep_most_of_their_words(sentence: str, seed: int) -> None:
    meant = tokens(sentence)
    got = Speller(LEXICON).read(tokens(mistype(sentence, random.Random(seed))))
    assert len({*meant} & {*got}) >= len({*meant}) // 2


@given(st.lists(st.sampled_from(["ma", "mã", "vach", "dau", "9001", "gi", "ký"]), max_size=10))
def test_known_words_are_read_as_the_restorer_reads_them(words: list[str]) -> None:
    assert len(Speller(LEXICON).read(words)) == len(Restorer(LEXICON).restore(words)) == len(words)
