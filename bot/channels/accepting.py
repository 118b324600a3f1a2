"""The one way in, as channels call it: foreseen, stored in one transaction, told to the workers."""

import asyncio
from collections.abc import Callable, Sequence

from bot import signals
from bot.channels.channel import Accept, UploadRefused
from bot.domain.input.file_name import safe_name
from bot.domain.talk.messages import InboundEvent
from bot.house import House
from bot.services.inbound.reception import LetIn, Reception, everybody
from bot.services.messaging.files import FileRefused, FileService, Upload

Foresee = Callable[[str], None]


def accept_into(house: House, foresee: Foresee = lambda _: None) -> Accept:
    """The `Accept` of a house.

    `foresee` hears the words first: the search may begin while they are made durable.
    """

    async def accept(
        event: InboundEvent, uploads: Sequence[Upload] = (), let_in: LetIn = everybody
    ) -> bool:
        foresee(event.text)
        conversation_id = await asyncio.to_thread(_store, house, event, uploads, let_in)
        if conversation_id is None:
            return False
        house.signals.notify(signals.INBOX, signals.conversation(conversation_id), signals.CONSOLE)
        return True

    return accept


def _store(
    house: House, event: InboundEvent, uploads: Sequence[Upload], let_in: LetIn
) -> str | None:
    try:
        with house.database.transaction() as session:
            files = FileService(session, house.settings.files_dir)
            reception = Reception(session, files, file_limit=house.settings.max_upload_bytes)
            return reception.accept(event, now=house.clock(), uploads=uploads, let_in=let_in)
    except FileRefused as refused:
        raise UploadRefused(refused.reason, _why_refused(house, refused)) from refused


def _why_refused(house: House, refused: FileRefused) -> str:
    """What the owner reads about a file that was not taken."""
    return house.texts.say(
        f"channels.file_{refused.reason}",
        name=safe_name(refused.name),
        limit=house.settings.max_upload_mb,
    )
