"""What officers do with a case: each step is taken once, leaves its line, and is told the owner."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role, answers_for
from bot.domain.requests.closing import ANSWERED, Closing, detail_of
from bot.domain.requests.request import RequestState, Step
from bot.domain.talk import causes
from bot.domain.talk.conversation import Move
from bot.domain.talk.messages import Attachment, OutgoingMessage
from bot.domain.talk.way import TOLD_BY_HAND
from bot.knowledge.library import Knowledge
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.holding import HoldingService
from bot.services.requests.owner_notices import OwnerNotices
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.requests import end, open_again
from bot.storage.models import Conversation, Officer, Request, RequestEvent
from bot.texts import Texts

Attach = Callable[[Request], list[Attachment]]
"""Keeps the files of a reply; called only where it goes out."""


class RequestRefused(Exception):
    """The step is not open.

    `reason`: closed, taken, not_yours, unread, no_chat, taken_back, gone,
    answered_meanwhile.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CaseService:
    """Walks a case.

    A case is locked before it is looked at: of two presses at once the second sees what the first
    did. A step that finds itself done is a no-op: by what it would change, and where that says
    nothing by its `cause`, which names the submitted form.
    """

    def __init__(self, session: Session, texts: Texts, knowledge: Knowledge) -> None:
        self._session = session
        self._holding = HoldingService(session)
        self._transcript = TranscriptService(session)
        self._history = RequestHistory(session)
        self._notices = OwnerNotices(session, texts, knowledge)

    # — an officer's steps —

    def claim(self, request_id: int, officer: Officer, *, now: datetime) -> Request:
        """The officer takes the request and holds its conversation.

        Taken by oneself already: a no-op.

        Raises:
            RequestRefused: closed, or taken by another officer.
        """
        request, conversation = self._lock(request_id)
        _check_open(request)
        if request.officer_id == officer.id:
            return request
        if request.officer_id is not None:
            raise RequestRefused("taken")
        self._take(request, conversation, officer)
        line = self._history.note(request, Step.CLAIMED, officer, now=now)
        self._notices.claimed(request, line, officer)
        return request

    def reply(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        text: str,
        *,
        cause: str,
        now: datetime,
        asks_back: bool = False,
        attach: Attach = lambda _: [],
    ) -> Request:
        """The officer's words and files go to the owner, once a cause.

        `asks_back`: the request waits for the owner.

        Raises:
            RequestRefused: closed, held by another officer or by nobody, or without a chat.
            FileRefused: a file is not taken.
        """
        request, conversation = self._lock(request_id)
        if self._is_done(cause):
            return request
        check_held(request, officer)
        check_chat(conversation)
        words = OutgoingMessage(text=text, attachments=attach(request))
        self._speak(request, officer, words, cause=cause, now=now)
        request.state = RequestState.WAITING_OWNER if asks_back else RequestState.CLAIMED
        step = Step.ASKED_BACK if asks_back else Step.REPLIED
        self._history.note(request, step, officer, now=now)
        return request

    def transfer(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        office: str,
        reason: str,
        *,
        cause: str,
        now: datetime,
    ) -> Request:
        """Moves the request to another office's queue, once a cause; its holder loses it.

        Is there already: a no-op.

        Raises:
            RequestRefused: closed, or held by another officer.
        """
        request, conversation = self._lock(request_id)
        if request.office == office or self._is_done(cause):
            return request
        _check_open(request)
        if request.officer_id not in (None, officer.id):
            raise RequestRefused("not_yours")
        self._holding.let_go(conversation, request, Move.TRANSFER)
        self._move(request, officer, office, reason, now=now)
        _queue_again(request)
        self._notices.transferred(request, officer, cause=cause, now=now)
        return request

    def release(
        self,
        request_id: int,
        officer: Officer | None,
        *,
        now: datetime,
        holder: int | None = None,
    ) -> Request:
        """Puts a held request back into its office's queue; does nothing where nobody holds it.

        `holder`: who holds it as far as the officer knows, where it is not herself. `officer`: None
        where the house does it by itself, whoever holds the request.

        Raises:
            RequestRefused: closed, or held by another than that.
        """
        request, conversation = self._lock(request_id)
        if request.officer_id is None:
            return request
        _check_open(request)
        if officer is not None and request.officer_id != (holder or officer.id):
            raise RequestRefused("taken" if holder else "not_yours")
        self._holding.let_go(conversation, request, Move.RELEASE)
        _queue_again(request)
        line = self._history.note(request, Step.RELEASED, officer, now=now)
        self._notices.released(request, line, officer)
        return request

    def close(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        *,
        cause: str,
        now: datetime,
        last_words: str = "",
        shown: int | None = None,
        attach: Attach = lambda _: [],
        closing: Closing = ANSWERED,
    ) -> Request:
        """Ends the request, once a cause, after the officer's last words and files if any.

        The conversation goes back to the bot, and the owner hears what came of it. `shown`: the
        newest message that the officer's page showed; None where no page was before her. What is
        a duplicate is ended by `DuplicateService`.

        Raises:
            ClosingRefused: the ending lacks something.
            RequestRefused: closed already, held by another officer or by nobody, the owner has
                written what her page did not show, or there is no chat for last words.
            FileRefused: a file is not taken.
        """
        closing.check(last_words)
        request, conversation = self._lock(request_id)
        if self._is_done(cause) or _is_spam_of(request, officer, closing):
            return request
        check_held(request, officer)
        self._check_read(request, shown)
        words = OutgoingMessage(text=last_words, attachments=attach(request))
        if words.text or words.attachments:
            check_chat(conversation)
            named = causes.of_last_word(cause)
            self._speak(request, officer, words, cause=named, now=now)
            self._history.note(request, Step.REPLIED, officer, now=now)
        self._end(request, officer, closing, cause=cause, now=now)
        self._holding.let_go(conversation, request, Move.CLOSE)
        return request

    def reopen(self, request_id: int, officer: Officer, *, now: datetime) -> Request:
        """The officer takes up a closed case again; when it was first solved stays known.

        Taken up by oneself already: a no-op.

        Raises:
            RequestRefused: taken up by another officer, or its owner had his data erased.
        """
        request, conversation = self._lock(request_id)
        if request.state != RequestState.CLOSED:
            if request.officer_id == officer.id:
                return request
            raise RequestRefused("taken")
        if AfterCloseService(self._session).is_erased(request):
            raise RequestRefused("closed")
        self._take(request, conversation, officer)
        open_again(request)
        line = self._history.note(request, Step.REOPENED, officer, now=now)
        self._notices.reopened(request, line, officer)
        return request

    def seen(
        self, request_id: int, officer: Officer, *, now: datetime, shown: int | None = None
    ) -> Request:
        """What came after the close has been read, and nothing is to be done.

        Not marked: a no-op. `shown`: as in `close`.

        Raises:
            RequestRefused: more has come than her page showed.
        """
        request, _ = self._lock(request_id)
        if request.late_at is not None:
            self._check_read(request, shown)
            request.late_at = None
            self._history.note(request, Step.LATE_SEEN, officer, now=now)
        return request

    # — the house's own —

    def rehouse(self, request_id: int, office: str, *, now: datetime) -> Request:
        """Moves a request whose own office is gone; a closed one stays closed.

        Its owner is told where somebody held it.
        """
        request, conversation = self._lock(request_id)
        if request.state == RequestState.CLOSED:
            self._move(request, None, office, self._notices.office_gone, now=now)
            return request
        was_held = request.officer_id is not None
        self._holding.let_go(conversation, request, Move.TRANSFER)
        line = self._move(request, None, office, self._notices.office_gone, now=now)
        _queue_again(request)
        if was_held:
            self._notices.rehoused(request, line)
        return request

    def held_by(self, holder: Officer) -> list[Request]:
        """The open requests that a person holds, oldest first."""
        return list(
            self._session.scalars(
                select(Request)
                .where(Request.officer_id == holder.id, Request.state != RequestState.CLOSED)
                .order_by(Request.id)
            )
        )

    def let_go(self, holder: Officer, by: Officer | None, *, now: datetime) -> list[Request]:
        """Puts back what a person holds and may no longer answer; returns those requests.

        `by`: who changed what the person may do; None where the house does it by itself.

        To be called after each change of what a person may do: else her cases would be out of
        her sight, and nobody else's to take.
        """
        return [
            self.release(request.id, by, now=now, holder=holder.id)
            for request in self.held_by(holder)
            if not (holder.active and answers_for(Role(holder.role), holder.office, request.office))
        ]

    # — inside —

    def _lock(self, request_id: int) -> tuple[Request, Conversation]:
        """As they are now and stay: what was done already is seen under the lock only."""
        if self._session.get(Request, request_id) is None:
            raise RequestRefused("closed")
        return self._holding.lock(request_id)

    def _is_done(self, cause: str) -> bool:
        return self._transcript.said(cause) is not None

    def _check_read(self, request: Request, shown: int | None) -> None:
        if shown is not None and self._transcript.heard_since(request.id, shown):
            raise RequestRefused("unread")

    def _take(self, request: Request, conversation: Conversation, officer: Officer) -> None:
        self._holding.take(conversation, request)
        request.officer_id = officer.id
        request.state = RequestState.CLAIMED

    def _speak(
        self,
        request: Request,
        officer: Officer,
        words: OutgoingMessage,
        *,
        cause: str,
        now: datetime,
    ) -> None:
        self._transcript.say_of(request, officer, words, cause=cause, now=now)
        self._holding.speak_of(request.conversation, request)
        request.answered_at = now

    def _end(
        self, request: Request, officer: Officer, closing: Closing, *, cause: str, now: datetime
    ) -> None:
        end(request, closing.ending, now=now)
        request.passed_to = closing.authority
        detail = detail_of(closing.ending, closing.authority)
        self._history.note(request, Step.CLOSED, officer, detail=detail, now=now)
        self._notices.closed(request, officer, cause=cause, now=now)

    def _move(
        self, request: Request, officer: Officer | None, office: str, reason: str, *, now: datetime
    ) -> RequestEvent:
        detail = f"{request.office} → {office}: {reason}"
        request.office = office
        return self._history.note(request, Step.TRANSFERRED, officer, detail=detail, now=now)


def _is_spam_of(request: Request, officer: Officer, closing: Closing) -> bool:
    """Closed so already: nothing was said by which a second press would be known."""
    told = closing.ending.is_told
    return not told and request.ending == closing.ending and request.officer_id == officer.id


def _check_open(request: Request) -> None:
    if request.state == RequestState.CLOSED:
        raise RequestRefused("closed")


def check_held(request: Request, officer: Officer) -> None:
    """A locked request is open and hers.

    Raises:
        RequestRefused: closed, or held by another officer or by nobody.
    """
    _check_open(request)
    if request.officer_id != officer.id:
        raise RequestRefused("not_yours")


def check_chat(conversation: Conversation) -> None:
    """Something can be said to its owner here.

    Raises:
        RequestRefused: there is no chat.
    """
    if conversation.channel in TOLD_BY_HAND:
        raise RequestRefused("no_chat")


def _queue_again(request: Request) -> None:
    """Nobody holds it, and an answer is owed, however often it was answered before."""
    request.officer_id = None
    request.state = RequestState.NEW
    request.answered_at = None
