"""How easily a password is guessed by who knows its person, the department and the usual lists.

`zxcvbn` knows 94,000 usual passwords, names and words, walks over keyboards, repeats, rows and
dates; it is English only, so the words of the house are handed to it (docs/adr/0013).
"""

from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from bot.domain.text.plain import folded, plain

LEAST_GUESSES = 10**10
"""At the limit of tries (`sign_in`) a year of guessing reaches one in ten thousand of these."""

LOOKED_AT = 72
"""Characters: its time grows with the square of them, and what follows makes nothing weaker."""

FEWEST_LETTERS = 3
"""Of an own word: shorter ones stand in everything."""

HOUSE_WORDS = (
    "mat khau",
    "dong hanh",
    "ban lam viec",
    "viet nam",
    "ha noi",
    "sai gon",
    "khoa hoc cong nghe",
    "so khoa hoc va cong nghe",
    "skhcn",
    "khcn",
    "can bo",
    "quan tri",
    "lanh dao",
    "quan ly",
    "doanh nghiep",
    "xin chao",
)
"""What a guesser who knows no name tries for our people."""

REASONS = {
    "spatial": "keyboard",
    "repeat": "obvious",
    "sequence": "obvious",
    "date": "obvious",
    "regex": "obvious",
    "dictionary": "common",
    "bruteforce": "obvious",
}
"""By the pattern that makes most of a weak password."""


def weakness(password: str, own: Iterable[str]) -> str | None:
    """Why a password is easily guessed: name, keyboard, common, obvious; None where it is not.

    `own`: how the person and the department are called; accents, case and blanks aside.
    """
    names = {word for name in own for word in _joined(name)}
    words = [*names, *(word for usual in HOUSE_WORDS for word in _joined(usual))]
    whole = folded(password)
    close = "".join(letter for letter in whole if letter.isalnum())
    readings = [_look(reading[:LOOKED_AT], words) for reading in (whole, close) if reading]
    weakest = min(readings, key=lambda reading: int(reading["guesses"]))
    return None if weakest["guesses"] >= LEAST_GUESSES else _reason(weakest["sequence"], names)


def _joined(name: str) -> Iterator[str]:
    """The words of a name one by one, those that stand together, and first and last turned."""
    words = plain(name).replace("_", " ").split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            joined = "".join(words[start:end])
            if len(joined) >= FEWEST_LETTERS:
                yield joined
    for first, second in [*pairwise(words), (words[0], words[-1])] if words else []:
        yield second + first
    initials = "".join(word[0] for word in words)
    if len(initials) >= FEWEST_LETTERS:
        yield initials


def _reason(sequence: list[dict[str, Any]], names: Container[str]) -> str:
    known = [match for match in sequence if match["pattern"] != "bruteforce"] or sequence
    most = max(known, key=lambda match: len(match["token"]))
    if most.get("matched_word") in names:
        return "name"
    return REASONS[most["pattern"]]


def _look(password: str, words: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = _zxcvbn()(password, words)
    return found


@cache
def _zxcvbn() -> Any:
    # Its lists take a tenth of a second to read: only who sets a password waits for them.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    return zxcvbn
