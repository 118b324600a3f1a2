"""Which requests a list shows, a count counts and a search finds: one rule for all three."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from bot.domain.requests.closing import ASIDE, Ending
from bot.domain.requests.figures import AGES, LOW_RATING, Age, Figure
from bot.domain.requests.request import RequestState, Step, find_code
from bot.domain.text.search_text import Term, terms_of
from bot.services.messaging.word_search import message_holds, messages_holding
from bot.services.requests.sight import seen_in_a_list
from bot.storage.models import Contact, Conversation, Enterprise, Message, Request, RequestEvent
from bot.storage.searched import holds

Row = TypeVarTuple("Row")

CORRECTIONS = (Step.TRANSFERRED, Step.TOPIC_CORRECTED)
"""Lines of history that say that the first guess of office or topic was wrong, of an officer's."""

FEWEST_OF_A_CODE = 3
"""Letters and digits of a code that are looked for: fewer stand in every code of a year."""


@dataclass(frozen=True)
class RequestFilter:
    """Which requests a list shows. `offices`: None for all.

    `text`: a code or a part of one, or words of which each begins a word of the question, of a
    name, a phone number, an e-mail address or a tax code; six digits and more, in any grouping,
    are found anywhere in a number. All of them must be found, in any order and in any of these;
    of a closed request only the number and address that were given with it. Or all of them, as
    whole words, in one message of the owner or an officer that `sight` lets the person read there.
    `late`: beside those of the states, closed ones to which something came after the close.
    `unclaimed`: held by nobody. `overdue_at`: owed and promised for before that instant.
    `received_from`, `received_before`: filed from the one instant on and before the other.
    `origin`: the channel by which they came.
    `ids`: only these, where what was looked for is found already.
    `figure`, `age`: those of a number of the head's page, as things stand `at` an instant.
    """

    offices: frozenset[str] | None = None
    states: frozenset[RequestState] | None = None
    officer_id: int | None = None
    text: str = ""
    late: bool = False
    topic: str = ""
    unclaimed: bool = False
    overdue_at: datetime | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None
    origin: str = ""
    figure: Figure | None = None
    age: Age | None = None
    at: datetime | None = None
    ids: frozenset[int] | None = None


def is_late() -> ColumnElement[bool]:
    """Whether something came after the close that nobody has seen."""
    return Request.late_at.is_not(None)


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """`domain.standing` in the words of the database."""
    return and_(
        Request.state != RequestState.CLOSED,
        Request.answered_at.is_(None),
        Request.promised_at < now,
    )


def is_of(figure: Figure, now: datetime) -> ColumnElement[bool]:
    """`domain.requests.figures.is_counted` in the words of the database."""
    closed, reply = Request.state == RequestState.CLOSED, Request.first_reply_at
    promised = func.coalesce(Request.counted_promise_at, Request.promised_at)
    due, is_aside = promised < now, func.coalesce(Request.ending, "").in_(sorted(ASIDE))
    if figure is Figure.ASIDE:
        return is_aside
    rules: Mapping[Figure, ColumnElement[bool]] = {
        Figure.RECEIVED: true(),
        Figure.IN_TIME: and_(reply.is_not(None), reply <= promised),
        Figure.LATE: or_(
            and_(reply.is_not(None), reply > promised),
            and_(reply.is_(None), not_(closed), due),
        ),
        Figure.STILL_OWED: and_(reply.is_(None), not_(closed), not_(due)),
        Figure.UNANSWERED: and_(reply.is_(None), closed),
        Figure.OPEN: not_(closed),
        Figure.CLOSED: closed,
        # Never null: its opposite is asked for, too.
        Figure.SILENT: func.coalesce(Request.ending, "") == Ending.SILENT,
        Figure.RATED: Request.rating.is_not(None),
        Figure.LOW: and_(Request.rating.is_not(None), Request.rating <= LOW_RATING),
        Figure.RIGHT_FIRST: not_(is_corrected()),
        Figure.CORRECTED: is_corrected(),
    }
    return and_(rules[figure], not_(is_aside))


def is_corrected() -> ColumnElement[bool]:
    """Whether somebody moved a request to where it belongs: the first guess was wrong."""
    return Request.id.in_(
        select(RequestEvent.request_id).where(
            RequestEvent.kind.in_(CORRECTIONS), RequestEvent.officer_id.is_not(None)
        )
    )


def origin() -> ColumnElement[str]:
    """The channel by which a request came."""
    return (
        select(Conversation.channel)
        .where(Conversation.id == Request.conversation_id)
        .correlate(Request)
        .scalar_subquery()
    )


