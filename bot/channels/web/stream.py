"""The messages of a chat as server-sent events: history first, then each new one, once."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.types import Receive, Scope, Send

from bot import signals
from bot.channels.web.view import view
from bot.domain.talk.messages import ChannelName
from bot.house import House
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.models import Conversation

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
    """One open page. `after`: the id of the last message that it has; one beyond the end is 0."""

    def __init__(self, house: House, chat_key: str, after: int) -> None:
        self._house = house
        self._chat_key = chat_key
        self._after = after
        self._shown: deque[int] = deque(maxlen=OVERLAP)
        self._conversation_id: str | None = None
        self._typing_count = house.signals.count(typing_subject(chat_key))
        self._typing_until = 0.0
        self._is_placed = False
        self._resting = asyncio.Event()

    def rest(self) -> None:
        """Ends the stream with a last event `rest`: newer pages of the chat took its place."""
        self._resting.set()

    async def events(self) -> AsyncIterator[bytes]:
        """Server-sent events until the reader leaves or the stream is told to rest."""
        yield format_sse_event(data_str=None, retry=RETRY_MILLISECONDS)
        is_ready = False
        while not self._resting.is_set():
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
                yield format_sse_event(data_str=None, comment="still here")
        yield _event("rest", {})

    def _read(self) -> _Batch:
        with self._house.database.reading() as session:
            conversation = ConversationService(session).find(ChannelName.WEB, self._chat_key)
            transcript = TranscriptService(session)
            if not self._is_placed:
                self._place(transcript, conversation)
            if conversation is None:
                return _Batch(None, [])
            floor = self._shown[0] if len(self._shown) == OVERLAP else self._after
            rows = transcript.history(conversation.id, after=floor, limit=PAGE)
            fresh = [row for row in rows if row.id not in self._shown]
            self._shown.extend(row.id for row in fresh)
            return _Batch(conversation.id, view(session, self._house.texts, fresh))

    def _place(self, transcript: TranscriptService, conversation: Conversation | None) -> None:
        # A page may know a later message than there is: the database was restored, or somebody
        # made the number up. From such a place nothing would ever be shown.
        newest = transcript.newest_id(conversation.id) if conversation else 0
        self._after = self._after if self._after <= newest else 0
        self._is_placed = True

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
        waits.append(asyncio.create_task(self._rested()))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return self._resting.is_set() or counts != self._counts()

    async def _rested(self) -> None:
        await self._resting.wait()


class StreamResponse(EventSourceResponse):
    """A chat's stream on its way; `left` is called once it has ended, however it ended."""

    def __init__(self, stream: ChatStream, left: Callable[[], None]) -> None:
        super().__init__(
            stream.events(),
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        self._left = left

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends events until one side ends."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._left()


def _event(kind: str, data: dict[str, Any], event_id: int | None = None) -> bytes:
    return format_sse_event(
        event=kind,
        data_str=json.dumps(data, ensure_ascii=False),
        id=None if event_id is None else str(event_id),
    )
