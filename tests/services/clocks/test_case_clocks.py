"""The clocks of requests as pages read them, and what heads see late."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.requests.clocks import ClockName, ClockState
from bot.domain.requests.request import RequestState
from bot.knowledge.library import Library
from bot.services.clocks.authority_waits import AuthorityWaits
from bot.services.clocks.case_clocks import CaseClocks, clocks_of
from bot.services.requests.cases import RequestRefused
from bot.storage.models import Officer, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def clocks(session: Session, library: Library) -> CaseClocks:
    return clocks_of(library, session)


def answered(seed: Seed, officer: Officer, *, talk: bool = False) -> Request:
    request = seed.request(talk=talk)
    service = cases(seed.session)
    service.claim(request.id, officer, now=seed.now)
    service.reply(request.id, officer, "Dạ", cause=f"form:{request.id}", now=seed.now)
    return request


def stand(clocks: CaseClocks, request: Request, now: datetime) -> dict[str, ClockState]:
    return {one.name.value: one.state for one in clocks.of([request], now=now)[request.id]}


def late(clocks: CaseClocks, now: datetime) -> dict[int, list[ClockName]]:
    return {one.id: [clock.name for clock in over] for one, over in clocks.breached(now=now)}


def writes(seed: Seed, request: Request, text: str) -> None:
    """The owner writes something more of a request."""
    request.conversation.request_id = request.id
    seed.owner_says(request.conversation, text)


def test_the_first_answer_is_waited_for_until_it_is_given(
    clocks: CaseClocks, seed: Seed, lan: Officer
) -> None:
    owed = seed.request(due=timedelta(hours=2))
    assert stand(clocks, owed, seed.now + timedelta(minutes=90))["first"] is ClockState.WARNED
    assert list(stand(clocks, answered(seed, lan), seed.now)) == ["solution"]


def test_who_writes_again_waits_from_the_first_word_that_nobody_answered(
    clocks: CaseClocks, seed: Seed, lan: Officer
) -> None:
    request = answered(seed, lan)
    writes(seed, request, "Còn một việc")
    seed.now += timedelta(hours=1)
    writes(seed, request, "Alo")
    waits, _ = clocks.of([request], now=WEDNESDAY)[request.id]
    assert waits.name is ClockName.NEXT
    assert (waits.used, waits.state) == (timedelta(hours=7.5), ClockState.WARNED)


def test_in_a_talk_the_next_answer_is_due_as_soon_as_the_first(
    clocks: CaseClocks, seed: Seed, lan: Officer
) -> None:
    request = answered(seed, lan, talk=True)
    writes(seed, request, "Còn một việc")
    later = seed.now + timedelta(minutes=31)
    assert stand(clocks, request, later)["next"] is ClockState.BREACHED


def test_heads_see_what_is_late_by_any_clock_and_nothing_else(
    clocks: CaseClocks, seed: Seed, lan: Officer
) -> None:
    first = seed.request(due=timedelta(hours=1))
    fresh = seed.request(due=timedelta(days=3))
    wrote, quiet, closed = (answered(seed, lan) for _ in range(3))
    writes(seed, wrote, "Còn một việc")
    cases(seed.session).close(closed.id, lan, cause="form:c", now=seed.now)
    found = late(clocks, WEDNESDAY + timedelta(minutes=5))
    assert found == {first.id: [ClockName.FIRST], wrote.id: [ClockName.NEXT]}
    assert fresh.id not in found

    found = late(clocks, seed.now + timedelta(days=30))
    assert found[quiet.id] == [ClockName.SOLUTION]
    assert closed.id not in found


def test_waiting_for_another_authority_stops_the_whole_and_an_answer_ends_it(
    clocks: CaseClocks, session: Session, seed: Seed, lan: Officer
) -> None:
    request, waits = answered(seed, lan), AuthorityWaits(session)
    for _ in range(2):
        waits.begin(request.id, lan, "Cục SHTT", now=seed.now)
    assert request.state == RequestState.WAITING_AUTHORITY
    assert stand(clocks, request, seed.now + timedelta(60)) == {"solution": ClockState.PAUSED}
    cases(session).reply(request.id, lan, "Đã có", cause="form:2", now=WEDNESDAY)
    assert request.state == RequestState.CLAIMED
    (whole,) = clocks.of([request], now=WEDNESDAY + timedelta(hours=1))[request.id]
    assert whole.used == timedelta(hours=1)


def test_a_wait_ends_by_hand_too_and_begins_only_behind_an_answer(
    session: Session, seed: Seed, lan: Officer, minh: Officer
) -> None:
    owed, waits = seed.request(), AuthorityWaits(session)
    cases(session).claim(owed.id, lan, now=seed.now)
    with pytest.raises(RequestRefused, match="unanswered"):
        waits.begin(owed.id, lan, "Cục SHTT", now=seed.now)
    with pytest.raises(RequestRefused, match="not_yours"):
        waits.begin(owed.id, minh, "Cục SHTT", now=seed.now)
    cases(session).reply(owed.id, lan, "Dạ", cause="form:1", now=seed.now)
    waits.begin(owed.id, lan, "Cục SHTT", now=seed.now)
    for _ in range(2):
        waits.end(owed.id, lan, now=seed.now)
    assert owed.state == RequestState.CLAIMED
    cases(session).close(owed.id, lan, cause="form:c", now=seed.now)
    with pytest.raises(RequestRefused, match="closed"):
        waits.begin(owed.id, lan, "Cục SHTT", now=seed.now)
