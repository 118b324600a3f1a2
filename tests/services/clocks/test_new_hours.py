"""A slip is told before the hour passes: to whom, how often, and once only."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.requests.new_hour import read_new_hour
from bot.domain.requests.request import Step
from bot.knowledge.library import Library
from bot.services.clocks.new_hours import NewHours
from bot.services.privacy.erasures import ErasureService
from bot.services.requests.cases import RequestRefused
from bot.services.requests.request_history import RequestHistory
from bot.storage.database import Database
from bot.storage.models import Message, Officer, Request, RequestEvent
from bot.texts import default_texts
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

NEAR = timedelta(minutes=20)
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=VIETNAM)


def told(session: Session, request: Request) -> list[str]:
    said = select(Message.text).where(Message.request_id == request.id, Message.author == "system")
    return list(session.scalars(said.order_by(Message.id)))


def lines(session: Session, request: Request) -> list[RequestEvent]:
    return [one for one in RequestHistory(session).lines(request) if one.kind == Step.NEW_HOUR]


@pytest.mark.usefixtures("lan")
def test_who_would_wait_past_his_hour_is_told_a_working_day_more(
    new_hours: NewHours, seed: Seed
) -> None:
    request = seed.request(due=NEAR)
    assert new_hours.due(now=seed.now) == [request.id]
    assert new_hours.tell(request.id, now=seed.now) is request

    assert request.promised_at == WEDNESDAY + NEAR
    assert request.first_promised_at == seed.now + NEAR
    (line,) = lines(seed.session, request)
    hours = read_new_hour(line.detail)
    assert (hours.before, hours.after) == (seed.now + NEAR, WEDNESDAY + NEAR)
    (said,) = told(seed.session, request)
    assert "09:20 thứ Tư, 25/11/2026" in said
    assert "thay cho giờ đã hẹn là 09:20 thứ Hai, 23/11/2026" in said


@pytest.mark.usefixtures("lan")
def test_told_already_nothing_is_told_again(new_hours: NewHours, seed: Seed) -> None:
    request = seed.request(due=NEAR)
    new_hours.tell(request.id, now=seed.now)
    assert new_hours.due(now=seed.now) == []
    assert new_hours.tell(request.id, now=seed.now) is None
    assert len(told(seed.session, request)) == 1


@pytest.mark.usefixtures("lan")
def test_it_is_told_twice_and_then_is_the_heads(new_hours: NewHours, seed: Seed) -> None:
    request = seed.request(due=NEAR)
    for _ in range(2):
        assert new_hours.tell(request.id, now=request.promised_at - NEAR) is request
    now = request.promised_at - NEAR
    assert new_hours.due(now=now) == []
    assert new_hours.tell(request.id, now=now) is None
    assert len(told(seed.session, request)) == 2


@pytest.mark.usefixtures("lan")
@pytest.mark.parametrize(("filed", "days"), [(8, 1), (9, 2), (17, 3), (42, 5)])
def test_what_waits_before_it_puts_it_off_by_eight_answers_a_day_and_person(
    new_hours: NewHours, seed: Seed, library: Library, filed: int, days: int
) -> None:
    *_, last = [seed.request(due=NEAR) for _ in range(filed)]
    seed.request(office="shtt", due=NEAR)
    promised = last.promised_at
    new_hours.tell(last.id, now=seed.now)
    passed = library.tables.calendar.working_time(promised, last.promised_at)
    assert passed == days * timedelta(hours=7.5)


@pytest.mark.usefixtures("lan")
def test_who_asks_for_a_person_is_put_off_by_the_half_hour_that_was_promised(
    new_hours: NewHours, seed: Seed
) -> None:
    request = seed.request(due=timedelta(minutes=4), talk=True)
    assert new_hours.tell(request.id, now=seed.now) is request
    assert request.promised_at == seed.now + timedelta(minutes=34)


@pytest.mark.usefixtures("lan")
def test_who_writes_english_is_told_in_english(new_hours: NewHours, seed: Seed) -> None:
    request = seed.request(question="How long does ISO 9001 take?", due=NEAR)
    new_hours.tell(request.id, now=seed.now)
    assert f"Your request **{request.code}** takes longer" in told(seed.session, request)[0]


@pytest.mark.parametrize("why", ["blocked", "erase", "answered", "closed", "far", "passed"])
def test_some_are_never_told(new_hours: NewHours, seed: Seed, lan: Officer, why: str) -> None:
    due = {"far": timedelta(minutes=31), "passed": timedelta(minutes=-1)}.get(why, NEAR)
    request, service = seed.request(due=due), cases(seed.session)
    if why == "blocked":
        request.conversation.reachable = False
    if why in ("erase", "answered", "closed"):
        service.claim(request.id, lan, now=seed.now)
    if why == "erase":
        ErasureService(seed.session).ask(request.conversation_id, now=seed.now)
    elif why == "answered":
        service.reply(request.id, lan, "Dạ", cause="form:r", now=seed.now)
    elif why == "closed":
        service.close(request.id, lan, cause="form:c", now=seed.now)
    seed.session.flush()
    before = told(seed.session, request)

    assert new_hours.due(now=seed.now) == []
    assert new_hours.tell(request.id, now=seed.now) is None

    assert request.promised_at == seed.now + due
    assert told(seed.session, request) == before


def moved(seed: Seed, request: Request, officer: Officer, how: str, now: datetime) -> None:
    """Out of her hands: to another office's queue, or back into her own."""
    service = cases(seed.session)
    service.claim(request.id, officer, now=now)
    if how == "transfer":
        service.transfer(request.id, officer, "shtt", "đúng việc", cause=f"form:{now}", now=now)
    else:
        service.release(request.id, officer, now=now)


