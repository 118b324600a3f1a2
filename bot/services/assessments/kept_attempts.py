"""What is kept of runs: results, opinions, how many a conversation has, and their erasing."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, object_session

from bot.domain.assessments.path import asked
from bot.domain.surveys.campaign import InvitationState
from bot.services.assessments.step import Step
from bot.storage.models import Attempt, AttemptScore, Invitation, Officer, Request


def note_result(step: Step) -> None:
    """Writes down what a run came to, so that the department counts without reading answers.

    With one at a survey the invitation is answered, whichever way it was given, and what was said
    on a way that was not taken in the end goes: the counts read all answers that are kept.
    """
    attempt, result = step.attempt, step.result
    if attempt.campaign_id is not None:
        _note_answered(attempt)
        _drop_unasked(step)
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


def _note_answered(attempt: Attempt) -> None:
    session = object_session(attempt)
    if session is None:
        return
    session.execute(
        update(Invitation)
        .where(Invitation.attempt_id == attempt.id, Invitation.state != InvitationState.ANSWERED)
        .values(state=InvitationState.ANSWERED, answered_at=attempt.finished_at)
    )


def _drop_unasked(step: Step) -> None:
    way = {question.id for question in asked(step.assessment, step.answers)}
    for row in list(step.attempt.answers):
        if row.question not in way:
            step.attempt.answers.remove(row)


def keep_opinion(attempt: Attempt, text: str, *, officer: Officer, now: datetime) -> None:
    """Keeps what an officer says to a result, for its paper; empty words take it back."""
    if text == attempt.opinion:
        return
    attempt.opinion = text
    attempt.opinion_officer = officer if text else None
    attempt.opinion_at = now if text else None


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
    session.execute(
        update(Invitation)
        .where(Invitation.attempt_id.in_(select(Attempt.id).where(mine)))
        .values(attempt_id=None)
    )
    for attempt in session.scalars(select(Attempt).where(mine)):
        session.delete(attempt)
    session.flush()
