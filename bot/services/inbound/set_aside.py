"""What a channel brought and we could not take: kept as it came, for an administrator to see."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.storage.models import SetAsideUpdate

RAW_LIMIT = 20_000
"""Characters kept of one: Telegram's longest message is a few thousand."""

DETAIL_LIMIT = 500
MOST_KEPT = 500
"""The newest ones; a flood of what cannot be read must not fill the disk."""

CHAT_KEY_LENGTH = 200

_PUT = {
    name: dialect.insert(SetAsideUpdate).on_conflict_do_nothing(
        index_elements=["channel", "digest"]
    )
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


class Reason(StrEnum):
    """Why something was set aside."""

    UNREADABLE = "unreadable"
    UNSTORABLE = "unstorable"


@dataclass(frozen=True)
class Untaken:
    """`raw`: what came, of any shape that JSON has; `chat_key`: empty where none is named."""

    channel: str
    chat_key: str
    raw: Any
    reason: Reason
    detail: str


class SetAsideService:
    """Keeps what could not be taken, each once, and who has seen it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, untaken: Untaken, *, now: datetime) -> None:
        """Keeps one; set aside before and come again, it is a no-op."""
        raw = legible(untaken.raw)
        self._session.execute(
            _PUT[self._session.get_bind().dialect.name],
            {
                "channel": untaken.channel,
                "chat_key": untaken.chat_key[:CHAT_KEY_LENGTH],
                "digest": hashlib.sha256(raw.encode()).hexdigest(),
                "reason": untaken.reason,
                "detail": _storable(untaken.detail)[:DETAIL_LIMIT],
                "raw": raw[:RAW_LIMIT],
                "received_at": now,
            },
        )
        self._forget_the_oldest()

    def newest(self) -> Sequence[SetAsideUpdate]:
        """All that are kept, newest first."""
        return self._session.scalars(
            select(SetAsideUpdate).order_by(SetAsideUpdate.id.desc())
        ).all()

    def unseen(self) -> int:
        """How many nobody has looked at."""
        counted = self._session.scalar(
            select(func.count(SetAsideUpdate.id)).where(SetAsideUpdate.seen_at.is_(None))
        )
        return counted or 0

    def see(self, row_id: int, *, now: datetime) -> None:
        """Marks one as looked at; seen before, or not there any more: a no-op."""
        self._session.execute(
            update(SetAsideUpdate)
            .where(SetAsideUpdate.id == row_id, SetAsideUpdate.seen_at.is_(None))
            .values(seen_at=now)
        )

    def see_all(self, newest_id: int, *, now: datetime) -> None:
        """Marks those up to the newest one that was shown: what came since was not looked at."""
        self._session.execute(
            update(SetAsideUpdate)
            .where(SetAsideUpdate.id <= newest_id, SetAsideUpdate.seen_at.is_(None))
            .values(seen_at=now)
        )

    def forget(self, channel: str, chat_key: str) -> None:
        """Erases what came of a chat."""
        self._session.execute(
            delete(SetAsideUpdate).where(
                SetAsideUpdate.channel == channel, SetAsideUpdate.chat_key == chat_key
            )
        )

    def _forget_the_oldest(self) -> None:
        first_too_many = self._session.scalar(
            select(SetAsideUpdate.id).order_by(SetAsideUpdate.id.desc()).offset(MOST_KEPT).limit(1)
        )
        if first_too_many is not None:
            self._session.execute(delete(SetAsideUpdate).where(SetAsideUpdate.id <= first_too_many))


def legible(raw: Any) -> str:
    """A JSON value as text that any database stores and a person reads; nothing of it is lost."""
    return _storable(json.dumps(raw, ensure_ascii=False, indent=1))


def _storable(text: str) -> str:
    """Half surrogate pairs and NUL written out: no database stores them as they are."""
    written = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return written.replace("\x00", "\\u0000")