@pytest.mark.parametrize("how", ["transfer", "release"])
def test_what_was_answered_and_is_owed_again_behind_its_hour_gets_one_new_hour(
    new_hours: NewHours, seed: Seed, lan: Officer, how: str
) -> None:
    seed.officer(office="shtt")
    request = seed.request(due=NEAR)
    promised, service, later = request.promised_at, cases(seed.session), WEDNESDAY
    service.claim(request.id, lan, now=seed.now)
    service.reply(request.id, lan, "Dạ", cause="form:r", now=seed.now)
    moved(seed, request, lan, how, later)
    before = len(told(seed.session, request))

    for _ in range(2):
        for one in new_hours.due(now=later):
            new_hours.tell(one, now=later)

    hour = later + timedelta(days=1)
    assert (request.promised_at, request.counted_promise_at) == (hour, promised)
    assert request.first_reply_at <= request.first_answer_due, "it was answered in time"
    (said,) = told(seed.session, request)[before:]
    assert "sẽ trả lời tiếp tại đây chậm nhất **09:00 thứ Năm, 26/11/2026**" in said
    assert len(lines(seed.session, request)) == 1


@pytest.mark.parametrize("how", ["transfer", "release"])
def test_an_hour_that_still_lies_ahead_holds_for_whoever_answers(
    new_hours: NewHours, seed: Seed, lan: Officer, how: str
) -> None:
    request = seed.request(due=timedelta(hours=6))
    moved(seed, request, lan, how, seed.now)
    assert new_hours.due(now=seed.now) == []
    assert new_hours.tell(request.id, now=seed.now) is None


def test_what_was_late_when_it_was_moved_is_told_an_hour_and_stays_late_in_the_figures(
    new_hours: NewHours, seed: Seed, lan: Officer
) -> None:
    seed.officer(office="shtt")
    request = seed.request(due=NEAR)
    promised = request.promised_at
    moved(seed, request, lan, "transfer", WEDNESDAY)
    assert new_hours.tell(request.id, now=WEDNESDAY) is request
    assert request.promised_at == WEDNESDAY + timedelta(days=1)
    assert request.first_answer_due == promised
    assert "thay cho giờ đã hẹn là 09:20 thứ Hai" in told(seed.session, request)[-1]


def test_at_night_and_to_whom_nothing_can_be_said_no_hour_is_told_behind_a_move(
    new_hours: NewHours, seed: Seed, lan: Officer
) -> None:
    request = seed.request(due=NEAR)
    moved(seed, request, lan, "release", WEDNESDAY)
    night = WEDNESDAY + timedelta(hours=12)
    assert new_hours.due(now=night) == []
    assert new_hours.tell(request.id, now=night) is None
    request.conversation.reachable = False
    seed.session.flush()
    assert new_hours.due(now=WEDNESDAY) == []
    assert new_hours.tell(request.id, now=WEDNESDAY) is None


def test_killed_in_between_it_has_not_happened_and_then_happens_once(
    database: Database, library: Library, now: datetime
) -> None:
    with database.transaction() as session:
        seed = Seed(session, now)
        seed.officer("lan")
        request_id = seed.request(due=NEAR).id
    with suppress(KeyboardInterrupt), database.transaction() as session:
        assert NewHours(session, default_texts(), library).tell(request_id, now=now)
        raise KeyboardInterrupt
    for tries in (1, 0):
        with database.transaction() as session:
            found = NewHours(session, default_texts(), library).due(now=now)
            assert len(found) == tries
            for one in found:
                NewHours(session, default_texts(), library).tell(one, now=now)
    with database.transaction() as session:
        request = session.get_one(Request, request_id)
        assert len(told(session, request)) == len(lines(session, request)) == 1


def test_an_officer_tells_an_hour_of_her_own_with_a_reason_that_stays_inside(
    new_hours: NewHours, seed: Seed, lan: Officer
) -> None:
    request = seed.request()
    cases(seed.session).claim(request.id, lan, now=seed.now)
    hour = datetime(2026, 11, 26, 16, 0, tzinfo=VIETNAM)
    for _ in range(2):
        new_hours.set_by_hand(request.id, lan, hour, "chờ Cục", now=seed.now)
    *_, said = told(seed.session, request)
    assert "16:00 thứ Năm, 26/11/2026" in said
    assert "chờ Cục" not in said
    (line,) = lines(seed.session, request)
    assert (line.officer_id, read_new_hour(line.detail).reason) == (lan.id, "chờ Cục")


@pytest.mark.parametrize(
    ("reason", "hour"),
    [
        ("hour", datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)),
        ("hour", datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)),
        ("not_yours", WEDNESDAY),
        ("answered", WEDNESDAY),
        ("closed", WEDNESDAY),
    ],
)
def test_an_hour_that_cannot_be_promised_is_refused(
    new_hours: NewHours, seed: Seed, lan: Officer, reason: str, hour: datetime
) -> None:
    request, service = seed.request(), cases(seed.session)
    service.claim(request.id, seed.officer() if reason == "not_yours" else lan, now=seed.now)
    if reason == "answered":
        service.reply(request.id, lan, "Dạ", cause="form:r", now=seed.now)
    if reason == "closed":
        service.close(request.id, lan, cause="form:c", now=seed.now)
    before = request.promised_at
    with pytest.raises(RequestRefused) as refused:
        new_hours.set_by_hand(request.id, lan, hour, "bận", now=seed.now)
    assert (refused.value.reason, request.promised_at) == (reason, before)
