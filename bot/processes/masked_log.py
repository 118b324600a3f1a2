"""What a child process says, kept without tokens and personal numbers.

Rasa and the libraries write what they like, a failed action with the whole conversation in it; so
it is not left to them what reaches the disk.
"""

import asyncio
import logging
import os
from pathlib import Path

from bot.logs import redact

log = logging.getLogger(__name__)

CHUNK_BYTES = 64 * 1024
LONGEST_LINE_BYTES = 1024 * 1024
"""A line is masked as a whole; one that is longer is cut here."""


class MaskedLog:
    """A log file that is only added to, readable by its owner and group."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._is_full = False

    async def keep(self, stream: asyncio.StreamReader) -> None:
        """Writes down what comes, line by line, until nothing comes any more.

        What cannot be written is let go: a pipe that nobody reads would stop who speaks into it.
        """
        rest = b""
        while chunk := await stream.read(CHUNK_BYTES):
            rest = self._write_lines(rest + chunk)
        self._write(rest)

    def _write_lines(self, said: bytes) -> bytes:
        """Writes the whole lines; what is left of the last one comes back."""
        if len(said) > LONGEST_LINE_BYTES:
            self._write(said)
            return b""
        lines, ending, rest = said.rpartition(b"\n")
        self._write(lines + ending)
        return rest

    def _write(self, said: bytes) -> None:
        if not said:
            return
        # Line by line: a port at the end of one and the date of the next are no phone number.
        lines = said.decode("utf-8", errors="replace").splitlines(keepends=True)
        try:
            self._append("".join(map(redact, lines)).encode())
        except OSError as error:
            if not self._is_full:
                log.warning("%s cannot be written, lines are lost: %s", self._file, error.strerror)
            self._is_full = True
        else:
            self._is_full = False

    def _append(self, masked: bytes) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        kept = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
        try:
            os.write(kept, masked)
        finally:
            os.close(kept)
