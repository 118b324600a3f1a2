"""Cases of an office that is gone, and cases held by who cannot see them, find their way."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role
from bot.domain.office.routing import GENERAL_QUEUE
from bot.domain.requests.request import RequestState
from bot.domain.requests.standing import Standing, standing
from bot.domain.talk.conversation import Handler
from bot.knowledge.library import Knowledge, Library
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.request_filter import RequestFilter
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.request_list import RequestList
from bot.services.requests.stranded import StrandedCases
from bot.storage.database import Database
from bot.storage.models import Delivery, Message, Officer, Request
from bot.texts import default_texts
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

GONE = "phong_cu"


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def stranded(session: Session, library: Library) -> StrandedCases:
    return StrandedCases(session, default_texts(), library.current)


def told(session: Session, request: Request) -> list[str]:
    said = select(Message.text).join(Delivery).where(Message.request_id == request.id)
    return list(session.scalars(said.order_by(Message.id)))


def claimed(seed: Seed, request: Request, office: str, **facts: Role) -> Officer:
    officer = seed.officer(office=office, **facts)
    cases(seed.session).claim(request.id, officer, now=seed.now)
    return officer


def test_open_cases_of_a_gone_office_go_to_the_general_queue_once(
    stranded: StrandedCases, seed: Seed, now: datetime
) -> None:
    waiting = seed.request(office=GONE, talk=True)
    closed = seed.request(office=GONE)
    officer = claimed(seed, closed, GONE)
    cases(seed.session).close(closed.id, officer, cause="form:1", now=now)

    assert stranded.without_office() == [waiting.id]
    assert stranded.rehouse(waiting.id, now=now) is waiting
    assert stranded.rehouse(waiting.id, now=now) is None

    assert stranded.without_office() == []
    assert (waiting.office, waiting.state) == (GENERAL_QUEUE, RequestState.NEW)
    assert waiting.conversation.handler == Handler.QUEUE
    assert closed.office == GONE
    line = RequestHistory(seed.session).lines(waiting)[-1]
    assert (line.kind, line.officer_id) == ("transferred", None)
    assert f"{GONE} → {GENERAL_QUEUE}" in line.detail


@pytest.mark.parametrize("held", [True, False])
def test_the_owner_hears_of_it_only_where_somebody_held_his_case(
    stranded: StrandedCases, seed: Seed, now: datetime, *, held: bool
) -> None:
    request = seed.request(office=GONE)
    if held:
        claimed(seed, request, GONE)
    before = len(told(seed.session, request))
    stranded.rehouse(request.id, now=now)
    said = told(seed.session, request)[before:]
    assert len(said) == held
    assert all("Bộ phận tiếp nhận" in text and request.code in text for text in said)
    assert request.officer_id is None
    assert request.conversation.handler == (Handler.QUEUE if held else Handler.BOT)
    assert standing(request, now=now) is Standing.OWED


def test_an_office_that_became_another_authority_answers_no_more(
    session: Session, seed: Seed, library: Library
) -> None:
    request = seed.request(office="cuc_shtt")
    found = StrandedCases(session, default_texts(), library.current).without_office()
    assert found == [request.id]


def test_without_a_general_queue_nothing_is_moved(
    session: Session, seed: Seed, library: Library
) -> None:
    seed.request(office=GONE)
    offices = {name: o for name, o in library.current.offices.items() if name != GENERAL_QUEUE}
    knowledge: Knowledge = replace(library.current, offices=offices)
    assert StrandedCases(session, default_texts(), knowledge).without_office() == []


def test_who_cannot_see_what_she_holds_is_found_and_lets_it_go(
    stranded: StrandedCases, seed: Seed, now: datetime
) -> None:
    stuck, locked, hers, chiefs = (seed.request() for _ in range(4))
    moved, gone = claimed(seed, stuck, "tdc"), claimed(seed, locked, "tdc")
    claimed(seed, hers, "tdc")
    claimed(seed, chiefs, "shtt", role=Role.HEAD)
    moved.office, gone.active = "shtt", False
    assert stranded.out_of_sight() == sorted([moved.id, gone.id])
    assert stranded.let_go(moved.id, now=now) == [stuck]
    assert stranded.let_go(gone.id, now=now) == [locked]
    assert stranded.out_of_sight() == []
    assert hers.officer_id is not None
    assert "một cán bộ khác tiếp tục" in told(seed.session, stuck)[-1]


def test_a_closed_case_to_which_something_came_late_goes_to_the_general_queue_and_stays_closed(
    stranded: StrandedCases, seed: Seed, now: datetime
) -> None:
    late = seed.request(office=GONE)
    officer = claimed(seed, late, GONE)
    cases(seed.session).close(late.id, officer, cause="form:1", now=now)
    before = told(seed.session, late)
    AfterCloseService(seed.session).came_to(late, now=now)

    assert stranded.without_office() == [late.id]
    assert stranded.rehouse(late.id, now=now) is late
    assert stranded.rehouse(late.id, now=now) is None

    assert stranded.without_office() == []
    assert (late.office, late.state, late.late_at) == (GENERAL_QUEUE, RequestState.CLOSED, now)
    assert (late.officer_id, late.conversation.handler) == (officer.id, Handler.BOT)
    line = RequestHistory(seed.session).lines(late)[-1]
    assert (line.kind, line.officer_id) == ("transferred", None)
    assert told(seed.session, late) == before
    listed = RequestFilter(offices=frozenset({GENERAL_QUEUE}))
    assert RequestList(seed.session).late(listed) == 1


def test_what_the_house_puts_back_was_done_by_nobody(
    stranded: StrandedCases, seed: Seed, now: datetime
) -> None:
    stuck = seed.request()
    moved = claimed(seed, stuck, "tdc")
    moved.office = "shtt"
    stranded.let_go(moved.id, now=now)
    line = RequestHistory(seed.session).lines(stuck)[-1]
    assert (line.kind, line.officer_id) == ("released", None)
    notice = seed.session.scalars(
        select(Message).where(Message.request_id == stuck.id).order_by(Message.id.desc())
    ).first()
    assert notice is not None
    assert notice.officer_id is None
