"""Requests in thousands: whole pieces, codes of their own, words that the search finds."""

from datetime import datetime

from sqlalchemy import func, select

from bot.domain.requests.request import RequestState
from bot.domain.talk.messages import ChannelName
from bot.knowledge.library import Library
from bot.services.demo.crowd import PIECE, Crowd, CrowdSize
from bot.services.upkeep.demo_rows import DemoRows
from bot.storage.database import Database
from bot.storage.models import Conversation, Message, MessageWord, Request, RequestEvent
from tests.support.data.seed import Seed


def test_a_piece_is_whole_and_marked(
    any_database: Database, library: Library, now: datetime
) -> None:
    with any_database.transaction() as session:
        real = Seed(session, now).request()
        crowd = Crowd(library, CrowdSize(PIECE + 10, 4 * (PIECE + 10)), now)
        pieces = list(crowd.pieces())
        crowd.put(session, pieces[1])

    assert [len(piece) for piece in pieces] == [PIECE, 10]
    with any_database.reading() as session:
        requests = session.scalars(select(Request).where(Request.id != real.id)).all()
        assert len({one.code for one in requests}) == 10
        assert {one.state for one in requests} <= set(RequestState)
        assert all(one.created_at <= now for one in requests)
        assert DemoRows(session).made_up([real.id, *(one.id for one in requests)]) == {
            one.id for one in requests
        }
        assert set(session.scalars(select(Conversation.channel))) == {ChannelName.WEB}
        said = session.scalars(select(Message).where(Message.author == "owner")).all()
        counted = select(func.count()).select_from(MessageWord)
        assert session.scalar(counted.where(MessageWord.message_id == said[-1].id))
        lines = select(func.count()).where(RequestEvent.kind == "created")
        assert session.scalar(lines) == 11
