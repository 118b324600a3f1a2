"""Closed cases that asked the like, with what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestState
from bot.services.messaging.transcript import Author
from bot.storage.models import Message, Request
from vietnamese.likeness import likeness

ALIKE = 0.3
"""Likeness from which a question is worth reading beside another."""

MOST = 3
COMPARED = 1000
"""Closed cases that a question is compared with, the newest: a third of a second at the most."""

REPLIES = 2


@dataclass(frozen=True)
class SimilarCase:
    """A closed case and the last words of its officers."""

    request: Request
    replies: Sequence[str]


class SimilarCases:
    """Looks among the cases of some offices only, so that nobody reads of another one's."""

    def __init__(self, session: Session, offices: frozenset[str] | None) -> None:
        """`offices`: those whose cases the reader sees; None for all."""
        self._session = session
        self._offices = offices

    def of(self, request: Request) -> list[SimilarCase]:
        """Those most like a case first; none where nothing is near."""
        weighed = [
            (likeness(request.question, question), row_id)
            for row_id, question in self._session.execute(self._answered(request))
        ]
        near = sorted((one for one in weighed if one[0] >= ALIKE), reverse=True)[:MOST]
        return [
            SimilarCase(self._session.get_one(Request, row_id), self._replies(row_id))
            for _, row_id in near
        ]

    def _answered(self, request: Request) -> Select[int, str]:
        query = (
            select(Request.id, Request.question)
            .where(
                Request.state == RequestState.CLOSED,
                Request.first_reply_at.is_not(None),
                # What an erasure left says nothing.
                Request.search_text != "",
                Request.id != request.id,
            )
            .order_by(Request.id.desc())
            .limit(COMPARED)
        )
        if self._offices is None:
            return query
        return query.where(Request.office.in_(self._offices))

    def _replies(self, request_id: int) -> list[str]:
        newest = self._session.scalars(
            select(Message.text)
            .where(
                Message.request_id == request_id,
                Message.author == Author.OFFICER,
                Message.text != "",
            )
            .order_by(Message.id.desc())
            .limit(REPLIES)
        ).all()
        return list(reversed(newest))
