"""Which request a conversation is held under, also where one owner has several requests."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestKind, RequestState
from bot.domain.talk.conversation import Handler, Move
from bot.services.messaging.conversations import ConversationService
from bot.storage.models import Conversation, Request


class HoldingService:
    """Moves a conversation as its requests are claimed and let go, once both are locked."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._conversations = ConversationService(session)

    def lock(self, request_id: int) -> tuple[Request, Conversation]:
        """A request and its conversation, as they are now, until the transaction ends.

        Raises:
            NoResultFound: there is no such request.
        """
        known = self._session.get_one(Request, request_id)
        # The conversation first, as on the owner's side: two orders of locking would deadlock.
        conversation = self._conversations.lock(known.conversation_id)
        request = self._session.scalars(
            select(Request)
            .where(Request.id == request_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        return request, conversation

    def lock_all(self, request_ids: Sequence[int]) -> list[Request]:
        """Several requests with their conversations, as `lock` does, in the order they are named.

        Raises:
            NoResultFound: one of them is not there.
        """
        known = [self._session.get_one(Request, row_id) for row_id in request_ids]
        # Everybody in one order, whichever is named first: two who merge the same pair would wait
        # for each other.
        for conversation_id in sorted({request.conversation_id for request in known}):
            self._conversations.lock(conversation_id)
        for row_id in sorted(set(request_ids)):
            self.lock(row_id)
        return known

    def take(self, conversation: Conversation, request: Request) -> None:
        """An officer claimed the request: the bot falls silent, unless an officer holds already."""
        if conversation.handler != Handler.OFFICER:
            self._conversations.move(conversation, Move.CLAIM, request_id=request.id)

    def speak_of(self, conversation: Conversation, request: Request) -> None:
        """What the owner writes next belongs to the request that an officer spoke of last."""
        if conversation.handler == Handler.OFFICER:
            conversation.request_id = request.id

    def let_go(self, conversation: Conversation, request: Request, move: Move) -> None:
        """The request is transferred, released or closed: the conversation follows it.

        It stays with the officer of another claimed request; after a close it goes back to the
        queue of an owner who still waits for a person, and else to the bot.
        """
        if conversation.request_id != request.id:
            return
        claimed = self._other(request, Request.officer_id.is_not(None))
        if claimed is not None:
            conversation.request_id = claimed.id
            return
        if move is not Move.CLOSE:
            self._conversations.move(conversation, move, request_id=request.id)
            return
        waiting = self._other(
            request, Request.officer_id.is_(None) & (Request.kind == RequestKind.TALK)
        )
        if waiting is not None:
            if conversation.handler == Handler.OFFICER:
                self._conversations.move(conversation, Move.RELEASE, request_id=waiting.id)
            conversation.request_id = waiting.id
            return
        self._conversations.move(conversation, Move.CLOSE, request_id=None)

    def _other(self, request: Request, wanted: ColumnElement[bool]) -> Request | None:
        return self._session.scalar(
            select(Request)
            .where(
                Request.conversation_id == request.conversation_id,
                Request.id != request.id,
                Request.state != RequestState.CLOSED,
                wanted,
            )
            .order_by(Request.id)
            .limit(1)
        )
