"""One request as its page reads it, and the mark by which the page knows that it has changed."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.talk.way import LOST, UNDERWAY
from bot.services.requests.request_list import SHOWN_WITH_A_REQUEST
from bot.services.requests.sight import Sight
from bot.storage.models import Delivery, HeldReply, Message, Request, RequestEvent


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

    def fingerprint(self, request: Request, sight: Sight) -> str:
        """Newest message and line of history, deliveries by state, offices elsewhere, reply held.

        Changes when the page does, and not with what the page does not show.
        """
        line = self._session.scalar(
            select(func.max(RequestEvent.id)).where(RequestEvent.request_id == request.id)
        )
        states = self._session.scalars(
            select(Delivery.state)
            .join(Message, Delivery.message_id == Message.id)
            .where(Delivery.conversation_id == request.conversation_id, sight.rule)
        ).all()
        underway = sum(state in UNDERWAY for state in states)
        lost = sum(state in LOST for state in states)
        held = self._session.execute(
            select(HeldReply.id, HeldReply.state)
            .where(HeldReply.request_id == request.id)
            .order_by(HeldReply.id.desc())
            .limit(1)
        ).first()
        reply = f".{held.id}{held.state}" if held else ""
        return f"{sight.newest()}.{line or 0}.{underway}-{lost}.{len(sight.elsewhere())}{reply}"
