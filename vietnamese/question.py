"""Whether a message sounds like a question, with or without accents and question mark."""

import re
import unicodedata

from vietnamese.accents import strip_accents
from vietnamese.normal import normalise

_ASKING = re.compile(
    r"\b(gi|nao|sao|may|dau|bao nhieu|bao lau|the nao|cho hoi|hoi them|la ai|hoi ai|khi nao"
    r"|phai khong|duoc khong|co can|co phai|co duoc|khac nhau|nghia la)\b"
)
_ASKING_AT_THE_END = re.compile(r"\b(khong|chua|ha|a|vay|nhi)( a| vay| em| anh| chi| ad| ban)*$")


_POLITE_END = re.compile(r"\bạ\W*$", re.IGNORECASE)
"""“Ạ” is politeness; “à”, which looks the same without its accent, asks."""

_NO_ASKING = re.compile(r"\b(?:máy|đầu|dầu|dấu|đậu)\b", re.IGNORECASE)
"""Words that without their accents look like asking ones: a machine, oil, a mark, a bean."""

_LEANING = re.compile(r"^\W*((a|à|ừ|thế|the|vậy|vay|rồi|roi|mà|ma) )*(còn|con)\b", re.IGNORECASE)
"""“Còn giày trẻ em?”: it asks the question before once more, of something else."""


def leans_on_the_question_before(text: str) -> bool:
    """Whether a message opens with “còn”; without its accent only where nothing has accents.

    “Con” beside accented words is a child, a beast, or a classifier.
    """
    composed = unicodedata.normalize("NFC", text)
    opening = _LEANING.match(composed)
    if opening is None:
        return False
    return opening[3].lower() == "còn" or composed == strip_accents(composed)


def sounds_like_question(text: str) -> bool:
    """A question mark, an asking word, or an asking end."""
    if "?" in text:
        return True
    told = _NO_ASKING.sub("", _POLITE_END.sub("", unicodedata.normalize("NFC", text)))
    bare = strip_accents(normalise(told))
    return bool(_ASKING.search(bare) or _ASKING_AT_THE_END.search(bare))
