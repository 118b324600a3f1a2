"""The history of a request: one line for each step, with who took it and when."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.domain.requests.request import Step
from bot.storage.models import Officer, Request, RequestEvent


class RequestHistory:
    """Writes and reads the lines of requests."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(
        self,
        request: Request,
        kind: Step,
        officer: Officer | None = None,
        *,
        detail: str = "",
        now: datetime,
    ) -> RequestEvent:
        """A step was taken; `officer`: None where the owner or the house took it."""
        line = RequestEvent(
            request_id=request.id,
            officer_id=officer.id if officer else None,
            kind=kind,
            detail=detail,
            created_at=now,
        )
        self._session.add(line)
        self._session.flush()
        return line

    def lines(self, request: Request) -> list[RequestEvent]:
        """The request's lines with who caused them, oldest first."""
        return list(
            self._session.scalars(
                select(RequestEvent)
                .where(RequestEvent.request_id == request.id)
                .options(joinedload(RequestEvent.officer))
                .order_by(RequestEvent.id)
            )
        )
