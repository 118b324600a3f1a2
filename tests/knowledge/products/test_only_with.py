"""An article of a row is meant only with one of its words."""

import pytest

from bot.knowledge.products.only_with import SURE, OnlyWith

USED = OnlyWith(words=["cũ", "may", "da", "ít", "tân trang", "xài 5 năm"])


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("nhập máy cũ", ""),
        ("xưởng may", ""),
        ("máy tân trang lại", ""),
        ("MAY TAN TRANG LAI", "may tan trang lai"),
        ("nhap may cu", "nhập máy cũ"),
        ("nhap it thoi", "nhập ít thôi"),
        ("máy xài 12 năm", ""),
        ("may xai 12 nam", "mấy xài 12 nắm"),
    ],
)
def test_a_word_is_said(text: str, restored: str) -> None:
    assert USED.is_said(text, restored)


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("nhập dụng cụ", ""),
        ("nhập máy đã xong", ""),
        ("máy xài điện 12 năm", ""),
        ("nhap dung cu", "nhập dụng cụ"),
        ("nhap may xong", "nhập máy xông"),
        ("da nhap ve", "đã nhập về"),
        ("nhap may it", "nhập máy ịt"),
        ("", ""),
    ],
)
def test_a_bare_syllable_is_no_word(text: str, restored: str) -> None:
    assert not USED.is_said(text, restored)


def test_what_is_sure_needs_no_word_unless_the_row_says_so() -> None:
    assert USED.denies("nhập máy", "", SURE - 0.01)
    assert not USED.denies("nhập máy", "", SURE)
    assert USED.model_copy(update={"even_sure": True}).denies("nhập máy", "", 1.0)
    assert not USED.model_copy(update={"even_sure": True}).denies("nhập máy cũ", "", 1.0)
