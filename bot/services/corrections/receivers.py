"""Who was given articles lately, counted: what a change of them concerns."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot.knowledge.library import Knowledge
from bot.services.corrections.given_answers import GivenAnswers, by_channel


@dataclass(frozen=True)
class Receivers:
    """Conversations by channel; `older`: how many of them hold another text than today's."""

    channels: Mapping[str, int] = field(default_factory=dict)
    older: int = 0


@dataclass(frozen=True)
class AllReceivers:
    """The receivers of each article that anybody was given, and how many conversations in all."""

    articles: Mapping[str, Receivers]
    conversations: int

    def of(self, article: str) -> Receivers:
        """Who was given an article."""
        return self.articles.get(article, Receivers())


def receivers(
    session: Session, knowledge: Knowledge, articles: Collection[str], *, now: datetime
) -> AllReceivers:
    """Who was given these articles in the days that are remembered."""
    holders = GivenAnswers(session).holders(now=now, articles=list(articles))
    found = {}
    for article in sorted({one.article for one in holders}):
        own = [one for one in holders if one.article == article]
        known = knowledge.articles.get(article)
        older = sum(known is None or one.last.mark != known.mark for one in own)
        found[article] = Receivers(by_channel(own), older)
    return AllReceivers(found, len({one.conversation_id for one in holders}))
