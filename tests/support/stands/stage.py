"""A stage for plays: one private assistant, real Rasa, talked to line by line."""

import asyncio
import contextlib
import threading
import uuid
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.talk.messages import Attachment, ChannelName, EventKind, InboundEvent
from bot.private_world import PrivateWorld, Said, private_world
from bot.processes.engine_room import ACTION_SERVER
from bot.services.messaging.conversations import ConversationService
from bot.services.requests.requests import RequestService
from bot.settings import Settings
from bot.storage.models import Request

Result = TypeVar("Result")


class Stage:
    """Runs a private world on a loop of its own, so that plays can be plain functions."""

    def __init__(self, settings: Settings, actions: str = ACTION_SERVER) -> None:
        self._settings = settings
        self._actions = actions
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._world: PrivateWorld | None = None
        self._stack = contextlib.AsyncExitStack()

    @property
    def world(self) -> PrivateWorld:
        """The assistant."""
        assert self._world is not None
        return self._world

    def open(self) -> None:
        """Starts the assistant."""
        self._thread.start()
        self._world = self.run(
            self._stack.enter_async_context(private_world(self._settings, self._actions))
        )

    def close(self) -> None:
        """Takes it down."""
        self.run(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def contact(self) -> "Contact":
        """A new contact, who has never written before."""
        return Contact(self, uuid.uuid4().hex)

    def say(self, chat_key: str, text: str, files: Sequence[Attachment] = ()) -> Said:
        """One message of a chat, perhaps with files."""
        return self.run(self.world.say(chat_key, text, files))

    def hear(self, event: InboundEvent) -> Said:
        """Anything that is done in a chat."""
        return self.run(self.world.hear(event))

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Whatever is to be done on the stage's loop, to its end."""
        return self.begin(work).result(timeout=180)

    def begin(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        """Whatever is to go on there beside the play."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)


@dataclass
class Contact:
    """Somebody who talks to the assistant."""

    stage: Stage
    chat_key: str

    def says(self, text: str, files: Sequence[Attachment] = ()) -> Said:
        """Writes; what came back. Silence is a failure of the play."""
        said = self.stage.say(self.chat_key, text, files)
        assert said.replies, f"no reply to {text!r}"
        return said

    def does(self, kind: EventKind, text: str = "", **more: Any) -> Said:
        """Does something else than write."""
        event = InboundEvent(
            channel=ChannelName.TERMINAL,
            event_id=uuid.uuid4().hex,
            chat_key=self.chat_key,
            kind=kind,
            text=text,
            occurred_at=self.stage.world.house.clock(),
            **more,
        )
        return self.stage.hear(event)

    def requests(self) -> list[Request]:
        """What he has with the department, newest first."""
        with self.stage.world.house.database.reading() as session:
            conversation = ConversationService(session).find(ChannelName.TERMINAL, self.chat_key)
            assert conversation is not None
            return RequestService(session).of_conversation(conversation.id)

    def plays(self, *lines: tuple[str, str]) -> list[Said]:
        """Writes each line and expects its outcome (of the first reply) or its article."""
        answers = []
        for text, expected in lines:
            said = self.says(text)
            first = said.understandings[0]
            assert expected in (first.outcome, first.article), (
                text,
                first.outcome,
                first.article,
                said.replies[0].text[:200],
            )
            answers.append(said)
        return answers


@contextlib.contextmanager
def open_stage(settings: Settings, actions: str = ACTION_SERVER) -> Iterator[Stage]:
    """A stage, taken down at the end. `actions`: the module of the action server."""
    stage = Stage(settings, actions)
    stage.open()
    try:
        yield stage
    finally:
        stage.close()
