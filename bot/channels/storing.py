"""How a received event becomes durable: one short transaction, then a notice to the workers."""

import asyncio

from bot.channels.channel import Accept
from bot.domain.messages import InboundEvent
from bot.flow import signals
from bot.house import House
from bot.services.inbox import InboxService


def accept_into(house: House) -> Accept:
    """The `Accept` of a house. A duplicate is told by False and changes nothing."""

    async def accept(event: InboundEvent) -> bool:
        conversation_id = await asyncio.to_thread(_store, house, event)
        if conversation_id is None:
            return False
        house.signals.notify(signals.INBOX, signals.conversation(conversation_id), signals.CONSOLE)
        return True

    return accept


def _store(house: House, event: InboundEvent) -> str | None:
    with house.database.transaction() as session:
        return InboxService(session).accept(event, now=house.clock())
