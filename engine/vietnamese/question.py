"""Whether a message sounds like a question, with or without accents and question mark."""

import re
import unicodedata

from engine.vietnamese.accents import strip_accents
from engine.vietnamese.normal import normalise

_ASKING = re.compile(
    r"\b(gi|nao|sao|may|dau|bao nhieu|bao lau|the nao|cho hoi|hoi them|la ai|hoi ai|khi nao"
    r"|phai khong|duoc khong|co can|co phai|co duoc|khac nhau|nghia la)\b"
)
_ASKING_AT_THE_END = re.compile(r"\b(khong|chua|ha|a|vay|nhi)( a| vay| em| anh| chi| ad| ban)*$")


_POLITE_END = re.compile(r"\bạ\W*$", re.IGNORECASE)
"""“Ạ” is politeness; “à”, which looks the same without its accent, asks."""


def sounds_like_question(text: str) -> bool:
    """A question mark, an asking word, or an asking end."""
    if "?" in text:
        return True
    bare = strip_accents(normalise(_POLITE_END.sub("", unicodedata.normalize("NFC", text))))
    return bool(_ASKING.search(bare) or _ASKING_AT_THE_END.search(bare))
