"""Text as it is compared: what an owner types with or without accents reads the same."""

import re
import unicodedata
from functools import lru_cache

_GAPS = re.compile(r"[^\w]+")
_D_WITH_STROKE = str.maketrans(
    {**dict.fromkeys(("đ", "ð", "ɖ"), "d"), **dict.fromkeys(("Đ", "Ð", "Ɖ"), "D")}
)
"""Also eth and the African d, which look the same and which other keyboards and fonts bring."""

_MINUS = "\N{MINUS SIGN}"


def plain(text: str) -> str:
    """Lower case without accents, words parted by one space, no punctuation."""
    return _GAPS.sub(" ", without_accents(text.casefold())).strip()


def accented(text: str) -> str:
    """The same with the accents kept."""
    return _GAPS.sub(" ", unicodedata.normalize("NFC", text.casefold())).strip()


def without_accents(text: str) -> str:
    """The text without tone and vowel marks; đ becomes d, which NFD alone does not do."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.translate(_D_WITH_STROKE)


def folded(text: str) -> str:
    """The text letter for letter, as long as it was: lower case, no accents, plain marks.

    Digits of any script become 0 to 9, every kind of space a space, every dash a hyphen. Made of
    NFC text, so that a place in it is the same place in the original.
    """
    return "".join(map(_folded, text))


@lru_cache(maxsize=2048)
def _folded(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(letter)
    if kind in {"Zs", "Cf"}:
        return " "
    if kind == "Pd" or letter == _MINUS:
        return "-"
    composed = unicodedata.normalize("NFKC", letter)
    bare = without_accents(composed if len(composed) == 1 else letter).lower()
    return bare if len(bare) == 1 else letter


def holds_words(text: str, words: str) -> bool:
    """Whether plain `text` holds plain `words` as whole words, one behind the other."""
    return bool(words) and f" {words} " in f" {text} "
