"""A promise: the office and the hour."""

from datetime import UTC, datetime

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.requests.request import RequestKind
from bot.knowledge.tables import read_tables
from bot.services.requests.promises import PromiseService
from bot.settings import ROOT


@pytest.fixture(scope="module")
def promises() -> PromiseService:
    tables = read_tables(ROOT / "knowledge_base")
    return PromiseService(tables.routing, tables.calendar)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (datetime(2026, 11, 18, 8, 0), datetime(2026, 11, 20, 8, 0)),  # noqa: DTZ001
        (datetime(2026, 11, 20, 20, 0), datetime(2026, 11, 25, 17, 0)),  # noqa: DTZ001
        (datetime(2027, 2, 3, 7, 30), datetime(2027, 2, 11, 17, 0)),  # noqa: DTZ001
    ],
)
def test_fifteen_hours_are_two_working_days(
    promises: PromiseService, asked: datetime, due: datetime
) -> None:
    promise = promises.promise("nang_suat", "5S", now=asked.replace(tzinfo=VIETNAM))
    assert (promise.route.office, promise.route.promise_hours) == ("tdc", 15)
    assert promise.due == due.replace(tzinfo=VIETNAM)
    assert promise.due.tzinfo is UTC


def test_a_rule_may_promise_sooner(promises: PromiseService) -> None:
    now = datetime(2026, 11, 18, 7, 30, tzinfo=VIETNAM)
    promise = promises.promise("yeu_cau_ho_tro", "hồ sơ của tôi tới đâu", now=now)
    assert promise.due == datetime(2026, 11, 18, 17, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (datetime(2026, 11, 18, 8, 0), datetime(2026, 11, 18, 8, 30)),  # noqa: DTZ001
        (datetime(2026, 11, 18, 11, 20), datetime(2026, 11, 18, 13, 50)),  # noqa: DTZ001
        (datetime(2026, 11, 20, 20, 0), datetime(2026, 11, 23, 8, 0)),  # noqa: DTZ001
        (datetime(2027, 2, 3, 16, 50), datetime(2027, 2, 11, 7, 50)),  # noqa: DTZ001
    ],
)
def test_who_asks_for_a_person_is_promised_half_an_hour_of_office_time(
    promises: PromiseService, asked: datetime, due: datetime
) -> None:
    now = asked.replace(tzinfo=VIETNAM)
    promise = promises.promise("yeu_cau_ho_tro", "cho gặp cán bộ", now=now, kind=RequestKind.TALK)
    assert promise.due == due.replace(tzinfo=VIETNAM)
