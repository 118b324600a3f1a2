"""Support requests: filed by owners, claimed and answered by officers."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.enterprise.reach import email_of, phone_of
from bot.domain.requests.request import MOST_STARS, RequestKind, RequestState, Step, new_code
from bot.domain.talk.conversation import Move, Owner
from bot.domain.talk.messages import Attachment, OutgoingMessage
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.requests.enterprises import EnterpriseService
from bot.services.requests.holding import HoldingService
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import Conversation, Officer, Request

# Built once: asked at each message, and to build a statement anew takes longer than to run it.
_WAITING = select(Request).where(
    Request.conversation_id == bindparam("conversation_id"),
    Request.state == RequestState.WAITING_OWNER,
)


class RequestRefused(Exception):
    """The step is not open. `reason`: closed, taken, not_yours, unread."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class RequestDraft:
    """What the owner filled in. `reach`: `domain.reach.Reach.text`; empty: in this very chat.

    `unchecked_tax_code`: one that was not found right and that an officer is to check.
    """

    topic: str
    office: str
    question: str
    promised_at: datetime
    tax_code: str = ""
    enterprise_name: str = ""
    unchecked_tax_code: str = ""
    reach: str = ""
    consent_version: str = ""
    attachments: list[Attachment] = field(default_factory=list)


