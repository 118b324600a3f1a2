"""The list of requests: what is urgent first, counted, searched, watched for changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, text
from sqlalchemy.orm import Session, joinedload

from bot.domain.requests.request import RequestKind, RequestState
from bot.domain.talk.way import LOST
from bot.domain.text.excerpt import excerpt
from bot.domain.text.search_text import terms_of
from bot.services.messaging.transcript import Author
from bot.services.requests.request_filter import RequestFilter, filtered, is_late, newest_said
from bot.storage.models import Conversation, Delivery, Message, Request, RequestEvent
from bot.storage.models.conversation import HEARD

OPEN_STATES = frozenset(state for state in RequestState if state.is_open)

MOST_FOUND = 500
"""That are named one by one: of more it costs less to look for the words again."""

SHOWN_WITH_A_REQUEST = (
    joinedload(Request.enterprise),
    joinedload(Request.contact),
    joinedload(Request.officer),
    joinedload(Request.conversation),
)
"""What pages show beside a request, read with it: pages are made after the transaction."""


@dataclass(frozen=True)
class Tally:
    """How many requests stand in each state; `late`: closed ones with something unseen."""

    counts: dict[RequestState, int]
    late: int


class RequestList:
    """Looks requests up for the people who answer them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def found(self, wanted: RequestFilter) -> RequestFilter:
        """The same requests; of few the count and the page need not search again."""
        if not wanted.text.strip():
            return wanted
        query = filtered(select(Request.id), wanted).limit(MOST_FOUND + 1)
        ids = self._session.scalars(query).all()
        return wanted if len(ids) > MOST_FOUND else replace(wanted, text="", ids=frozenset(ids))

    def page(self, wanted: RequestFilter, *, limit: int, offset: int = 0) -> list[Request]:
        """Requests that need an officer first, by promised time; closed ones last, newest first.

        Before all others who waits in the chat for a person. Of two that are promised for the same
        instant the older one goes first.
        One whose officer's words may not have arrived needs her, and leads the closed ones.
        """
        query = (
            select(Request.id)
            .order_by(
                _urgency(),
                case((or_(_is_open(), is_late()), Request.promised_at)),
                case((or_(_is_open(), is_late()), Request.id)),
                Request.closed_at.desc(),
                Request.id.desc(),
            )
            .limit(limit)
            .offset(offset)
        )
        # Ids alone are put in order: what is shown beside a request is read for one page only.
        ids = self._session.scalars(filtered(query, wanted)).all()
        shown = select(Request).options(*SHOWN_WITH_A_REQUEST).where(Request.id.in_(ids))
        place = {id_: number for number, id_ in enumerate(ids)}
        return sorted(self._session.scalars(shown), key=lambda one: place[one.id])

    def tally(self, wanted: RequestFilter) -> Tally:
        """How many requests stand where, in one look."""
        query = select(Request.state, is_late(), func.count()).group_by(Request.state, is_late())
        counts, late = dict.fromkeys(RequestState, 0), 0
        for state, came_late, number in self._session.execute(filtered(query, wanted)):
            counts[RequestState(state)] += number
            late += number if came_late else 0
        return Tally(counts, late)

    def counts(self, wanted: RequestFilter) -> dict[RequestState, int]:
        """How many requests stand in each state."""
        return self.tally(wanted).counts

    def late(self, wanted: RequestFilter) -> int:
        """How many closed requests wait for somebody to see what came after the close."""
        return self.tally(wanted).late

    def unanswered(self, request_ids: Iterable[int]) -> dict[int, int]:
        """How many messages of the owner came after the officers' last word, where some did."""
        query = select(Request.id, _unanswered()).where(Request.id.in_(list(request_ids)))
        return {row_id: count for row_id, count in self._session.execute(query) if count}

    def unsure(self, request_ids: Iterable[int]) -> set[int]:
        """Those of which an officer's words may not have arrived."""
        query = _unsure().where(Message.request_id.in_(list(request_ids)))
        return {row_id for row_id in self._session.scalars(query) if row_id is not None}

    def said(self, request_ids: Sequence[int], wanted: RequestFilter) -> dict[int, str]:
        """Where words were looked for: what was said with them in each of some requests, newest."""
        terms = terms_of(wanted.text)
        if not terms or not request_ids:
            return {}
        newest = newest_said(terms, wanted.offices, request_ids).subquery()
        query = select(newest.c.request_id, Message.text).join(
            newest, newest.c.message_id == Message.id
        )
        words = {word for term in terms for one in term.beginnings for word in one.split()}
        words |= {term.digits for term in terms}
        return {row_id: excerpt(text, words) for row_id, text in self._session.execute(query)}

    def fingerprint(self, offices: frozenset[str] | None) -> str:
        """Changes whenever a list of these offices may look different, and with the offices."""
        # Without the office: a request that is moved away is news for those who saw it.
        events = select(func.count(RequestEvent.id), func.max(RequestEvent.id))
        unsure = select(func.count()).select_from(_unsure().subquery())
        count, newest = self._session.execute(events).one()
        whose = "all" if offices is None else "_".join(sorted(offices))
        heard = self._session.scalar(_newest_heard(offices))
        said = f"{heard or 0}.{self._session.scalar(unsure) or 0}"
        return f"{count}.{newest or 0}.{said}.{whose}"


def _newest_heard(offices: frozenset[str] | None) -> Select[int]:
    """The newest words of an owner that belong to a request of these offices.

    From the newest backwards, by an index of just these (`models.conversation.HEARD`).
    """
    heard = select(Message.id).where(text(HEARD)).order_by(Message.id.desc()).limit(1)
    if offices is None:
        return heard
    return filtered(heard.join(Request), RequestFilter(offices=offices))


def _unanswered() -> ColumnElement[int]:
    counted = select(func.count()).select_from(Message).where(*_unanswered_words())
    return counted.correlate(Request).scalar_subquery()


def _is_unanswered() -> ColumnElement[bool]:
    return select(Message.id).where(*_unanswered_words()).correlate(Request).exists()


def _unanswered_words() -> tuple[ColumnElement[bool], ...]:
    spoken = (
        select(func.coalesce(func.max(Message.id), 0))
        .where(Message.request_id == Request.id, Message.author == Author.OFFICER)
        .correlate(Request)
        .scalar_subquery()
    )
    return (
        Message.request_id == Request.id,
        Message.author == Author.OWNER,
        Message.id > spoken,
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


def _urgency() -> ColumnElement[int]:
    # `domain.standing` holds the rule; what the owner has added since is owed a word, too.
    owed = or_(Request.answered_at.is_(None), _is_unanswered())
    is_open = _is_open()
    return case(
        # What costs least is asked first: most requests are closed, and few are talks.
        (and_(is_open, Request.kind == RequestKind.TALK, owed), -1),
        (is_late(), 0),
        (and_(is_open, or_(owed, _is_unsure())), 0),
        (Request.state == RequestState.CLAIMED, 1),
        (is_open, 2),
        (_is_unsure(), 3),
        else_=4,
    )
