"""An owner on the web chat, over real HTTP: sends, presses, and never gives up on a lost server."""

import itertools
import time
import uuid
from collections.abc import Callable
from datetime import datetime

import httpx

from bot.channels.web.visitor import COOKIE, key_of
from bot.domain.talk.messages import ChannelName, choice_token
from bot.services.messaging.conversations import ConversationService
from bot.storage.database import Database
from bot.storage.models import Conversation, InboxEvent, Message

PATIENCE_SECONDS = 240.0


class WebOwner:
    """One browser. What it sends has an id of its own, so that sending again is harmless.

    `address`: where it comes from, as a trusted proxy would say it.
    """

    def __init__(self, url: str, database: Database, *, address: str = "") -> None:
        self._database = database
        headers = {"X-Forwarded-For": address} if address else {}
        self._client = httpx.Client(base_url=url, timeout=10, headers=headers)
        self._conversation_id = ""
        self._ids = itertools.count(1)
        self._name = uuid.uuid4().hex[:12]
        self._patiently(lambda: self._client.get("/"))

    def write(self, text: str) -> list[Message]:
        """Sends words; the replies."""
        return self._send({"text": text})

    def write_at_once(self, *texts: str) -> list[list[Message]]:
        """Sends several messages without waiting between them; the replies to each."""
        sent = [self._post({"text": text}) for text in texts]
        return [self._replies(client_id) for client_id in sent]

    def press(self, payload: str) -> list[Message]:
        """Presses the newest button whose payload begins so; the replies."""
        message, index = self._button(payload)
        return self._send({"choice": choice_token(message, index)})

    @property
    def conversation_id(self) -> str:
        """The conversation of this browser."""
        return self._conversation_id

    def met_before(self, now: datetime) -> Conversation:
        """A conversation of this browser that began earlier, with nothing said in it."""
        with self._database.transaction() as session:
            key = key_of(self._client.cookies[COOKIE])
            opened = ConversationService(session).open(ChannelName.WEB, key, name="", now=now)
            self._conversation_id = opened.id
            return opened

    def page(self, path: str, fields: dict[str, str] | None = None) -> str:
        """A page by its address, or what comes of a form sent there; its words."""
        method = "GET" if fields is None else "POST"
        return self._patiently(
            lambda: self._client.request(method, path, data=fields, follow_redirects=True)
        ).text

    def close(self) -> None:
        """Closes the browser."""
        self._client.close()

    def _send(self, body: dict[str, str]) -> list[Message]:
        return self._replies(self._post(body))

    def _post(self, body: dict[str, str]) -> str:
        client_id = f"{self._name}-{next(self._ids)}"
        self._patiently(
            lambda: self._client.post(
                "/chat/messages", json={"id": client_id, **body}, headers={"X-Donghanh": "chat"}
            )
        )
        return client_id

    def _patiently(self, call: Callable[[], httpx.Response]) -> httpx.Response:
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = call()
                if answer.status_code < 500 and answer.status_code != 429:
                    assert answer.is_success, (answer.status_code, answer.text)
                    return answer
            except httpx.HTTPError:
                pass
            assert time.monotonic() < end, "the server did not come back"
            time.sleep(0.1)

    def _replies(self, client_id: str) -> list[Message]:
        """Waits until the event is worked off; what was said because of it."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            with self._database.transaction() as session:
                event = (
                    session.query(InboxEvent)
                    .filter(InboxEvent.event_id.endswith(f":{client_id}"))
                    .one()
                )
                self._conversation_id = event.conversation_id
                if event.state in ("done", "dead"):
                    assert event.state == "done", event.error
                    return (
                        session.query(Message)
                        .filter(Message.cause == f"in:{event.id}")
                        .order_by(Message.ordinal)
                        .all()
                    )
            assert time.monotonic() < end, f"{client_id} was not worked off"
            time.sleep(0.02)

    def _button(self, payload: str) -> tuple[int, int]:
        with self._database.transaction() as session:
            messages = (
                session.query(Message)
                .filter(Message.conversation_id == self._conversation_id)
                .order_by(Message.id.desc())
                .limit(10)
            )
            for message in messages:
                for index, choice in enumerate(message.choices):
                    if choice["payload"].startswith(payload):
                        return message.id, index
        raise AssertionError(f"no button {payload}")
