"""A message of the greatest length is read in time: twice the words cost about twice the work."""

import time
from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.enterprise.intake import read_enterprise
from bot.domain.enterprise.reach import read_reach
from bot.domain.enterprise.tax_code import typed_codes
from bot.domain.talk.messages import TEXT_LIMIT
from bot.domain.text.masking import mask
from bot.logs import redact
from bot.search.asking.questions import split_questions

READERS: dict[str, Callable[[str], object]] = {
    "reach": read_reach,
    "enterprise": lambda text: read_enterprise(text, today=date(2026, 11, 28)),
    "mask": mask,
    "codes": lambda text: typed_codes(text, today=date(2026, 11, 28)),
    "questions": split_questions,
    "log": redact,
}

LONG: dict[str, tuple[str, str, str]] = {
    "numbers behind digits": ("0 " * 1000, "x0912345678 ", ""),
    "numbers": ("", "0912345678 ", ""),
    "codes of nobody": ("mst ", "0100109106 ", "x"),
    "dots within a name": ("Công ty a", ".", "b"),
    "commas before a polite end": ("Công ty ạ", ", ", "b"),
    "strokes within a name": ("Công ty a", "-", "b"),
    "brackets before a name": ("", "(", "x"),
    "brackets behind a name": ("x", ")", ""),
    "layers around a name": ("", "([=da ", "x"),
    "words behind a name": ("Công ty x", " va", ""),
    "letters before an address": ("", "a", "@ b"),
    "blanks before an address": ("a@b", " ", "@ c"),
    "small numbers": ("", "1,", ""),
    "one number": ("", "7", ""),
    "blanks": ("a", " ", "b"),
    "addresses": ("", "a@b.vn ", ""),
}
"""What stands before, again and again, and behind."""

NOTHING_SECONDS = 0.5
"""So little is not worth a comparison, on any machine."""

MOST_GROWTH = 3
"""Twice as much, and some more; what grows by the square costs four times as much."""


def long_message(kind: str, length: int) -> str:
    head, again, tail = LONG[kind]
    head = head[: length // 2]
    room = length - len(head) - len(tail)
    return head + again * (room // len(again)) + tail


def seconds(read: Callable[[str], object], text: str) -> float:
    """Of the processor, in the quickest of three readings."""
    taken = []
    for _ in range(3):
        started = time.process_time()
        read(text)
        taken.append(time.process_time() - started)
    return min(taken)


@pytest.mark.no_cover  # measured, it takes three times as long, and not evenly
@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize("reader", READERS)
def test_twice_as_many_words_take_about_twice_as_long(reader: str, kind: str) -> None:
    read = READERS[reader]

    half = seconds(read, long_message(kind, TEXT_LIMIT // 2))
    whole = seconds(read, long_message(kind, TEXT_LIMIT))

    assert whole <= max(NOTHING_SECONDS, MOST_GROWTH * half)