def is_aged(age: Age, now: datetime) -> ColumnElement[bool]:
    """`domain.requests.figures.age_of` in the words of the database."""
    least, most = AGES[age]
    return and_(
        Request.created_at <= now - least if least is not None else true(),
        Request.created_at > now - most if most is not None else true(),
    )


def filtered(query: Select[*Row], wanted: RequestFilter) -> Select[*Row]:
    """A query on requests, narrowed to those that are wanted."""
    if wanted.states is not None:
        standing = Request.state.in_(sorted(wanted.states))
        query = query.where(or_(standing, is_late()) if wanted.late else standing)
    query = query.where(*_conditions(wanted))
    return _mentioning(query, wanted) if wanted.text.strip() else query


def _conditions(wanted: RequestFilter) -> list[ColumnElement[bool]]:
    given = _equal(wanted)
    if wanted.ids is not None:
        given.append(Request.id.in_(sorted(wanted.ids)))
    if wanted.offices is not None:
        given.append(Request.office.in_(sorted(wanted.offices)))
    if wanted.unclaimed:
        given.append(Request.officer_id.is_(None))
    if wanted.received_from is not None:
        given.append(Request.created_at >= wanted.received_from)
    if wanted.received_before is not None:
        given.append(Request.created_at < wanted.received_before)
    if wanted.overdue_at is not None:
        given.append(is_overdue(wanted.overdue_at))
    if wanted.at is not None and wanted.figure is not None:
        given.append(is_of(wanted.figure, wanted.at))
    if wanted.at is not None and wanted.age is not None:
        given.append(is_aged(wanted.age, wanted.at))
    return given


def _equal(wanted: RequestFilter) -> list[ColumnElement[bool]]:
    """The parts that name one value of one column."""
    parts: tuple[tuple[SQLColumnExpression[Any], object], ...] = (
        (Request.officer_id, wanted.officer_id),
        (Request.topic, wanted.topic),
        (origin(), wanted.origin),
    )
    return [column == value for column, value in parts if value]


def _mentioning(query: Select[*Row], wanted: RequestFilter) -> Select[*Row]:
    code = find_code(wanted.text)
    if code is not None:
        return query.where(Request.code == code)
    # The query's own joins: those that read what is shown are not there to be asked.
    enterprise, contact = aliased(Enterprise), aliased(Contact)
    words: ColumnElement[str] = literal(" ").concat(Request.search_text)
    # What a contact gave since a case was closed is for the case for which it was given.
    reach = case((Request.state != RequestState.CLOSED, contact.reach_text), else_="")
    for column in (contact.search_text, reach, func.coalesce(enterprise.search_text, "")):
        words = words.concat(" ").concat(column)
    terms = terms_of(wanted.text)
    named = [holds(words, term) for term in terms]
    found = [and_(*named), Request.id.in_(_said(terms, wanted.offices))] if terms else [false()]
    return (
        query.join(contact, Request.contact_id == contact.id)
        .outerjoin(enterprise, Request.enterprise_id == enterprise.id)
        .where(or_(*found, _part_of_code(wanted.text)))
    )


def newest_said(
    terms: Sequence[Term], offices: frozenset[str] | None, request_ids: Sequence[int]
) -> Select[int, int]:
    """For some requests the newest message with these words: `request_id`, `message_id`."""
    through = aliased(Request)
    return (
        _through(through, offices)
        .with_only_columns(through.id.label("request_id"), func.max(Message.id).label("message_id"))
        .where(through.id.in_(request_ids), message_holds(terms))
        .group_by(through.id)
    )


def _said(terms: Sequence[Term], offices: frozenset[str] | None) -> Select[int]:
    """The requests through which a message with these words is seen by who sees the offices."""
    return _through(aliased(Request), offices).where(Message.id.in_(messages_holding(terms)))


def _through(request: type[Request], offices: frozenset[str] | None) -> Select[int]:
    """Requests, once for each message that is seen through them."""
    return (
        select(request.id)
        .select_from(Message)
        .join(request, request.conversation_id == Message.conversation_id)
        .where(seen_in_a_list(request, offices))
    )


def _part_of_code(text: str) -> ColumnElement[bool]:
    typed = re.sub(r"[ .–-]", "", text.upper())
    if re.fullmatch(rf"[0-9A-Z]{{{FEWEST_OF_A_CODE},}}", typed) is None:
        return false()
    return func.replace(Request.code, "-", "").contains(typed)
