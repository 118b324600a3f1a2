"""A demo shows every state, tells nobody anything, and is made once."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from bot.domain.requests.closing import Ending
from bot.domain.requests.request import RequestState
from bot.domain.surveys.campaign import InvitationState
from bot.domain.talk.messages import ChannelName
from bot.domain.talk.way import UNDERWAY
from bot.knowledge.library import Library
from bot.services.demo.seeding import DemoRefused, Made, Seeding
from bot.services.requests.promises import PromiseService
from bot.storage.database import Database
from bot.storage.models import (
    Absence,
    Attempt,
    CannedReply,
    CaseNote,
    Conversation,
    Delivery,
    Invitation,
    Message,
    NoteMention,
    Officer,
    Request,
)
from bot.texts import default_texts
from tests.support.data.seed import PASSWORD, Seed


def test_there_is_something_of_everything(demo: Database, made: Made, now: datetime) -> None:
    with demo.reading() as session:
        requests = session.scalars(select(Request)).all()
        assert len(requests) == made.cases
        assert {one.state for one in requests} == set(RequestState)
        assert {one.ending for one in requests if one.ending} == set(Ending)
        assert {one.rating for one in requests if one.rating} == {2, 3, 4, 5}
        assert any(one.late_at for one in requests)
        assert any(one.duplicate_of_id for one in requests)
        assert any(one.attempt_id for one in requests)
        overdue = [one for one in requests if one.answered_at is None and one.state == "new"]
        assert any(one.promised_at < now for one in overdue)
        assert any(one.promised_at > now for one in overdue)
        for table in (Absence, Attempt, CannedReply, CaseNote, NoteMention):
            assert session.scalar(select(func.count()).select_from(table)), table
        assert set(session.scalars(select(Invitation.state))) == {
            InvitationState.ANSWERED, InvitationState.OUT, InvitationState.WAITING,
        }  # fmt: skip


def test_nothing_is_younger_than_the_demo_or_on_its_way(
    demo: Database, made: Made, now: datetime
) -> None:
    with demo.reading() as session:
        assert made.cases
        assert session.scalar(select(func.max(Message.created_at))) <= now  # type: ignore[operator]
        on_their_way = select(func.count()).where(Delivery.state.in_(UNDERWAY))
        assert session.scalar(on_their_way) == 0
        channels = set(session.scalars(select(Conversation.channel)))
        assert channels == {ChannelName.WEB, ChannelName.ANSWER_PAGE}


def test_an_answer_is_promised_as_it_is_to_anybody(
    demo: Database, made: Made, library: Library
) -> None:
    tables = library.tables
    promises = PromiseService(tables.routing, tables.calendar)
    with demo.reading() as session:
        request = session.scalars(select(Request).where(Request.state == "waiting_owner")).first()
        assert made.cases
        assert request is not None
        promise = promises.promise(request.topic, request.question, now=request.created_at)
        assert (request.office, request.promised_at) == (promise.route.office, promise.due)


@pytest.mark.parametrize("beside_real", [False, True])
def test_a_second_one_is_not_made(
    demo: Database, made: Made, library: Library, now: datetime, *, beside_real: bool
) -> None:
    with demo.transaction() as session:
        seeding = Seeding(session, library, default_texts())
        with pytest.raises(DemoRefused, match="there"):
            seeding.seed(PASSWORD, beside_real=beside_real, now=now)
        assert session.scalar(select(func.count()).select_from(Request)) == made.cases


def test_beside_real_cases_it_must_be_told_to(
    database: Database, library: Library, now: datetime
) -> None:
    with database.transaction() as session:
        Seed(session, now).request()
        seeding = Seeding(session, library, default_texts())
        with pytest.raises(DemoRefused, match="real"):
            seeding.seed(PASSWORD, beside_real=False, now=now)
        assert session.scalar(select(func.count()).select_from(Officer)) == 0
