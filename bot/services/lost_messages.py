"""Messages of a case of which nobody knows whether they arrived: its officer sends them again."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.services.conversations import ConversationService
from bot.services.outbox import OutboxService
from bot.services.requests import RequestRefused
from bot.services.transcript import Author
from bot.storage.models import Message, Officer, Request, RequestEvent


class LostMessages:
    """Sends again what an officer has seen to be lost; whose words they are stays as it was."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def send_again(
        self, request_id: int, officer: Officer, message_id: int, *, now: datetime
    ) -> Request:
        """A message of the case goes out anew; under way or arrived already: a no-op.

        Open to whoever holds the case, or held it when it was closed.

        Raises:
            RequestRefused: another officer's case, or no message of it.
        """
        known = self._session.get_one(Request, request_id)
        ConversationService(self._session).lock(known.conversation_id)
        request = self._session.get_one(Request, request_id, populate_existing=True)
        message = self._session.get(Message, message_id)
        if request.officer_id != officer.id or message is None:
            raise RequestRefused("not_yours")
        if message.request_id != request.id or message.author == Author.OWNER:
            raise RequestRefused("not_yours")
        if OutboxService(self._session).send_again(message.id, now=now):
            self._session.add(
                RequestEvent(
                    request_id=request.id,
                    officer_id=officer.id,
                    kind="sent_again",
                    detail="",
                    created_at=now,
                )
            )
        return request
