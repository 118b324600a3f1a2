"""What is sent after the close: which case it belongs to, how long, and who learns of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.requests.after_close import AFTER_CLOSE, FRESH
from bot.domain.requests.request import RequestState
from bot.domain.talk.conversation import Handler
from bot.domain.talk.messages import Attachment, ChannelName, EventKind, OutgoingMessage
from bot.services.inbound.inbox import ALBUM_WAIT, InboxService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.cases import RequestRefused
from bot.services.requests.request_filter import RequestFilter
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.request_list import OPEN_STATES, RequestList
from bot.services.requests.requests import RequestService
from bot.storage.database import Database
from bot.storage.models import Conversation, Message, Officer, Request
from tests.support.data.cases import EVERY_DAY, cases
from tests.support.data.events import inbound, reception
from tests.support.data.seed import Seed

PAPER = Attachment(file_id="f1", name="mau-nhan.pdf", media_type="application/pdf", size=9)


@dataclass
class Desk:
    """An office with one owner and two officers."""

    session: Session
    now: datetime
    seed: Seed
    conversation: Conversation
    lan: Officer
    minh: Officer

    @property
    def service(self) -> AfterCloseService:
        return AfterCloseService(self.session)

    def closed(self, *, ago: timedelta = timedelta(0)) -> Request:
        """A case of the owner that Lan has closed."""
        at = self.now - ago
        requests = cases(self.session)
        request = self.seed.request(self.conversation)
        requests.claim(request.id, self.lan, now=at)
        return requests.close(request.id, self.lan, cause=f"close:{request.id}", now=at)

    def hears(self, text: str = "", *files: Attachment) -> str:
        """The owner sends something; the cause of its turn."""
        event = inbound(
            text,
            now=self.now,
            chat_key=self.conversation.chat_key,
            channel=self.conversation.channel,
            kind=EventKind.FILES if files else EventKind.TEXT,
            attachments=list(files),
        )
        reception(self.session).accept(event, now=self.now)
        taken = InboxService(self.session).take("w", now=self.now)
        assert taken is not None
        InboxService(self.session).finish(taken, now=self.now)
        return taken.cause

    def hears_album(self) -> str:
        """A photo and a video that could not be taken, sent together; the cause of their turn."""
        now, inbox = self.now, InboxService(self.session)
        chat, channel = self.conversation.chat_key, ChannelName(self.conversation.channel)
        photo = inbound(
            "", now=now, chat_key=chat, channel=channel, kind=EventKind.FILES, attachments=[PAPER]
        )
        video = inbound(
            "dây chuyền của em", now=now, chat_key=chat, channel=channel, kind=EventKind.UNSUPPORTED
        ).model_copy(update={"note": "[video]", "refusal": "Chưa xem được"})
        for event in (photo, video):
            reception(self.session).accept(event.model_copy(update={"album": "a1"}), now=now)
        taken = inbox.take("w", now=now + ALBUM_WAIT)
        assert taken is not None
        inbox.finish(taken, now=now)
        return taken.cause

    def found(self, *, at: datetime | None = None) -> Request | None:
        case = self.service.case(self.conversation.id, EVERY_DAY, now=at or self.now)
        return case.request if case else None

    def kinds(self, request: Request) -> list[str]:
        return [line.kind for line in RequestHistory(self.session).lines(request)]


@pytest.fixture
def desk(any_database: Database, now: datetime) -> Iterator[Desk]:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        for request in seed.noise(6):
            cases(session).claim(request.id, seed.officer(), now=now)
        yield Desk(
            session, now, seed, seed.conversation(), seed.officer("lan"), seed.officer("minh")
        )


# — which case —


def test_for_two_office_days_the_case_closed_last_is_meant(desk: Desk) -> None:
    desk.closed(ago=timedelta(hours=2))
    newest = desk.closed()
    end = EVERY_DAY.add(desk.now, AFTER_CLOSE)

    assert desk.found() is newest
    assert desk.found(at=end) is newest
    assert desk.found(at=end + timedelta(seconds=1)) is None


def test_it_is_fresh_for_minutes(desk: Desk) -> None:
    desk.closed()

    def is_fresh(after: timedelta) -> bool:
        case = desk.service.case(desk.conversation.id, EVERY_DAY, now=desk.now + after)
        assert case is not None
        return case.is_fresh

    assert is_fresh(FRESH - timedelta(seconds=1))
    assert not is_fresh(FRESH)


def test_a_clock_set_back_loses_no_case(desk: Desk) -> None:
    request = desk.closed()
    assert desk.found(at=desk.now - timedelta(days=1)) is request


def test_an_open_case_comes_first_and_of_several_the_one_that_waits_in_the_chat(
    desk: Desk,
) -> None:
    desk.closed()
    filed = desk.seed.request(desk.conversation)
    assert desk.found() is filed
    waiting = desk.seed.request(desk.conversation, talk=True)
    desk.seed.request(desk.conversation)
    assert desk.found() is waiting


def test_a_farewell_just_said_comes_before_a_case_that_waited_already(desk: Desk) -> None:
    waiting = desk.seed.request(desk.conversation, office="shtt")
    desk.now += timedelta(minutes=1)
    just_closed = desk.closed()

    assert desk.found() is just_closed

    later = desk.now + FRESH
    case = desk.service.case(desk.conversation.id, EVERY_DAY, now=later)
    assert case is not None
    assert (case.request, case.other, case.closed_at) == (waiting, just_closed, None)


def test_without_a_case_or_with_one_the_owner_gave_up_nothing_is_meant(desk: Desk) -> None:
    assert desk.found() is None
    desk.seed.request(desk.conversation, talk=True)
    RequestService(desk.session).leave_queue(desk.conversation.id, now=desk.now)
    assert desk.found() is None


def test_after_an_erasure_nothing_is_meant_and_nothing_opened_again(
    desk: Desk, tmp_path: Path
) -> None:
    request = desk.closed()
    desk.service.bring(request, desk.hears("gửi lại"), [], now=desk.now)
    PrivacyService(desk.session, tmp_path).erase(desk.conversation.id, words="–", now=desk.now)
    desk.session.expire_all()

    assert desk.found() is None
    assert request.late_at is None
    assert desk.service.by_code(desk.conversation.id, request.code) is None
    with pytest.raises(RequestRefused, match="closed"):
        cases(desk.session).reopen(request.id, desk.lan, now=desk.now)


# — bringing it there —


def test_a_file_comes_to_the_case_and_the_office_sees_a_mark_and_a_line(desk: Desk) -> None:
    request = desk.closed()
    cause = desk.hears("", PAPER)

    assert desk.service.bring(request, f"{cause}.files", [PAPER.file_id], now=desk.now)

    message = desk.session.scalars(select(Message).where(Message.request_id == request.id)).all()
    assert [file["name"] for one in message for file in one.attachments] == ["mau-nhan.pdf"]
    assert (request.state, request.late_at) == (RequestState.CLOSED, desk.now)
    assert desk.kinds(request)[-1] == "late"


def test_brought_twice_it_is_there_once(desk: Desk) -> None:
    request = desk.closed()
    cause = desk.hears("em gửi lại ạ")
    for _ in range(2):
        assert desk.service.bring(request, cause, [], now=desk.now)
    assert desk.kinds(request).count("late") == 1
    assert desk.service.bring(request, desk.hears("và nữa"), [], now=desk.now)
    assert desk.kinds(request).count("late") == 2


def test_of_an_album_all_comes_what_could_not_be_taken_too(desk: Desk) -> None:
    request = desk.closed()
    cause = desk.hears_album()
    heard = desk.service.bring(request, f"{cause}.files", [PAPER.file_id], now=desk.now)
    assert [message.text for message in heard if message.text] == ["[video]\ndây chuyền của em"]
    assert {message.request_id for message in heard} == {request.id}
    assert desk.kinds(request).count("late") == 1
    assert desk.service.holds_more_than_words(desk.conversation.id, cause)
    assert not desk.service.holds_more_than_words(desk.conversation.id, desk.hears("chữ thôi"))


def test_what_could_not_be_taken_comes_to_the_case_just_closed_and_to_no_other(
    desk: Desk,
) -> None:
    request = desk.closed(ago=FRESH)
    cause = desk.hears_album()
    desk.service.bring_untaken(desk.conversation.id, cause, now=desk.now)
    assert request.late_at is None
    desk.service.bring_untaken(desk.conversation.id, cause, now=desk.now - timedelta(seconds=1))
    assert request.late_at is not None


def test_the_last_word_is_the_farewell_until_something_else_is_said(desk: Desk) -> None:
    request = desk.closed()
    assert desk.service.has_last_word(request)
    TranscriptService(desk.session).say(
        desk.conversation,
        OutgoingMessage(text="Chào"),
        author=Author.BOT,
        cause="in:1",
        now=desk.now,
    )
    assert not desk.service.has_last_word(request)


def test_an_open_case_needs_no_mark(desk: Desk) -> None:
    request = desk.seed.request(desk.conversation)
    assert desk.service.bring(request, desk.hears("", PAPER), [PAPER.file_id], now=desk.now)
    assert request.late_at is None
    assert desk.kinds(request) == ["created"]
    assert RequestList(desk.session).unanswered([request.id]) == {request.id: 1}


def test_words_of_another_conversation_and_unknown_ones_are_not_brought(desk: Desk) -> None:
    request = desk.closed()
    other = desk.seed.conversation()
    desk.seed.owner_says(other, "lời của người khác")
    for cause in ("in:999999", "in:", "", "seed:70001"):
        assert not desk.service.bring(request, cause, [], now=desk.now)
    assert desk.kinds(request)[-1] == "closed"
    assert desk.service.by_code(other.id, request.code) is None


# — in the list —


def test_the_list_of_what_is_open_shows_it_until_it_is_seen(desk: Desk) -> None:
    request = desk.closed()
    listing = RequestList(desk.session)
    mine = RequestFilter(offices=frozenset({"tdc"}))
    wanted = RequestFilter(offices=frozenset({"tdc"}), states=OPEN_STATES, late=True)
    assert request not in listing.page(wanted, limit=50)
    answered = desk.seed.request(due=timedelta(hours=-90))
    cases(desk.session).claim(answered.id, desk.lan, now=desk.now)
    cases(desk.session).reply(answered.id, desk.lan, "Dạ có", cause="answered", now=desk.now)
    seen_before = listing.fingerprint(frozenset({"tdc"}))

    desk.service.bring(request, desk.hears("gửi lại"), [], now=desk.now)

    assert listing.fingerprint(frozenset({"tdc"})) != seen_before
    shown = listing.page(wanted, limit=50)
    # Among what is owed, by the time promised; what is answered stands behind it.
    assert [row for row in shown[: shown.index(request)] if row.first_reply_at] == []
    assert (listing.late(mine), listing.late(RequestFilter(offices=frozenset({"shtt"})))) == (1, 0)
    only_new = RequestFilter(states=frozenset({RequestState.NEW}))
    assert request not in listing.page(only_new, limit=50)

    for _ in range(2):
        cases(desk.session).seen(request.id, desk.minh, now=desk.now)
    assert request not in listing.page(wanted, limit=50)
    assert desk.kinds(request).count("late_seen") == 1


def test_of_what_came_only_what_was_shown_is_seen_and_closed_upon(desk: Desk) -> None:
    request = desk.seed.request(desk.conversation)
    requests = cases(desk.session)
    requests.claim(request.id, desk.lan, now=desk.now)
    desk.hears("khoan đã")
    shown = TranscriptService(desk.session).newest_id(desk.conversation.id)
    with pytest.raises(RequestRefused, match="unread"):
        requests.close(request.id, desk.lan, cause="f:1", now=desk.now, shown=shown - 1)
    assert (request.state, request.late_at) == (RequestState.CLAIMED, None)
    requests.close(request.id, desk.lan, cause="f:2", now=desk.now, shown=shown)

    desk.service.bring(request, desk.hears("gửi lại"), [], now=desk.now)
    with pytest.raises(RequestRefused, match="unread"):
        cases(desk.session).seen(request.id, desk.minh, now=desk.now, shown=shown)
    assert request.late_at is not None
    shown = TranscriptService(desk.session).newest_id(desk.conversation.id)
    cases(desk.session).seen(request.id, desk.minh, now=desk.now, shown=shown)
    assert request.late_at is None


# — opening it again —


def test_who_opens_it_again_holds_it_and_the_first_solution_keeps_its_time(desk: Desk) -> None:
    request = desk.closed(ago=timedelta(hours=3))
    solved = request.solved_at
    desk.service.bring(request, desk.hears("gửi lại"), [], now=desk.now)

    cases(desk.session).reopen(request.id, desk.minh, now=desk.now)

    assert (request.state, request.officer_id) == (RequestState.CLAIMED, desk.minh.id)
    assert (request.late_at, desk.conversation.handler) == (None, Handler.OFFICER)
    assert desk.conversation.request_id == request.id
    cases(desk.session).close(request.id, desk.minh, cause="close:again", now=desk.now)
    assert (request.solved_at, request.closed_at) == (solved, desk.now)
    assert solved == desk.now - timedelta(hours=3)
    assert desk.found() is request


def test_of_two_who_open_it_again_one_gets_it(desk: Desk) -> None:
    request = desk.closed()
    for _ in range(2):
        assert cases(desk.session).reopen(request.id, desk.lan, now=desk.now) is request
    with pytest.raises(RequestRefused, match="taken"):
        cases(desk.session).reopen(request.id, desk.minh, now=desk.now)
    assert desk.kinds(request).count("reopened") == 1


def test_opened_again_while_another_officer_holds_the_conversation_it_waits_its_turn(
    desk: Desk,
) -> None:
    request = desk.closed()
    other = desk.seed.request(desk.conversation)
    cases(desk.session).claim(other.id, desk.minh, now=desk.now)

    cases(desk.session).reopen(request.id, desk.lan, now=desk.now)

    assert desk.conversation.request_id == other.id
    cases(desk.session).close(other.id, desk.minh, cause="close:other", now=desk.now)
    assert (desk.conversation.handler, desk.conversation.request_id) == (
        Handler.OFFICER,
        request.id,
    )
