"""An officer's steps in tests, with the sentences and the offices of the house."""

from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.office.office_time import DEFAULT_SESSIONS, OfficeCalendar
from bot.knowledge.library import Knowledge, Library
from bot.services.closing.duplicates import DuplicateService
from bot.services.replying.held_replies import HeldReplies
from bot.services.requests.cases import CaseService
from bot.settings import ROOT
from bot.storage.models import Delivery, Message, Request
from bot.texts import default_texts


class EveryDay:
    """A calendar whose office sits every day."""

    def __contains__(self, _day: object) -> bool:
        return True


EVERY_DAY = OfficeCalendar(EveryDay(), DEFAULT_SESSIONS)


def cases(session: Session) -> CaseService:
    """What officers do with cases."""
    return CaseService(session, default_texts(), _knowledge())


def duplicates(session: Session) -> DuplicateService:
    """What officers do with requests that ask the same."""
    return DuplicateService(session, default_texts(), _knowledge())


def held_replies(session: Session, files: Path) -> HeldReplies:
    """The replies that officers may still take back."""
    return HeldReplies(session, default_texts(), _knowledge(), files)


def told(session: Session, request: Request) -> list[Message]:
    """What went out to the owner about a request, each with a delivery."""
    return list(
        session.scalars(
            select(Message)
            .join(Delivery, Delivery.message_id == Message.id)
            .where(Message.request_id == request.id)
            .order_by(Message.id)
        )
    )


@cache
def _knowledge() -> Knowledge:
    return Library(ROOT / "knowledge_base").current
