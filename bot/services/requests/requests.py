"""Support requests, from their owners' side: filed, withdrawn, looked up, rated."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.enterprise.reach import email_of, phone_of
from bot.domain.requests.closing import Ending
from bot.domain.requests.request import MOST_STARS, RequestKind, RequestState, Step, new_code
from bot.domain.talk.conversation import Handler, Move
from bot.domain.talk.messages import Attachment
from bot.services.messaging.conversations import ConversationService
from bot.services.requests.enterprises import EnterpriseService
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import Attempt, Contact, Conversation, Officer, Request

# Built once: asked at each message, and to build a statement anew takes longer than to run it.
_WAITING = select(Request).where(
    Request.conversation_id == bindparam("conversation_id"),
    Request.state == RequestState.WAITING_OWNER,
)


@dataclass(frozen=True)
class RequestDraft:
    """What the owner filled in. `reach`: `domain.reach.Reach.text`; empty: in this very chat.

    `unchecked_tax_code`: one that was not found right and that an officer is to check.
    `attempt_id`: the finished self-assessment that goes with it. `authority`: another one that is
    thought to be in charge.
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
    attempt_id: int | None = None
    authority: str = ""
    attachments: list[Attachment] = field(default_factory=list)


class RequestService:
    """Files requests and takes what owners do with them. Every step writes its line of history."""

    def __init__(self, session: Session, draw: Callable[[str], str] = secrets.choice) -> None:
        self._session = session
        self._draw = draw
        self._conversations = ConversationService(session)
        self._history = RequestHistory(session)

    def file(
        self,
        conversation_id: str,
        draft: RequestDraft,
        *,
        cause: str,
        now: datetime,
        officer: Officer | None = None,
    ) -> Request:
        """Files a request. Filed already for this cause: gives that one back.

        `officer`: who entered it; None where its owner did.
        """
        filed = self.caused_by(cause)
        if filed is not None:
            return filed
        conversation = self._conversations.get(conversation_id)
        if not (draft.tax_code or draft.enterprise_name or draft.unchecked_tax_code):
            # He saw “chưa có” in the summary and sent it: what he gave before holds no longer.
            EnterpriseService(self._session).forget(conversation.contact)
        request = self._add(conversation, draft, kind=RequestKind.REQUEST, cause=cause, now=now)
        self._history.note(request, Step.CREATED, officer, now=now)
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
        if conversation.handler != Handler.BOT and conversation.request_id is not None:
            return self._session.get_one(Request, conversation.request_id)
        request = self._add(conversation, draft, kind=RequestKind.TALK, cause=cause, now=now)
        self._history.note(request, Step.CREATED, now=now)
        self._conversations.move(conversation, Move.HAND_OVER, request_id=request.id)
        return request

    def leave_queue(self, conversation_id: str, *, now: datetime) -> Request | None:
        """The owner no longer wants a person: closes the waiting talk; None when none waits."""
        conversation = self._conversations.lock(conversation_id)
        if conversation.handler != Handler.QUEUE or conversation.request_id is None:
            return None
        request = self._session.get_one(Request, conversation.request_id)
        self._conversations.move(conversation, Move.RELEASE, request_id=None)
        if request.kind == RequestKind.TALK and request.officer_id is None:
            end(request, Ending.WITHDRAWN, now=now)
            self._history.note(request, Step.WITHDRAWN, now=now)
        return request

    def owner_wrote(self, conversation_id: str, *, now: datetime) -> None:
        """What waited for the owner waits for its officer again."""
        waiting = self._session.scalars(_WAITING, {"conversation_id": conversation_id})
        for request in waiting.all():
            request.state = RequestState.CLAIMED
            self._history.note(request, Step.ANSWERED, now=now)

    def told_reach(self, conversation_id: str, reach: str) -> Request | None:
        """How to reach who waits for a person; None where nobody waits for one, or one has come.

        Told again, the newest holds. `reach`: `domain.reach.Reach.text`.
        """
        conversation = self._conversations.lock(conversation_id)
        if conversation.handler != Handler.QUEUE or conversation.request_id is None:
            return None
        request = self._session.get_one(Request, conversation.request_id)
        request.reach = reach
        _remember_reach(conversation, reach)
        return request

    def caused_by(self, cause: str) -> Request | None:
        """The request that a message caused, or None."""
        return self._session.scalar(select(Request).where(Request.created_by == cause))

    def causes(self, conversation_id: str) -> set[str]:
        """The causes of a conversation's requests."""
        of_it = select(Request.created_by).where(Request.conversation_id == conversation_id)
        return set(self._session.scalars(of_it))

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
            request.rating_reason = request.rating_words = ""
            request.rating_seen_at = None
            self._history.note(request, Step.RATED, detail=str(stars), now=now)
        return request

    def get(self, request_id: int) -> Request | None:
        """A request by its id, or None."""
        return self._session.get(Request, request_id)

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
            authority=draft.authority,
            question=draft.question,
            reach=draft.reach,
            attachments=[file.model_dump() for file in draft.attachments],
            state=RequestState.NEW,
            created_by=cause,
            consent_version=draft.consent_version,
            attempt_id=draft.attempt_id,
            promised_at=draft.promised_at,
            created_at=now,
        )
        self._session.add(request)
        self._session.flush()
        self._give_run(request)
        return request

    def _give_run(self, request: Request) -> None:
        """A run that is sent with a request is its enterprise's from then on."""
        if request.attempt_id is None or request.enterprise_id is None:
            return
        attempt = self._session.get(Attempt, request.attempt_id)
        if attempt is not None and attempt.enterprise_id is None:
            attempt.enterprise_id = request.enterprise_id

    def _free_code(self, now: datetime) -> str:
        year = now.astimezone(VIETNAM).year
        while True:
            code = new_code(year, self._draw)
            if self.by_code(code) is None:
                return code


def end(request: Request, ending: Ending, *, now: datetime) -> None:
    """Closes a request; when it was first solved stays known. A silence solves nothing."""
    request.state = RequestState.CLOSED
    request.ending = ending
    request.closed_at = now
    request.first_closed_at = request.first_closed_at or now
    if ending is not Ending.SILENT:
        request.solved_at = request.solved_at or now


def known_reach(contact: Contact) -> str:
    """The number or the address that somebody gave before; empty where he gave none."""
    return contact.phone or contact.email or ""


def open_again(request: Request) -> None:
    """What came of it is open again, and nothing that came late waits any more."""
    request.ending = request.late_at = request.duplicate_of_id = None
    request.passed_to = ""


def _remember_reach(conversation: Conversation, reach: str) -> None:
    contact = conversation.contact
    contact.phone = phone_of(reach) or contact.phone
    contact.email = email_of(reach) or contact.email
