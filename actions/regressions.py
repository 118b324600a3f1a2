"""Tries the settled wordings with a search that has just been built."""

from datetime import datetime

from bot.search.retriever import Retriever
from bot.services.gaps.regressions import RegressionService, falls
from bot.storage.database import Database


def try_again(database: Database, retriever: Retriever, *, now: datetime) -> int:
    """Tries all cases with a search and keeps how they fared; returns how many failed."""
    with database.reading() as session:
        cases = RegressionService(session).cases()
    fallen = falls(retriever, cases)
    with database.transaction() as session:
        RegressionService(session).note(cases, fallen, now=now)
    return len(fallen)
