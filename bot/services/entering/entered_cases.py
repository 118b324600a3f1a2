"""A case by phone or at the counter: filed as one of the chat is, by the officer who heard it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestState, Step
from bot.domain.talk.conversation import Move
from bot.domain.talk.messages import ChannelName
from bot.domain.talk.way import TOLD_BY_HAND
from bot.services.messaging.conversations import ConversationService
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.cases import RequestRefused
from bot.services.requests.holding import HoldingService
from bot.services.requests.requests import RequestDraft, RequestService
from bot.storage.models import Enterprise, Officer, Request, RequestEvent


@dataclass(frozen=True)
class Entry:
    """What an officer wrote down. `origin`: a channel of `way.TOLD_BY_HAND`.

    `enterprise_id`: one of the register that she chose, named in `draft` as it is called there.
    """

    origin: ChannelName
    name: str
    draft: RequestDraft
    enterprise_id: int | None = None


class EnteredCases:
    """Each has a conversation of its own, in which nothing is said: it keeps what officers note."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def enter(self, entry: Entry, officer: Officer, *, cause: str, now: datetime) -> Request:
        """Files it, once a cause."""
        # Of two presses at once the second waits here, and finds what the first has filed.
        conversation = ConversationService(self._session).open(
            entry.origin, cause, name=entry.name, now=now
        )
        requests = RequestService(self._session)
        filed = requests.caused_by(cause)
        if filed is not None:
            return filed
        if entry.enterprise_id is not None:
            chosen = self._session.get_one(Enterprise, entry.enterprise_id)
            contact = conversation.contact
            contact.enterprise, contact.enterprise_name = chosen, entry.draft.enterprise_name
        return requests.file(conversation.id, entry.draft, cause=cause, now=now, officer=officer)

    def entered_by(self, request_id: int, officer_id: int) -> Request | None:
        """A case that this person entered, or None."""
        return self._session.scalar(
            select(Request)
            .join(RequestEvent, RequestEvent.request_id == Request.id)
            .where(
                Request.id == request_id,
                RequestEvent.kind == Step.CREATED,
                RequestEvent.officer_id == officer_id,
            )
        )

    def erase(
        self,
        request_id: int,
        officer: Officer,
        privacy: PrivacyService,
        *,
        words: str,
        now: datetime,
    ) -> Request:
        """Its owner wants his data erased, and has no chat in which to say so.

        Erased already: a no-op.

        Raises:
            RequestRefused: it has a chat, or another officer holds it.
        """
        holding = HoldingService(self._session)
        request, conversation = holding.lock(request_id)
        if conversation.channel not in TOLD_BY_HAND:
            raise RequestRefused("has_chat")
        if AfterCloseService(self._session).is_erased(request):
            return request
        if request.state != RequestState.CLOSED:
            if request.officer_id not in (None, officer.id):
                raise RequestRefused("not_yours")
            holding.let_go(conversation, request, Move.CLOSE)
        privacy.erase(conversation.id, words=words, now=now)
        return request
