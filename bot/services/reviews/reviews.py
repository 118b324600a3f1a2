"""Reviews that officers do in the console, laid over what the files say of an article.

The files stay the master: a review counts for the text that was read, and until a later one stands
in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from bot.domain.clock import VIETNAM
from bot.domain.office.roles import Role, sees
from bot.domain.review import review_due
from bot.domain.talk.verdict import Verdict
from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge
from bot.storage.models import AnswerVerdict, ArticleReview, Officer


class ReviewRefused(Exception):
    """The review cannot be written down. `reason`: article, moved, office."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Thumbs:
    """How many owners pressed each thumb under an article."""

    up: int = 0
    down: int = 0


class ReviewService:
    """Writes reviews down and reads them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def review(
        self, knowledge: Knowledge, article_id: str, mark: str, officer: Officer, *, now: datetime
    ) -> None:
        """Notes that a person read an article and found it right; pressed twice a day it is one.

        Raises:
            ReviewRefused: the article is gone, tells something else by now, or is another office's.
        """
        article = knowledge.articles.get(article_id)
        if article is None:
            raise ReviewRefused("article")
        if article.mark != mark:
            raise ReviewRefused("moved")
        if not sees(Role(officer.role), officer.office, knowledge.looked_after_by(article)):
            raise ReviewRefused("office")
        today = now.astimezone(VIETNAM).date()
        known = self._session.scalar(
            select(ArticleReview.id).where(
                ArticleReview.article == article_id,
                ArticleReview.mark == mark,
                ArticleReview.officer_id == officer.id,
                ArticleReview.reviewed_on == today,
            )
        )
        if known is None:
            self._session.add(
                ArticleReview(
                    article=article_id,
                    mark=mark,
                    officer_id=officer.id,
                    reviewed_on=today,
                    at=now,
                )
            )

    def of(self, article_id: str) -> list[ArticleReview]:
        """The reviews of an article with their people, the newest first."""
        query = (
            select(ArticleReview)
            .where(ArticleReview.article == article_id)
            .options(selectinload(ArticleReview.officer))
        )
        return list(self._session.scalars(query.order_by(ArticleReview.id.desc())))

    def thumbs(self) -> Mapping[str, Thumbs]:
        """The thumbs under each article that got any."""
        rows = self._session.execute(
            select(AnswerVerdict.article, AnswerVerdict.verdict, func.count()).group_by(
                AnswerVerdict.article, AnswerVerdict.verdict
            )
        )
        found: dict[str, Thumbs] = {}
        for article, verdict, count in rows:
            before = found.get(article, Thumbs())
            name = "up" if verdict == Verdict.UP else "down"
            found[article] = replace(before, **{name: count})
        return found


def review_stamp(session: Session) -> int | None:
    """Another one after each review."""
    return session.scalar(select(func.max(ArticleReview.id)))


def lay_reviews(session: Session, knowledge: Knowledge) -> Knowledge:
    """The knowledge with the newest reviews of the texts that it holds."""
    rows = session.execute(
        select(
            ArticleReview.article, ArticleReview.mark, ArticleReview.reviewed_on, Officer.full_name
        )
        .join(Officer, Officer.id == ArticleReview.officer_id)
        .order_by(ArticleReview.reviewed_on, ArticleReview.id)
    )
    articles = dict(knowledge.articles)
    for article_id, mark, on, name in rows:
        article = articles.get(article_id)
        if article is not None and article.mark == mark and article.reviewed_on <= on:
            articles[article_id] = _reviewed(article, on, name)
    if articles == knowledge.articles:
        return knowledge
    return replace(knowledge, articles=articles)


def _reviewed(article: Article, on: date, name: str) -> Article:
    return article.model_copy(
        update={
            "reviewed_on": on,
            "reviewed_by": name,
            "review_due": review_due(article.id, on),
        }
    )
