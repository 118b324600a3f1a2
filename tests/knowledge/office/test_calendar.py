"""The office calendar's file: ours, and what is refused with file and line."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from bot.domain.clock import VIETNAM
from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.office.calendar import read_calendar
from bot.settings import ROOT

OURS = ROOT / "knowledge_base" / "office_calendar.yml"

GOOD = """\
sessions:
  - {from: "08:00", to: "12:00"}
  - {from: "13:00", to: "16:00"}
years:
  2027:
    days_off:
      - {day: 2027-06-01, why: "decision 1"}
    working_days:
      - {day: 2027-06-05, why: "decision 1"}
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "office_calendar.yml"
    file.write_text(text, encoding="utf-8")
    return file


def open_days(file: Path, *days: date) -> list[bool]:
    calendar = read_calendar(file)
    return [calendar.is_open(datetime.combine(day, time(9), VIETNAM)) for day in days]


def test_our_own_calendar_has_the_sittings_of_the_office() -> None:
    calendar = read_calendar(OURS)
    day = [
        calendar.is_open(datetime(2026, 11, 23, *clock, tzinfo=VIETNAM))
        for clock in [(7, 29), (7, 30), (11, 30), (13, 29), (13, 30), (16, 59), (17, 0)]
    ]
    assert day == [False, True, False, False, True, True, False]


def test_our_own_calendar_knows_the_swap_of_new_year_2026() -> None:
    assert open_days(OURS, date(2026, 1, 2), date(2026, 1, 10)) == [False, True]


def test_a_decision_wins_over_the_weekday(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    days = date(2027, 6, 1), date(2027, 6, 5), date(2027, 6, 2), date(2027, 6, 6)
    assert open_days(file, *days) == [False, True, True, False]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('"12:00"', '"07:00"', 2, "`to` must lie after `from`"),
        ('"13:00"', '"11:00"', 3, "begins before the one above it ends"),
        ("day: 2027-06-01", "day: 2026-06-01", 7, "2026-06-01 is no day of 2027"),
        ("day: 2027-06-05", "day: 2027-06-01", 9, "2027-06-01 stands here twice"),
        ("day: 2027-06-05", "day: 2027-06-31", 9, "day"),
        ('why: "decision 1"}\n    working', "}\n    working", 7, "why"),
        ("    days_off:", "    holidays:", 5, "days_off"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in GOOD
    file = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(KnowledgeError) as raised:
        read_calendar(file)
    problem = raised.value.problems[0]
    assert (problem.file, problem.line) == (file, line)
    assert message in problem.message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="the file is missing"):
        read_calendar(tmp_path / "office_calendar.yml")
