"""Requests that ask the same: one goes on, the other is closed, and both again if that was wrong.

The messages stay where they are: each request keeps those that were said in it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.office.roles import Role, answers_for
from bot.domain.requests.closing import Ending, detail_of
from bot.domain.requests.request import RequestState, Step
from bot.domain.talk.conversation import Move
from bot.knowledge.library import Knowledge
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.cases import CaseService, RequestRefused
from bot.services.requests.holding import HoldingService
from bot.services.requests.owner_notices import OwnerNotices
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.requests import end
from bot.storage.models import Officer, Request
from bot.texts import Texts

OFFERED = 20
"""Requests among which a duplicate is looked for: the newest of an owner or an enterprise."""


class DuplicateService:
    """Finds, merges and parts them. Both are locked before they are looked at."""

    def __init__(self, session: Session, texts: Texts, knowledge: Knowledge) -> None:
        self._session = session
        self._holding = HoldingService(session)
        self._history = RequestHistory(session)
        self._transcript = TranscriptService(session)
        self._notices = OwnerNotices(session, texts, knowledge)
        self._cases = CaseService(session, texts, knowledge)

    def offered(self, request: Request, offices: frozenset[str] | None) -> list[Request]:
        """Others of the same owner or enterprise, open ones first, newest first.

        `offices`: those whose requests the person sees; None for all.
        """
        query = (
            select(Request)
            .where(_related(request), Request.id != request.id, Request.duplicate_of_id.is_(None))
            .options(joinedload(Request.officer))
            .order_by((Request.state == RequestState.CLOSED), Request.id.desc())
            .limit(OFFERED)
        )
        if offices is not None:
            query = query.where(Request.office.in_(sorted(offices)))
        return list(self._session.scalars(query))

    def of(self, request: Request, offices: frozenset[str] | None) -> Sequence[Request]:
        """The duplicates that were merged into a request, oldest first."""
        query = select(Request).where(Request.duplicate_of_id == request.id).order_by(Request.id)
        if offices is not None:
            query = query.where(Request.office.in_(sorted(offices)))
        return self._session.scalars(query).all()

    def merge(  # noqa: PLR0913
        self,
        duplicate_id: int,
        kept_id: int,
        officer: Officer,
        *,
        cause: str,
        now: datetime,
        shown: int | None = None,
    ) -> Request:
        """Closes a request as a duplicate of an open one, and tells its owner once.

        One that was closed before keeps what came of it, and nobody is told. Merged so already:
        a no-op. `shown`: as in `CaseService.close`. Returns the duplicate.

        Raises:
            RequestRefused: one of them is another officer's or another office's, they are not of
                one owner or enterprise, or the one that is to go on is closed itself.
        """
        duplicate, kept = self._holding.lock_all([duplicate_id, kept_id])
        if duplicate.duplicate_of_id == kept.id:
            return duplicate
        self._check(duplicate, kept, officer)
        was_open = duplicate.state != RequestState.CLOSED
        if was_open and shown is not None and self._transcript.heard_since(duplicate.id, shown):
            raise RequestRefused("unread")
        duplicate.duplicate_of_id = kept.id
        duplicate.late_at = None
        self._history.note(kept, Step.MERGED, officer, detail=duplicate.code, now=now)
        if was_open:
            self._close(duplicate, kept, officer, cause=cause, now=now)
        else:
            self._history.note(duplicate, Step.MERGED, officer, detail=kept.code, now=now)
        return duplicate

    def part(self, duplicate_id: int, officer: Officer, *, now: datetime) -> Request:
        """Takes a merge back: a request that it closed is open again, with this officer.

        Not merged: a no-op.

        Raises:
            RequestRefused: it is not hers to answer, or its owner had his data erased.
        """
        known = self._session.get_one(Request, duplicate_id)
        if known.duplicate_of_id is None:
            return known
        duplicate, kept = self._holding.lock_all([duplicate_id, known.duplicate_of_id])
        if duplicate.duplicate_of_id != kept.id:
            return duplicate
        if not _may_answer(officer, duplicate):
            raise RequestRefused("not_yours")
        self._history.note(kept, Step.PARTED, officer, detail=duplicate.code, now=now)
        self._history.note(duplicate, Step.PARTED, officer, detail=kept.code, now=now)
        if duplicate.ending == Ending.DUPLICATE:
            return self._cases.reopen(duplicate.id, officer, now=now)
        duplicate.duplicate_of_id = None
        return duplicate

    def _check(self, duplicate: Request, kept: Request, officer: Officer) -> None:
        if not (_may_answer(officer, duplicate) and _may_answer(officer, kept)):
            raise RequestRefused("not_yours")
        if duplicate.id == kept.id or not _are_related(duplicate, kept):
            raise RequestRefused("unrelated")
        if duplicate.duplicate_of_id is not None:
            raise RequestRefused("merged")
        if kept.state == RequestState.CLOSED:
            raise RequestRefused("kept_closed")
        if duplicate.state != RequestState.CLOSED and duplicate.officer_id not in (
            None,
            officer.id,
        ):
            raise RequestRefused("taken")

    def _close(
        self, duplicate: Request, kept: Request, officer: Officer, *, cause: str, now: datetime
    ) -> None:
        if kept.answered_at is None and duplicate.answered_at is None:
            # The owner was promised both: what comes first is kept.
            kept.promised_at = min(kept.promised_at, duplicate.promised_at)
        end(duplicate, Ending.DUPLICATE, now=now)
        detail = detail_of(Ending.DUPLICATE, kept.code)
        self._history.note(duplicate, Step.CLOSED, officer, detail=detail, now=now)
        self._holding.let_go(duplicate.conversation, duplicate, Move.CLOSE)
        self._notices.closed(duplicate, officer, cause=cause, now=now)


def _related(request: Request) -> ColumnElement[bool]:
    same = Request.conversation_id == request.conversation_id
    if request.enterprise_id is None:
        return same
    return or_(same, Request.enterprise_id == request.enterprise_id)


def _are_related(one: Request, other: Request) -> bool:
    if one.conversation_id == other.conversation_id:
        return True
    return one.enterprise_id is not None and one.enterprise_id == other.enterprise_id


def _may_answer(officer: Officer, request: Request) -> bool:
    return officer.active and answers_for(Role(officer.role), officer.office, request.office)
