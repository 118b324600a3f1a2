"""An owner's words and the phrases that stand in them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.heard import hear
from vietnamese import strip_accents

PHRASES = ("nhãn hiệu", "hàng nhóm 2", "kiểm định", "logo", "43/2017")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Đăng ký Nhãn Hiệu ở đâu?", "nhãn hiệu"),
        ("dang ky nhan hieu o dau", "nhãn hiệu"),
        ("đăng ký nhan hiệu", "nhãn hiệu"),
        ("dk nh het nhieu tien", "nhãn hiệu"),
        ("theo nđ 43/2017/NĐ-CP", "43/2017"),
        ("theo nghị định 43", "nđ 43"),
    ],
)
def test_a_phrase_is_heard_as_owners_type_it(text: str, phrase: str) -> None:
    assert hear(text).holds(phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("nhân hiệu quả lên", "nhãn hiệu"),
        ("kiểm dịch ở đâu", "kiểm định"),
        ("nhãn của hiệu sách", "nhãn hiệu"),
        ("hàng nhóm 25", "hàng nhóm 2"),
        ("", "logo"),
        ("logo", "?"),
    ],
)
def test_what_only_resembles_it_is_not_heard(text: str, phrase: str) -> None:
    assert not hear(text).holds(phrase)


def test_the_longest_phrase_is_the_one_that_was_said() -> None:
    heard = hear("đăng ký bản quyền thương hiệu")
    assert heard.first_of(["thương hiệu", "bản quyền thương hiệu", "logo"]) == (
        "bản quyền thương hiệu"
    )
    assert heard.first_of(["logo"]) == ""


def test_a_phrase_taken_out_leaves_a_gap_between_its_neighbours() -> None:
    heard = hear("nhãn của hiệu").without("của")
    assert not heard.holds("nhãn hiệu")
    assert not hear("mã vạch xuất xứ").without("mã vạch xuất xứ").holds("mã vạch")


@given(
    before=st.text(alphabet="abc ?", max_size=8),
    phrase=st.sampled_from(PHRASES),
    behind=st.text(alphabet="abc ?", max_size=8),
    spelt=st.sampled_from([str, strip_accents]),
)
def test_any_words_around_a_phrase_do_not_hide_it(
    before: str, phrase: str, behind: str, spelt: Callable[[str], str]
) -> None:
    text = f"{before} {spelt(phrase)} {behind}"
    assert hear(text).holds(phrase)
    assert not hear(text).without(phrase).holds(phrase)
