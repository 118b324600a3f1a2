"""A stand-in for the dialogue: takes events from the inbox and answers from a script."""

import asyncio
from collections.abc import Callable

from bot import signals
from bot.domain.talk.messages import InboundEvent, OutgoingMessage
from bot.house import House
from bot.services.inbound.inbox import InboxService
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService

Script = Callable[[InboundEvent], OutgoingMessage]


class ScriptedWorker:
    """Answers every event with what the script says."""

    def __init__(self, house: House, script: Script) -> None:
        self._house = house
        self._script = script
        self.seen: list[InboundEvent] = []

    def work(self) -> int:
        """Answers all that waits; how many."""
        done = 0
        while self._one():
            done += 1
        return done

    async def run(self) -> None:
        """Answers until cancelled."""
        while True:
            since = self._house.signals.count(signals.INBOX)
            if not await asyncio.to_thread(self.work):
                await self._house.signals.wait(signals.INBOX, since=since, timeout=1)

    def _one(self) -> bool:
        now = self._house.clock()
        with self._house.database.transaction() as session:
            inbox = InboxService(session)
            taken = inbox.take("script", now=now)
            if taken is None:
                return False
            self.seen.append(taken.event)
            TranscriptService(session).say(
                ConversationService(session).get(taken.conversation_id),
                self._script(taken.event),
                author=Author.BOT,
                cause=taken.cause,
                now=now,
            )
            inbox.finish(taken, now=now)
        self._house.signals.notify(signals.OUTBOX)
        return True


def say(house: House, conversation_id: str, message: OutgoingMessage, cause: str) -> int:
    """Queues a message of the bot; its id."""
    with house.database.transaction() as session:
        row = TranscriptService(session).say(
            ConversationService(session).get(conversation_id),
            message,
            author=Author.BOT,
            cause=cause,
            now=house.clock(),
        )
        message_id = row.id
    house.signals.notify(signals.OUTBOX)
    return message_id
