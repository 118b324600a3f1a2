"""The office calendar of `office_calendar.yml`: sittings of the day and each year's decisions."""

from collections.abc import Iterator
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.domain.office.office_time import DEFAULT_SESSIONS, OfficeCalendar, Session
from bot.domain.office.working_days import WorkingDays
from bot.knowledge.files.day import Day
from bot.knowledge.files.problem import Problem
from bot.knowledge.files.table_file import TableFile, read_sound_rows, read_table, stop_at


def _of_the_clock(moment: time) -> time:
    if moment.tzinfo is not None:
        raise ValueError("office hours are Vietnam's, without a time zone")
    return moment


ClockTime = Annotated[time, AfterValidator(_of_the_clock)]
"""A time as the clock on the wall shows it."""


class Sitting(BaseModel):
    """One sitting of the day."""

    model_config = ConfigDict(extra="forbid")

    start: ClockTime = Field(alias="from")
    end: ClockTime = Field(alias="to")


class DecidedDay(BaseModel):
    """A day that differs from the rule, and the paper that says so."""

    model_config = ConfigDict(extra="forbid")

    day: Day
    why: str = Field(min_length=1)


class YearDecisions(BaseModel):
    """The decisions of one year."""

    model_config = ConfigDict(extra="forbid")

    days_off: list[DecidedDay]
    working_days: list[DecidedDay]


class CalendarFile(BaseModel):
    """`office_calendar.yml`."""

    model_config = ConfigDict(extra="forbid")

    sessions: list[Sitting] = Field(min_length=1)
    years: dict[int, YearDecisions]


def read_calendar(file: Path) -> OfficeCalendar:
    """The office calendar of a file.

    Raises:
        KnowledgeError: sittings overlap, a day stands under a wrong year or twice.
    """
    table = read_table(file, CalendarFile)
    stop_at(_wrong(table))
    return _calendar(table.rows)


def read_sound_calendar(file: Path) -> OfficeCalendar:
    """The office calendar of a file without the rows that are wrong.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    return _calendar(read_sound_rows(file, CalendarFile, _wrong).table.rows)


def least_calendar() -> OfficeCalendar:
    """The usual sittings, and the holidays that the law fixes."""
    return OfficeCalendar(WorkingDays(days_off=[], worked=[]), DEFAULT_SESSIONS)


def _calendar(rows: CalendarFile) -> OfficeCalendar:
    years = rows.years.values()
    days = WorkingDays(
        days_off=[row.day for year in years for row in year.days_off],
        worked=[row.day for year in years for row in year.working_days],
    )
    return OfficeCalendar(days, tuple(Session(s.start, s.end) for s in rows.sessions))


def _wrong(table: TableFile[CalendarFile]) -> list[Problem]:
    return [*_wrong_sittings(table), *_wrong_days(table)]


def _wrong_sittings(table: TableFile[CalendarFile]) -> list[Problem]:
    sittings = table.rows.sessions
    problems = [
        table.problem("`to` must lie after `from`", "sessions", index)
        for index, sitting in enumerate(sittings)
        if sitting.end <= sitting.start
    ]
    problems.extend(
        table.problem("a sitting begins before the one above it ends", "sessions", index)
        for index, (above, below) in enumerate(pairwise(sittings), start=1)
        if below.start < above.end
    )
    return problems


def _wrong_days(table: TableFile[CalendarFile]) -> list[Problem]:
    problems = []
    seen: set[date] = set()
    for year, kind, index, day in _decided(table.rows):
        place = ("years", year, kind, index)
        if day.year != year:
            problems.append(table.problem(f"{day} is no day of {year}", *place))
        if day in seen:
            problems.append(table.problem(f"{day} stands here twice", *place))
        seen.add(day)
    return problems


def _decided(rows: CalendarFile) -> Iterator[tuple[int, str, int, date]]:
    for year, decisions in rows.years.items():
        for index, row in enumerate(decisions.days_off):
            yield year, "days_off", index, row.day
        for index, row in enumerate(decisions.working_days):
            yield year, "working_days", index, row.day
