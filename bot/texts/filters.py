"""How dates, times and numbers are written in Vietnamese sentences."""

from datetime import date, datetime

from babel import Locale

from bot.domain.clock import VIETNAM
from bot.domain.enterprise import tax_code
from bot.domain.text.told_date import ToldDate

_VIETNAMESE = Locale("vi", "VN")
_DECIMALS = _VIETNAMESE.decimal_formats[None]
"""Found once: a table writes a thousand numbers."""

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

MINUTES_FROM = 120
"""Seconds from which a wait is told in minutes."""


def day(value: date) -> str:
    """`24/11/2026`."""
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM)
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """`10:30 thứ Ba, 24/11/2026`, in Vietnam's time."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H:%M} {WEEKDAYS[local.weekday()]}, {local:%d/%m/%Y}"


def number(value: float) -> str:
    """`1.500`, `37,5`."""
    return str(_DECIMALS.apply(value, _VIETNAMESE))


def money(value: int) -> str:
    """`2 tỷ`, `7,5 triệu`, `1.234.567` and đồng: as short as it is exact."""
    for unit, name in ((10**9, "tỷ"), (10**6, "triệu")):
        if value >= unit and value * 100 % unit == 0:
            return f"{number(value / unit)} {name} đồng"
    return f"{number(value)} đồng"


def wait(seconds: int) -> str:
    """`40 giây`; from two minutes on `3 phút`, rounded up."""
    if seconds < MINUTES_FROM:
        return f"{seconds} giây"
    return f"{-(-seconds // 60)} phút"


def told(value: ToldDate) -> str:
    """`20/04/2026`, `tháng 04/2026`, `năm 2026`: as exact as the date is."""
    if value.month is None:
        return f"năm {value.year}"
    if value.day is None:
        return f"tháng {value.month:02}/{value.year}"
    return f"{value.day:02}/{value.month:02}/{value.year}"


FILTERS = {
    "day": day,
    "discreet_code": tax_code.discreet,
    "moment": moment,
    "money": money,
    "number": number,
    "told": told,
    "tax_code": tax_code.shown,
    "wait": wait,
}
