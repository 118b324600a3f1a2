"""What an officer told the owner of an entered case: by phone, at the counter, and when."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.requests.entered import AnswerWay, told_at
from bot.domain.requests.request import RequestState, Step
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.way import TOLD_BY_HAND
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.requests.cases import RequestRefused
from bot.services.requests.holding import HoldingService
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import Officer, Request


class NotedAnswers:
    """Keeps an answer that no channel carried; it counts as given when it was given."""

    def __init__(self, session: Session) -> None:
        self._holding = HoldingService(session)
        self._transcript = TranscriptService(session)
        self._history = RequestHistory(session)

    def note(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        text: str,
        way: AnswerWay,
        typed: datetime,
        *,
        cause: str,
        now: datetime,
    ) -> Request:
        """Writes it down, once a cause; `typed`: when it was given, as she says.

        Raises:
            RequestRefused: it has a chat, is closed, held by another or by nobody, or the hour is
                before the filing or still to come.
        """
        request, conversation = self._holding.lock(request_id)
        if self._transcript.said(cause) is not None:
            return request
        if conversation.channel not in TOLD_BY_HAND:
            raise RequestRefused("has_chat")
        if request.state == RequestState.CLOSED:
            raise RequestRefused("closed")
        if request.officer_id != officer.id:
            raise RequestRefused("not_yours")
        told = told_at(typed, filed=request.created_at, now=now)
        if told is None:
            raise RequestRefused("told_at")
        self._transcript.say(
            conversation,
            OutgoingMessage(text=text),
            author=Author.OFFICER,
            cause=cause,
            now=told,
            officer_id=officer.id,
            request_id=request.id,
        )
        self._history.note(request, Step.REPLIED, officer, detail=way, now=now)
        request.first_reply_at = min(request.first_reply_at or told, told)
        request.answered_at = max(request.answered_at or told, told)
        request.state = RequestState.CLAIMED
        return request
