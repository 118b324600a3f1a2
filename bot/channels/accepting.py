"""The one way in, as channels call it: foreseen, stored in one transaction, worked on at once."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol

from sqlalchemy.orm import Session

from bot import signals
from bot.channels.channel import Accept, UploadRefused
from bot.domain.input.file_name import safe_name
from bot.domain.talk.messages import InboundEvent
from bot.house import House
from bot.services.inbound.reception import Accepted, LetIn, Reception, everybody
from bot.services.messaging.files import FileRefused, FileService, Upload

Foresee = Callable[[str], None]


class Place(Protocol):
    """A worker that is free, and waits for what is being stored."""

    def take(self, session: Session) -> int | None:
        """Takes the oldest event that is due, in the caller's transaction; its id."""
        ...


Places = Callable[[], AbstractAsyncContextManager[Place | None]]
"""Keeps a worker free during a block and lets it begin at its end; None where all are busy."""


def nobody() -> AbstractAsyncContextManager[Place | None]:
    """No worker is here: what is stored is looked for."""
    return nullcontext(None)


def accept_into(house: House, foresee: Foresee = lambda _: None, places: Places = nobody) -> Accept:
    """The `Accept` of a house.

    `foresee` hears the words first: the search may begin while they are made durable. A worker of
    `places` takes the event along in the transaction that stores it, which spares it another.
    """
    under_way: set[asyncio.Task[bool]] = set()

    async def accept(
        event: InboundEvent, uploads: Sequence[Upload] = (), let_in: LetIn = everybody
    ) -> bool:
        foresee(event.text)
        task = asyncio.create_task(_take_in(house, places, event, uploads, let_in))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        # Whoever stops waiting: what is stored is worked on.
        return await asyncio.shield(task)

    return accept


async def _take_in(
    house: House, places: Places, event: InboundEvent, uploads: Sequence[Upload], let_in: LetIn
) -> bool:
    async with places() as place:
        accepted, taken = await asyncio.to_thread(_store, house, event, uploads, let_in, place)
    if accepted is None:
        return False
    news = [signals.conversation(accepted.conversation_id), signals.CONSOLE]
    if taken != accepted.event_id:
        news.append(signals.INBOX)
    house.signals.notify(*news)
    return True


def _store(
    house: House,
    event: InboundEvent,
    uploads: Sequence[Upload],
    let_in: LetIn,
    place: Place | None,
) -> tuple[Accepted | None, int | None]:
    """What was stored, None where it was known; and the event that the worker took along."""
    try:
        with house.database.transaction() as session:
            files = FileService(session, house.settings.files_dir)
            reception = Reception(session, files, file_limit=house.settings.max_upload_bytes)
            accepted = reception.accept(event, now=house.clock(), uploads=uploads, let_in=let_in)
            if accepted is None or place is None:
                return accepted, None
            return accepted, place.take(session)
    except FileRefused as refused:
        raise UploadRefused(refused.reason, _why_refused(house, refused)) from refused


def _why_refused(house: House, refused: FileRefused) -> str:
    """What the owner reads about a file that was not taken."""
    return house.texts.say(
        f"channels.file_{refused.reason}",
        name=safe_name(refused.name),
        limit=house.settings.max_upload_mb,
    )
