"""The transcript: what a cause led to is said once, together with its delivery."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from bot.domain.talk.messages import ChannelName, OutgoingMessage
from bot.domain.talk.understanding import GivenArticle, Outcome, Understanding
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.database import Database
from bot.storage.models import Conversation, Delivery, Message
from tests.support.data.seed import Seed


@pytest.fixture
def chat(any_database: Database, now: datetime) -> str:
    """A Telegram chat without messages, among others that have some."""
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(3)
        return seed.conversation(channel=ChannelName.TELEGRAM).id


def test_a_reply_is_queued_for_the_channel_of_its_conversation(
    any_database: Database, now: datetime, chat: str
) -> None:
    understood = Understanding(outcome=Outcome.ANSWER, article="iso9001-cac-buoc", confidence=0.9)
    message_id = say(any_database, chat, now, "in:900", understanding=understood)

    with any_database.transaction() as session:
        row = session.get_one(Message, message_id)
        sent = session.scalars(select(Delivery).where(Delivery.message_id == message_id)).one()
        assert (sent.state, sent.channel, sent.available_at) == ("queued", "telegram", now)
        assert Understanding.model_validate(row.understanding) == understood


def test_what_was_given_does_not_stay_with_the_message(
    any_database: Database, now: datetime, chat: str
) -> None:
    given = [GivenArticle(article="5s-la-gi", mark="00000000")]
    understood = Understanding(outcome=Outcome.ANSWER, article="5s-la-gi", given=given)
    message_id = say(any_database, chat, now, "in:902", understanding=understood)

    with any_database.transaction() as session:
        kept = session.get_one(Message, message_id).understanding
    assert kept is not None
    assert kept["article"] == "5s-la-gi"
    assert "given" not in kept


def test_a_cause_worked_on_twice_says_nothing_twice(
    any_database: Database, now: datetime, chat: str
) -> None:
    before = counted(any_database)
    first = [say(any_database, chat, now, "in:901", ordinal=number) for number in range(3)]
    again = [say(any_database, chat, now, "in:901", ordinal=number) for number in range(3)]

    assert first == again
    assert len(set(first)) == 3
    assert counted(any_database) == (before[0] + 3, before[1] + 3)


def test_a_reply_taken_back_with_its_transaction_leaves_no_delivery(
    any_database: Database, now: datetime, chat: str
) -> None:
    before = counted(any_database)

    def die_half_way() -> None:
        with any_database.transaction() as session:
            TranscriptService(session).say(
                session.get_one(Conversation, chat),
                OutgoingMessage(text="nửa chừng"),
                author=Author.BOT,
                cause="in:902",
                now=now,
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        die_half_way()

    assert counted(any_database) == before


def test_the_words_of_the_owner_are_not_sent_back_to_him(
    any_database: Database, now: datetime, chat: str
) -> None:
    before = counted(any_database)
    with any_database.transaction() as session:
        Seed(session, now, seed=9).owner_says(session.get_one(Conversation, chat), "alo")

    assert counted(any_database) == (before[0] + 1, before[1])


def test_the_history_is_the_newest_of_one_conversation_oldest_first(
    any_database: Database, now: datetime, chat: str
) -> None:
    ids = [say(any_database, chat, now, f"in:{number}") for number in range(910, 920)]
    with any_database.transaction() as session:
        transcript = TranscriptService(session)
        assert [row.id for row in transcript.history(chat)] == ids
        assert [row.id for row in transcript.history(chat, limit=3)] == ids[-3:]
        assert [row.id for row in transcript.history(chat, after=ids[6])] == ids[7:]
        assert transcript.history(chat, after=ids[-1]) == []


def test_the_last_reply_is_the_newest_that_is_not_the_owners(
    any_database: Database, now: datetime, chat: str
) -> None:
    with any_database.transaction() as session:
        assert TranscriptService(session).last_reply(chat) is None
    replied = say(any_database, chat, now, "in:930")
    with any_database.transaction() as session:
        Seed(session, now, seed=9).owner_says(session.get_one(Conversation, chat), "vâng")

    with any_database.transaction() as session:
        last = TranscriptService(session).last_reply(chat)
        assert last is not None
        assert last.id == replied


def test_a_chat_shows_the_files_of_its_own_messages_only(
    any_database: Database, now: datetime, chat: str
) -> None:
    with any_database.transaction() as session:
        transcript = TranscriptService(session)
        other = Seed(session, now, seed=9).conversation()
        for number, file_id in enumerate(("f1", "f2")):
            transcript.hear(
                session.get_one(Conversation, chat),
                text="",
                attachments=[{"file_id": file_id}],
                cause=f"in:94{number}",
                now=now,
                request_id=None,
            )

        assert transcript.shows_file(chat, "f2")
        assert not transcript.shows_file(chat, "f3")
        assert not transcript.shows_file(other.id, "f2")


def say(
    database: Database,
    chat: str,
    now: datetime,
    cause: str,
    *,
    ordinal: int = 0,
    understanding: Understanding | None = None,
) -> int:
    with database.transaction() as session:
        return (
            TranscriptService(session)
            .say(
                session.get_one(Conversation, chat),
                OutgoingMessage(text=f"trả lời {cause}.{ordinal}"),
                author=Author.BOT,
                cause=cause,
                ordinal=ordinal,
                now=now,
                understanding=understanding,
            )
            .id
        )


def counted(database: Database) -> tuple[int, int]:
    with database.transaction() as session:
        return (
            session.scalar(select(func.count()).select_from(Message)) or 0,
            session.scalar(select(func.count()).select_from(Delivery)) or 0,
        )


def test_messages_with_files_are_given_newest_first_and_no_more_than_asked(
    any_database: Database, now: datetime, chat: str
) -> None:
    file = {"file_id": "f" * 32, "name": "nhan.pdf", "media_type": "application/pdf", "size": 9}
    ids = [say(any_database, chat, now, f"in:{n}") for n in range(4)]
    with any_database.transaction() as session:
        for message_id in ids[:3]:
            session.get_one(Message, message_id).attachments = [file]
    with any_database.transaction() as session:
        transcript = TranscriptService(session)
        assert [row.id for row in transcript.with_files(chat)] == ids[2::-1]
        assert [row.id for row in transcript.with_files(chat, limit=1)] == [ids[2]]
