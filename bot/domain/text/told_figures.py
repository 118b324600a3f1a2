"""Figures of an enterprise as owners tell them: "11 công nhân, doanh thu 2 tỷ, hợp đồng 200tr"."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.text.plain import folded

MOST_CHARACTERS = 2000
MOST_STAFF = 100_000
MOST_MONEY = 10**15

BEFORE_THE_AMOUNT = 40
"""Characters before an amount in which it is said what it is."""

_UNITS = {
    **dict.fromkeys(("ty", "ti"), 10**9),
    **dict.fromkeys(("trieu", "tr", "cu", "chai"), 10**6),
    **dict.fromkeys(("nghin", "ngan", "k"), 10**3),
}
_MONEY = re.compile(
    r"(?<![\d.,/])(\d{1,6}(?:[.,]\d{1,3})?)\s*(ty|ti|trieu|tr|cu|chai)\b"
    r"(?:\s*(ruoi)\b|\s*(\d)\b(?!\s*(?:nguoi|cong nhan|nhan vien|lao dong|tho|thang|nam|%)))?"
    r"|(?<![\d.,/])(\d{1,3}(?:[.,]\d{3}){2,4})(?![\d/])"
)
_STAFF = re.compile(
    r"(?<![\d.,/])(\d{1,6})\s*"
    r"(?:cong nhan|nguoi|nhan vien|lao dong|nhan cong|tho|nhan su|cn|nv|ng)\b"
    r"(?!\s*(?:mua|dan|dung|tieu dung|khach))"
)
_WOMEN = re.compile(r"\b(?:phu nu|nu)\s+(?:lam chu|so huu|chu)\b|\bchu la nu\b")


class Role(StrEnum):
    """What an amount is."""

    REVENUE = "revenue"
    CAPITAL = "capital"
    INCOME = "income"
    SPENT = "spent"


_ROLES = {
    Role.REVENUE: re.compile(r"\b(?:doanh thu|doanh so)\b"),
    Role.CAPITAL: re.compile(r"\b(?:nguon von|tong von|von)\b"),
    Role.INCOME: re.compile(r"\b(?:thu nhap|loi nhuan|lai)\b"),
    Role.SPENT: re.compile(r"\b(?:hop dong|hd|bao gia|chi|het|goi)\b"),
}


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
    """What a message tells of an enterprise; an amount of which nothing is said is spent."""
    said = folded(unicodedata.normalize("NFC", text)[:MOST_CHARACTERS])
    counts = {int(found[1]) for found in _STAFF.finditer(said)}
    # Several are those of several times: an average is asked for, which is not worked out here.
    staff = counts.pop() if len(counts) == 1 else None
    amounts: list[tuple[Role, int]] = []
    end = 0
    for found in _MONEY.finditer(said):
        value = _value(found)
        before = said[max(end, found.start() - BEFORE_THE_AMOUNT) : found.start()]
        end = found.end()
        if 0 < value <= MOST_MONEY:
            amounts.append((_role(before), value))
    return ToldFigures(
        staff=staff if staff is not None and 0 < staff <= MOST_STAFF else None,
        amounts=tuple(amounts),
        women=_WOMEN.search(said) is not None,
    )


def _value(found: re.Match[str]) -> int:
    if found[5]:
        return int(re.sub(r"\D", "", found[5]))
    unit = _UNITS[found[2]]
    more = Decimal("0.5") if found[3] else Decimal(found[4] or 0) / 10
    return int((Decimal(found[1].replace(",", ".")) + more) * unit)


def _role(before: str) -> Role:
    """Of the words before an amount the last one tells what it is."""
    last = {
        role: match.start() for role, words in _ROLES.items() for match in words.finditer(before)
    }
    return max(last, key=lambda role: last[role], default=Role.SPENT)
