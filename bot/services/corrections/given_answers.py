"""Which conversation was given which article when, by the mark of its text then."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, delete, distinct, func, select
from sqlalchemy.orm import Session

from bot.domain.correction import REMEMBERED, Audience, LastGiven
from bot.domain.talk.understanding import GivenArticle
from bot.storage.models import (
    Conversation,
    Correction,
    CorrectionNotice,
    GivenAnswer,
    Message,
)

PIECE = 1000
"""Rows that are forgotten in one transaction: nobody waits long for it."""


@dataclass(frozen=True)
class Holder:
    """A conversation that was given an article, and how it was given it last."""

    conversation_id: str
    channel: str
    article: str
    last: LastGiven


@dataclass(frozen=True)
class HeldText:
    """How many reachable conversations of a channel hold an article in one text.

    `english`: how many of them in English. `oldest`: when the first of them was given it.
    """

    article: str
    mark: str
    channel: str
    count: int
    english: int
    oldest: datetime


class GivenAnswers:
    """Notes what is given, and tells who holds what. Of who was erased nothing is left."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, message: Message, given: Iterable[GivenArticle]) -> None:
        """Writes down what a message tells; noted already: a no-op."""
        for one in given:
            if self._session.get(GivenAnswer, (message.id, one.article)) is None:
                self._session.add(
                    GivenAnswer(
                        message_id=message.id,
                        article=one.article,
                        mark=one.mark,
                        english=one.english,
                        conversation_id=message.conversation_id,
                        given_at=message.created_at,
                    )
                )

    def holders(
        self,
        *,
        now: datetime,
        articles: Sequence[str] | None = None,
    ) -> list[Holder]:
        """Who was given an article lately, of all articles or of these, each once an article."""
        wanted = _told_last(_newest(now, articles))
        return [
            Holder(conversation_id, channel, article, LastGiven(mark, at, english))
            for conversation_id, channel, article, mark, at, english in self._session.execute(
                wanted.order_by(GivenAnswer.article, GivenAnswer.conversation_id)
            )
        ]

    def texts_held(self, *, now: datetime, articles: Sequence[str] | None = None) -> list[HeldText]:
        """In which texts articles are held, counted by the database."""
        last = _told_last(_newest(now, articles)).where(Conversation.reachable).subquery()
        by_text = (last.c.article, last.c.mark, last.c.channel)
        counted = (
            select(
                *by_text,
                func.count(),
                func.sum(case((last.c.english, 1), else_=0)),
                func.min(last.c.given_at),
            )
            .group_by(*by_text)
            .order_by(*by_text)
        )
        return [HeldText(*row) for row in self._session.execute(counted)]

    def meant_by(self, corrections: Collection[int], *, now: datetime) -> dict[int, int]:
        """How many reachable conversations each of these corrections still means, by its id.

        The rule is that of `Aim.means`, told to the database.
        """
        of_these = Correction.id.in_(corrections)
        articles = select(Correction.article).where(of_these)
        last = _told_last(_newest(now, articles)).where(Conversation.reachable).subquery()
        is_older = Correction.decided_at.is_(None) | (last.c.given_at < Correction.decided_at)
        is_meant = (last.c.mark != Correction.mark) | (
            (Correction.audience == Audience.EVERYONE) & (last.c.given_at < Correction.written_at)
        )
        counted = (
            select(Correction.id, func.count())
            .join(last, last.c.article == Correction.article)
            .where(of_these, is_older, is_meant)
            .group_by(Correction.id)
        )
        return dict(self._session.execute(counted).all())

    def next_holders(
        self, article: str, *, since: datetime, behind: str, limit: int
    ) -> Sequence[str]:
        """The ids of conversations that were given an article since, in their order."""
        return self._session.scalars(
            select(GivenAnswer.conversation_id)
            .where(
                GivenAnswer.article == article,
                GivenAnswer.given_at >= since,
                GivenAnswer.conversation_id > behind,
            )
            .distinct()
            .order_by(GivenAnswer.conversation_id)
            .limit(limit)
        ).all()

    def last(self, conversation_id: str, article: str) -> LastGiven | None:
        """How a conversation was given an article last, or None."""
        row = self._session.scalar(
            select(GivenAnswer)
            .where(GivenAnswer.conversation_id == conversation_id, GivenAnswer.article == article)
            .order_by(GivenAnswer.message_id.desc())
            .limit(1)
        )
        return None if row is None else LastGiven(row.mark, row.given_at, row.english)

    def articles_of(self, conversation_id: str, *, now: datetime) -> int:
        """How many articles a conversation was given lately."""
        given = select(func.count(distinct(GivenAnswer.article))).where(
            GivenAnswer.conversation_id == conversation_id,
            GivenAnswer.given_at >= now - REMEMBERED,
        )
        return self._session.scalar(given) or 0

    def forget(self, conversation_id: str) -> None:
        """Nothing of the conversation is left: it is counted nowhere any more."""
        for table in (GivenAnswer, CorrectionNotice):
            self._session.execute(delete(table).where(table.conversation_id == conversation_id))

    def forget_old(self, *, now: datetime) -> bool:
        """Forgets a piece of what is past remembering; whether more may be left."""
        old = (
            select(GivenAnswer.message_id, GivenAnswer.article)
            .where(GivenAnswer.given_at < now - REMEMBERED)
            .order_by(GivenAnswer.given_at)
            .limit(PIECE)
        )
        rows = self._session.execute(old).all()
        self._session.execute(
            delete(GivenAnswer).where(
                GivenAnswer.message_id.in_({row.message_id for row in rows}),
                GivenAnswer.given_at < now - REMEMBERED,
            )
        )
        return len(rows) == PIECE


def by_channel(holders: Iterable[Holder]) -> dict[str, int]:
    """How many of each channel, by its name."""
    return dict(sorted(Counter(one.channel for one in holders).items()))


def _newest(now: datetime, articles: Sequence[str] | Select[str] | None = None) -> Select[int, str]:
    """The message by which each conversation was given each article last, or each of these."""
    newest = (
        select(func.max(GivenAnswer.message_id).label("message_id"), GivenAnswer.article)
        .where(GivenAnswer.given_at >= now - REMEMBERED)
        .group_by(GivenAnswer.conversation_id, GivenAnswer.article)
    )
    return newest if articles is None else newest.where(GivenAnswer.article.in_(articles))


def _told_last(
    newest: Select[int, str],
) -> Select[str, str, str, str, datetime, bool]:
    last = newest.subquery()
    return (
        select(
            GivenAnswer.conversation_id,
            Conversation.channel,
            GivenAnswer.article,
            GivenAnswer.mark,
            GivenAnswer.given_at,
            GivenAnswer.english,
        )
        .join(
            last,
            (GivenAnswer.message_id == last.c.message_id) & (GivenAnswer.article == last.c.article),
        )
        .join(Conversation, Conversation.id == GivenAnswer.conversation_id)
    )
