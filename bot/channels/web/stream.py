"""The messages of a chat as server-sent events: history first, then each new one, once."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
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
    messages: list[dict[str, Any]] = field(default_factory=list)


class ChatStream:
    """One open page. `after`: the id of the last message that it has; one beyond the end is 0."""

    def __init__(self, house: House, chat_key: str, after: int) -> None:
        self._house = house
        self._chat_key = chat_key
        self._after = after
        self._shown: deque[int] = deque(maxlen=OVERLAP)
        self._conversation_id: str | None = None
        self._typing_count = self._typing()
        self._typing_until = 0.0
        self._is_placed = False
        self._is_resting = False

    def rest(self) -> None:
        """Ends the stream with a last event `rest`: newer pages of the chat took its place."""
        self._is_resting = True
        self._house.signals.notify(chat_subject(self._chat_key))

    async def events(self) -> AsyncIterator[bytes]:
        """Server-sent events until the reader leaves or the stream is told to rest."""
        yield format_sse_event(data_str=None, retry=RETRY_MILLISECONDS)
        is_ready = False
        read: dict[str, int] = {}
        while not self._is_resting:
            counts, typing = self._counts(), self._typing()
            # A typing sign brings nothing to read.
            batch = await asyncio.to_thread(self._read) if counts != read else _Batch()
            read = counts
            for message in batch.messages:
                yield _event("message", message, message["id"])
            if not is_ready:
                yield _event("ready", {})
                is_ready = True
            if (sign := self._typing_sign(typing, batch.messages)) is not None:
                yield _event("typing", {"on": sign})
            if counts.keys() != self._counts().keys():
                continue  # the conversation has just been found: what it says counts from now on
            if not await self._moves(counts, typing):
                yield format_sse_event(data_str=None, comment="still here")
                read = {}
        yield _event("rest", {})

    def _read(self) -> _Batch:
        with self._house.database.reading() as session:
            conversation = ConversationService(session).find(ChannelName.WEB, self._chat_key)
            transcript = TranscriptService(session)
            if not self._is_placed:
                self._place(transcript, conversation)
            if conversation is None:
                return _Batch()
            self._conversation_id = conversation.id
            floor = self._shown[0] if len(self._shown) == OVERLAP else self._after
            rows = transcript.history(conversation.id, after=floor, limit=PAGE)
            fresh = [row for row in rows if row.id not in self._shown]
            self._shown.extend(row.id for row in fresh)
            return _Batch(view(session, self._house.texts, fresh))

    def _place(self, transcript: TranscriptService, conversation: Conversation | None) -> None:
        # A page may know a later message than there is: the database was restored, or somebody
        # made the number up. From such a place nothing would ever be shown.
        newest = transcript.newest_id(conversation.id) if conversation else 0
        self._after = self._after if self._after <= newest else 0
        self._is_placed = True

    def _typing_sign(self, typing: int, messages: list[dict[str, Any]]) -> bool | None:
        """True: show it; False: hide it; None: leave it as it is."""
        answered = any(message["author"] != Author.OWNER for message in messages)
        moved, self._typing_count = typing != self._typing_count, typing
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

    def _typing(self) -> int:
        return self._house.signals.count(typing_subject(self._chat_key))

    async def _moves(self, counts: dict[str, int], typing: int) -> bool:
        """Whether something moved before it was time for a sign of life."""
        left = self._typing_until - asyncio.get_running_loop().time()
        timeout = max(left, 0.01) if self._typing_until else KEEP_ALIVE_SECONDS
        await self._house.signals.wait_for_any(
            {**counts, typing_subject(self._chat_key): typing}, timeout=timeout
        )
        return self._is_resting or (counts, typing) != (self._counts(), self._typing())


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
