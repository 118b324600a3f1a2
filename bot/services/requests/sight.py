"""What a person sees of an owner's conversation through one of its cases."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, not_, or_, select, true
from sqlalchemy.orm import Session, aliased

from bot.domain.requests.request import RequestState, Step
from bot.domain.talk import causes
from bot.services.messaging.transcript import Author
from bot.storage.models import Message, Request, RequestEvent

CLOSINGS = (Step.CLOSED, Step.WITHDRAWN, Step.ERASED)
"""Lines of history from which on a case is closed."""


def seen_in_a_list(request: type[Request], offices: frozenset[str] | None) -> ColumnElement[bool]:
    """Whether a message of a request's conversation is seen through it, for many requests at once.

    A part of what `Sight` shows, and never more: of what is of no case or of a colleague's, that
    from before the first close only. `request`: an alias of `Request`, the query's own.
    """
    if offices is None:
        return true()
    colleague, farewell = aliased(Request), aliased(Message)
    first_close = func.coalesce(request.first_closed_at, request.closed_at)
    # Ids tell before and after even where the clock was set back.
    said_farewell = (
        select(farewell.id)
        .where(
            farewell.request_id == request.id,
            farewell.author == Author.SYSTEM,
            farewell.created_at == first_close,
            farewell.id < Message.id,
        )
        .exists()
    )
    of_a_colleague = (
        select(colleague.id)
        .where(colleague.id == Message.request_id, colleague.office.in_(sorted(offices)))
        .exists()
    )
    was_never_closed = and_(first_close.is_(None), request.state != RequestState.CLOSED)
    return and_(
        request.office.in_(sorted(offices)),
        or_(
            Message.request_id == request.id,
            and_(
                or_(Message.request_id.is_(None), of_a_colleague),
                or_(was_never_closed, and_(Message.created_at < first_close, not_(said_farewell))),
            ),
        ),
    )


class Sight:
    """The messages and files of a conversation that belong before a person's eyes.

    | a message | seen |
    |---|---|
    | of this case, whenever it was said | yes |
    | of no case (the talk with the assistant), while this one was open or not yet filed | yes |
    | of no case, between a close of this one and its opening anew, or since its newest close | no |
    | of another case of her own office, while this one was open or not yet filed | yes |
    | of another case of her own office, while this one was closed | through that case only |
    | of another case of another office | no, only that there is one is said |
    | any, for who sees all offices | yes |

    A file is seen where a message that holds it is, and always where the request itself holds it.
    Which office a case belongs to is asked now: what is transferred takes its messages along.
    """

    def __init__(self, session: Session, request: Request, offices: frozenset[str] | None) -> None:
        """`offices`: those whose cases the person sees; None for all. Hers is the request's."""
        self._session = session
        self._request = request
        self._offices = offices
        self.rule = self._rule()
        """The condition on `Message`."""

    def messages(self, *, limit: int) -> list[Message]:
        """The newest `limit` of those that are seen, oldest first."""
        newest = self._session.scalars(
            select(Message).where(self.rule).order_by(Message.id.desc()).limit(limit)
        ).all()
        return list(reversed(newest))

    def newest(self) -> int:
        """The id of the newest message that is seen; 0 without one."""
        return self._session.scalar(select(func.max(Message.id)).where(self.rule)) or 0

    def shows_file(self, file_id: str) -> bool:
        """Whether a file is seen."""
        held: Sequence[list[dict[str, object]]] = [
            self._request.attachments,
            *self._session.scalars(select(Message.attachments).where(self.rule)),
        ]
        return any(file["file_id"] == file_id for files in held for file in files)

    def elsewhere(self) -> list[str]:
        """Offices out of sight at which this owner had a case before the close of this one."""
        if self._offices is None:
            return []
        query = select(Request.office).where(
            Request.conversation_id == self._request.conversation_id,
            Request.office.not_in(self._offices),
        )
        if self._request.state == RequestState.CLOSED and self._request.closed_at is not None:
            query = query.where(Request.created_at <= self._request.closed_at)
        return list(self._session.scalars(query.distinct().order_by(Request.office)))

    def _rule(self) -> ColumnElement[bool]:
        conversation = Message.conversation_id == self._request.conversation_id
        if self._offices is None:
            return conversation
        colleagues = select(Request.id).where(
            Request.conversation_id == self._request.conversation_id,
            Request.office.in_(self._offices),
        )
        around = or_(Message.request_id.is_(None), Message.request_id.in_(colleagues))
        return and_(conversation, or_(self._is_own(), and_(around, *self._outside_the_closes())))

    def _is_own(self) -> ColumnElement[bool]:
        return Message.request_id == self._request.id

    def _outside_the_closes(self) -> list[ColumnElement[bool]]:
        """One condition for each time the case was closed: before it, or after its opening anew."""
        apart: list[ColumnElement[bool]] = []
        closed: RequestEvent | None = None
        for line in self._closes_and_openings():
            if line.kind != Step.REOPENED:
                closed = closed or line
            elif closed is not None:
                notice = self._notice(line)
                before = self._before(closed, self._farewell(closed, notice))
                apart.append(or_(before, not_(self._before(line, notice))))
                closed = None
        if closed is not None:
            apart.append(self._before(closed, self._farewell(closed, None)))
        return apart

    def _closes_and_openings(self) -> Sequence[RequestEvent]:
        return self._session.scalars(
            select(RequestEvent)
            .where(
                RequestEvent.request_id == self._request.id,
                RequestEvent.kind.in_((*CLOSINGS, Step.REOPENED)),
            )
            .order_by(RequestEvent.id)
        ).all()

    def _farewell(self, line: RequestEvent, notice: int | None) -> int | None:
        """What was said last at a close. `notice`: that of the opening anew behind it."""
        farewell = select(func.max(Message.id)).where(
            self._is_own(), Message.author == Author.SYSTEM, Message.created_at == line.created_at
        )
        return self._session.scalar(
            farewell if notice is None else farewell.where(Message.id < notice)
        )

    def _notice(self, line: RequestEvent) -> int | None:
        return self._session.scalar(
            select(Message.id).where(Message.cause == causes.of_step(line.id))
        )

    def _before(self, line: RequestEvent, told: int | None) -> ColumnElement[bool]:
        # Ids tell before and after even where the clock was set back; but who left the queue,
        # or had his data erased, got no last word.
        return Message.created_at < line.created_at if told is None else Message.id <= told
