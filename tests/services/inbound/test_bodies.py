"""A month after an event was worked on its words stand in the conversation alone."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.talk.messages import InboundEvent
from bot.domain.talk.way import InboxState
from bot.services.inbound.bodies import KEPT, PIECE, EventBodies
from bot.services.inbound.inbox import InboxService
from bot.services.messaging.received import ReceivedEvents
from bot.storage.database import Database
from bot.storage.models import InboxEvent, Message
from tests.support.data.events import inbound, reception


def hear(database: Database, now: datetime, text: str, *, worked: bool = True) -> str:
    event = inbound(text, now=now, chat_key=text)
    with database.transaction() as session:
        reception(session).accept(event, now=now)
        if worked:
            taken = InboxService(session).take("w", now=now)
            assert taken is not None
            InboxService(session).finish(taken, now=now)
    return event.event_id


def words(database: Database) -> list[str]:
    with database.transaction() as session:
        rows = session.scalars(select(InboxEvent).order_by(InboxEvent.id))
        # What is left is an event still.
        return [InboundEvent.model_validate(row.payload).text for row in rows]


def forget(database: Database, now: datetime, behind: int = 0) -> int | None:
    with database.transaction() as session:
        return EventBodies(session).forget(behind, now=now)


def test_words_and_name_go_after_a_month_and_stay_in_the_conversation(
    any_database: Database, now: datetime
) -> None:
    event_id = hear(any_database, now - KEPT, "Lời cũ của chị Lan")
    hear(any_database, now - KEPT + timedelta(seconds=1), "Lời mới")

    reached = forget(any_database, now)

    assert words(any_database) == ["", "Lời mới"]
    with any_database.transaction() as session:
        rows = session.scalars(select(InboxEvent).order_by(InboxEvent.id)).all()
        assert reached == rows[0].id
        assert rows[0].payload["sender_name"] == ""
        assert rows[1].payload["sender_name"] == "Chị Lan"
        assert "Lời cũ của chị Lan" in session.scalars(select(Message.text)).all()
        # Brought again, it is known.
        assert ReceivedEvents(session).knows(rows[0].channel, event_id)


def test_what_is_unworked_keeps_its_words_and_is_waited_for(
    any_database: Database, now: datetime
) -> None:
    hear(any_database, now - 2 * KEPT, "một")
    hear(any_database, now - 2 * KEPT, "hai", worked=False)
    hear(any_database, now - 2 * KEPT, "ba", worked=False)

    first = forget(any_database, now)

    assert first is not None
    assert words(any_database) == ["", "hai", "ba"]
    assert forget(any_database, now, first) is None
    with any_database.transaction() as session:
        for row in session.scalars(select(InboxEvent)):
            row.state = InboxState.DEAD
    assert forget(any_database, now, first) is not None
    assert words(any_database) == ["", "", ""]


def test_a_piece_has_an_end(any_database: Database, now: datetime) -> None:
    event = inbound("x", now=now)
    with any_database.transaction() as session:
        stored = reception(session).accept(event, now=now - KEPT)
        session.add_all(
            InboxEvent(
                channel="web",
                event_id=f"many-{number}",
                conversation_id=stored.conversation_id,
                payload=event.model_dump(mode="json"),
                state=InboxState.DONE,
                available_at=now,
                received_at=now - KEPT,
            )
            for number in range(PIECE)
        )
        session.flush()
        for row in session.scalars(select(InboxEvent)):
            row.state = InboxState.DONE

    reached = forget(any_database, now)

    assert words(any_database).count("x") == 1
    assert forget(any_database, now, reached or 0) is not None
    assert words(any_database).count("x") == 0
