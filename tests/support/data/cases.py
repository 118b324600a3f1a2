"""An officer's steps in tests, with the sentences and the offices of the house."""

from functools import cache

from sqlalchemy.orm import Session

from bot.knowledge.library import Knowledge, Library
from bot.services.requests.cases import CaseService
from bot.settings import ROOT
from bot.texts import default_texts


def cases(session: Session) -> CaseService:
    """What officers do with cases."""
    return CaseService(session, default_texts(), _knowledge())


@cache
def _knowledge() -> Knowledge:
    return Library(ROOT / "knowledge_base").current
