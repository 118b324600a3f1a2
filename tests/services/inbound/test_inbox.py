"""The inbox on both databases: each event once, each conversation in order, crashes included."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.clock import CLOCK_SLACK
from bot.domain.requests.request import RequestState
from bot.domain.talk.messages import Attachment, Choice, EventKind, OutgoingMessage, choice_token
from bot.services.inbound.inbox import (
    ALBUM_WAIT,
    BACK_OFF_SECONDS,
    LEASE,
    MAX_ATTEMPTS,
    InboxService,
    TakenEvent,
)
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.holding import HoldingService
from bot.services.requests.request_history import RequestHistory
from bot.storage.database import Database
from bot.storage.models import Conversation, InboxEvent, Message, Request
from tests.support.data.cases import cases
from tests.support.data.events import inbound, reception
from tests.support.data.seed import Seed


def test_an_event_is_stored_with_the_words_of_its_owner(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        Seed(session, now).small_talk(Seed(session, now, seed=8).conversation())
        accepted = reception(session).accept(inbound("nhãn hiệu bị từ chối", now=now), now=now)

    assert accepted is not None
    conversation_id = accepted.conversation_id
    with any_database.transaction() as session:
        heard = session.scalars(
            select(Message).where(Message.conversation_id == conversation_id)
        ).one()
        assert (heard.text, heard.author) == ("nhãn hiệu bị từ chối", Author.OWNER)
        conversation = session.get_one(Conversation, conversation_id)
        assert conversation.last_inbound_at == now
        assert conversation.contact.display_name == "Chị Lan"


def test_an_event_delivered_twice_is_stored_once(any_database: Database, now: datetime) -> None:
    first = accept(any_database, now, event_id="update-7")
    again = accept(any_database, now, event_id="update-7")

    assert first is not None
    assert again is None
    with any_database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(InboxEvent)) == 1
        assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_a_conversation_that_was_out_of_reach_is_reachable_when_its_owner_writes(
    any_database: Database, now: datetime
) -> None:
    conversation_id = accept(any_database, now)
    with any_database.transaction() as session:
        session.get_one(Conversation, conversation_id).reachable = False

    accept(any_database, now)

    with any_database.transaction() as session:
        assert session.get_one(Conversation, conversation_id).reachable


def test_a_pressed_button_stands_in_the_transcript_under_its_title(
    any_database: Database, now: datetime
) -> None:
    conversation_id = accept(any_database, now)
    assert conversation_id is not None
    with any_database.transaction() as session:
        shown = TranscriptService(session).say(
            session.get_one(Conversation, conversation_id),
            OutgoingMessage(
                text="Chọn:", choices=[Choice(title="Gặp cán bộ", payload="/handover")]
            ),
            author=Author.BOT,
            cause="in:1",
            now=now,
        )
    press = inbound("", now=now, kind=EventKind.CHOICE, choice=choice_token(shown.id, 0))
    stranger = press.model_copy(update={"event_id": "of-another", "chat_key": "another-chat"})

    with any_database.transaction() as session:
        reception(session).accept(press, now=now)
        reception(session).accept(stranger, now=now)

    with any_database.transaction() as session:
        words = session.scalars(
            select(Message.text).where(Message.author == Author.OWNER).order_by(Message.id)
        ).all()
    assert words[1:] == ["Gặp cán bộ", ""]


def test_files_of_an_event_stand_in_the_transcript(any_database: Database, now: datetime) -> None:
    file = Attachment(file_id="f1", name="mau-nhan.pdf", media_type="application/pdf", size=9)
    with any_database.transaction() as session:
        reception(session).accept(
            inbound("", now=now, kind=EventKind.FILES, attachments=[file]), now=now
        )

    with any_database.transaction() as session:
        assert session.scalars(select(Message)).one().attachments == [file.model_dump()]


def test_words_of_the_owner_wake_a_request_that_waits_for_them(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(4)
        request = seed.request()
        request.state = RequestState.WAITING_OWNER
        chat_key = request.conversation.chat_key

    accept(any_database, now, chat_key=chat_key)

    with any_database.transaction() as session:
        assert session.get_one(Request, request.id).state == RequestState.CLAIMED


# — lanes —


def test_a_lane_is_first_in_first_out_and_others_do_not_wait_for_it(
    any_database: Database, now: datetime
) -> None:
    for event_id, chat_key in (("a1", "a"), ("a2", "a"), ("b1", "b"), ("a3", "a")):
        accept(any_database, now, event_id=event_id, chat_key=chat_key)

    first, other, nothing = (take(any_database, now) for _ in range(3))

    assert first is not None
    assert other is not None
    assert [first.event.event_id, other.event.event_id, nothing] == ["a1", "b1", None]
    finish(any_database, first, now)
    second = take(any_database, now)
    assert second is not None
    assert second.event.event_id == "a2"


def test_a_first_try_is_not_taken_for_one_that_rasa_may_have_seen(
    any_database: Database, now: datetime
) -> None:
    accept(any_database, now)
    first = take(any_database, now, worker="w")
    assert first is not None
    assert (first.attempts, first.maybe_seen) == (0, False)
    assert first.cause == f"in:{first.id}"

    with any_database.transaction() as session:
        assert InboxService(session).release("w") == 1
    again = take(any_database, now, worker="w")

    assert again is not None
    assert (again.id, again.cause) == (first.id, first.cause)
    assert (again.attempts, again.maybe_seen) == (1, True)


def test_a_worker_releases_only_what_it_held_itself(any_database: Database, now: datetime) -> None:
    accept(any_database, now, chat_key="a")
    accept(any_database, now, chat_key="b")
    take(any_database, now, worker="left")
    take(any_database, now, worker="right")

    with any_database.transaction() as session:
        assert InboxService(session).release("left") == 1
        assert InboxService(session).release("left") == 0

    with any_database.transaction() as session:
        states = session.scalars(select(InboxEvent.state).order_by(InboxEvent.id)).all()
    assert states == ["new", "taken"]


def test_a_lease_that_ran_out_frees_the_event_and_one_that_has_not_does_not(
    any_database: Database, now: datetime
) -> None:
    accept(any_database, now)
    lost = take(any_database, now, worker="dead")
    assert lost is not None

    assert take(any_database, now + LEASE) is None
    found = take(any_database, now + LEASE + timedelta(seconds=1), worker="alive")

    assert found is not None
    assert (found.id, found.maybe_seen) == (lost.id, True)


def test_of_two_workers_with_one_event_only_the_first_finishes_it(
    any_database: Database, now: datetime
) -> None:
    accept(any_database, now)
    slow = take(any_database, now, worker="slow")
    late = now + LEASE + timedelta(seconds=1)
    quick = take(any_database, late, worker="quick")
    assert slow is not None
    assert quick is not None

    assert finish(any_database, quick, late)
    assert not finish(any_database, slow, late)


@pytest.mark.parametrize("step", ["retry", "wait", "give_up"])
def test_a_late_worker_does_not_bring_back_what_another_one_finished(
    any_database: Database, now: datetime, step: str
) -> None:
    accept(any_database, now)
    slow = take(any_database, now, worker="slow")
    late = now + LEASE + timedelta(seconds=1)
    quick = take(any_database, late, worker="quick")
    assert slow is not None
    assert quick is not None
    finish(any_database, quick, late)

    with any_database.transaction() as session:
        inbox = InboxService(session)
        match step:
            case "retry":
                inbox.retry(slow, "late", now=late)
            case "wait":
                inbox.wait(slow, "late", now=late, seconds=1)
            case "give_up":
                assert not inbox.give_up(slow, "late", now=late)

    assert take(any_database, late + timedelta(hours=1)) is None
    with any_database.transaction() as session:
        assert session.get_one(InboxEvent, slow.id).state == "done"


@pytest.mark.parametrize("step", ["retry", "wait", "give_up"])
def test_a_late_worker_does_not_take_an_event_out_of_another_ones_hands(
    any_database: Database, now: datetime, step: str
) -> None:
    accept(any_database, now)
    slow = take(any_database, now, worker="slow")
    late = now + LEASE + timedelta(seconds=1)
    quick = take(any_database, late, worker="quick")
    assert slow is not None
    assert quick is not None

    with any_database.transaction() as session:
        inbox = InboxService(session)
        match step:
            case "retry":
                inbox.retry(slow, "late", now=late)
            case "wait":
                inbox.wait(slow, "late", now=late, seconds=1)
            case "give_up":
                assert not inbox.give_up(slow, "late", now=late)

    assert take(any_database, late + timedelta(seconds=30)) is None
    assert finish(any_database, quick, late)


# — trying again —


def test_each_retry_waits_longer_and_holds_its_lane(any_database: Database, now: datetime) -> None:
    accept(any_database, now, event_id="a1")
    accept(any_database, now, event_id="a2")
    at = now
    for seconds in BACK_OFF_SECONDS:
        taken = take(any_database, at)
        assert taken is not None
        assert taken.event.event_id == "a1"
        with any_database.transaction() as session:
            InboxService(session).retry(taken, "TurnFailed()", now=at)
        assert take(any_database, at + timedelta(seconds=seconds * 0.9)) is None
        at += timedelta(seconds=seconds)


def test_an_event_that_is_given_up_is_dead_and_its_lane_goes_on(
    any_database: Database, now: datetime
) -> None:
    accept(any_database, now, event_id="bad")
    accept(any_database, now, event_id="good")
    for number in range(MAX_ATTEMPTS):
        at = now + timedelta(minutes=number)
        taken = take(any_database, at)
        assert taken is not None
        assert taken.event.event_id == "bad"
        assert taken.is_last_try is (number == MAX_ATTEMPTS - 1)
        with any_database.transaction() as session:
            if taken.is_last_try:
                assert InboxService(session).give_up(taken, "x" * 5000, now=at)
            else:
                InboxService(session).retry(taken, "broken", now=at)

    assert taken is not None
    with any_database.transaction() as session:
        row = session.get_one(InboxEvent, taken.id)
        assert (row.state, row.done_at, len(row.error)) == ("dead", at, 2000)
    following = take(any_database, at)
    assert following is not None
    assert following.event.event_id == "good"


def test_an_event_that_can_no_longer_be_read_stands_in_nobody_s_way(
    any_database: Database, now: datetime
) -> None:
    for event_id, chat_key in (("bad", "a"), ("worse", "b"), ("good", "a")):
        accept(any_database, now, event_id=event_id, chat_key=chat_key)
    with any_database.transaction() as session:
        for row in session.scalars(select(InboxEvent).where(InboxEvent.event_id != "good")):
            row.payload = {**row.payload, "kind": "telepathy"}

    taken = take(any_database, now)

    assert taken is not None
    assert taken.event.event_id == "good"
    with any_database.transaction() as session:
        dead = session.scalars(select(InboxEvent).where(InboxEvent.state == "dead")).all()
    assert [(row.event_id, row.error, row.done_at) for row in dead] == [
        ("bad", "other: ValidationError", now),
        ("worse", "other: ValidationError", now),
    ]


def test_waiting_for_the_engine_uses_up_no_try(any_database: Database, now: datetime) -> None:
    accept(any_database, now)
    at = now
    for _ in range(MAX_ATTEMPTS * 3):
        taken = take(any_database, at)
        assert taken is not None
        assert taken.attempts == 0
        with any_database.transaction() as session:
            InboxService(session).wait(taken, "EngineAbsent()", now=at, seconds=0.5)
        assert take(any_database, at) is None
        at += timedelta(seconds=0.5)


# — albums —

ALBUM = "135"


def test_an_album_is_taken_as_one_with_all_its_files_and_words(
    any_database: Database, now: datetime
) -> None:
    for number in range(5):
        picture(any_database, now, number, text="nhãn của em" if not number else "")
    accept(any_database, now, event_id="after")

    assert take(any_database, now) is None
    taken = take(any_database, now + ALBUM_WAIT)

    assert taken is not None
    assert (taken.event.kind, taken.event.text) == (EventKind.FILES, "nhãn của em")
    assert [file.file_id for file in taken.event.attachments] == [f"f{n}" for n in range(5)]
    assert len(taken.sisters) == 4
    assert finish(any_database, taken, now)
    following = take(any_database, now + ALBUM_WAIT)
    assert following is not None
    assert following.event.event_id == "after"


def test_each_picture_stands_in_the_transcript_by_itself(
    any_database: Database, now: datetime
) -> None:
    for number in range(2):
        picture(any_database, now, number)

    with any_database.transaction() as session:
        shown = session.scalars(select(Message.attachments).order_by(Message.id)).all()
    assert [files[0]["file_id"] for files in shown] == ["f0", "f1"]


def test_the_wait_begins_anew_with_each_picture(any_database: Database, now: datetime) -> None:
    nearly = ALBUM_WAIT * 0.9
    for number in range(4):
        picture(any_database, now + nearly * number, number)

    assert take(any_database, now + nearly * 3) is None
    taken = take(any_database, now + nearly * 3 + ALBUM_WAIT)

    assert taken is not None
    assert len(taken.event.attachments) == 4


def test_only_pictures_of_the_same_album_and_chat_are_one(
    any_database: Database, now: datetime
) -> None:
    picture(any_database, now, 0)
    picture(any_database, now, 1, album="136")
    picture(any_database, now, 2, chat_key="another")
    later = now + ALBUM_WAIT

    taken = [take(any_database, later), take(any_database, later), take(any_database, later)]

    assert [one.sisters if one else None for one in taken] == [(), (), None]


def test_a_late_picture_is_one_more_turn(any_database: Database, now: datetime) -> None:
    picture(any_database, now, 0)
    picture(any_database, now, 1)
    later = now + ALBUM_WAIT
    first = take(any_database, later)
    assert first is not None
    picture(any_database, later, 2)

    assert take(any_database, later + ALBUM_WAIT) is None
    finish(any_database, first, later)
    second = take(any_database, later + ALBUM_WAIT)

    assert second is not None
    assert [file.file_id for file in second.event.attachments] == ["f2"]
    assert second.cause != first.cause


@pytest.mark.parametrize("step", ["release", "lease", "retry", "wait"])
def test_tried_again_an_album_is_the_same_pictures_whatever_came_since(
    any_database: Database, now: datetime, step: str
) -> None:
    picture(any_database, now, 0)
    picture(any_database, now, 1)
    later = now + ALBUM_WAIT
    lost = take(any_database, later, worker="w")
    assert lost is not None
    picture(any_database, later, 2)
    with any_database.transaction() as session:
        inbox = InboxService(session)
        if step == "release":
            assert inbox.release("w") == 2
        elif step == "retry":
            inbox.retry(lost, "action: action_answer", now=later)
        elif step == "wait":
            inbox.wait(lost, "EngineAbsent()", now=later, seconds=1)

    much_later = later + LEASE + timedelta(seconds=1)
    found = take(any_database, much_later)

    assert found is not None
    assert (found.id, found.sisters, found.cause) == (lost.id, lost.sisters, lost.cause)
    assert found.maybe_seen
    assert finish(any_database, found, much_later)
    assert not finish(any_database, lost, much_later)
    late = take(any_database, much_later)
    assert late is not None
    assert [file.file_id for file in late.event.attachments] == ["f2"]


def test_an_album_that_is_given_up_is_dead_as_a_whole(
    any_database: Database, now: datetime
) -> None:
    picture(any_database, now, 0)
    picture(any_database, now, 1)
    taken = take(any_database, now + ALBUM_WAIT)
    assert taken is not None

    with any_database.transaction() as session:
        assert InboxService(session).give_up(taken, "loop: ", now=now + ALBUM_WAIT)

    with any_database.transaction() as session:
        assert set(session.scalars(select(InboxEvent.state))) == {"dead"}


def test_an_owner_waits_seconds_for_a_sentence_where_every_try_fails() -> None:
    assert len(BACK_OFF_SECONDS) == MAX_ATTEMPTS - 1
    assert sum(BACK_OFF_SECONDS) <= 6


# — a clock that is set back —


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=365)])
@pytest.mark.parametrize("ending", ["fresh", "failed", "absent", "leased"])
def test_a_clock_set_back_keeps_nothing_waiting(
    any_database: Database, now: datetime, back: timedelta, ending: str
) -> None:
    accept(any_database, now)
    if ending != "fresh":
        taken = take(any_database, now, worker="died")
        assert taken is not None
        with any_database.transaction() as session:
            inbox = InboxService(session)
            if ending == "failed":
                inbox.retry(taken, "broken", now=now)
            elif ending == "absent":
                inbox.wait(taken, "away", now=now, seconds=0.5)
        assert take(any_database, now) is None

    assert take(any_database, now - back) is not None


def test_a_clock_set_back_a_little_ends_no_lease_and_no_pause(
    any_database: Database, now: datetime
) -> None:
    accept(any_database, now, chat_key="a")
    accept(any_database, now, chat_key="b")
    put_off = take(any_database, now)
    leased = take(any_database, now)
    assert put_off is not None
    assert leased is not None
    with any_database.transaction() as session:
        for _ in BACK_OFF_SECONDS:
            InboxService(session).retry(put_off, "broken", now=now)

    assert take(any_database, now - CLOCK_SLACK) is None


def test_a_year_ahead_and_back_each_event_is_worked_in_its_order(
    any_database: Database, now: datetime
) -> None:
    ahead = now + timedelta(days=365)
    for at, event_id in ((now, "one"), (ahead, "two"), (now, "three")):
        accept(any_database, at, event_id=event_id)

    order = []
    for at in (ahead, now, now):
        taken = take(any_database, at)
        assert taken is not None
        order.append(taken.event.event_id)
        assert finish(any_database, taken, at)

    assert order == ["one", "two", "three"]


# — words —


def test_what_was_sent_stands_before_its_words_as_the_owners_own(
    any_database: Database, now: datetime
) -> None:
    event = inbound("có phải dán nhãn không", now=now, kind=EventKind.UNSUPPORTED)
    with any_database.transaction() as session:
        reception(session).accept(
            event.model_copy(update={"note": "[video]", "refusal": "Chưa xem."}), now=now
        )
        wordless = inbound("", now=now, kind=EventKind.UNSUPPORTED)
        reception(session).accept(wordless.model_copy(update={"note": "[tin thoại]"}), now=now)

    with any_database.transaction() as session:
        words = session.scalars(select(Message.text).order_by(Message.id)).all()
    assert words == ["[video]\ncó phải dán nhãn không", "[tin thoại]"]


# — steps —


def picture(
    database: Database,
    now: datetime,
    number: int,
    *,
    text: str = "",
    album: str = ALBUM,
    chat_key: str = "chat-1",
) -> None:
    file = Attachment(file_id=f"f{number}", name=f"{number}.jpg", media_type="image/jpeg")
    event = inbound(text, now=now, kind=EventKind.FILES, attachments=[file], chat_key=chat_key)
    with database.transaction() as session:
        reception(session).accept(event.model_copy(update={"album": album}), now=now)


def accept(
    database: Database, now: datetime, *, event_id: str = "", chat_key: str = "chat-1"
) -> str | None:
    with database.transaction() as session:
        accepted = reception(session).accept(
            inbound(now=now, event_id=event_id, chat_key=chat_key), now=now
        )
        return accepted and accepted.conversation_id


def take(database: Database, now: datetime, *, worker: str = "worker") -> TakenEvent | None:
    with database.transaction() as session:
        return InboxService(session).take(worker, now=now)


def finish(database: Database, taken: TakenEvent, now: datetime) -> bool:
    with database.transaction() as session:
        ConversationService(session).lock(taken.conversation_id)
        return InboxService(session).finish(taken, now=now)


@pytest.mark.parametrize("of_edit", [False, True])
@pytest.mark.parametrize("is_closed", [False, True])
def test_an_edit_belongs_to_the_case_of_the_message_that_it_edits(
    any_database: Database, now: datetime, *, of_edit: bool, is_closed: bool
) -> None:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        lan, tri = seed.officer(), seed.officer(office="shtt")
        theirs = seed.request(seed.conversation(), office="shtt")
        hers = seed.request(theirs.conversation)
        requests = cases(session)

        def hears(text: str, name: str, edits: str = "") -> Message:
            chat = theirs.conversation.chat_key
            kind = EventKind.EDIT if edits else EventKind.TEXT
            event = inbound(text, now=now, chat_key=chat, event_id=name, kind=kind, edits=edits)
            reception(session).accept(event, now=now)
            return session.scalars(select(Message).order_by(Message.id.desc())).first() or Message()

        requests.claim(theirs.id, tri, now=now)
        hears("nhãn hiệu Zeta chưa công bố", "m1")
        requests.claim(hers.id, lan, now=now)
        if is_closed:
            requests.close(theirs.id, tri, cause="form:1", now=now)
        else:
            HoldingService(session).speak_of(theirs.conversation, hers)
        if of_edit:
            hears("nhãn hiệu Zeta, chưa công bố", "e1", edits="m1")

        edit = hears("nhãn hiệu Zeta ạ", "e2", edits="e1" if of_edit else "m1")
        plain = hears("Em chào chị", "m2")

        assert (edit.request_id, plain.request_id) == (theirs.id, hers.id)
        assert theirs.late_at == (now if is_closed else None)
        assert hers.late_at is None
        kinds = [line.kind for line in RequestHistory(session).lines(theirs)]
        assert kinds.count("late") == is_closed * (1 + of_edit)


@pytest.mark.parametrize("edits", ["m-unknown", "m-said-to-the-assistant"])
def test_an_edit_of_no_case_s_message_belongs_to_none(
    any_database: Database, now: datetime, edits: str
) -> None:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        request = seed.request(seed.conversation())
        chat = request.conversation.chat_key
        talk = inbound("iso", now=now, chat_key=chat, event_id="m-said-to-the-assistant")
        reception(session).accept(talk, now=now)
        cases(session).claim(request.id, seed.officer(), now=now)

        event = inbound("iso 9001", now=now, chat_key=chat, kind=EventKind.EDIT, edits=edits)
        reception(session).accept(event, now=now)

        edit = session.scalars(select(Message).order_by(Message.id.desc())).first()
        assert edit is not None
        # What is not known is taken for what it looks like: words to who holds the conversation.
        assert edit.request_id == (request.id if edits == "m-unknown" else None)


def test_an_edit_of_what_was_erased_marks_no_case(any_database: Database, now: datetime) -> None:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        request = seed.request(talk=True)
        chat = request.conversation.chat_key
        reception(session).accept(inbound("bí mật", now=now, chat_key=chat, event_id="m1"), now=now)
        PrivacyService(session, Path()).erase(request.conversation_id, words="(đã xóa)", now=now)

        event = inbound("lại đây", now=now, chat_key=chat, kind=EventKind.EDIT, edits="m1")
        reception(session).accept(event, now=now)

        session.refresh(request)
        assert request.late_at is None
