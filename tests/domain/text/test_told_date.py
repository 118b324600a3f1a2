"""Dates as owners tell them, and days counted from them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.told_date import ToldDate, told_dates

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("kiểm định ngày 20/4/2026, cái kia 10-4-26", [(2026, 4, 20), (2026, 4, 10)]),
        ("ngày 20 tháng 4 năm 2026", [(2026, 4, 20)]),
        ("thành lập 2/2024, bán từ tháng 3 năm 2026", [(2024, 2, None), (2026, 3, None)]),
        ("don nop t3/2025", [(2025, 3, None)]),
        ("giấy cấp 2016", [(2016, None, None)]),
        ("2026-11-20", [(2026, 11, 20)]),
        ("nộp bữa 5/3", [(2026, 3, 5)]),
        ("nộp ngày 20/12", [(2025, 12, 20)]),
        ("hôm qua mới nộp", [(2026, 11, 28)]),
        ("hôm nay", [(2026, 11, 29)]),
        ("Ngày １/２/２０２６", [(2026, 2, 1)]),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_told(
    words: str, told: list[tuple[int, int | None, int | None]]
) -> None:
    found = [one.date for one in told_dates(words, today=TODAY)]
    assert [(one.year, one.month, one.day) for one in found] == told


@pytest.mark.parametrize(
    "words",
    [
        "theo TT 04/2026/TT-BKHCN",
        "thông tư số 04/2026",
        "NĐ 37/2026/NĐ-CP",
        "QCVN 16:2023/BXD",
        "ISO 9001:2026",
        "31/2/2026",
        "0909.123.456",
        "giá 2.000 đồng",
        "TCVN 12/2019",
    ],
)
def test_a_number_is_no_date(words: str) -> None:
    assert told_dates(words, today=TODAY) == []


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (ToldDate(2026, 4, 20), 24, ToldDate(2028, 4, 20)),
        (ToldDate(2026, 8, 31), 6, ToldDate(2027, 2, 28)),
        (ToldDate(2024, 2, 29), 12, ToldDate(2025, 2, 28)),
        (ToldDate(2026, 3), -4, ToldDate(2025, 11)),
        (ToldDate(2016), 120, ToldDate(2026)),
    ],
)
def test_months_later_is_no_more_exact(start: ToldDate, months: int, end: ToldDate) -> None:
    assert start.plus(months) == end


@given(st.dates(date(1980, 1, 1), date(2079, 12, 31)), st.integers(0, 600))
def test_a_day_is_read_back_and_months_never_skip_one(day: date, months: int) -> None:
    (told,) = told_dates(f"nộp đơn {day:%d/%m/%Y} nha", today=TODAY)
    assert told.date.first == told.date.last == day
    later = told.date.plus(months)
    assert (later.year - day.year) * 12 + (later.month or 0) - day.month == months
    assert later.day is not None
    assert later.day <= day.day


@given(st.text(max_size=3000))
def test_any_text_is_read(words: str) -> None:
    assert all(one.start < one.end for one in told_dates(words, today=TODAY))
