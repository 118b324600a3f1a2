"""One request as its page reads it, and the mark by which the page knows that it has changed."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.services.request_list import SHOWN_WITH_A_REQUEST
from bot.storage.models import Delivery, Message, Request, RequestEvent

UNDERWAY = frozenset({"queued", "sending"})
LOST = frozenset({"unknown", "failed"})


class CaseRecord:
    """Reads a request for the people who answer it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def request(self, request_id: int) -> Request:
        """A request with all that the page shows of it.

        Raises:
            NoResultFound: there is none.
        """
        return self._session.scalars(
            select(Request).where(Request.id == request_id).options(*SHOWN_WITH_A_REQUEST)
        ).one()

    def fingerprint(self, request: Request) -> str:
        """Newest message, newest line of history, deliveries by state.

        Changes when the page does; the id of the newest message stands before the first point.
        """
        conversation_id = request.conversation_id
        message = self._session.scalar(
            select(func.max(Message.id)).where(Message.conversation_id == conversation_id)
        )
        line = self._session.scalar(
            select(func.max(RequestEvent.id)).where(RequestEvent.request_id == request.id)
        )
        states = self._session.scalars(
            select(Delivery.state).where(Delivery.conversation_id == conversation_id)
        ).all()
        underway = sum(state in UNDERWAY for state in states)
        lost = sum(state in LOST for state in states)
        return f"{message or 0}.{line or 0}.{underway}-{lost}"
