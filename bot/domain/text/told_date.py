"""Dates as owners tell them: "20/4/2026", "tháng 3 năm 2025", "cấp 2016", "hôm nay"."""

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.text.plain import folded

MONTHS = 12
EARLIEST, LATEST = 1980, 2079

MOST_CHARACTERS = 2000

_DAY, _MONTH, _YEAR = r"0?[1-9]|[12]\d|3[01]", r"0?[1-9]|1[0-2]", r"(?:19|20)\d\d"
_ALONE = r"(?<![\d/.:-])"
_END = r"(?![\d/]|-\w|\.\d)"

_FULL = re.compile(
    rf"{_ALONE}({_DAY})\s?[/.-]\s?({_MONTH})\s?[/.-]\s?({_YEAR}){_END}"
    rf"|{_ALONE}({_DAY})[/-]({_MONTH})[/-](\d\d){_END}"
    rf"|\b({_DAY})\s*thang\s*({_MONTH})\s*(?:,\s*)?(?:nam\s*)?({_YEAR})\b"
)
_OF_MONTH = re.compile(
    rf"(?:\bt|{_ALONE}\b)({_MONTH})\s?[/.-]\s?({_YEAR}){_END}"
    rf"|\bthang\s*({_MONTH})\s*(?:,\s*)?(?:nam\s*)?({_YEAR})\b"
)
_OF_YEAR = re.compile(rf"{_ALONE}\b({_YEAR})\b{_END}")
_WITHOUT_YEAR = re.compile(
    rf"\b(?:ngay|hom|bua)\s*({_DAY})\s?/\s?({_MONTH}){_END}"
    rf"|\b(?:ngay|hom|bua|mung)\s*({_DAY})\s*thang\s*({_MONTH})\b"
    r"(?!\s*(?:,\s*)?(?:nam\s*)?\d{4}|\s*(?:lan|nua))"
)
_BACKWARDS = re.compile(rf"{_ALONE}\b({_YEAR})-({_MONTH})-({_DAY}){_END}")
_RELATIVE = re.compile(r"\b(hom nay|bua nay|hom qua)\b")

_OF_A_DOCUMENT = re.compile(
    r"(?:thong tu|nghi dinh|quyet dinh|nghi quyet|luat|chi thi|qcvn|tcvn|\btt|\bnd|\bqd|\bnq)"
    r"(?:\s*so)?[\s:.-]*$"
)
"""What stands before the number of a document, which looks like a month: "TT 04/2026"."""


@dataclass(frozen=True)
class ToldDate:
    """A day, a month or a year, as exact as it was told."""

    year: int
    month: int | None = None
    day: int | None = None

    def plus(self, months: int) -> "ToldDate":
        """So many months later (earlier: negative), no more exact; a month's end stays its end."""
        if self.month is None:
            return ToldDate(self.year + months // MONTHS)
        year, month = divmod(self.year * MONTHS + self.month - 1 + months, MONTHS)
        day = self.day and min(self.day, calendar.monthrange(year, month + 1)[1])
        return ToldDate(year, month + 1, day)

    @property
    def first(self) -> date:
        """The first day that it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it may be."""
        month = self.month or MONTHS
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True)
class Told:
    """A date in a message, and where its words begin and end in `folded(NFC)`."""

    date: ToldDate
    start: int
    end: int


def told_dates(text: str, *, today: date) -> list[Told]:
    """The dates of a message, in the order of its words. Without a year: the latest gone by."""
    said = folded(unicodedata.normalize("NFC", text))
    if len(said) > MOST_CHARACTERS:
        # Cut between two words: half a date would be another.
        said = said[:MOST_CHARACTERS].rpartition(" ")[0]
    found: list[Told] = []
    for told in _candidates(said, today):
        overlaps = any(told.start < one.end and one.start < told.end for one in found)
        if not overlaps and not _OF_A_DOCUMENT.search(said[: told.start]):
            found.append(told)
    return sorted(found, key=lambda told: told.start)


def _candidates(said: str, today: date) -> Iterator[Told]:
    for match in _FULL.finditer(said):
        day, month, year = _numbers(match)
        yield from _told(match, year + 2000 if year < 100 else year, month, day)  # noqa: PLR2004
    for match in _BACKWARDS.finditer(said):
        yield from _told(match, *_numbers(match))
    for match in _OF_MONTH.finditer(said):
        month, year = _numbers(match)
        yield from _told(match, year, month)
    for match in _WITHOUT_YEAR.finditer(said):
        day, month = _numbers(match)
        is_to_come = (month, day) > (today.month, today.day)
        yield from _told(match, today.year - is_to_come, month, day)
    for match in _OF_YEAR.finditer(said):
        yield from _told(match, int(match[1]))
    for match in _RELATIVE.finditer(said):
        meant = today - timedelta(days=match[1] == "hom qua")
        yield from _told(match, meant.year, meant.month, meant.day)


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(group) for group in match.groups() if group is not None]


def _told(
    match: re.Match[str], year: int, month: int | None = None, day: int | None = None
) -> Iterator[Told]:
    if not EARLIEST <= year <= LATEST:
        return
    if day is not None and month is not None and day > calendar.monthrange(year, month)[1]:
        return
    yield Told(ToldDate(year, month, day), match.start(), match.end())
