"""The messages of a chat as server-sent events: history first, then each new one, once."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from bot.channels.web_view import view
from bot.domain.messages import ChannelName
from bot.flow import signals
from bot.house import House
from bot.services.conversations import ConversationService
from bot.services.transcript import Author, TranscriptService

KEEP_ALIVE_SECONDS = 15.0
TYPING_SECONDS = 6.0
RETRY_MILLISECONDS = 2000
PAGE = 500
OVERLAP = 30
"""Messages looked at again: with several writers a lower id may be committed after a higher one."""


def chat_subject(chat_key: str) -> str:
    """Wakes the streams of one web chat, also before its conversation exists."""
    return f"web:{chat_key}"


def typing_subject(chat_key: str) -> str:
    """Moves on each time the typing sign of a web chat is to be shown."""
    return f"web-typing:{chat_key}"


@dataclass(frozen=True)
class _Batch:
    conversation_id: str | None
    messages: list[dict[str, Any]]


class ChatStream:
    """One open page. `after`: the id of the last message that it has."""

    def __init__(self, house: House, chat_key: str, after: int) -> None:
        self._house = house
        self._chat_key = chat_key
        self._after = after
        self._shown: deque[int] = deque(maxlen=OVERLAP)
        self._conversation_id: str | None = None
        self._typing_count = house.signals.count(typing_subject(chat_key))
        self._typing_until = 0.0

    async def events(self) -> AsyncIterator[str]:
        """Server-sent events until the reader leaves."""
        yield f"retry: {RETRY_MILLISECONDS}\n\n"
        is_ready = False
        while True:
            counts = self._counts()
            batch = await asyncio.to_thread(self._read)
            for message in batch.messages:
                yield _event("message", message, message["id"])
            if not is_ready:
                yield _event("ready", {})
                is_ready = True
            if (sign := self._typing_sign(batch.messages)) is not None:
                yield _event("typing", {"on": sign})
            if batch.conversation_id != self._conversation_id:
                self._conversation_id = batch.conversation_id
                continue
            if not await self._wait(counts):
                yield ": still here\n\n"

    def _read(self) -> _Batch:
        floor = self._shown[0] if len(self._shown) == OVERLAP else self._after
        with self._house.database.transaction() as session:
            conversation = ConversationService(session).find(ChannelName.WEB, self._chat_key)
            if conversation is None:
                return _Batch(None, [])
            rows = TranscriptService(session).history(conversation.id, after=floor, limit=PAGE)
            fresh = [row for row in rows if row.id not in self._shown]
            self._shown.extend(row.id for row in fresh)
            return _Batch(conversation.id, view(session, self._house.texts, fresh))

    def _typing_sign(self, messages: list[dict[str, Any]]) -> bool | None:
        """True: show it; False: hide it; None: leave it as it is."""
        answered = any(message["author"] != Author.OWNER for message in messages)
        count = self._house.signals.count(typing_subject(self._chat_key))
        moved, self._typing_count = count != self._typing_count, count
        now = asyncio.get_running_loop().time()
        if moved and not answered:
            self._typing_until = now + TYPING_SECONDS
            return True
        if self._typing_until and (answered or now >= self._typing_until):
            self._typing_until = 0.0
            return False
        return None

    def _counts(self) -> dict[str, int]:
        subjects = [chat_subject(self._chat_key)]
        if self._conversation_id is not None:
            subjects.append(signals.conversation(self._conversation_id))
        return {subject: self._house.signals.count(subject) for subject in subjects}

    async def _wait(self, counts: dict[str, int]) -> bool:
        """Whether something moved before it was time for a sign of life."""
        left = self._typing_until - asyncio.get_running_loop().time()
        timeout = max(left, 0.01) if self._typing_until else KEEP_ALIVE_SECONDS
        waits = [
            asyncio.create_task(self._house.signals.wait(subject, since=count, timeout=timeout))
            for subject, count in counts.items()
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return counts != self._counts()


def _event(kind: str, data: dict[str, Any], event_id: int | None = None) -> str:
    head = f"id: {event_id}\n" if event_id is not None else ""
    return f"{head}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
