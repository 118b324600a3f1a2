"""What the console shows of corrections: what changed since it was given, and who was told."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from bot.domain.clock import VIETNAM
from bot.domain.correction import OPEN, CorrectionState
from bot.domain.jobs import JobKind
from bot.domain.talk.way import LOST, UNDERWAY, DeliveryState
from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge
from bot.services.corrections.given_answers import GivenAnswers
from bot.services.upkeep.jobs import JobService
from bot.storage.models import Correction, CorrectionNotice, Delivery

PAGE_SIZE = 20


@dataclass(frozen=True)
class Changed:
    """An article that tells something else than it told to so many conversations."""

    article: Article
    count: int
    channels: dict[str, int]


@dataclass(frozen=True)
class Recipients:
    """Of an article: who was given it lately, and how many of them with an older text.

    `oldest`, `in_english`: of those who would hear, which are those of an older text where there
    are any: since when one of them has it, and whether one of them has it in English.
    """

    given: int
    older: int
    oldest: datetime | None
    in_english: bool


@dataclass(frozen=True)
class Progress:
    """How many were told, are still to be told, and could not be reached."""

    sent: int
    waiting: int
    lost: int


class CorrectionListService:
    """Reads. `knowledge`: what is served now."""

    def __init__(self, session: Session, knowledge: Knowledge, *, now: datetime) -> None:
        self._session = session
        self._knowledge = knowledge
        self._now = now

    def changed(self) -> list[Changed]:
        """The articles that changed since they were given, those of most conversations first."""
        articles = self._knowledge.articles
        marks = {name: article.mark for name, article in articles.items()}
        found: dict[str, Counter[str]] = {}
        for text in GivenAnswers(self._session).texts_held(now=self._now):
            if text.article in marks and marks[text.article] != text.mark:
                found.setdefault(text.article, Counter())[text.channel] += text.count
        rows = [
            Changed(articles[name], channels.total(), dict(sorted(channels.items())))
            for name, channels in found.items()
        ]
        return sorted(rows, key=lambda row: (-row.count, row.article.id))

    def recipients(self, article: Article) -> Recipients:
        """Who may be told of a change of an article."""
        held = GivenAnswers(self._session).texts_held(now=self._now, articles=[article.id])
        older = [text for text in held if text.mark != article.mark]
        hear = older or held
        return Recipients(
            given=sum(text.count for text in held),
            older=sum(text.count for text in older),
            oldest=min((text.oldest for text in hear), default=None),
            in_english=any(text.english for text in hear),
        )

    def count(self) -> int:
        """How many corrections were ever written."""
        return self._session.scalar(select(func.count(Correction.id))) or 0

    def page(self, page: int = 1) -> Sequence[Correction]:
        """A page of corrections: those that wait for approval first, then the newest."""
        waits = Correction.state != CorrectionState.PROPOSED
        return self._session.scalars(
            select(Correction)
            .options(selectinload(Correction.author), selectinload(Correction.decider))
            .order_by(waits, Correction.id.desc())
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        ).all()

    def waiting_for(self, articles: Collection[str]) -> dict[str, int]:
        """The correction of each of these articles that waits for approval, by its id."""
        rows = self._session.execute(
            select(Correction.article, Correction.id).where(
                Correction.state == CorrectionState.PROPOSED, Correction.article.in_(articles)
            )
        )
        return {row.article: row.id for row in rows}

    def find(self, correction_id: int) -> Correction | None:
        """A correction with its people, or None."""
        return self._session.scalar(
            select(Correction)
            .where(Correction.id == correction_id)
            .options(selectinload(Correction.author), selectinload(Correction.decider))
        )

    def is_given_up(self, correction: Correction) -> bool:
        """Whether the work that tells it has used up its tries."""
        if correction.state != CorrectionState.APPROVED:
            return False
        jobs = JobService(self._session)
        return jobs.is_given_up(JobKind.TELL_CORRECTION, str(correction.id))

    def is_served(self, article: Article) -> bool:
        """Whether its button would open it today."""
        return self._knowledge.is_served(article, self._now.astimezone(VIETNAM).date())

    def progress(self, corrections: Sequence[Correction]) -> dict[int, Progress]:
        """How far each has come, by its id; who was erased since is counted nowhere."""
        ids = [one.id for one in corrections]
        untold = [one.id for one in corrections if one.state in OPEN and one.told_at is None]
        meant = GivenAnswers(self._session).meant_by(untold, now=self._now) if untold else {}
        states: dict[int, Counter[str]] = {one: Counter() for one in ids}
        counted = (
            select(CorrectionNotice.correction_id, Delivery.state, func.count())
            .join(Delivery, CorrectionNotice.message_id == Delivery.message_id)
            .where(CorrectionNotice.correction_id.in_(ids))
            .group_by(CorrectionNotice.correction_id, Delivery.state)
        )
        for correction_id, state, count in self._session.execute(counted):
            states[correction_id][state] = count
        return {
            one: Progress(
                sent=states[one][DeliveryState.SENT],
                waiting=sum(states[one][state] for state in UNDERWAY) + meant.get(one, 0),
                lost=sum(states[one][state] for state in LOST),
            )
            for one in ids
        }
