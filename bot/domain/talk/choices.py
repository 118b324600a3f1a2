"""Which button an owner means who types instead of pressing."""

import re
import unicodedata
from collections.abc import Sequence

from bot.domain.talk.messages import Choice
from bot.domain.talk.payload import PICK_ARTICLE, read_payload
from bot.domain.text.plain import without_accents

_NUMBER = re.compile(r"(?:so\s+)?(\d{1,2})\s*[.)]?")
CONTROLS = frozenset({"affirm", "deny", "cancel", "skip", "pause", "go_back"})
"""Intents of buttons that steer; other buttons are named in full."""

_SHORTHAND = dict.fromkeys(("ko", "k", "kg", "hong", "hok", "khum"), "khong")

_LEAD = r"(?:(?:y|em|toi|minh|la|chon|lay|bam|xem|hoi|cho|gium|giup)\s+)*"
_NOUN = r"(?:(?:cai|cau|muc|dong|phan|bai|so|y|noi dung)\s+)+"
_TAIL = r"(?:\s+(?:do|di|nha|nhe|nghe|a|em|e|anh|chi|ad|oi|gium|giup|toi|em|minh|dung|roi))*"
_ORDINAL = re.compile(rf"{_LEAD}{_NOUN}(?:thu\s+)?(?P<which>[a-z]+(?:\s(?:tien|cung))?|\d){_TAIL}")
_PLACES = {
    "dau": 0,
    "dau tien": 0,
    "mot": 0,
    "nhat": 0,
    "hai": 1,
    "nhi": 1,
    "ba": 2,
    "bon": 3,
    "tu": 3,
    "cuoi": -1,
    "cuoi cung": -1,
    "sau cung": -1,
    "duoi cung": -1,
}
_OWN_NUMBER = re.compile(r"(\d{1,2})(?: ·|$)")


def match_choice(text: str, choices: Sequence[Choice]) -> int | None:
    """The index of the choice that a text names, or None.

    Tried in this order: the exact payload; a number ("1", "1.", "số 1", "①"); the label, in any
    case and with or without accents; among articles on offer an ordinal ("ý là cái thứ hai"); the
    first or the last words of a button that goes on, back or no further ("dừng" of "Tạm dừng").
    Nothing is guessed: a longer sentence is a message.
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
    if plain and labels.count(plain) == 1:
        return labels.index(plain)
    named = _ordinal(plain, choices)
    return named if named is not None else _control(plain, choices)


def plain_letters(text: str) -> str:
    """Lower case without accents, đ as d, circled digits as digits, single spaces."""
    digits = unicodedata.normalize("NFKD", text.lower())
    return " ".join(without_accents(digits).split())


def own_number(choice: Choice) -> int | None:
    """The number that a label begins with ("5", or "5 · all of it" of a scale), or None."""
    found = _OWN_NUMBER.match(plain_letters(choice.title))
    return int(found[1]) if found else None


def _control(plain: str, choices: Sequence[Choice]) -> int | None:
    words = _SHORTHAND.get(plain, plain)
    found = [
        index
        for index, choice in enumerate(choices)
        if words and _edges(plain_letters(choice.title), words)
    ]
    # "xóa" is the edge of “Xóa hẳn” and of “Không xóa”: asked again, not guessed.
    return found[0] if len(found) == 1 and _intent(choices[found[0]]) in CONTROLS else None


def _edges(label: str, words: str) -> bool:
    return f"{label} ".startswith(f"{words} ") or f" {label}".endswith(f" {words}")


def _intent(choice: Choice) -> str:
    return read_payload(choice.payload)[0]


def _ordinal(plain: str, choices: Sequence[Choice]) -> int | None:
    named = _ORDINAL.fullmatch(plain)
    if named is None:
        return None
    offered = [n for n, one in enumerate(choices) if _intent(one) == PICK_ARTICLE]
    # Other buttons may stand beside articles, but an offer begins with them.
    if not offered or offered[0] != 0:
        return None
    which = named["which"]
    place = int(which) - 1 if which.isdigit() else _PLACES.get(which)
    if place is None or not -len(offered) <= place < len(offered) or which == "0":
        return None
    return offered[place]


def _position(number: int, choices: Sequence[Choice]) -> int | None:
    # Numbers in the labels outrank the position: on a scale "3" is never the third button.
    own = [own_number(choice) for choice in choices]
    if any(one is not None for one in own):
        return own.index(number) if own.count(number) == 1 else None
    return number - 1 if 1 <= number <= len(choices) else None
