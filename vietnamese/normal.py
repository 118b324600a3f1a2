"""One spelling for one word: what both the classifier and the search read."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from vietnamese.accents import has_accents, place_tones, strip_accents
from vietnamese.teencode import ENGLISH, SHORTHAND

_LONGEST_RUN = 2
"""Of one letter in a word: "xoong". What is longer is drawn out: "quáaa"."""
_GLUED = re.compile(r"(?<=[a-zđ]{2})(?=\d{3})|(?<=[a-zđ]{3})(?=\d{2})")
_WORD = re.compile(r"[^\W_]+")

_WRITTEN_OUT = SHORTHAND | ENGLISH

_TWO_WAYS = frozenset({"đk", "dk"})
_CONDITION = "điều kiện"
_BEHIND_A_CONDITION = frozenset({"tham", "du", "huong", "xet"})
"""“Đk” is “đăng ký”, but before “tham gia”, “dự”, “hưởng” it is a condition."""


def compose(text: str) -> str:
    """NFC, lower case, one tone placement, `ngonnnn` shortened; everything else stays."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return place_tones("".join(_shortened(run) for run in _runs(lowered)))


def _runs(text: str) -> Iterator[str]:
    return ("".join(run) for _, run in groupby(text, key=strip_accents))


def _shortened(run: str) -> str:
    if len(run) <= _LONGEST_RUN or not run[0].isalpha():
        return run
    # A drawn-out vowel carries its mark on any of its copies: "quáaa", "quaaá".
    return next((letter for letter in run if has_accents(letter)), run[0])


def tokens(text: str) -> list[str]:
    """The words of a text, composed, shorthand written out, `iso9001` split; no signs, no emoji."""
    written = _WORD.findall(_GLUED.sub(" ", compose(text)))
    words: list[str] = []
    for word, next_word in zip(written, (*written[1:], ""), strict=False):
        is_condition = word in _TWO_WAYS and strip_accents(next_word) in _BEHIND_A_CONDITION
        expanded = _CONDITION if is_condition else _WRITTEN_OUT.get(word)
        words.extend(expanded.split() if expanded else [word])
    return words


def normalise(text: str) -> str:
    """The words of a text with one space between."""
    return " ".join(tokens(text))
