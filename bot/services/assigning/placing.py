"""Where a case belongs: its matter, its office, and the other authority that may be in charge."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestState, Step
from bot.knowledge.library import Knowledge
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.cases import CaseService, RequestRefused
from bot.services.requests.holding import HoldingService
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import Officer, Request
from bot.texts import Texts


@dataclass(frozen=True)
class Placement:
    """What an officer says of it. `topic`: empty where it stays; `office`: one of ours."""

    topic: str
    office: str
    authority: str = ""


class Placing:
    """Corrects what was guessed at the filing, in one step; each correction is counted."""

    def __init__(self, session: Session, texts: Texts, knowledge: Knowledge) -> None:
        self._transcript = TranscriptService(session)
        self._holding = HoldingService(session)
        self._history = RequestHistory(session)
        self._cases = CaseService(session, texts, knowledge)

    def put(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        place: Placement,
        reason: str,
        *,
        cause: str,
        now: datetime,
    ) -> Request:
        """The case lies there from now on, once a cause; lies there already: a no-op.

        In another office it is in the queue, and its owner is told. Where the office stays, its
        holder keeps it, and nothing changes for its owner.

        Raises:
            RequestRefused: closed, or held by another officer.
        """
        request, _ = self._holding.lock(request_id)
        if self._transcript.said(cause) is not None or _lies_there(request, place):
            return request
        if request.state == RequestState.CLOSED:
            raise RequestRefused("closed")
        if request.officer_id not in (None, officer.id):
            raise RequestRefused("not_yours")
        before, after = _matter(request.topic, request.authority), _matter(*_named(request, place))
        request.topic, request.authority = _named(request, place)
        if before != after:
            detail = f"{before} → {after}: {reason}"
            self._history.note(request, Step.TOPIC_CORRECTED, officer, detail=detail, now=now)
        return self._cases.transfer(request_id, officer, place.office, reason, cause=cause, now=now)


def _named(request: Request, place: Placement) -> tuple[str, str]:
    return place.topic or request.topic, place.authority


def _lies_there(request: Request, place: Placement) -> bool:
    now = (request.topic, request.office, request.authority)
    return now == (place.topic or request.topic, place.office, place.authority)


def _matter(topic: str, authority: str) -> str:
    """A matter as the history keeps it: the topic, and whose matter it is where not ours."""
    return f"{topic}/{authority}" if authority else topic
