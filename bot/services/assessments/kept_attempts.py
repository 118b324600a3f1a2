"""What is kept of runs: their results, how many a conversation has, and their erasing."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.domain.assessments.scoring import Result
from bot.storage.models import Attempt, AttemptScore, Request


def note_result(attempt: Attempt, result: Result) -> None:
    """Writes down what a run came to, so that the department counts without reading answers."""
    attempt.percent = result.percent
    attempt.level = result.level.title if result.level is not None else ""
    percents = {score.dimension.id: score.percent for score in result.dimensions}
    kept = {row.dimension: row for row in attempt.scores}
    for row in kept.values():
        if row.dimension not in percents:
            attempt.scores.remove(row)
    for dimension, percent in percents.items():
        if dimension in kept:
            kept[dimension].percent = percent
        else:
            attempt.scores.append(AttemptScore(dimension=dimension, percent=percent))


def number_of_attempts(session: Session, conversation_id: str) -> int:
    """How many runs of a conversation are kept."""
    query = select(func.count()).select_from(Attempt)
    return session.scalar(query.where(Attempt.conversation_id == conversation_id)) or 0


def forget_attempts(session: Session, conversation_id: str) -> None:
    """Erases the runs of a conversation with their answers: figures and products are personal."""
    mine = Attempt.conversation_id == conversation_id
    session.execute(
        update(Request)
        .where(Request.attempt_id.in_(select(Attempt.id).where(mine)))
        .values(attempt_id=None)
    )
    for attempt in session.scalars(select(Attempt).where(mine)):
        session.delete(attempt)
    session.flush()
