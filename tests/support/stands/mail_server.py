"""A mail server on loopback that keeps what it is given."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from bot.settings import Settings

TAKEN = "250 OK"


class MailServer:
    """`answer`: what it says to a mail; empty: it hangs up when it has it, and says nothing."""

    def __init__(self) -> None:
        self.answer = TAKEN
        self.mails: list[EmailMessage] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self._port)

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (its name there)
        """Takes a mail, or refuses it."""
        if not self.answer:
            self.mails.append(_read(envelope.content))
            server.transport.abort()
            return TAKEN
        if self.answer == TAKEN:
            self.mails.append(_read(envelope.content))
        return self.answer

    def start(self) -> None:
        """Serves on a free port."""
        self._controller.start()

    def stop(self) -> None:
        """Ends."""
        self._controller.stop()

    @property
    def settings(self) -> dict[str, Any]:
        """What a house must be told to send its mail here."""
        return {
            "smtp_host": "127.0.0.1",
            "smtp_port": self._port,
            "smtp_security": "none",
            "smtp_sender": "donghanh@so.example.vn",
        }

    def heard_by(self, settings: Settings) -> Settings:
        """The settings of a house that sends its mail here."""
        return settings.model_copy(update=self.settings)


def _read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server until the block ends."""
    server = MailServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
