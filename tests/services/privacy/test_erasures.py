"""An erasure that an officer holds up is kept, shown, and goes on once he has let go."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.talk.messages import ChannelName
from bot.services.inbound.inbox import InboxService
from bot.services.privacy.erasures import AFTER_FAILURE, LAST_WORDS, ErasureService
from bot.services.requests.cases import CaseService
from bot.storage.database import Database
from bot.storage.models import Conversation, Delivery, InboxEvent, Officer, Request, RequestEvent
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

Step = Callable[[CaseService, Request, Officer, datetime], object]


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def erasures(session: Session) -> ErasureService:
    return ErasureService(session)


@pytest.fixture
def held(seed: Seed, lan: Officer) -> Request:
    request = seed.request(seed.conversation(channel=ChannelName.TELEGRAM), talk=True)
    cases(seed.session).claim(request.id, lan, now=seed.now)
    return request


@pytest.fixture(autouse=True)
def nothing_to_send(session: Session, held: Request) -> None:
    """What was said so far has arrived."""
    arrived(session)


def arrived(session: Session) -> None:
    for delivery in session.scalars(select(Delivery)):
        delivery.state = "sent"
    session.flush()


def lines(session: Session, request: Request) -> list[str]:
    rows = select(RequestEvent.kind).where(RequestEvent.request_id == request.id)
    return list(session.scalars(rows.order_by(RequestEvent.id)))


def close(service: CaseService, request: Request, officer: Officer, now: datetime) -> object:
    return service.close(request.id, officer, cause="form:9", now=now)


def release(service: CaseService, request: Request, officer: Officer, now: datetime) -> object:
    return service.release(request.id, officer, now=now)


def transfer(service: CaseService, request: Request, officer: Officer, now: datetime) -> object:
    return service.transfer(request.id, officer, "shtt", "x", cause="form:t", now=now)


def test_a_wish_is_a_line_on_each_open_case_once(
    erasures: ErasureService, seed: Seed, held: Request, now: datetime
) -> None:
    other = seed.request(held.conversation, office="shtt")
    for later in (timedelta(0), timedelta(minutes=5)):
        assert erasures.ask(held.conversation_id, now=now + later) is held
    assert held.conversation.erase_asked_at == now
    for request in (held, other):
        assert lines(seed.session, request).count("erase_asked") == 1


@pytest.mark.parametrize("let_go", [close, release, transfer])
def test_it_goes_on_once_whichever_way_he_let_go(  # noqa: PLR0917
    erasures: ErasureService,
    seed: Seed,
    held: Request,
    lan: Officer,
    now: datetime,
    let_go: Step,
) -> None:
    erasures.ask(held.conversation_id, now=now)
    assert erasures.push_due(now=now) == 0
    let_go(cases(seed.session), held, lan, now)
    arrived(seed.session)
    assert [erasures.push_due(now=now) for _ in range(3)] == [1, 0, 0]
    taken = InboxService(seed.session).take("worker", now=now)
    assert taken is not None
    assert (taken.conversation_id, taken.event.kind) == (held.conversation_id, "erasure")
    assert erasures.push_due(now=now) == 0


def test_of_two_cases_at_two_offices_the_last_that_is_held_decides(
    erasures: ErasureService, seed: Seed, held: Request, lan: Officer, now: datetime
) -> None:
    other, minh = seed.request(held.conversation, office="shtt"), seed.officer(office="shtt")
    cases(seed.session).claim(other.id, minh, now=now)
    erasures.ask(held.conversation_id, now=now)
    close(cases(seed.session), held, lan, now)
    arrived(seed.session)
    assert erasures.push_due(now=now) == 0
    release(cases(seed.session), other, minh, now)
    arrived(seed.session)
    assert erasures.push_due(now=now) == 1


@pytest.mark.parametrize(
    ("later", "pushed"),
    [
        (timedelta(seconds=5), 0),
        (LAST_WORDS - timedelta(seconds=1), 0),
        (LAST_WORDS, 1),
        (timedelta(minutes=-5), 0),
        (timedelta(days=-1), 1),
    ],
)
def test_last_words_leave_first_but_a_channel_that_is_away_holds_nothing_up_for_ever(  # noqa: PLR0917
    erasures: ErasureService,
    seed: Seed,
    held: Request,
    lan: Officer,
    now: datetime,
    later: timedelta,
    pushed: int,
) -> None:
    erasures.ask(held.conversation_id, now=now)
    close(cases(seed.session), held, lan, now)
    assert erasures.push_due(now=now + later) == pushed


def test_what_failed_for_good_is_tried_again_an_hour_later(
    erasures: ErasureService, seed: Seed, held: Request, lan: Officer, now: datetime
) -> None:
    erasures.ask(held.conversation_id, now=now)
    close(cases(seed.session), held, lan, now)
    arrived(seed.session)
    assert erasures.push_due(now=now) == 1
    event = seed.session.scalars(select(InboxEvent)).one()
    event.state, event.done_at = "dead", now
    assert erasures.push_due(now=now) == 0
    assert erasures.push_due(now=now + AFTER_FAILURE) == 1


def test_nobody_else_is_erased(
    erasures: ErasureService, seed: Seed, held: Request, lan: Officer, now: datetime
) -> None:
    erasures.ask(held.conversation_id, now=now)
    close(cases(seed.session), held, lan, now)
    erasures.push_due(now=now + LAST_WORDS)
    events = seed.session.scalars(select(InboxEvent)).all()
    assert [event.conversation_id for event in events] == [held.conversation_id]
    wishes = select(Conversation.id).where(Conversation.erase_asked_at.is_not(None))
    assert seed.session.scalars(wishes).all() == [held.conversation_id]


def test_a_wish_is_taken_back_once_and_each_open_case_tells_it(
    erasures: ErasureService, seed: Seed, held: Request, now: datetime
) -> None:
    other = seed.request(held.conversation, office="shtt")
    erasures.ask(held.conversation_id, now=now)
    assert [erasures.take_back(held.conversation_id, now=now) for _ in range(2)] == [True, False]
    assert held.conversation.erase_asked_at is None
    for request in (held, other):
        assert lines(seed.session, request)[-2:] == ["erase_asked", "erase_taken_back"]


@pytest.mark.parametrize("pushed", [True, False])
def test_what_is_taken_back_before_the_erasing_began_is_not_erased(
    erasures: ErasureService,
    seed: Seed,
    held: Request,
    lan: Officer,
    now: datetime,
    *,
    pushed: bool,
) -> None:
    erasures.ask(held.conversation_id, now=now)
    close(cases(seed.session), held, lan, now)
    arrived(seed.session)
    if pushed:
        assert erasures.push_due(now=now) == 1
    erasures.take_back(held.conversation_id, now=now)
    assert InboxService(seed.session).take("worker", now=now) is None
    assert erasures.push_due(now=now) == 0


def test_who_takes_it_back_and_wishes_again_is_erased(
    erasures: ErasureService, seed: Seed, held: Request, lan: Officer, now: datetime
) -> None:
    erasures.ask(held.conversation_id, now=now)
    erasures.take_back(held.conversation_id, now=now)
    erasures.ask(held.conversation_id, now=now)
    close(cases(seed.session), held, lan, now)
    arrived(seed.session)
    assert erasures.push_due(now=now) == 1
