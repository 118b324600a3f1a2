"""The list of requests: what is urgent first, counted, searched, watched for changes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.request import RequestState, find_code
from bot.services.transcript import Author
from bot.storage.models import Contact, Enterprise, Message, Request, RequestEvent

Row = TypeVarTuple("Row")

PHONE_SEARCH_DIGITS = 6
"""Fewer digits than this are looked for as words: a year, a number of a standard."""

OPEN_STATES = frozenset(state for state in RequestState if state.is_open)

SHOWN_WITH_A_REQUEST = (
    joinedload(Request.enterprise),
    joinedload(Request.contact),
    joinedload(Request.officer),
    joinedload(Request.conversation),
)
"""What pages show beside a request, read with it: pages are made after the transaction."""


@dataclass(frozen=True)
class RequestFilter:
    """Which requests a list shows. `offices`: None for all."""

    offices: frozenset[str] | None = None
    states: frozenset[RequestState] | None = None
    officer_id: int | None = None
    text: str = ""


class RequestList:
    """Looks requests up for the people who answer them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, wanted: RequestFilter, *, limit: int, offset: int = 0) -> list[Request]:
        """Requests that need an officer first, by promised time; closed ones last, newest first."""
        query = (
            select(Request)
            .options(*SHOWN_WITH_A_REQUEST)
            .order_by(
                _urgency(),
                case((Request.state != RequestState.CLOSED, Request.promised_at)),
                Request.closed_at.desc(),
                Request.id.desc(),
            )
            .limit(limit)
            .offset(offset)
        )
        return list(self._session.scalars(_filtered(query, wanted)))

    def counts(self, wanted: RequestFilter) -> dict[RequestState, int]:
        """How many requests stand in each state."""
        query = _filtered(select(Request.state, func.count()).group_by(Request.state), wanted)
        found = {RequestState(state): int(n) for state, n in self._session.execute(query)}
        return {state: found.get(state, 0) for state in RequestState}

    def unanswered(self, request_ids: Iterable[int]) -> dict[int, int]:
        """How many messages of the owner came after the officers' last word, where some did."""
        query = select(Request.id, _unanswered()).where(Request.id.in_(list(request_ids)))
        return {row_id: count for row_id, count in self._session.execute(query) if count}

    def fingerprint(self, offices: frozenset[str] | None) -> str:
        """Changes whenever a list of these offices may look different."""
        wanted = RequestFilter(offices=offices)
        # Without the office: a request that is moved away is news for those who saw it.
        events = select(func.count(RequestEvent.id), func.max(RequestEvent.id))
        heard = _filtered(
            select(func.max(Message.id))
            .select_from(Message)
            .join(Request, Message.request_id == Request.id)
            .where(Message.author == Author.OWNER),
            wanted,
        )
        count, newest = self._session.execute(events).one()
        return f"{count}.{newest or 0}.{self._session.scalar(heard) or 0}"


def _unanswered() -> ColumnElement[int]:
    spoken = (
        select(func.coalesce(func.max(Message.id), 0))
        .where(Message.request_id == Request.id, Message.author == Author.OFFICER)
        .correlate(Request)
        .scalar_subquery()
    )
    return (
        select(func.count())
        .select_from(Message)
        .where(
            Message.request_id == Request.id,
            Message.author == Author.OWNER,
            Message.id > spoken,
        )
        .correlate(Request)
        .scalar_subquery()
    )


def _urgency() -> ColumnElement[int]:
    owed = or_(Request.first_reply_at.is_(None), _unanswered() > 0)
    is_open = Request.state != RequestState.CLOSED
    return case(
        (and_(is_open, owed), 0),
        (Request.state == RequestState.CLAIMED, 1),
        (is_open, 2),
        else_=3,
    )


def _filtered(query: Select[*Row], wanted: RequestFilter) -> Select[*Row]:
    if wanted.offices is not None:
        query = query.where(Request.office.in_(sorted(wanted.offices)))
    if wanted.states is not None:
        query = query.where(Request.state.in_(sorted(wanted.states)))
    if wanted.officer_id is not None:
        query = query.where(Request.officer_id == wanted.officer_id)
    text = unicodedata.normalize("NFC", " ".join(wanted.text.split()))
    return query.where(_mentions(text)) if text else query


def _mentions(text: str) -> ColumnElement[bool]:
    code = find_code(text)
    if code is not None:
        return Request.code == code
    digits = _phone_digits(text)
    enterprise = select(Enterprise.id).where(
        or_(
            Enterprise.name.icontains(text, autoescape=True),
            Enterprise.tax_code.icontains(text, autoescape=True),
        )
    )
    contact = select(Contact.id).where(
        or_(
            Contact.display_name.icontains(text, autoescape=True),
            Contact.phone.icontains(text, autoescape=True),
            Contact.email.icontains(text, autoescape=True),
            *([_bare(Contact.phone).contains(digits)] if digits else []),
        )
    )
    return or_(
        Request.code.icontains(text, autoescape=True),
        Request.question.icontains(text, autoescape=True),
        Request.reach.icontains(text, autoescape=True),
        *([_bare(Request.reach).contains(digits)] if digits else []),
        Request.enterprise_id.in_(enterprise),
        Request.contact_id.in_(contact),
    )


def _phone_digits(text: str) -> str:
    """The digits of a phone number without 0 or +84 in front; empty where it is not one."""
    if re.fullmatch(r"[+\d .()\-]+", text) is None:
        return ""
    digits = re.sub(r"\D", "", text)
    if len(digits) < PHONE_SEARCH_DIGITS:
        return ""
    return re.sub(r"^(84|0)", "", digits)


def _bare(column: SQLColumnExpression[str]) -> ColumnElement[str]:
    bare: Any = column
    for mark in " .-()":
        bare = func.replace(bare, mark, "")
    return bare  # type: ignore[no-any-return]
