"""How a received event becomes durable: one short transaction, then a notice to the workers."""

import asyncio
from collections.abc import Callable

from bot import signals
from bot.channels.channel import Accept
from bot.domain.talk.messages import InboundEvent
from bot.house import House
from bot.services.inbound.inbox import InboxService

Foresee = Callable[[str], None]


def accept_into(house: House, foresee: Foresee = lambda _: None) -> Accept:
    """The `Accept` of a house. Returns False for a duplicate, which changes nothing.

    `foresee` hears the words first: the search may begin while they are made durable.
    """

    async def accept(event: InboundEvent) -> bool:
        foresee(event.text)
        conversation_id = await asyncio.to_thread(_store, house, event)
        if conversation_id is None:
            return False
        house.signals.notify(signals.INBOX, signals.conversation(conversation_id), signals.CONSOLE)
        return True

    return accept


def _store(house: House, event: InboundEvent) -> str | None:
    with house.database.transaction() as session:
        return InboxService(session).accept(event, now=house.clock())
