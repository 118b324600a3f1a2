"""What waits for a person: read from the cases, and gone with what was the reason."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.domain.office.quiet_hours import QuietHours
from bot.domain.requests.alert import AlertKind, cases_of
from bot.domain.requests.request import Step
from bot.services.alerts.alert_wishes import AlertWishes, AlertWishService
from bot.services.alerts.alerts import AlertService
from bot.services.requests.request_history import RequestHistory
from bot.storage.database import Database
from bot.storage.models import Officer, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

ALL = AlertWishes()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def seed(session: Session, now: datetime) -> Seed:
    seed = Seed(session, now)
    seed.request(office="shtt", due=timedelta(0))
    return seed


@pytest.fixture
def lan(seed: Seed) -> Officer:
    return seed.officer("lan")


@pytest.fixture
def minh(seed: Seed) -> Officer:
    return seed.officer("minh")


def told(
    seed: Seed, officer: Officer, wishes: AlertWishes = ALL, *, after: timedelta = timedelta(0)
) -> list[tuple[str, int]]:
    found = AlertService(seed.session).of(officer, wishes, now=seed.now + after)
    return [(one.kind.value, one.request_id) for one in found]


def keys(seed: Seed, officer: Officer) -> list[str]:
    return [one.key for one in AlertService(seed.session).of(officer, ALL, now=seed.now)]


def later(seed: Seed, request: Request, text: str, *, minutes: int) -> None:
    """The owner writes so long after now."""
    Seed(seed.session, seed.now + minutes * MINUTE, seed=80 + minutes).owner_says(
        request.conversation, text
    )


def test_a_new_request_waits_for_everybody_of_its_office_until_one_takes_it(
    seed: Seed, lan: Officer, minh: Officer
) -> None:
    case = seed.request()
    assert told(seed, lan) == told(seed, minh) == [("new", case.id)]
    assert told(seed, seed.officer("tri.tue", office="gone")) == []
    cases(seed.session).claim(case.id, lan, now=seed.now)
    assert told(seed, lan) == told(seed, minh) == []


def test_what_is_handed_on_or_put_back_is_new_again(
    seed: Seed, lan: Officer, minh: Officer
) -> None:
    case, steps = seed.request(), cases(seed.session)
    first = keys(seed, minh)
    steps.claim(case.id, lan, now=seed.now)
    steps.release(case.id, lan, now=seed.now)
    assert told(seed, minh) == [("new", case.id)]
    assert keys(seed, minh) != first
    tri_tue = seed.officer("tri.tue", office="shtt")
    before = set(keys(seed, tri_tue))
    steps.transfer(case.id, lan, "shtt", "nhầm", cause="form:t", now=seed.now)
    assert told(seed, minh) == []
    assert len(set(keys(seed, tri_tue)) - before) == 1


def test_an_owner_who_writes_waits_for_who_holds_his_case_until_she_answers(
    seed: Seed, lan: Officer, minh: Officer
) -> None:
    conversation = seed.conversation()
    case, steps = seed.request(conversation, talk=True), cases(seed.session)
    seed.owner_says(conversation, "Alo", ago=5)
    steps.claim(case.id, lan, now=seed.now)
    assert told(seed, lan) == []
    later(seed, case, "Em gửi thêm", minutes=1)
    assert told(seed, lan) == [("said", case.id)]
    assert told(seed, minh) == []
    first = keys(seed, lan)
    RequestHistory(seed.session).note(case, Step.NOTED, minh, now=seed.now + 2 * MINUTE)
    assert keys(seed, lan) == first
    later(seed, case, "Alo chị", minutes=2)
    assert keys(seed, lan) != first
    steps.reply(case.id, lan, "Chào em", cause="form:r", now=seed.now + 3 * MINUTE)
    assert told(seed, lan) == []


def test_what_another_put_into_her_hands_is_told_until_she_does_something(
    seed: Seed, lan: Officer, minh: Officer
) -> None:
    case, steps = seed.request(), cases(seed.session)
    steps.claim(case.id, minh, now=seed.now)
    case.officer_id = lan.id
    seed.session.flush()
    assert told(seed, lan) == [("handed", case.id)]
    steps.reply(case.id, lan, "Chào", cause="form:r", now=seed.now)
    assert told(seed, lan) == []


def test_what_is_due_is_told_two_hours_before_and_until_it_is_answered(
    seed: Seed, lan: Officer
) -> None:
    case, steps = seed.request(due=timedelta(hours=3)), cases(seed.session)
    steps.claim(case.id, lan, now=seed.now)
    assert told(seed, lan, after=timedelta(minutes=59)) == []
    for after in (timedelta(hours=1), timedelta(hours=9)):
        assert told(seed, lan, after=after) == [("due", case.id)]
    steps.reply(case.id, lan, "Chào", cause="form:r", now=seed.now)
    assert told(seed, lan, after=timedelta(hours=9)) == []


def test_what_comes_after_the_close_waits_for_who_closed_it(
    seed: Seed, lan: Officer, minh: Officer, now: datetime
) -> None:
    case, steps = seed.request(), cases(seed.session)
    steps.claim(case.id, lan, now=now)
    steps.close(case.id, lan, cause="form:c", now=now)
    assert told(seed, lan) == []
    case.late_at = now
    seed.session.flush()
    assert told(seed, lan) == [("said", case.id)]
    assert told(seed, minh) == []


def test_a_case_counts_once_and_only_what_is_wanted_is_told(seed: Seed, lan: Officer) -> None:
    late, new = seed.request(due=timedelta(hours=-1)), seed.request()
    found = AlertService(seed.session).of(lan, ALL, now=seed.now)
    assert [(one.kind, one.request_id) for one in found] == [
        (AlertKind.NEW, late.id),
        (AlertKind.DUE, late.id),
        (AlertKind.NEW, new.id),
    ]
    assert cases_of(found) == 2
    only = replace(ALL, kinds=frozenset({AlertKind.DUE}))
    assert told(seed, lan, only) == [("due", late.id)]


def test_wishes_are_kept_for_each_person_and_can_be_changed(
    seed: Seed, lan: Officer, minh: Officer
) -> None:
    service = AlertWishService(seed.session)
    quiet = QuietHours(time(21, 30), time(6))
    for kinds in (frozenset({AlertKind.NEW, AlertKind.DUE}), frozenset[AlertKind]()):
        wanted = AlertWishes(kinds, sounds=True, quiet=quiet)
        service.keep(lan.id, wanted)
        seed.session.flush()
        seed.session.expire_all()
        assert service.of(lan.id) == wanted
    assert service.of(minh.id) == ALL == AlertWishes(frozenset(AlertKind), sounds=False)
