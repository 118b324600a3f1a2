"""The thumbs that owners pressed under answers."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.input import lengths
from bot.storage.base import Base


class AnswerVerdict(Base):
    """One an answer: a later press changes it. `verdict` is a `domain.verdict.Verdict`."""

    __tablename__ = "answer_verdicts"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    article: Mapped[str] = mapped_column(String(lengths.ARTICLE_ID), default="")
    verdict: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime]
