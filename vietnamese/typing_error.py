"""What one typing error costs: the less likely a slip of the finger, the more.

Costs are natural logarithms of chances, guessed and then checked: halving or doubling any of them
changes little (`docs/measurements/typing-errors.md`).
"""

from typing import NamedTuple

DOUBLED = 4.5
SWAPPED = 6.0
DROPPED = 6.5
NEIGHBOUR = 6.5
ADDED = 7.0
FAR = 8.5
"""Another letter that is not beside the right one on the keyboard."""

MARK_LEFT_OUT = 1.0
WRONG_MARK = 6.0

BESIDE = {
    "q": "wa", "w": "qeas", "e": "wrsd", "r": "etdf", "t": "ryfg", "y": "tugh", "u": "yihj",
    "i": "uojk", "o": "ipkl", "p": "ol", "a": "qwsz", "s": "awedxz", "d": "serfcx", "f": "drtgvc",
    "g": "ftyhbv", "h": "gyujnb", "j": "huikmn", "k": "jiolm", "l": "kop", "z": "asx", "x": "zsdc",
    "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip
"""The keys around each key."""


class Slip(NamedTuple):
    """One error: its cost, and how many letters are alike before and behind it."""

    cost: float
    before: int
    behind: int


def slip(typed: str, meant: str) -> Slip | None:
    """The one error that makes `typed` of `meant`, both bare; None where it takes more."""
    before = _alike(typed, meant)
    room = min(len(typed), len(meant)) - before
    behind = min(_alike(typed[::-1], meant[::-1]), room)
    wrong, right = typed[before : len(typed) - behind], meant[before : len(meant) - behind]
    cost = _cost(wrong, right, typed[:before])
    return None if cost is None else Slip(cost, before, behind)


def _alike(left: str, right: str) -> int:
    """How many letters are the same from the start on."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(left), len(right)))


def _cost(wrong: str, right: str, before: str) -> float | None:
    sizes = (len(wrong), len(right))
    if sizes == (1, 0):
        return DOUBLED if before.endswith(wrong) else ADDED
    if sizes == (0, 1):
        return DROPPED
    if sizes == (1, 1):
        return NEIGHBOUR if wrong in BESIDE.get(right, "") else FAR
    return SWAPPED if sizes == (2, 2) and wrong == right[::-1] else None


def marks_cost(typed: str, meant: str, made: Slip) -> float:
    """What the accents cost, letter by letter around the slip: a wrong one more than none."""
    edge = len(typed) - made.behind
    shift = len(meant) - len(typed)
    pairs = [
        *zip(typed[: made.before], meant, strict=False),
        *((typed[n], meant[n + shift]) for n in range(edge, len(typed))),
    ]
    marked = not typed.isascii()
    cost = sum(_mark_cost(a, marked) for a, b in pairs if a != b)
    right = meant[max(made.before - 1, 0) : len(meant) - made.behind]
    strange = [a for a in typed[made.before : edge] if not a.isascii() and a not in right]
    return cost + WRONG_MARK * len(strange)


def _mark_cost(typed: str, marked: bool) -> float:
    if not typed.isascii():
        return WRONG_MARK
    # In a word without any accent none was forgotten: it is written that way.
    return MARK_LEFT_OUT if marked else 0.0
