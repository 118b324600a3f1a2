"""Noisy copies of a phrasing, as owners type: without accents, in shorthand, with a typo.

The same for the classifier's training and for the search; seeded by the text, so that a
training run repeats exactly.
"""

import random

from vietnamese.accents import strip_accents
from vietnamese.teencode import SHORTHAND

TYPO_EVERY = 12
"""Characters for one edit."""

_SHORT_FORMS: dict[str, list[str]] = {}
for _short, _long in SHORTHAND.items():
    _SHORT_FORMS.setdefault(_long, []).append(_short)
_LONGEST = max(len(_long.split()) for _long in _SHORT_FORMS)
_NEIGHBOURS = {
    "a": "sqw", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo",
    "k": "jl", "l": "ko", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et",
    "s": "ad", "t": "ry", "u": "yi", "v": "cb", "x": "zc", "y": "tu",
}  # fmt: skip


def noisy_copies(text: str) -> list[str]:
    """Up to four copies: bare, half bare, shorthand, bare with typos. Never the text itself."""
    dice = random.Random(text)
    copies = [
        strip_accents(text),
        half_bare(text, dice),
        shorten(text, dice),
        strip_accents(mistype(text, dice)),
    ]
    return [copy for copy in dict.fromkeys(copies) if copy != text]


def half_bare(text: str, dice: random.Random) -> str:
    """Accents off about half the words."""
    return " ".join(strip_accents(word) if dice.random() < 0.5 else word for word in text.split())


def shorten(text: str, dice: random.Random, share: float = 0.7) -> str:
    """Shorthand for `share` of the words that have one."""
    words, out, at = text.split(), [], 0
    while at < len(words):
        size = next(
            (
                n
                for n in range(min(_LONGEST, len(words) - at), 0, -1)
                if " ".join(words[at : at + n]).lower() in _SHORT_FORMS
            ),
            0,
        )
        if size and dice.random() < share:
            out.append(dice.choice(_SHORT_FORMS[" ".join(words[at : at + size]).lower()]))
        else:
            size = max(size, 1)
            out.extend(words[at : at + size])
        at += size
    return " ".join(out)


def mistype(text: str, dice: random.Random) -> str:
    """About one edit in `TYPO_EVERY` letters: dropped, doubled, swapped or a neighbouring key."""
    letters = list(text)
    for _ in range(max(1, len(text) // TYPO_EVERY)):
        places = [n for n, letter in enumerate(letters) if letter.isalpha()]
        if not places:
            break
        _edit(letters, dice.choice(places), dice)
    return "".join(letters)


def _edit(letters: list[str], at: int, dice: random.Random) -> None:
    kind = dice.randrange(4)
    if kind == 0:
        del letters[at]
    elif kind == 1:
        letters.insert(at, letters[at])
    elif kind == 2 and at + 1 < len(letters) and letters[at + 1].isalpha():
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    else:
        near = _NEIGHBOURS.get(strip_accents(letters[at]).lower(), "")
        if near:
            letters[at] = dice.choice(near)
