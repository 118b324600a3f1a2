"""What every channel is, and how a send can end.

ChannelError
├── NotSent       surely did not leave: tried again (connect error, 429)
├── MaybeSent     may have left: sent again where its kind allows (docs/adr/0014)
├── Rejected      the platform refuses this message: our bug, never tried again
├── Unreachable   the owner has blocked us or is gone
└── AuthFailed    the channel itself is refused: stopped until a person acts
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, runtime_checkable

from fastapi import APIRouter

from bot.domain.talk.messages import ChannelName, InboundEvent
from bot.services.inbound.reception import LetIn, everybody
from bot.services.messaging.files import Upload
from bot.services.messaging.outbox import TakenDelivery


class ChannelError(Exception):
    """A send that did not end well."""


class NotSent(ChannelError):
    """Surely not delivered. `wait`: seconds that the platform asked for, or None."""

    def __init__(self, message: str, *, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class MaybeSent(ChannelError):
    """Possibly delivered: a time-out after the request left."""


class Rejected(ChannelError):
    """The platform refuses the message as it is."""


class Unreachable(ChannelError):
    """The owner cannot be reached on this channel any more."""


class AuthFailed(ChannelError):
    """The channel's credentials are refused."""


class UploadRefused(Exception):
    """A file is not taken, and nothing of its message: why, and the sentence for the owner."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class Accept(Protocol):
    """The one way in: every channel hands over here what it has translated."""

    async def __call__(
        self, event: InboundEvent, uploads: Sequence[Upload] = (), let_in: LetIn = everybody
    ) -> bool:
        """Stores an event with its files durably; whether it was new.

        `let_in` may refuse what is new, by raising.

        Raises:
            UploadRefused: one of the files is not taken.
        """
        ...


PartLeft = Callable[[int, str], Awaitable[None]]
"""Notes durably how many parts of a message have left, with the platform's id of the newest."""


async def uncounted(_parts: int, _sent_id: str) -> None:
    """For a message whose parts nobody counts."""


class Channel(Protocol):
    """One channel: it translates, and decides nothing about the dialogue."""

    name: ChannelName

    def router(self, accept: Accept) -> APIRouter | None:
        """Its own routes: a page, a webhook. None where it has none."""
        ...

    async def typing(self, chat_key: str) -> None:
        """Shows that an answer is being written; never raises."""
        ...

    async def run(self, accept: Accept) -> None:
        """Receives until cancelled; returns at once where the web server receives for it."""
        ...

    async def close(self) -> None:
        """Gives its connections back."""
        ...


@runtime_checkable
class SendingChannel(Channel, Protocol):
    """A channel to which messages are sent; the pages of another read them here (`READ_HERE`).

    `resend_is_safe`: sent twice, a message is shown once.
    """

    resend_is_safe: bool

    @property
    def sends_here(self) -> bool:
        """Whether this application sends; where one does for all, the others leave it to that."""
        ...

    async def send(self, delivery: TakenDelivery, part_left: PartLeft = uncounted) -> str:
        """Sends a message, from its first part that has not left; returns its id on the platform.

        The id may be empty. A message of several parts tells each that has left, but the last.

        Raises:
            ChannelError: how the part went that did not leave; see the tree above.
        """
        ...


def senders(channels: Sequence[Channel]) -> list[SendingChannel]:
    """Those of the channels to which messages are sent."""
    return [channel for channel in channels if isinstance(channel, SendingChannel)]
