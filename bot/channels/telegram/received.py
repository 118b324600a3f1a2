"""The raw updates of one reading, each with the number by which it is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.wire import chat_key_of

LARGEST_NUMBER = 2**63 - 2
"""The next one must still fit into the table of offsets."""

LONGEST_NUMBER = 30
"""Digits of a number told as text; Python refuses to read thousands of them."""


@dataclass(frozen=True)
class Received:
    """`number`: confirms it; None where it cannot be known. `lane`: its chat, or empty."""

    number: int | None
    lane: str
    raw: Any


def received(batch: Sequence[Any], offset: int | None) -> list[Received]:
    """Numbers the updates that came for an offset, lowest first as Telegram gives them.

    One that tells no number has at least that of the one before and one more: to confirm so far
    never confirms what has not come yet. A number that is told but cannot be is left alone.
    """
    before = offset - 1 if offset is not None else None
    numbered: list[Received] = []
    for raw in batch:
        told = _told(raw)
        number = told if told is not None else before + 1 if before is not None else None
        if number is not None and number > LARGEST_NUMBER:
            number = None
        elif number is not None:
            before = number
        numbered.append(Received(number, chat_key_of(raw), raw))
    return numbered


def _told(raw: Any) -> int | None:
    """The number that an update tells of itself; a text or a fraction may tell a whole one."""
    told = raw.get("update_id") if isinstance(raw, dict) else None
    if isinstance(told, str) and told.isascii() and told.isdecimal():
        told = int(told) if len(told) <= LONGEST_NUMBER else None
    elif isinstance(told, float) and told.is_integer():
        told = int(told)
    if not isinstance(told, int) or isinstance(told, bool):
        return None
    return told if told > 0 else None
