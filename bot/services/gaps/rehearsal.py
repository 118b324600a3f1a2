"""Tries a proposal before it is served: the search is built aside, with it laid in."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from bot.domain.text.plain import plain
from bot.knowledge.additions.additions import Additions, lay_over
from bot.knowledge.library import Knowledge
from bot.search.retriever import Retriever
from bot.search.vectors.embedder import Embedder
from bot.services.gaps.approved_additions import additions_of, approved_additions
from bot.services.gaps.regressions import Case, Fall, RegressionService, falls
from bot.storage.models import GapConclusion


class Rehearsal:
    """`embedder` is asked for at the first try: most applications never need one."""

    def __init__(self, embedder: Callable[[], Embedder | None]) -> None:
        self._embedder = embedder

    def falls(self, files: Knowledge, additions: Additions, cases: Sequence[Case]) -> list[Fall]:
        """The cases that would not hold."""
        retriever = Retriever(lay_over(files, additions), self._embedder())
        return falls(retriever, cases)


def what_would_be(
    session: Session, conclusion: GapConclusion
) -> tuple[Additions, list[Case], list[Case]]:
    """The additions with one more conclusion, its own cases, and those that must still hold."""
    again = {plain(text) for text in conclusion.texts}
    replaced = conclusion.replaces_id
    additions = approved_additions(session, but=again, replaced=replaced)
    additions += additions_of([conclusion])
    own = [Case(str(text), conclusion.article) for text in conclusion.texts]
    kept = RegressionService(session).cases(but=replaced)
    earlier = [case for case in kept if plain(case.text) not in again]
    return additions, own, earlier
