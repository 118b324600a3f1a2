"""The outbox on both databases: in order, and nothing is sent again blindly."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.clock import CLOCK_SLACK
from bot.domain.talk.messages import Attachment, ChannelName, Choice, OutgoingMessage
from bot.services.messaging.outbox import (
    BACK_OFF_SECONDS,
    DOUBT_PAUSES_SECONDS,
    LEASE,
    MAX_ATTEMPTS,
    OutboxService,
    TakenDelivery,
)
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.database import Database
from bot.storage.models import Conversation, Delivery
from tests.support.data.seed import Seed

TERMINAL, TELEGRAM = ChannelName.TERMINAL, ChannelName.TELEGRAM


@pytest.fixture
def chats(any_database: Database, now: datetime) -> dict[str, str]:
    """Two terminals and one chat of Telegram, by name; none has a message."""
    with any_database.transaction() as session:
        seed = Seed(session, now)
        return {
            "a": seed.conversation(channel=TERMINAL).id,
            "b": seed.conversation(channel=TERMINAL).id,
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
    assert (taken.conversation_id, taken.channel, taken.attempts) == (chats["a"], TERMINAL, 1)
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


@pytest.mark.parametrize("author", [Author.BOT, Author.SYSTEM])
def test_the_bot_s_words_that_may_have_arrived_are_sent_again_a_few_times_and_in_their_place(
    any_database: Database, now: datetime, chats: dict[str, str], author: Author
) -> None:
    say(any_database, chats["telegram"], now, author=author)
    say(any_database, chats["telegram"], now)
    at = now
    for seconds in DOUBT_PAUSES_SECONDS:
        doubted = taken_in_doubt(any_database, at)
        assert doubted.message.text == "tin 0"
        assert take(any_database, at + timedelta(seconds=seconds * 0.9), channel=TELEGRAM) is None
        at += timedelta(seconds=seconds)
    last = taken_in_doubt(any_database, at)

    assert last.message.text == "tin 0"
    assert delivery(any_database, last.id).state == "unknown"
    following = take(any_database, at, channel=TELEGRAM)
    assert following is not None
    assert following.message.text == "tin 1"


def test_an_officer_s_words_that_may_have_arrived_are_unknown_and_hold_up_nobody(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["telegram"], now, author=Author.OFFICER)
    say(any_database, chats["telegram"], now)

    doubted = taken_in_doubt(any_database, now)

    assert delivery(any_database, doubted.id).state == "unknown"
    following = take(any_database, now, channel=TELEGRAM)
    assert following is not None
    assert following.message.text == "tin 1"


def test_where_twice_is_seen_once_an_officer_s_words_too_are_sent_again(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["a"], now, author=Author.OFFICER)
    taken = take(any_database, now)
    assert taken is not None

    with any_database.transaction() as session:
        OutboxService(session).maybe_sent(taken.id, "torn", now=now, resend_is_safe=True)

    assert delivery(any_database, taken.id).state == "queued"


def test_the_next_try_begins_behind_the_parts_that_have_left_with_all_its_tries(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["telegram"], now)
    at = now
    for seconds in DOUBT_PAUSES_SECONDS:
        taken_in_doubt(any_database, at)
        at += timedelta(seconds=seconds)
    last = take(any_database, at, channel=TELEGRAM)
    assert last is not None
    with any_database.transaction() as session:
        OutboxService(session).part_left(last.id, 1, "m-1")
        OutboxService(session).part_left(last.id, 2, "m-2")
        OutboxService(session).maybe_sent(last.id, "502", now=at)

    again = take(any_database, at + timedelta(seconds=DOUBT_PAUSES_SECONDS[0]), channel=TELEGRAM)

    assert again is not None
    assert again.parts_sent == 2
    settle(any_database, again, at)
    assert delivery(any_database, again.id).channel_message_id == "m-1"


@pytest.mark.parametrize("state", ["unknown", "failed"])
def test_a_person_may_send_again_what_is_unknown_or_failed_and_it_comes_in_its_place(
    any_database: Database, now: datetime, chats: dict[str, str], state: str
) -> None:
    say(any_database, chats["telegram"], now, author=Author.OFFICER)
    doubted = taken_in_doubt(any_database, now)
    with any_database.transaction() as session:
        OutboxService(session).part_left(doubted.id, 1, "m-1")
        session.get_one(Delivery, doubted.id).state = state
    say(any_database, chats["telegram"], now)

    assert send_again(any_database, doubted.message_id, now)
    assert not send_again(any_database, doubted.message_id, now)

    again = take(any_database, now, channel=TELEGRAM)
    assert again is not None
    assert (again.id, again.attempts, again.parts_sent) == (doubted.id, 1, 1)


def test_what_has_arrived_or_is_not_there_is_not_sent_again(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    taken = one_taken(any_database, now, chats["a"])
    settle(any_database, taken, now)

    assert not send_again(any_database, taken.message_id, now)
    assert not send_again(any_database, 999_999, now)


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


def test_after_a_crash_what_was_being_sent_goes_by_the_same_rule(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    with any_database.transaction() as session:
        chats["officer's"] = Seed(session, now, seed=8).conversation(channel=TELEGRAM).id
    say(any_database, chats["a"], now, author=Author.OFFICER)
    say(any_database, chats["telegram"], now)
    say(any_database, chats["officer's"], now, author=Author.OFFICER)
    web = take(any_database, now, sender="died")
    bot = take(any_database, now, sender="died", channel=TELEGRAM)
    officer = take(any_database, now, sender="died", channel=TELEGRAM)
    say(any_database, chats["b"], now)
    living = take(any_database, now, sender="alive")
    rows = [taken.id for taken in (web, bot, officer, living) if taken is not None]

    lost = recover(any_database, now, "died")

    assert lost == {"queued": 2, "unknown": 1}
    states = [delivery(any_database, row).state for row in rows]
    assert states == ["queued", "queued", "unknown", "sending"]


def test_a_message_at_which_the_sender_dies_each_time_is_given_up(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["telegram"], now)
    at = now
    for seconds in DOUBT_PAUSES_SECONDS:
        assert take(any_database, at, channel=TELEGRAM) is not None
        assert recover(any_database, at, "sender") == {"queued": 1}
        at += timedelta(seconds=seconds)
    assert take(any_database, at, channel=TELEGRAM) is not None

    assert recover(any_database, at, "sender") == {"unknown": 1}


# — a clock that is set back —


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=365)])
@pytest.mark.parametrize("ending", ["fresh", "paused", "doubted"])
def test_a_clock_set_back_keeps_nothing_waiting(
    any_database: Database, now: datetime, chats: dict[str, str], back: timedelta, ending: str
) -> None:
    say(any_database, chats["a"], now)
    if ending != "fresh":
        taken = take(any_database, now)
        assert taken is not None
        with any_database.transaction() as session:
            outbox = OutboxService(session)
            if ending == "paused":
                outbox.not_sent(taken.id, "429", now=now, wait=3600)
            else:
                outbox.maybe_sent(taken.id, "502", now=now)
        assert take(any_database, now) is None

    assert take(any_database, now - back) is not None


def test_a_clock_set_back_a_little_cuts_no_pause_short(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    taken = one_taken(any_database, now, chats["a"])
    with any_database.transaction() as session:
        OutboxService(session).not_sent(taken.id, "429", now=now, wait=60)

    assert take(any_database, now - CLOCK_SLACK) is None


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
    author: Author = Author.BOT,
) -> None:
    with database.transaction() as session:
        number = len(session.scalars(select(Delivery.id)).all())
        TranscriptService(session).say(
            session.get_one(Conversation, conversation_id),
            message or OutgoingMessage(text=f"tin {number}"),
            author=author,
            cause=f"in:{number}",
            now=now,
        )


def take(
    database: Database, now: datetime, *, sender: str = "sender", channel: ChannelName = TERMINAL
) -> TakenDelivery | None:
    with database.transaction() as session:
        return OutboxService(session).take(sender, channel, now=now)


def one_taken(database: Database, now: datetime, conversation_id: str) -> TakenDelivery:
    say(database, conversation_id, now)
    taken = take(database, now)
    assert taken is not None
    return taken


def test_what_a_stuck_sender_has_in_hand_is_in_doubt_once_its_lease_is_over(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["telegram"], now)
    taken = take(any_database, now, channel=TELEGRAM)
    assert taken is not None

    assert expire(any_database, now + LEASE) == {}
    assert expire(any_database, now + LEASE + timedelta(seconds=1)) == {"queued": 1}

    row = delivery(any_database, taken.id)
    assert (row.state, row.doubts) == ("queued", 1)


def test_a_sender_that_is_still_at_it_keeps_it(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["telegram"], now)
    taken = take(any_database, now, channel=TELEGRAM)
    assert taken is not None
    later = now + LEASE + timedelta(seconds=1)

    with any_database.transaction() as session:
        OutboxService(session).renew(taken.id, now=now + timedelta(seconds=30))

    assert expire(any_database, later) == {}


def test_a_lease_from_before_the_clock_was_put_back_is_over(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["telegram"], now)
    assert take(any_database, now, channel=TELEGRAM) is not None

    assert expire(any_database, now - timedelta(hours=1)) == {"queued": 1}


def test_who_has_lost_a_delivery_is_told_so(
    any_database: Database, now: datetime, chats: dict[str, str]
) -> None:
    say(any_database, chats["telegram"], now)
    taken = take(any_database, now, channel=TELEGRAM)
    assert taken is not None

    def is_in_hand(sender: str) -> bool:
        with any_database.transaction() as session:
            return OutboxService(session).is_in_hand(taken.id, sender)

    assert is_in_hand("sender")
    assert not is_in_hand("another")
    recover(any_database, now, "sender")
    assert not is_in_hand("sender")


def expire(database: Database, now: datetime) -> Counter[str]:
    with database.transaction() as session:
        return OutboxService(session).expire(resend_is_safe=frozenset({TERMINAL}), now=now)


def taken_in_doubt(database: Database, now: datetime) -> TakenDelivery:
    """Taken for Telegram, and torn while it was sent."""
    taken = take(database, now, channel=TELEGRAM)
    assert taken is not None
    with database.transaction() as session:
        OutboxService(session).maybe_sent(taken.id, "502", now=now)
    return taken


def send_again(database: Database, message_id: int, now: datetime) -> bool:
    with database.transaction() as session:
        return OutboxService(session).send_again(message_id, now=now)


def recover(database: Database, now: datetime, sender: str) -> Counter[str]:
    with database.transaction() as session:
        return OutboxService(session).recover(sender, resend_is_safe=frozenset({TERMINAL}), now=now)


def settle(database: Database, taken: TakenDelivery, now: datetime) -> None:
    with database.transaction() as session:
        OutboxService(session).sent(taken.id, "m-1", now=now)


def delivery(database: Database, delivery_id: int) -> Delivery:
    with database.transaction() as session:
        return session.get_one(Delivery, delivery_id)
