"""A case that waits for another authority: nobody of the department can go on meanwhile."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestState, Step
from bot.services.requests.cases import RequestRefused
from bot.services.requests.holding import HoldingService
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import Officer, Request


class AuthorityWaits:
    """Begins such a wait and ends it; the clock of the solution stands still between the two.

    The officer's next answer ends it too.
    """

    def __init__(self, session: Session) -> None:
        self._holding = HoldingService(session)
        self._history = RequestHistory(session)

    def begin(self, request_id: int, officer: Officer, note: str, *, now: datetime) -> Request:
        """The case waits; `note`, for colleagues, says for whom. Waits already: a no-op.

        Raises:
            RequestRefused: closed, not hers, or its owner has not been answered yet.
        """
        request = self._held(request_id, officer)
        if request.state == RequestState.WAITING_AUTHORITY:
            return request
        if request.answered_at is None:
            raise RequestRefused("unanswered")
        request.state = RequestState.WAITING_AUTHORITY
        self._history.note(request, Step.AWAITS_AUTHORITY, officer, detail=note, now=now)
        return request

    def end(self, request_id: int, officer: Officer, *, now: datetime) -> Request:
        """The work goes on; does not wait: a no-op.

        Raises:
            RequestRefused: closed, or not hers.
        """
        request = self._held(request_id, officer)
        if request.state == RequestState.WAITING_AUTHORITY:
            request.state = RequestState.CLAIMED
            self._history.note(request, Step.RESUMED, officer, now=now)
        return request

    def _held(self, request_id: int, officer: Officer) -> Request:
        request, _ = self._holding.lock(request_id)
        if request.state == RequestState.CLOSED:
            raise RequestRefused("closed")
        if request.officer_id != officer.id:
            raise RequestRefused("not_yours")
        return request
