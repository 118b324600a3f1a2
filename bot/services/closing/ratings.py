"""Low ratings: why, in the owner's words, and for heads until one of them has read them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal_column, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.requests.rating import LONGEST_REASON, LOW, LowReason, is_low
from bot.domain.requests.request import Step
from bot.services.requests.holding import HoldingService
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.requests import RequestService
from bot.storage.models import Officer, Request
from vietnamese.question import sounds_like_question

SHOWN = 12
"""Of the newest that nobody has read; the rest is a filter away."""


class RatingService:
    """Keeps the reason beside the stars."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._history = RequestHistory(session)

    def explain(
        self,
        code: str,
        conversation_id: str,
        *,
        reason: LowReason | None = None,
        words: str = "",
        now: datetime,
    ) -> Request | None:
        """Why the owner of a request rated it low; None where it is not his, or not rated low.

        Said so already: a no-op.
        """
        request = RequestService(self._session).by_code(code)
        if request is None or request.conversation_id != conversation_id:
            return None
        if not is_low(request.rating):
            return None
        given = (str(reason or ""), words[:LONGEST_REASON])
        if given != (request.rating_reason, request.rating_words):
            request.rating_reason, request.rating_words = given
            request.rating_seen_at = None
            self._history.note(request, Step.RATED_WHY, detail=given[0], now=now)
        return request

    def unread(self, offices: frozenset[str] | None) -> Sequence[Request]:
        """The newest low ratings that nobody has read. `offices`: None for all."""
        query = (
            select(Request)
            .where(is_unread_low())
            .options(joinedload(Request.officer), joinedload(Request.enterprise))
            .options(joinedload(Request.contact))
            .order_by(Request.id.desc())
            .limit(SHOWN)
        )
        if offices is not None:
            query = query.where(Request.office.in_(sorted(offices)))
        return self._session.scalars(query).all()

    def seen(self, request_id: int, officer: Officer, *, now: datetime) -> Request:
        """Somebody has read it; read already, or not low: a no-op."""
        request, _ = HoldingService(self._session).lock(request_id)
        if is_low(request.rating) and request.rating_seen_at is None:
            request.rating_seen_at = now
            self._history.note(request, Step.RATING_SEEN, officer, now=now)
        return request


def is_unread_low() -> ColumnElement[bool]:
    """`domain.rating.is_low` in the words of the database, and nobody has read it."""
    return and_(Request.rating <= literal_column(str(LOW)), Request.rating_seen_at.is_(None))


def tells_why(text: str) -> bool:
    """Whether words behind the question are its answer: a question is one of its own."""
    return not text.lstrip().startswith("/") and not sounds_like_question(text)
