"""Notes what a finished turn could not answer, and what the owner thought of an answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.talk.gap import GapReason
from bot.domain.talk.payload import PICK_ARTICLE, read_payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.domain.talk.verdict import RATE_INTENT, Verdict
from bot.services.gaps.gaps import GapService, Unanswered
from bot.services.gaps.verdicts import VerdictService
from bot.storage.models import Message

NO_QUESTION = frozenset({"none_of_these", "deny", PICK_ARTICLE, RATE_INTENT, "show_detail"})
"""Intents that answer what the assistant asked: their words are no question."""

SETTLED = 1.0
"""Confidence of an out-of-scope reply that two officers decided."""


@dataclass(frozen=True)
class FinishedTurn:
    """A turn at its end, with the words or the payload that the engine was given.

    `answer`: the message whose button was pressed, or else the newest one to the owner.
    """

    cause: str
    conversation_id: str
    said: str
    replies: list[Reply]
    answer: Message | None


def gather(session: Session, turn: FinishedTurn, *, now: datetime) -> None:
    """Writes gaps and verdicts down, in the transaction that ends the turn; once a cause."""
    intent, entities = read_payload(turn.said)
    gaps = GapService(session)
    gaps.went_on(turn.conversation_id, picked=intent == PICK_ARTICLE)
    if intent == RATE_INTENT:
        _rate(session, turn.answer, entities.get("verdict", ""), now)
        return
    if intent:
        return
    unanswered = next(filter(None, (_unanswered(turn, reply) for reply in turn.replies)), None)
    if unanswered is not None:
        gaps.gather(unanswered, now=now)


def reason_of(understood: Understanding) -> GapReason | None:
    """Why a reply leaves its question open; None where it does not."""
    if understood.intent in NO_QUESTION:
        return None
    if understood.outcome is Outcome.OUT_OF_SCOPE and understood.confidence < SETTLED:
        return GapReason.OUT_OF_SCOPE
    if not understood.alternatives:
        return None
    if understood.outcome is Outcome.CLARIFY:
        return GapReason.ASKED_BACK
    return GapReason.UNSURE if understood.outcome is Outcome.HANDOVER else None


def _unanswered(turn: FinishedTurn, reply: Reply) -> Unanswered | None:
    reason = reason_of(reply.understanding)
    if reason is None:
        return None
    return Unanswered(
        cause=turn.cause,
        conversation_id=turn.conversation_id,
        words=turn.said,
        reason=reason,
        nearest=reply.understanding.alternatives,
    )


def _rate(session: Session, answer: Message | None, verdict: str, now: datetime) -> None:
    if answer is not None and verdict in set(Verdict):
        VerdictService(session).give(answer, Verdict(verdict), now=now)
