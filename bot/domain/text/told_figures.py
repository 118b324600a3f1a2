"""Figures of an enterprise as owners tell them: "11 công nhân, doanh thu 2 tỷ, hợp đồng 200tr"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.text.plain import folded

MOST_CHARACTERS = 2000
MOST_STAFF = 100_000
MOST_MONEY = 10**15

BEFORE_THE_AMOUNT = 40
"""Characters before an amount in which it is said what it is."""

_BILLION, _MILLION = 10**9, 10**6

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d{1,6}(?:[.,]\d{1,2})?"
_MONEY = re.compile(
    rf"(?<![\d.,/])(?:(?P<billion>{_NUMBER})\s*(?:ty|ti(?!\s*vi))(?![a-z])"
    r"(?:\s*(?P<half>ruoi)\b|\s*(?P<more>\d{1,3})(?![\d.,/])"
    r"(?:\s*(?P<more_unit>trieu|tr)(?![a-z]))?"
    r"(?!\s*(?:nguoi|cong nhan|nhan vien|lao dong|tho|thang|nam|%)))?"
    rf"|(?P<million>{_NUMBER})\s*(?:trieu|tr)(?![a-z])"
    r"(?:\s*(?P<half_million>ruoi)\b|(?P<tenth>\d)(?!\d))?"
    r"|(?P<whole>\d{1,3}(?:[.,]\d{3}){2,4})(?![\d/]))"
)
_STAFF = re.compile(
    r"(?<![\d.,/-])(\d{1,6})\s*"
    r"(?:cong nhan|nguoi|nhan vien|lao dong|nhan cong|tho|nhan su|cn|nv|ng)\b"
    r"(?!\s*(?:mua|dan|dung|tieu dung|khach|hoc|tham gia|dang ky|nghi|nuoc))"
)
_NO_STAFF = re.compile(
    r"(?:hon|tren|duoi|gan|it nhat|toi thieu|dao tao|tap huan|moi|hoc vien|khach|cho|them|giam|tu"
    r"|den|khong qua|toi da)\s*$"
)
"""What stands before a number of people who are not all that work there, or only about so many."""

_WOMEN = re.compile(r"\b(?:phu nu|nu)\s+(?:lam chu|so huu|chu)\b|\bchu la nu\b")

_DIGITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9,
}  # fmt: skip
_TENS = re.compile(rf"\b({'|'.join(_DIGITS)})\s+chuc\s+(?!may|nghin|ngan|trieu|ty)")
_TEENS = re.compile(rf"\bmuoi\s+({'|'.join(_DIGITS)})\s+(?=nguoi|cong nhan|nhan|lao|tho|nv|cn)")

_BY_MONTH = re.compile(r"\b(?:moi|mot|1|hang|trung binh)?\s*(?:thang|ngay|quy|tuan)\b")


class Role(StrEnum):
    """What an amount is."""

    REVENUE = "revenue"
    CAPITAL = "capital"
    INCOME = "income"
    SPENT = "spent"


_ROLES: tuple[tuple[Role | None, re.Pattern[str]], ...] = (
    # Of none: a ceiling, a support, a tax, what was paid in or borrowed.
    (
        None,
        re.compile(
            r"\b(?:toi da|ho tro|tran|phat|ngan sach|duoc|vay|von (?:dieu le|dau tu|vay|gop|tu co)"
            r"|(?:mien|nop|dong|tien) thue|no|tiet kiem|lai)\b"
        ),
    ),
    (Role.REVENUE, re.compile(r"\b(?:doanh thu|doanh so)\b")),
    (Role.CAPITAL, re.compile(r"\b(?:nguon von|tong von|von)\b(?! (?:dieu|dau|vay|gop|tu co))")),
    (Role.INCOME, re.compile(r"\b(?:thu nhap|loi nhuan)(?: (?:tinh|chiu) thue)?\b")),
    (
        Role.SPENT,
        re.compile(
            r"\b(?:hop dong|hd|bao gia|chi phi|chi nghien cuu|chi cho|het|hoc phi|tri gia"
            r"|(?<!tinh )(?<!chiu )(?<!mien )(?<!nop )(?<!dong )(?<!tien )thue|mua)\b"
        ),
    ),
)


@dataclass(frozen=True)
class ToldFigures:
    """`amounts`: đồng, with what each is; `women`: whether women lead. None: not told."""

    staff: int | None = None
    amounts: tuple[tuple[Role, int], ...] = ()
    women: bool = False

    def amount(self, role: Role) -> int | None:
        """The first amount of a role."""
        return next((value for kind, value in self.amounts if kind is role), None)


def told_figures(text: str) -> ToldFigures:
    """What a message tells of an enterprise; an amount of which nothing is said is left out.

    Two counts of staff are those of two times, and revenue by the month is no yearly one: neither
    is taken.
    """
    said = _in_figures(folded(unicodedata.normalize("NFC", text)[:MOST_CHARACTERS]))
    counts = {
        int(found[1])
        for found in _STAFF.finditer(said)
        if _NO_STAFF.search(said[: found.start()]) is None
    }
    staff = counts.pop() if len(counts) == 1 else None
    return ToldFigures(
        staff=staff if staff is not None and 0 < staff <= MOST_STAFF else None,
        amounts=tuple(_amounts(said)),
        women=_WOMEN.search(said) is not None,
    )


def _in_figures(said: str) -> str:
    """“Ba chục” as 30, “mười hai” as 12; what is no count of tens stays in words."""
    tens = _TENS.sub(lambda found: f"{_DIGITS[found[1]]}0 ", said)
    return _TEENS.sub(lambda found: f"1{_DIGITS[found[1]]} ", tens)


def _amounts(said: str) -> Iterator[tuple[Role, int]]:
    end = 0
    for found in _MONEY.finditer(said):
        value = _value(found)
        before = said[max(end, found.start() - BEFORE_THE_AMOUNT) : found.start()]
        behind = said[found.end() : found.end() + 12]
        end = found.end()
        role = _role(before)
        is_by_month = role is Role.REVENUE and (
            _BY_MONTH.search(before.rpartition("doanh")[2]) or _BY_MONTH.match(behind.lstrip(" /"))
        )
        if role is not None and 0 < value <= MOST_MONEY and not is_by_month:
            yield role, value


def _value(found: re.Match[str]) -> int:
    if found["whole"]:
        return int(re.sub(r"\D", "", found["whole"]))
    if found["million"]:
        more = Decimal("0.5") if found["half_million"] else Decimal(found["tenth"] or 0) / 10
        return int((_decimal(found["million"]) + more) * _MILLION)
    value = _decimal(found["billion"]) * _BILLION
    if found["half"]:
        value += _BILLION // 2
    elif found["more"]:
        # "3 tỷ 5" is three and a half; "3 tỷ 500" is told in million.
        is_tenths = len(found["more"]) == 1 and not found["more_unit"]
        value += int(found["more"]) * (_BILLION // 10 if is_tenths else _MILLION)
    return int(value)


def _decimal(number: str) -> Decimal:
    """Three digits behind a mark are thousands, fewer are a fraction."""
    whole, mark, rest = number.replace(",", ".").partition(".")
    if mark and len(rest.partition(".")[0]) == 3:  # noqa: PLR2004
        return Decimal(number.replace(",", "").replace(".", ""))
    return Decimal(f"{whole}.{rest}" if mark else whole)


def _role(before: str) -> Role | None:
    """Of the words before an amount the last one tells what it is; nothing told: None."""
    last: tuple[int, Role | None] = (-1, None)
    for role, words in _ROLES:
        for match in words.finditer(before):
            last = max(last, (match.end(), role), key=lambda one: one[0])
    return last[1]
