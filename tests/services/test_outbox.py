"""The outbox on both databases: in order, and nothing is sent again blindly."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.messages import Attachment, ChannelName, Choice, OutgoingMessage
from bot.services.outbox import BACK_OFF_SECONDS, MAX_ATTEMPTS, OutboxService, TakenDelivery
from bot.services.transcript import Author, TranscriptService
from bot.storage.database import Database
from bot.storage.models import Conversation, Delivery
from tests.support.seed import Seed

WEB, TELEGRAM = ChannelName.WEB, ChannelName.TELEGRAM


@pytest.fixture
def chats(any_database: Database, now: datetime) -> dict[str, str]:
    """Two web chats and one of Telegram, by name; none has a message."""
    with any_database.transaction() as session:
        seed = Seed(session, now)
        return {
            "a": seed.conversation().id,
            "b": seed.conversation().id,
            "telegram": seed.conversation(channel=TELEGRAM).id,
        }


def test_a_delivery_holds_what_the_channel_needs(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    message = OutgoingMessage(
        text="**Kết quả**",
        choices=[Choice(title="Làm tiếp", payload="/resume")],
        attachments=[Attachment(file_id="f", name="kq.png", media_type="image/png", size=3)],
    )
    say(any_database, chats["a"], now, message=message)

    taken = take(any_database, now)

    assert taken is not None
    assert taken.message == message
    assert (taken.conversation_id, taken.channel, taken.attempts) == (chats["a"], WEB, 1)
    with any_database.transaction() as session:
        assert taken.chat_key == session.get_one(Conversation, chats["a"]).chat_key


def test_messages_of_a_conversation_leave_one_after_the_other(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    for chat in ("a", "a", "b", "telegram"):
        say(any_database, chats[chat], now)

    first, other, nothing = (take(any_database, now) for _ in range(3))

    assert first is not None
    assert other is not None
    assert [first.conversation_id, other.conversation_id] == [chats["a"], chats["b"]]
    assert nothing is None
    settle(any_database, first, now)
    second = take(any_database, now)
    assert second is not None
    assert second.conversation_id == chats["a"]


def test_each_channel_takes_its_own(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["a"], now)
    say(any_database, chats["telegram"], now)

    taken = take(any_database, now, channel=TELEGRAM)

    assert taken is not None
    assert taken.conversation_id == chats["telegram"]
    assert take(any_database, now, channel=TELEGRAM) is None


def test_what_was_sent_is_written_down(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    taken = one_taken(any_database, now, chats["a"])

    settle(any_database, taken, now)

    row = delivery(any_database, taken.id)
    assert (row.state, row.sent_at, row.channel_message_id) == ("sent", now, "m-1")
    assert take(any_database, now + timedelta(days=1)) is None


def test_what_surely_did_not_leave_is_tried_again_later_and_at_last_given_up(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["a"], now)
    say(any_database, chats["a"], now)
    at = now
    for seconds in BACK_OFF_SECONDS:
        taken = take(any_database, at)
        assert taken is not None
        with any_database.transaction() as session:
            OutboxService(session).not_sent(taken.id, "no route", now=at)
        assert take(any_database, at + timedelta(seconds=seconds * 0.9)) is None
        at += timedelta(seconds=seconds)
    last = take(any_database, at)
    assert last is not None
    assert last.attempts == MAX_ATTEMPTS
    with any_database.transaction() as session:
        OutboxService(session).not_sent(last.id, "no route", now=at)

    assert delivery(any_database, last.id).state == "failed"
    following = take(any_database, at)
    assert following is not None
    assert following.id != last.id


def test_patience_that_the_channel_asked_for_uses_up_no_try(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["a"], now)
    at = now
    for _ in range(MAX_ATTEMPTS * 2):
        taken = take(any_database, at)
        assert taken is not None
        assert taken.attempts == 1
        with any_database.transaction() as session:
            OutboxService(session).not_sent(taken.id, "429", now=at, wait=7)
        assert take(any_database, at + timedelta(seconds=6)) is None
        at += timedelta(seconds=7)

    assert take(any_database, at) is not None


def test_what_may_have_been_sent_is_unknown_and_holds_up_nobody(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    taken = one_taken(any_database, now, chats["a"])
    say(any_database, chats["a"], now)

    with any_database.transaction() as session:
        OutboxService(session).unknown(taken.id, "read timeout")

    assert delivery(any_database, taken.id).state == "unknown"
    following = take(any_database, now)
    assert following is not None
    assert following.id != taken.id
    settle(any_database, following, now)
    assert take(any_database, now + timedelta(days=1)) is None


@pytest.mark.parametrize("unreachable", [True, False])
def test_a_refusal_for_good_is_not_tried_again(
    any_database: Database, now: datetime, chats: dict[str, str], *, unreachable: bool
) -> None:
    taken = one_taken(any_database, now, chats["a"])

    with any_database.transaction() as session:
        OutboxService(session).failed(taken.id, "blocked", unreachable=unreachable)

    assert delivery(any_database, taken.id).state == "failed"
    assert take(any_database, now + timedelta(days=1)) is None
    with any_database.transaction() as session:
        assert session.get_one(Conversation, chats["a"]).reachable is not unreachable
        assert session.get_one(Conversation, chats["b"]).reachable


def test_after_a_crash_what_was_being_sent_is_unknown_unless_sending_again_is_safe(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    for chat in ("a", "telegram"):
        say(any_database, chats[chat], now)
    web = take(any_database, now, sender="died")
    telegram = take(any_database, now, sender="died", channel=TELEGRAM)
    say(any_database, chats["b"], now)
    living = take(any_database, now, sender="alive")
    assert web is not None
    assert telegram is not None
    assert living is not None

    with any_database.transaction() as session:
        lost = OutboxService(session).recover("died", resend_is_safe=frozenset({WEB}))

    assert lost == 1
    states = [delivery(any_database, taken.id).state for taken in (web, telegram, living)]
    assert states == ["queued", "unknown", "sending"]


def test_a_crash_where_no_channel_may_send_again_loses_track_of_everything_in_hand(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    taken = one_taken(any_database, now, chats["a"])

    with any_database.transaction() as session:
        assert OutboxService(session).recover("sender", resend_is_safe=frozenset()) == 1

    assert delivery(any_database, taken.id).state == "unknown"


# — steps —


def test_the_state_of_each_message_is_told(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    taken = one_taken(any_database, now, chats["a"])
    settle(any_database, taken, now)
    waiting = one_taken(any_database, now, chats["b"])
    with any_database.transaction() as session:
        outbox = OutboxService(session)
        assert outbox.states([taken.message_id, 999_999]) == {taken.message_id: "sent"}
        assert outbox.states([waiting.message_id]) == {waiting.message_id: "sending"}
        assert outbox.states([]) == {}


def say(
    database: Database,
    conversation_id: str,
    now: datetime,
    *,
    message: OutgoingMessage | None = None,
) -> None:
    with database.transaction() as session:
        number = len(session.scalars(select(Delivery.id)).all())
        TranscriptService(session).say(
            session.get_one(Conversation, conversation_id),
            message or OutgoingMessage(text=f"tin {number}"),
            author=Author.BOT,
            cause=f"in:{number}",
            now=now,
        )


def take(
    database: Database, now: datetime, *, sender: str = "sender", channel: ChannelName = WEB
) -> TakenDelivery | None:
    with database.transaction() as session:
        return OutboxService(session).take(sender, channel, now=now)


def one_taken(database: Database, now: datetime, conversation_id: str) -> TakenDelivery:
    say(database, conversation_id, now)
    taken = take(database, now)
    assert taken is not None
    return taken


def settle(database: Database, taken: TakenDelivery, now: datetime) -> None:
    with database.transaction() as session:
        OutboxService(session).sent(taken.id, "m-1", now=now)


def delivery(database: Database, delivery_id: int) -> Delivery:
    with database.transaction() as session:
        return session.get_one(Delivery, delivery_id)
