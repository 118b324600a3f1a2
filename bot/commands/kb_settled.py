"""What officers settled, from the command line: what no longer holds, and taking it into files."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot.commands.groundwork.installed import installed_database
from bot.domain.talk.gap import ConclusionKind
from bot.domain.talk.understanding import Outcome
from bot.evaluation.asking.evaluation_set import EvaluationSet, LabelledMessage
from bot.knowledge.additions.added_article import AddedArticle
from bot.knowledge.additions.taking_in import (
    CannotTakeIn,
    take_in_article,
    take_in_not_ours,
    take_in_phrasing,
    with_phrasings,
)
from bot.knowledge.library import Knowledge
from bot.services.gaps.approved_additions import not_taken_in
from bot.services.gaps.conclusions import ConclusionService, mark_taken_in
from bot.services.gaps.regressions import RegressionService
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.models import GapConclusion

GAPS = "gaps"
"""The name of the evaluation set that settled questions make."""


def settled_failures(settings: Settings) -> list[str]:
    """A line for each settled question that failed when it was last tried."""
    database = installed_database(settings)
    if database is None:
        return []
    with database.reading() as session:
        failing = RegressionService(session).failing()
    database.close()
    return [
        f"settled question fails: “{case.text}” needs {case.article or Outcome.OUT_OF_SCOPE}, "
        f"found {case.found or 'nothing'}"
        for case in failing
    ]


def take_in_all(database: Database, folder: Path, *, now: datetime) -> Iterator[str]:
    """Writes what is approved into the files; a line for each. What cannot stays in the database.

    Each conclusion is marked in a transaction of its own: a broken run is simply run again.
    """
    with database.reading() as session:
        ids = [conclusion.id for conclusion in not_taken_in(session)]
    for conclusion_id in ids:
        with database.transaction() as session:
            yield _take_in(session, conclusion_id, folder, now)


def _take_in(session: Session, conclusion_id: int, folder: Path, now: datetime) -> str:
    conclusion = ConclusionService(session).known(conclusion_id)
    try:
        files = _written(conclusion, folder)
    except CannotTakeIn as why:
        return f"left in the database: {why}"
    mark_taken_in(session, [conclusion_id], now=now)
    return f"taken in: {', '.join(sorted({str(file) for file in files}))}"


def _written(conclusion: GapConclusion, folder: Path) -> list[Path]:
    texts = [str(text) for text in conclusion.texts]
    if conclusion.kind == ConclusionKind.OUT_OF_SCOPE:
        return [take_in_not_ours(folder, text) for text in texts]
    if conclusion.kind == ConclusionKind.ARTICLE:
        written = AddedArticle.model_validate(conclusion.draft)
        return [take_in_article(folder, with_phrasings(written, texts))]
    return [take_in_phrasing(folder, conclusion.article, text) for text in texts]


def settled_set(database: Database, knowledge: Knowledge) -> EvaluationSet | None:
    """The settled questions as an evaluation set; None where there are none."""
    with database.reading() as session:
        cases = RegressionService(session).cases()
    messages = [
        LabelledMessage(
            id=f"gap-{case.id}",
            text=case.text,
            outcome=_outcome(case.article, knowledge),
            accept=[case.article] if case.article else [],
        )
        for case in cases
    ]
    return EvaluationSet(GAPS, messages) if messages else None


def _outcome(article: str, knowledge: Knowledge) -> Outcome:
    if not article:
        return Outcome.OUT_OF_SCOPE
    known = knowledge.articles.get(article)
    wrong_office = known is not None and known.is_wrong_office
    return Outcome.WRONG_OFFICE if wrong_office else Outcome.ANSWER
