"""Whether a message is English, told from Vietnamese that borrows words."""

import re
import unicodedata

from vietnamese.foreign.english_words import (
    BORROWED,
    CODES,
    ENDINGS,
    FIELD,
    SMALL,
    TELLING,
)
from vietnamese.syllable import is_syllable

FOREIGN_SHARE = 0.4
"""Of the words of an English message so many are no Vietnamese syllables; the others look like one:
"do", "can", "in"."""

FEWEST_IN_SENTENCE = 3
FEWEST_IN_PHRASE = 2
FEWEST_BESIDE_NAMES = 4
"""Words: "How do I get a permit in Tây Ninh" holds a name, and enough beside it."""

PLENTY = 2
STRANGE_SHARE = 0.15
"""Words that prove English, beside which so many of all may be like Vietnamese syllables."""

FEWEST_LETTERS = 6
"""Of a word known by its ending: "bing" is none."""

FEWEST_VIETNAMESE = 2

_KNOWN = TELLING | SMALL | FIELD | CODES
_PROOF = frozenset(word for word in (TELLING | SMALL | FIELD) - BORROWED if not is_syllable(word))
_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHE = re.compile(r"[’'`]")


def is_english(text: str) -> bool:
    """Whether a message is English: a sentence that tells it, or words that are all English ones.

    Names of places and people may carry accents beside enough English words.
    """
    own = _WORD.findall(_APOSTROPHE.sub("", unicodedata.normalize("NFC", text)))
    plain = [word for n, word in enumerate(own) if word.isascii() and not (n and _is_place(word))]
    words = [word.lower() for word in plain]
    names = [word for word in own if not word.isascii()]
    if names and (len(words) < FEWEST_BESIDE_NAMES or not all(map(_is_name, names))):
        return False
    return _is_sentence(words) or _is_phrase(plain)


def is_vietnamese(text: str) -> bool:
    """Whether a message is surely Vietnamese; names, numbers and borrowed words are neither."""
    if is_english(text):
        return False
    own = _WORD.findall(unicodedata.normalize("NFC", text))
    small = [word for word in own if not _is_name(word)]
    if any(not word.isascii() for word in small):
        return True
    bare = [word for word in small if is_syllable(word) and word not in _KNOWN]
    return len(bare) >= FEWEST_VIETNAMESE


def _is_sentence(words: list[str]) -> bool:
    """Some telling words, few Vietnamese syllables."""
    if len(words) < FEWEST_IN_SENTENCE:
        return False
    foreign = sum(not is_syllable(word) for word in words)
    return foreign >= FOREIGN_SHARE * len(words) and not TELLING.isdisjoint(words)


def _is_phrase(own: list[str]) -> bool:
    """A few words, nearly all English, of which no Vietnamese message holds one or two."""
    words = [word.lower() for word in own]
    proofs = sum(map(_proves, words))
    if len(words) < FEWEST_IN_PHRASE or not proofs:
        return False
    if all(word in _KNOWN or _proves(word) for word in words):
        return True
    strange = sum(word not in _KNOWN and is_syllable(word) for word in own)
    return proofs >= PLENTY and strange <= STRANGE_SHARE * len(words)


def _proves(word: str) -> bool:
    ends = word.endswith(ENDINGS) and word not in BORROWED and not is_syllable(word)
    return word in _PROOF or (ends and len(word) >= FEWEST_LETTERS)


def _is_place(word: str) -> bool:
    """Whether a word is a Vietnamese name without accents: "Tay Ninh"."""
    bare = word.lower()
    return _is_name(word) and not word.isupper() and is_syllable(bare) and bare not in _KNOWN


def _is_name(word: str) -> bool:
    return word[:1].isupper()