class RequestService:
    """Files requests and walks them to their end. Every step writes its line of history."""

    def __init__(self, session: Session, draw: Callable[[str], str] = secrets.choice) -> None:
        self._session = session
        self._draw = draw
        self._conversations = ConversationService(session)
        self._transcript = TranscriptService(session)
        self._holding = HoldingService(session)
        self._history = RequestHistory(session)

    # — the owner's side —

    def file(
        self, conversation_id: str, draft: RequestDraft, *, cause: str, now: datetime
    ) -> Request:
        """Files a request. Filed already for this cause: gives that one back."""
        filed = self.caused_by(cause)
        if filed is not None:
            return filed
        conversation = self._conversations.get(conversation_id)
        if not (draft.tax_code or draft.enterprise_name or draft.unchecked_tax_code):
            # He saw “chưa có” in the summary and sent it: what he gave before holds no longer.
            EnterpriseService(self._session).forget(conversation.contact)
        request = self._add(conversation, draft, kind=RequestKind.REQUEST, cause=cause, now=now)
        _remember_reach(conversation, draft.reach)
        return request

    def hand_over(
        self, conversation_id: str, draft: RequestDraft, *, cause: str, now: datetime
    ) -> Request:
        """Puts the conversation into an office's queue; waiting already: that request."""
        done = self.caused_by(cause)
        if done is not None:
            return done
        conversation = self._conversations.lock(conversation_id)
        if conversation.owner != Owner.BOT and conversation.request_id is not None:
            return self._session.get_one(Request, conversation.request_id)
        request = self._add(conversation, draft, kind=RequestKind.TALK, cause=cause, now=now)
        self._conversations.move(conversation, Move.HAND_OVER, request_id=request.id)
        return request

    def leave_queue(self, conversation_id: str, *, now: datetime) -> Request | None:
        """The owner no longer wants a person: closes the waiting talk; None when none waits."""
        conversation = self._conversations.lock(conversation_id)
        if conversation.owner != Owner.QUEUE or conversation.request_id is None:
            return None
        request = self._session.get_one(Request, conversation.request_id)
        self._conversations.move(conversation, Move.RELEASE, request_id=None)
        if request.kind == RequestKind.TALK and request.officer_id is None:
            self._end(request, now=now)
            self._history.note(request, Step.WITHDRAWN, now=now)
        return request

    def owner_wrote(self, conversation_id: str, *, now: datetime) -> None:
        """What waited for the owner waits for its officer again."""
        waiting = self._session.scalars(_WAITING, {"conversation_id": conversation_id})
        for request in waiting.all():
            request.state = RequestState.CLAIMED
            self._history.note(request, Step.ANSWERED, now=now)

    def caused_by(self, cause: str) -> Request | None:
        """The request that a message caused, or None."""
        return self._session.scalar(select(Request).where(Request.created_by == cause))

    def by_code(self, code: str) -> Request | None:
        """The request of a code (`domain.request.find_code`), or None."""
        return self._session.scalar(select(Request).where(Request.code == code))

    def of_conversation(self, conversation_id: str, *, limit: int = 5) -> list[Request]:
        """The newest requests of a conversation, newest first."""
        return list(
            self._session.scalars(
                select(Request)
                .where(Request.conversation_id == conversation_id)
                .order_by(Request.id.desc())
                .limit(limit)
            )
        )

    def rate(self, code: str, conversation_id: str, stars: int, *, now: datetime) -> Request | None:
        """The owner's rating, 1 to 5; None where the code is not of this conversation."""
        request = self.by_code(code)
        if (
            request is None
            or request.conversation_id != conversation_id
            or not 1 <= stars <= MOST_STARS
        ):
            return None
        if request.rating != stars:
            request.rating = stars
            self._history.note(request, Step.RATED, detail=str(stars), now=now)
        return request

    # — the officers' side —

    def get(self, request_id: int) -> Request | None:
        """A request by its id, or None."""
        return self._session.get(Request, request_id)

    def claim(self, request_id: int, officer: Officer, *, now: datetime) -> Request:
        """The officer takes the request and holds its conversation.

        Taken by oneself already: a no-op.

        Raises:
            RequestRefused: closed, or taken by another officer.
        """
        request, conversation = self._open(request_id)
        if request.officer_id == officer.id:
            return request
        if request.officer_id is not None:
            raise RequestRefused("taken")
        self._holding.take(conversation, request)
        request.officer_id = officer.id
        request.state = RequestState.CLAIMED
        self._history.note(request, Step.CLAIMED, officer, now=now)
        return request

    def reply(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        message: OutgoingMessage,
        *,
        cause: str,
        now: datetime,
        asks_back: bool = False,
    ) -> Request:
        """The officer's words go to the owner; `asks_back`: the request waits for the owner.

        `cause` names the submitted form, so that a form sent twice replies once.

        Raises:
            RequestRefused: closed, or held by another officer or by nobody.
        """
        request, conversation = self._locked(request_id)
        if self._transcript.said(cause) is not None:
            return request
        _check_held(request, officer)
        self._transcript.say(
            conversation,
            message,
            author=Author.OFFICER,
            cause=cause,
            now=now,
            officer_id=officer.id,
            request_id=request.id,
        )
        self._holding.speak_of(conversation, request)
        request.state = RequestState.WAITING_OWNER if asks_back else RequestState.CLAIMED
        request.first_reply_at = request.first_reply_at or now
        request.answered_at = now
        step = Step.ASKED_BACK if asks_back else Step.REPLIED
        self._history.note(request, step, officer, now=now)
        return request

    def transfer(
        self, request_id: int, officer: Officer | None, office: str, reason: str, *, now: datetime
    ) -> Request:
        """Moves the request to another office's queue; its holder loses it.

        `officer`: None where the house does it by itself, whoever holds the request.

        Raises:
            RequestRefused: closed, or held by another officer.
        """
        request, conversation = self._open(request_id)
        if officer is not None and request.officer_id not in (None, officer.id):
            raise RequestRefused("not_yours")
        self._holding.let_go(conversation, request, Move.TRANSFER)
        _queue_again(request)
        self._move(request, officer, office, reason, now=now)
        return request

    def rehouse_closed(
        self, request_id: int, office: str, reason: str, *, now: datetime
    ) -> Request:
        """Gives a closed request, whose own office is gone, to another; it stays closed."""
        request, _ = self._holding.lock(request_id)
        self._move(request, None, office, reason, now=now)
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
        request, conversation = self._open(request_id)
        if request.officer_id is None:
            return request
        if officer is not None and request.officer_id != (holder or officer.id):
            raise RequestRefused("taken" if holder else "not_yours")
        self._holding.let_go(conversation, request, Move.RELEASE)
        _queue_again(request)
        self._history.note(request, Step.RELEASED, officer, now=now)
        return request

    def close(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        farewell: OutgoingMessage,
        *,
        cause: str,
        now: datetime,
        shown: int | None = None,
    ) -> Request:
        """Ends the request, gives the conversation back to the bot and asks for a rating.

        `cause` names the submitted form, so that a form sent twice closes once. `shown`: the
        newest message that the officer's page showed; None where no page was before her.

        Raises:
            RequestRefused: closed already, held by another officer or by nobody, or the owner has
                written what her page did not show.
        """
        request, conversation = self._locked(request_id)
        if self._transcript.said(cause) is not None:
            return request
        _check_held(request, officer)
        if shown is not None and self._transcript.heard_since(request.id, shown):
            raise RequestRefused("unread")
        self._end(request, now=now)
        self._history.note(request, Step.CLOSED, officer, now=now)
        self._holding.let_go(conversation, request, Move.CLOSE)
        self._transcript.say(
            conversation,
            farewell,
            author=Author.SYSTEM,
            cause=cause,
            now=now,
            officer_id=officer.id,
            request_id=request.id,
        )
        return request

    # — inside —

    def _add(
        self,
        conversation: Conversation,
        draft: RequestDraft,
        *,
        kind: RequestKind,
        cause: str,
        now: datetime,
    ) -> Request:
        contact = conversation.contact
        EnterpriseService(self._session).remember(
            contact,
            tax_code=draft.tax_code,
            name=draft.enterprise_name,
            unchecked_tax_code=draft.unchecked_tax_code,
            now=now,
        )
        request = Request(
            code=self._free_code(now),
            kind=kind,
            conversation_id=conversation.id,
            contact_id=conversation.contact_id,
            enterprise_id=contact.enterprise_id,
            enterprise_name=contact.enterprise_name,
            unchecked_tax_code=contact.unchecked_tax_code,
            topic=draft.topic,
            office=draft.office,
            question=draft.question,
            reach=draft.reach,
            attachments=[file.model_dump() for file in draft.attachments],
            state=RequestState.NEW,
            created_by=cause,
            consent_version=draft.consent_version,
            promised_at=draft.promised_at,
            created_at=now,
        )
        self._session.add(request)
        self._session.flush()
        self._history.note(request, Step.CREATED, now=now)
        return request

    def _move(
        self, request: Request, officer: Officer | None, office: str, reason: str, *, now: datetime
    ) -> None:
        detail = f"{request.office} → {office}: {reason}"
        request.office = office
        self._history.note(request, Step.TRANSFERRED, officer, detail=detail, now=now)

    def _free_code(self, now: datetime) -> str:
        year = now.astimezone(VIETNAM).year
        while True:
            code = new_code(year, self._draw)
            if self.by_code(code) is None:
                return code

    def _locked(self, request_id: int) -> tuple[Request, Conversation]:
        """As they are now and stay: what was done already is seen under the lock only."""
        if self.get(request_id) is None:
            raise RequestRefused("closed")
        return self._holding.lock(request_id)

    def _open(self, request_id: int) -> tuple[Request, Conversation]:
        request, conversation = self._locked(request_id)
        _check_open(request)
        return request, conversation

    def _end(self, request: Request, *, now: datetime) -> None:
        request.state = RequestState.CLOSED
        request.closed_at = now
        request.solved_at = request.solved_at or now


def _check_open(request: Request) -> None:
    if request.state == RequestState.CLOSED:
        raise RequestRefused("closed")


def _check_held(request: Request, officer: Officer) -> None:
    _check_open(request)
    if request.officer_id != officer.id:
        raise RequestRefused("not_yours")


def _queue_again(request: Request) -> None:
    """Nobody holds it, and an answer is owed, however often it was answered before."""
    request.officer_id = None
    request.state = RequestState.NEW
    request.answered_at = None


def _remember_reach(conversation: Conversation, reach: str) -> None:
    contact = conversation.contact
    contact.phone = phone_of(reach) or contact.phone
    contact.email = email_of(reach) or contact.email
