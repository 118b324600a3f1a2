"""Messages of a case of which nobody knows whether they arrived: its officer sends them again."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.requests.request import Step
from bot.services.messaging.outbox import OutboxService
from bot.services.messaging.transcript import Author
from bot.services.requests.cases import RequestRefused
from bot.services.requests.holding import HoldingService
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import Message, Officer, Request


class LostMessages:
    """Sends again what an officer has seen to be lost; the author stays the same."""

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
        request, _ = HoldingService(self._session).lock(request_id)
        message = self._session.get(Message, message_id)
        if request.officer_id != officer.id or message is None:
            raise RequestRefused("not_yours")
        if message.request_id != request.id or message.author == Author.OWNER:
            raise RequestRefused("not_yours")
        if OutboxService(self._session).send_again(message.id, now=now):
            RequestHistory(self._session).note(request, Step.SENT_AGAIN, officer, now=now)
        return request
