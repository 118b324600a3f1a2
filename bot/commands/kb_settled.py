"""What officers settled, from the command line: what no longer holds, and taking it into files."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot.commands.groundwork.installed import installed_database
from bot.domain.talk.gap import ConclusionKind
from bot.domain.talk.understanding import Outcome
from bot.evaluation.asking.evaluation_set import EvaluationSet, LabelledMessage
from bot.knowledge.additions.taking_in import (
    CannotTakeIn,
    take_in_article,
    take_in_not_ours,
    take_in_phrasing,
    take_out_article,
    take_out_not_ours,
    take_out_phrasing,
)
from bot.knowledge.library import Knowledge
from bot.services.gaps.approved_additions import (
    additions_to_take_out,
    article_of,
    known_conclusion,
    not_taken_in,
    to_take_out,
)
from bot.services.gaps.conclusions import mark_taken_in, mark_taken_out
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
    """Brings the files to what is approved; a line for each step. What cannot be waits.

    Each conclusion is marked in a transaction of its own: a broken run is simply run again. What is
    approved goes in before what holds no more goes out, as a later version takes an earlier one's
    place in its file.
    """
    with database.reading() as session:
        new = [conclusion.id for conclusion in not_taken_in(session)]
    for conclusion_id in new:
        with database.transaction() as session:
            yield _take_in(session, conclusion_id, folder, now)
    with database.reading() as session:
        old = [conclusion.id for conclusion in to_take_out(session)]
    for conclusion_id in old:
        with database.transaction() as session:
            yield _take_out(session, conclusion_id, folder)


def _take_in(session: Session, conclusion_id: int, folder: Path, now: datetime) -> str:
    conclusion = known_conclusion(session, conclusion_id)
    earlier = [
        one
        for one in to_take_out(session)
        if one.draft is not None and one.article == conclusion.article
    ]
    try:
        files = _written(conclusion, folder, earlier)
    except CannotTakeIn as why:
        return f"left in the database: {why}"
    mark_taken_in(session, [conclusion_id], now=now)
    if conclusion.draft is not None:
        mark_taken_out(session, [one.id for one in earlier])
    return f"taken in: {', '.join(sorted({str(file) for file in files}))}"


def _written(conclusion: GapConclusion, folder: Path, earlier: list[GapConclusion]) -> list[Path]:
    texts = [str(text) for text in conclusion.texts]
    if conclusion.kind == ConclusionKind.OUT_OF_SCOPE:
        return [take_in_not_ours(folder, text) for text in texts]
    article = article_of(conclusion)
    if article is not None:
        versions = [one for row in earlier if (one := article_of(row)) is not None]
        return [take_in_article(folder, article, versions)]
    return [take_in_phrasing(folder, conclusion.article, text) for text in texts]


def _take_out(session: Session, conclusion_id: int, folder: Path) -> str:
    back = additions_to_take_out(session, conclusion_id)
    try:
        for article in back.back_articles:
            take_out_article(folder, article)
        for phrasing in back.back_phrasings:
            take_out_phrasing(folder, phrasing.article, phrasing.text)
        for text in back.back_not_ours:
            take_out_not_ours(folder, text)
    except CannotTakeIn as why:
        return f"left in the files: {why}"
    mark_taken_out(session, [conclusion_id])
    named = [*(one.id for one in back.back_articles), *(one.text for one in back.back_phrasings)]
    return f"taken out: {', '.join((*named, *back.back_not_ours)) or 'nothing is left of it'}"


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
