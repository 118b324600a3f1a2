"""Which button an owner means who types instead of pressing."""

import re
import unicodedata
from collections.abc import Sequence

from bot.domain.messages import Choice
from bot.domain.plain import without_accents

_NUMBER = re.compile(r"(?:so\s+)?(\d{1,2})\s*[.)]?")
_OWN_NUMBER = re.compile(r"(\d{1,2})(?: ·|$)")


def match_choice(text: str, choices: Sequence[Choice]) -> int | None:
    """The index of the choice that a text names, or None.

    Tried in this order: the exact payload; a number ("1", "1.", "số 1", "①"); the label, in any
    case and with or without accents. Nothing is guessed: a longer sentence is a message.
    """
    typed = text.strip()
    for index, choice in enumerate(choices):
        if typed == choice.payload:
            return index
    plain = plain_letters(typed)
    number = _NUMBER.fullmatch(plain)
    if number is not None:
        return _position(int(number[1]), choices)
    labels = [plain_letters(choice.title) for choice in choices]
    return labels.index(plain) if plain and labels.count(plain) == 1 else None


def plain_letters(text: str) -> str:
    """Lower case without accents, đ as d, circled digits as digits, single spaces."""
    digits = unicodedata.normalize("NFKD", text.lower())
    return " ".join(without_accents(digits).split())


def own_number(choice: Choice) -> int | None:
    """The number that a label begins with ("5", or "5 · all of it" of a scale), or None."""
    found = _OWN_NUMBER.match(plain_letters(choice.title))
    return int(found[1]) if found else None


def _position(number: int, choices: Sequence[Choice]) -> int | None:
    # Numbers in the labels outrank the position: on a scale "3" is never the third button.
    own = [own_number(choice) for choice in choices]
    if any(one is not None for one in own):
        return own.index(number) if own.count(number) == 1 else None
    return number - 1 if 1 <= number <= len(choices) else None
