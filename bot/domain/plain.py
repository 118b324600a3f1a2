"""Text as it is compared: what an owner types with or without accents reads the same."""

import re
import unicodedata

_GAPS = re.compile(r"[^\w]+")
_D_WITH_STROKE = str.maketrans("đĐ", "dD")


def plain(text: str) -> str:
    """Lower case without accents, words parted by one space, no punctuation."""
    return _GAPS.sub(" ", without_accents(text.casefold())).strip()


def without_accents(text: str) -> str:
    """The text without tone and vowel marks; đ becomes d, which NFD alone does not do."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.translate(_D_WITH_STROKE)


def holds_words(text: str, words: str) -> bool:
    """Whether plain `text` holds plain `words` as whole words, one behind the other."""
    return bool(words) and f" {words} " in f" {text} "
