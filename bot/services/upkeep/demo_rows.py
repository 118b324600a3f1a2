"""Which rows are made up: known one by one, never by what they are called."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, String, cast, exists, insert, select
from sqlalchemy.orm import Session

from bot.storage.models import Conversation, DemoRow, Request


class DemoKind(StrEnum):
    """What is marked. All else that is made up hangs on one of these."""

    OFFICER = "officer"
    CONVERSATION = "conversation"
    ENTERPRISE = "enterprise"
    CAMPAIGN = "campaign"
    CANNED = "canned"


class DemoRows:
    """Marks rows and finds them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def mark(self, kind: DemoKind, keys: Iterable[int | str], *, now: datetime) -> None:
        """These rows are made up."""
        rows = [{"kind": kind, "key": str(key), "made_at": now} for key in keys]
        if rows:
            self._session.execute(insert(DemoRow), rows)

    def is_there(self) -> bool:
        """Whether anything made up is kept here."""
        return bool(self._session.scalar(select(exists().where(DemoRow.kind.is_not(None)))))

    def has_real_cases(self) -> bool:
        """Whether somebody real ever filed a request here."""
        real = Request.conversation_id.not_in(marked(DemoKind.CONVERSATION))
        return bool(self._session.scalar(select(exists().where(real))))

    def made_up(self, request_ids: Iterable[int]) -> set[int]:
        """Those of some requests that are made up: nobody is written to for them."""
        wanted = select(Request.id).where(
            Request.id.in_(list(request_ids)),
            Request.conversation_id.in_(marked(DemoKind.CONVERSATION)),
        )
        return set(self._session.scalars(wanted))


def marked(kind: DemoKind) -> Select[Any]:
    """The keys of marked rows, as words."""
    return select(DemoRow.key).where(DemoRow.kind == kind)


def marked_rows(kind: DemoKind, key: Any) -> Select[Any]:
    """The keys of marked rows of a table, as the table has them."""
    if key.class_ is Conversation:
        return select(key).where(key.in_(marked(kind)))
    return select(key).where(cast(key, String).in_(marked(kind)))
