"""The runs that are kept of a conversation: how many there are, and their erasing."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.models import Attempt


def number_of_attempts(session: Session, conversation_id: str) -> int:
    """How many runs of a conversation are kept."""
    query = select(func.count()).select_from(Attempt)
    return session.scalar(query.where(Attempt.conversation_id == conversation_id)) or 0


def forget_attempts(session: Session, conversation_id: str) -> None:
    """Erases the runs of a conversation with their answers: figures and products are personal."""
    for attempt in session.scalars(
        select(Attempt).where(Attempt.conversation_id == conversation_id)
    ):
        session.delete(attempt)
    session.flush()
