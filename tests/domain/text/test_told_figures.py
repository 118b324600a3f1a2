"""Figures of an enterprise as owners tell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.told_figures import Role, told_figures

BILLION, MILLION = 10**9, 10**6


@pytest.mark.parametrize(
    ("words", "staff", "amounts"),
    [
        ("11 công nhân, doanh thu 2 tỷ", 11, [(Role.REVENUE, 2 * BILLION)]),
        ("cty 6 ng", 6, []),
        (
            "9 người, doanh thu 3,8 tỷ, vốn 2.5 tỉ",
            9,
            [(Role.REVENUE, 3800 * MILLION), (Role.CAPITAL, 2500 * MILLION)],
        ),
        ("hop dong 200tr", None, [(Role.SPENT, 200 * MILLION)]),
        ("doanh thu 2 tỷ rưỡi", None, [(Role.REVENUE, 2500 * MILLION)]),
        ("bao gia 1 ty 2", None, [(Role.SPENT, 1200 * MILLION)]),
        ("thuê phần mềm hết 60.000.000đ", None, [(Role.SPENT, 60 * MILLION)]),
        (
            "chi nghiên cứu 300 triệu, thu nhập tính thuế 2 tỷ",
            None,
            [(Role.SPENT, 300 * MILLION), (Role.INCOME, 2 * BILLION)],
        ),
        ("NĐ 37/2026, điều 12, 0909 123 456, 5 ngày, 2 nhóm", None, []),
        ("doanh thu 1.500 triệu", None, [(Role.REVENUE, 1500 * MILLION)]),
        ("doanh thu 3 tỷ 500 triệu", None, [(Role.REVENUE, 3500 * MILLION)]),
        ("doanh thu 3 tỷ 500", None, [(Role.REVENUE, 3500 * MILLION)]),
        ("báo giá 2tr5", None, [(Role.SPENT, 2_500_000)]),
        ("doanh thu bên chị 2 tỷ", None, [(Role.REVENUE, 2 * BILLION)]),
        ("doanh thu mỗi tháng 500 triệu", None, []),
        ("doanh thu 500 triệu/tháng", None, []),
        ("vốn điều lệ 2 tỷ", None, []),
        ("hỗ trợ tối đa 50 triệu đúng không", None, []),
        ("ngân sách hỗ trợ 100 triệu", None, []),
        ("mỗi tháng bán 500 chai", None, []),
        ("mua 2 ti vi", None, []),
        ("hơn 100 công nhân", None, []),
        ("xưởng 10-15 người", None, []),
        ("đào tạo 30 người", None, []),
        ("6 tháng đầu 9 người, 6 tháng cuối 12 người", None, []),
        ("hợp đồng 1 tỷ 5 người", 5, [(Role.SPENT, BILLION)]),
    ],
)
def test_each_figure_is_what_is_said_before_it(
    words: str, staff: int | None, amounts: list[tuple[Role, int]]
) -> None:
    told = told_figures(words)
    assert told.staff == staff
    assert list(told.amounts) == amounts


@pytest.mark.parametrize(
    ("words", "women"),
    [("phụ nữ làm chủ", True), ("chủ là nữ", True), ("may đồ nữ", False)],
)
def test_who_leads_is_read(words: str, *, women: bool) -> None:
    assert told_figures(words).women is women


@given(st.text(max_size=3000))
def test_any_text_is_read(words: str) -> None:
    told = told_figures(words)
    assert all(value > 0 for _, value in told.amounts)


@given(st.integers(1, 999), st.sampled_from([("tỷ", BILLION), ("triệu", MILLION)]))
def test_a_round_amount_is_read_back(count: int, unit: tuple[str, int]) -> None:
    assert told_figures(f"doanh thu {count} {unit[0]} đồng").amounts == (
        (Role.REVENUE, count * unit[1]),
    )


@pytest.mark.parametrize(
    ("text", "staff"),
    [
        ("công ty ba chục người, buôn sắt thép", 30),
        ("xưởng em mười hai công nhân", 12),
        ("nam chuc lao dong", 50),
        ("ba chục triệu tiền vốn", None),
        ("mười mấy người", None),
        ("bán hai chục ngàn cái", None),
    ],
)
def test_tens_in_words(text: str, staff: int | None) -> None:
    assert told_figures(text).staff == staff
