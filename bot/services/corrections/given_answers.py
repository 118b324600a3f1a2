"""Which conversation was given which article when, by the mark of its text then."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, distinct, func, select
from sqlalchemy.orm import Session

from bot.domain.correction import REMEMBERED, LastGiven
from bot.domain.talk.understanding import GivenArticle
from bot.storage.models import Conversation, CorrectionNotice, GivenAnswer, Message

PIECE = 1000
"""Rows that are forgotten in one transaction: nobody waits long for it."""


@dataclass(frozen=True)
class Holder:
    """A conversation that was given an article, and how it was given it last."""

    conversation_id: str
    channel: str
    article: str
    last: LastGiven


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
        reachable: bool = False,
    ) -> list[Holder]:
        """Who was given an article lately, of all articles or of these, each once an article.

        `reachable`: without those who have blocked us.
        """
        newest = _newest(now)
        if articles is not None:
            newest = newest.where(GivenAnswer.article.in_(articles))
        wanted = _told_last(newest)
        if reachable:
            wanted = wanted.where(Conversation.reachable)
        return [
            Holder(conversation_id, channel, article, LastGiven(mark, at, english))
            for conversation_id, channel, article, mark, at, english in self._session.execute(
                wanted
            )
        ]

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


def _newest(now: datetime) -> Select[int, str]:
    """The message by which each conversation was given each article last."""
    return (
        select(func.max(GivenAnswer.message_id).label("message_id"), GivenAnswer.article)
        .where(GivenAnswer.given_at >= now - REMEMBERED)
        .group_by(GivenAnswer.conversation_id, GivenAnswer.article)
    )


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
        .order_by(GivenAnswer.article, GivenAnswer.conversation_id)
    )
