"""Corrections: written by one person, approved by another, then told once to whom they concern.

CorrectionRefused: the step is not open; its reason names the sentence `correction.refused_…`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.correction import Aim, Audience, CorrectionState, TextFault, text_fault
from bot.domain.jobs import JobKind
from bot.knowledge.library import Knowledge
from bot.services.corrections.given_answers import GivenAnswers
from bot.services.upkeep.jobs import JobService
from bot.storage.models import Correction, Officer


class CorrectionRefused(Exception):
    """The step is not open.

    `reason`: gone, article, moved, empty, long, blank, nobody, waiting, own, approved, withdrawn,
    idle.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class CorrectionDraft:
    """What to tell whom. `mark`: what the article told when its author read it."""

    article: str
    mark: str
    audience: Audience
    text: str
    english: str = ""


class CorrectionService:
    """Takes a correction from one state to the next. `knowledge`: what is served now."""

    def __init__(self, session: Session, knowledge: Knowledge) -> None:
        self._session = session
        self._knowledge = knowledge

    def propose(self, draft: CorrectionDraft, officer: Officer, *, now: datetime) -> Correction:
        """Puts a correction before the others.

        Raises:
            CorrectionRefused: its text, its article or its audience is not there.
        """
        self._check_article(draft.article, draft.mark, now)
        _check_text(draft.text)
        if draft.english:
            _check_text(draft.english)
        correction = Correction(
            article=draft.article,
            mark=draft.mark,
            audience=draft.audience,
            text=draft.text,
            english=draft.english,
            state=CorrectionState.PROPOSED,
            written_by=officer.id,
            written_at=now,
        )
        try:
            with self._session.begin_nested():
                self._session.add(correction)
                self._session.flush()
                if not GivenAnswers(self._session).meant_by([correction.id], now=now):
                    raise CorrectionRefused("nobody")
        except IntegrityError:
            # One an article waits at a time, also where two people write at once.
            raise CorrectionRefused("waiting") from None
        return correction

    def approve(self, correction_id: int, officer: Officer, *, now: datetime) -> Correction:
        """Lets it be told, from now on in the background.

        Raises:
            CorrectionRefused: it is decided, one's own, or its article has changed again.
        """
        correction = self._proposed(correction_id)
        if correction.written_by == officer.id:
            raise CorrectionRefused("own")
        self._check_article(correction.article, correction.mark, now)
        self._decide(correction, CorrectionState.APPROVED, officer, now)
        JobService(self._session).schedule(JobKind.TELL_CORRECTION, str(correction.id), due_at=now)
        return correction

    def withdraw(self, correction_id: int, officer: Officer, *, now: datetime) -> Correction:
        """Gives it up before anybody was told.

        Raises:
            CorrectionRefused: it is decided.
        """
        correction = self._proposed(correction_id)
        self._decide(correction, CorrectionState.WITHDRAWN, officer, now)
        return correction

    def try_again(self, correction_id: int, *, now: datetime) -> None:
        """Lets a telling that was given up begin again where it stopped; else a no-op.

        Raises:
            CorrectionRefused: it is not one that is told.
        """
        correction = self._held(correction_id)
        if correction.state != CorrectionState.APPROVED:
            raise CorrectionRefused("idle")
        JobService(self._session).try_again(JobKind.TELL_CORRECTION, str(correction.id), now=now)

    def _check_article(self, article_id: str, mark: str, now: datetime) -> None:
        fault = fault_of_article(self._knowledge, article_id, mark, now=now)
        if fault is not None:
            raise CorrectionRefused(fault)

    def _decide(
        self, correction: Correction, state: CorrectionState, officer: Officer, now: datetime
    ) -> None:
        correction.state = state
        correction.decided_by = officer.id
        correction.decided_at = now

    def _proposed(self, correction_id: int) -> Correction:
        correction = self._held(correction_id)
        if correction.state == CorrectionState.WITHDRAWN:
            raise CorrectionRefused("withdrawn")
        if correction.state != CorrectionState.PROPOSED:
            raise CorrectionRefused("approved")
        return correction

    def _held(self, correction_id: int) -> Correction:
        correction = self._session.scalar(
            select(Correction)
            .where(Correction.id == correction_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if correction is None:
            raise CorrectionRefused("gone")
        return correction


def aim_of(correction: Correction) -> Aim:
    """Whom a correction means."""
    return Aim(
        correction.mark, Audience(correction.audience), correction.written_at, correction.decided_at
    )


def fault_of_article(
    knowledge: Knowledge, article_id: str, mark: str, *, now: datetime
) -> str | None:
    """Why a correction of an article cannot be told, or None: its button must open what it says.

    `article`: it is not there, or not served today. `moved`: it tells something else by now.
    """
    article = knowledge.articles.get(article_id)
    if article is None or not knowledge.is_served(article, now.astimezone(VIETNAM).date()):
        return "article"
    return None if article.mark == mark else "moved"


def _check_text(text: str) -> None:
    fault = text_fault(text)
    if fault is TextFault.EMPTY:
        raise CorrectionRefused("empty")
    if fault is TextFault.LONG:
        raise CorrectionRefused("long")
    if fault is TextFault.BLANK:
        raise CorrectionRefused("blank")
