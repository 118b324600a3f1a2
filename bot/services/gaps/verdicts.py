"""Thumbs under answers: one an answer, the last press counts."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.talk import causes
from bot.domain.talk.gap import GapReason
from bot.domain.talk.understanding import Understanding
from bot.domain.talk.verdict import Verdict
from bot.services.gaps.gaps import GapService, Unanswered
from bot.storage.models import AnswerVerdict, Message


class VerdictService:
    """Writes thumbs down; one that points down makes the question a gap."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def give(self, answer: Message, verdict: Verdict, *, now: datetime) -> None:
        """Keeps the verdict on an answer; erased or none of the bot's answers: a no-op."""
        if answer.understanding is None:
            return
        understood = Understanding.model_validate(answer.understanding)
        if understood.article is None:
            return
        self._keep(answer.id, understood.article, verdict, now)
        cause = causes.of_thumb(answer.id)
        if verdict is Verdict.UP:
            GapService(self._session).take_back(cause)
            return
        unanswered = Unanswered(
            cause=cause,
            conversation_id=answer.conversation_id,
            words=self._question(answer),
            reason=GapReason.THUMB_DOWN,
            served=understood.article,
            nearest=understood.alternatives,
        )
        GapService(self._session).gather(unanswered, now=now)

    def _keep(self, message_id: int, article: str, verdict: Verdict, now: datetime) -> None:
        row = self._session.get(AnswerVerdict, message_id)
        if row is None:
            row = AnswerVerdict(message_id=message_id, article=article)
            self._session.add(row)
        row.verdict, row.given_at = verdict, now

    def _question(self, answer: Message) -> str:
        """The owner's words that the answer followed."""
        event = causes.event_of(answer.cause)
        if event is None:
            return ""
        heard = select(Message.text).where(Message.cause == causes.of_words(event))
        return self._session.scalar(heard) or ""
