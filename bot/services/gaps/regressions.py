"""Settled wordings are tried again whenever the search is rebuilt: none of them fails silently."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.search.retriever import Retriever
from bot.storage.models import RegressionCase

NOT_OURS = "out_of_scope"


@dataclass(frozen=True)
class Case:
    """A wording and the article that must come first; empty: settled as not ours."""

    text: str
    article: str
    id: int = 0


@dataclass(frozen=True)
class Fall:
    """A case that does not hold. `found`: what came first instead."""

    case: Case
    found: str


def falls(retriever: Retriever, cases: Sequence[Case]) -> list[Fall]:
    """The cases that a search does not meet."""
    tried = ((case, _found(retriever, case)) for case in cases)
    return [Fall(case, found) for case, found in tried if found != (case.article or NOT_OURS)]


def _found(retriever: Retriever, case: Case) -> str:
    if not case.article:
        settled = retriever.knowledge.settled.find(case.text)
        if settled is None or settled.article is None:
            return NOT_OURS if settled is not None else ""
        return settled.article
    hits = retriever.search(case.text, limit=1)
    return hits[0].article_id if hits else ""


class RegressionService:
    """Keeps how the cases fare."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def cases(self, *, but: int | None = None) -> list[Case]:
        """All of them, oldest first. `but`: a conclusion whose wordings count no more."""
        rows = self._session.scalars(select(RegressionCase).order_by(RegressionCase.id))
        return [Case(row.text, row.article, row.id) for row in rows if row.conclusion_id != but]

    def note(self, tried: Sequence[Case], fallen: Sequence[Fall], *, now: datetime) -> None:
        """Writes down which of the tried cases failed."""
        found = {fall.case.id: fall.found for fall in fallen}
        ids = [case.id for case in tried]
        for row in self._session.scalars(select(RegressionCase).where(RegressionCase.id.in_(ids))):
            row.failing = row.id in found
            row.found = found.get(row.id, "")
            row.tried_at = now

    def failing(self) -> list[RegressionCase]:
        """Those that failed when they were last tried."""
        query = select(RegressionCase).where(RegressionCase.failing).order_by(RegressionCase.id)
        return list(self._session.scalars(query))
