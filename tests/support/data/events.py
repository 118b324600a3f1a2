"""Inbound events for tests."""

import itertools
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot.domain.talk.messages import Attachment, ChannelName, EventKind, InboundEvent
from bot.services.inbound.reception import Reception
from bot.services.messaging.files import FileService

_numbers = itertools.count(1)


FILE_LIMIT = 10_000


def reception(session: Session, folder: Path = Path("/nowhere")) -> Reception:
    """The way in of a test; files need a folder."""
    return Reception(session, FileService(session, folder), file_limit=FILE_LIMIT)


def inbound(
    text: str = "iso 9001 là gì",
    *,
    now: datetime,
    chat_key: str = "chat-1",
    event_id: str = "",
    channel: ChannelName = ChannelName.WEB,
    kind: EventKind = EventKind.TEXT,
    choice: str = "",
    sender_name: str = "Chị Lan",
    attachments: list[Attachment] | None = None,
    edits: str = "",
) -> InboundEvent:
    """One thing that an owner did; without an `event_id` it is a new one each time."""
    return InboundEvent(
        channel=channel,
        event_id=event_id or f"event-{next(_numbers)}",
        chat_key=chat_key,
        kind=kind,
        text=text,
        choice=choice,
        attachments=attachments or [],
        edits=edits,
        sender_name=sender_name,
        occurred_at=now,
    )
