"""What people say of articles: thumbs of owners under answers, reviews of officers."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.storage.base import Base
from bot.storage.models.officer import Officer


class AnswerVerdict(Base):
    """One an answer: a later press changes it. `verdict` is a `domain.verdict.Verdict`."""

    __tablename__ = "answer_verdicts"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    article: Mapped[str] = mapped_column(String(lengths.ARTICLE_ID), default="")
    verdict: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime]


class ArticleReview(Base):
    """A person read an article and found it right; `mark` is that of the text she read."""

    __tablename__ = "article_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    article: Mapped[str] = mapped_column(String(lengths.ARTICLE_ID), index=True)
    mark: Mapped[str] = mapped_column(String(20))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    reviewed_on: Mapped[date]
    at: Mapped[datetime]

    officer: Mapped[Officer] = relationship()
