"""Which cases wait for a person, read from the cases themselves: nothing is told that is done."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.domain.requests.alert import DUE_WITHIN, Alert, AlertKind
from bot.domain.requests.request import HOLDING_STEPS, RequestState, Step
from bot.services.alerts.alert_wishes import AlertWishes
from bot.services.messaging.transcript import Author
from bot.storage.models import Message, Officer, Request, RequestEvent

MOST_CASES = 200
"""That are looked through: where more wait, no number is needed to know it."""

_LINE = aliased(RequestEvent)


class AlertService:
    """Finds what waits for a person of the department."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, officer: Officer, wishes: AlertWishes, *, now: datetime) -> list[Alert]:
        """The alerts that she wants, those of what was promised soonest first."""
        return [
            alert
            for row in self._session.execute(_waiting(officer))
            for alert in _alerts(row, officer.id, now)
            if alert.kind in wishes.kinds
        ]


def _waiting(officer: Officer) -> Any:
    """Open cases in her hands or in her office's queue, and closed ones to which something came.

    What is told of each is read behind the cut: of the rest nothing is looked up.
    """
    is_open = Request.state != RequestState.CLOSED
    is_hers = Request.officer_id == officer.id
    is_queued = and_(Request.officer_id.is_(None), Request.office == officer.office)
    first = (
        select(Request.id)
        .where(
            or_(
                and_(is_open, or_(is_hers, is_queued)),
                and_(is_hers, Request.late_at.is_not(None)),
            )
        )
        .order_by(Request.promised_at, Request.id)
        .limit(MOST_CASES)
        .subquery()
    )
    return (
        select(
            Request.id,
            Request.code,
            Request.topic,
            Request.state,
            Request.officer_id,
            Request.answered_at,
            Request.promised_at,
            Request.late_at,
            _LINE.id.label("line"),
            _LINE.officer_id.label("last_by"),
            _given_by().label("given_by"),
            _newest_said().label("said"),
        )
        .join(first, first.c.id == Request.id)
        .outerjoin(_LINE, _LINE.id == _newest_line())
        .order_by(Request.promised_at, Request.id)
    )


def _newest_line() -> ColumnElement[int | None]:
    """The newest step of somebody of the department; a note among colleagues is none."""
    return (
        select(func.max(RequestEvent.id))
        .where(
            RequestEvent.request_id == Request.id,
            RequestEvent.officer_id.is_not(None),
            RequestEvent.kind != Step.NOTED,
        )
        .correlate(Request)
        .scalar_subquery()
    )


def _given_by() -> ColumnElement[int | None]:
    """Who took the newest of the steps by which a case changes hands."""
    return (
        select(RequestEvent.officer_id)
        .where(
            RequestEvent.request_id == Request.id,
            RequestEvent.officer_id.is_not(None),
            RequestEvent.kind.in_(sorted(HOLDING_STEPS)),
        )
        .order_by(RequestEvent.id.desc())
        .limit(1)
        .correlate(Request)
        .scalar_subquery()
    )


def _newest_said() -> ColumnElement[int | None]:
    """The owner's newest words after that step."""
    return (
        select(func.max(Message.id))
        .where(
            Message.request_id == Request.id,
            Message.author == Author.OWNER,
            Message.created_at > _LINE.created_at,
        )
        .correlate(Request, _LINE)
        .scalar_subquery()
    )


def _alerts(row: Row[Any], officer_id: int, now: datetime) -> Iterator[Alert]:
    def alert(kind: AlertKind, since: object) -> Alert:
        return Alert(kind, f"{kind}:{row.id}:{since}", row.id, row.code, row.topic)

    if row.state == RequestState.CLOSED:
        yield alert(AlertKind.SAID, f"late-{int(row.late_at.timestamp())}")
        return
    if row.officer_id is None:
        yield alert(AlertKind.NEW, row.line or 0)
    elif officer_id not in (row.given_by, row.last_by):
        yield alert(AlertKind.HANDED, row.line)
    elif row.said is not None:
        yield alert(AlertKind.SAID, row.said)
    if row.answered_at is None and row.promised_at - now <= DUE_WITHIN:
        yield alert(AlertKind.DUE, int(row.promised_at.timestamp()))
