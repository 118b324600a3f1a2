"""The list of requests: what is urgent first, counted, searched, watched for changes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from bot.domain.requests.request import RequestKind, RequestState, find_code
from bot.domain.talk.way import LOST
from bot.domain.text.search_text import terms_of
from bot.services.messaging.transcript import Author
from bot.storage.models import (
    Contact,
    Conversation,
    Delivery,
    Enterprise,
    Message,
    Request,
    RequestEvent,
)
from bot.storage.searched import holds

Row = TypeVarTuple("Row")

FEWEST_OF_A_CODE = 3
"""Letters and digits of a code that are looked for: fewer stand in every code of a year."""

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
    """Which requests a list shows. `offices`: None for all.

    `text`: a code or a part of one, or words of which each begins a word of the question, of a
    name, a phone number, an e-mail address or a tax code; six digits and more, in any grouping,
    are found anywhere in a number. All of them must be found, in any order and in any of these;
    of a closed request only the number and address that were given with it.
    `late`: beside those of the states, closed ones to which something came after the close.
    """

    offices: frozenset[str] | None = None
    states: frozenset[RequestState] | None = None
    officer_id: int | None = None
    text: str = ""
    late: bool = False


class RequestList:
    """Looks requests up for the people who answer them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, wanted: RequestFilter, *, limit: int, offset: int = 0) -> list[Request]:
        """Requests that need an officer first, by promised time; closed ones last, newest first.

        Before all others who waits in the chat for a person. Of two that are promised for the same
        instant the older one goes first.
        One whose officer's words may not have arrived needs her, and leads the closed ones.
        """
        query = (
            select(Request)
            .options(*SHOWN_WITH_A_REQUEST)
            .order_by(
                _urgency(),
                case((or_(_is_open(), _is_late()), Request.promised_at)),
                case((or_(_is_open(), _is_late()), Request.id)),
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

    def late(self, wanted: RequestFilter) -> int:
        """How many closed requests wait for somebody to see what came after the close."""
        query = _filtered(select(func.count()).select_from(Request), wanted).where(_is_late())
        return self._session.scalar(query) or 0

    def unanswered(self, request_ids: Iterable[int]) -> dict[int, int]:
        """How many messages of the owner came after the officers' last word, where some did."""
        query = select(Request.id, _unanswered()).where(Request.id.in_(list(request_ids)))
        return {row_id: count for row_id, count in self._session.execute(query) if count}

    def unsure(self, request_ids: Iterable[int]) -> set[int]:
        """Those of which an officer's words may not have arrived."""
        query = _unsure().where(Message.request_id.in_(list(request_ids)))
        return {row_id for row_id in self._session.scalars(query) if row_id is not None}

    def fingerprint(self, offices: frozenset[str] | None) -> str:
        """Changes whenever a list of these offices may look different, and with the offices."""
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
        unsure = select(func.count()).select_from(_unsure().subquery())
        count, newest = self._session.execute(events).one()
        whose = "all" if offices is None else "_".join(sorted(offices))
        said = f"{self._session.scalar(heard) or 0}.{self._session.scalar(unsure) or 0}"
        return f"{count}.{newest or 0}.{said}.{whose}"


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


def _unsure() -> Select[int | None]:
    """The requests of an officer's words that may not have arrived, once for each message.

    Begins with the deliveries in such a state, of which there are few.
    """
    return (
        select(Message.request_id)
        .join(Delivery, Delivery.message_id == Message.id)
        .where(
            Delivery.state.in_(sorted(LOST)),
            Message.author == Author.OFFICER,
            Message.request_id.is_not(None),
        )
    )


def _is_unsure() -> ColumnElement[bool]:
    """Where sending again may help: who has blocked us is not reached that way."""
    return Request.id.in_(
        _unsure()
        .join(Conversation, Conversation.id == Delivery.conversation_id)
        .where(Conversation.reachable)
    )


def _is_open() -> ColumnElement[bool]:
    return Request.state != RequestState.CLOSED


def _is_late() -> ColumnElement[bool]:
    return Request.late_at.is_not(None)


def _urgency() -> ColumnElement[int]:
    # `domain.standing` holds the rule; what the owner has added since is owed a word, too.
    owed = or_(Request.answered_at.is_(None), _unanswered() > 0)
    is_open = _is_open()
    return case(
        (and_(is_open, owed, Request.kind == RequestKind.TALK), -1),
        (_is_late(), 0),
        (and_(is_open, or_(owed, _is_unsure())), 0),
        (Request.state == RequestState.CLAIMED, 1),
        (is_open, 2),
        (_is_unsure(), 3),
        else_=4,
    )


def _filtered(query: Select[*Row], wanted: RequestFilter) -> Select[*Row]:
    if wanted.offices is not None:
        query = query.where(Request.office.in_(sorted(wanted.offices)))
    if wanted.states is not None:
        standing = Request.state.in_(sorted(wanted.states))
        query = query.where(or_(standing, _is_late()) if wanted.late else standing)
    if wanted.officer_id is not None:
        query = query.where(Request.officer_id == wanted.officer_id)
    return _mentioning(query, wanted.text) if wanted.text.strip() else query


def _mentioning(query: Select[*Row], text: str) -> Select[*Row]:
    code = find_code(text)
    if code is not None:
        return query.where(Request.code == code)
    # The query's own joins: those that read what is shown are not there to be asked.
    enterprise, contact = aliased(Enterprise), aliased(Contact)
    words: ColumnElement[str] = literal(" ").concat(Request.search_text)
    # What a contact gave since a case was closed is for the case for which it was given.
    reach = case((Request.state != RequestState.CLOSED, contact.reach_text), else_="")
    for column in (contact.search_text, reach, func.coalesce(enterprise.search_text, "")):
        words = words.concat(" ").concat(column)
    named = [holds(words, term) for term in terms_of(text)]
    return (
        query.join(contact, Request.contact_id == contact.id)
        .outerjoin(enterprise, Request.enterprise_id == enterprise.id)
        .where(or_(and_(*named) if named else false(), _part_of_code(text)))
    )


def _part_of_code(text: str) -> ColumnElement[bool]:
    typed = re.sub(r"[ .–-]", "", text.upper())
    if re.fullmatch(rf"[0-9A-Z]{{{FEWEST_OF_A_CODE},}}", typed) is None:
        return false()
    return func.replace(Request.code, "-", "").contains(typed)
