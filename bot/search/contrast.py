"""What an owner does not mean: "ý em là nhãn trên bao bì chứ ko phải nhãn hiệu"."""

import re
import unicodedata

from vietnamese import strip_accents

FEWEST_WORDS = 3
"""Words that must be left: with fewer, what was denied is all there is to go by."""

_NOT = r"(?:khong|ko|k|kh|kg|hong|hok|hk|hem|dau)"
"""As owners write it, without accents."""

_SPAN = r"(?:(?!\b(?:ma|thi|sao|gi|nao|dau|vay)\b)[^,.;!?\n])*"
"""Words of what is denied: to the end of the clause, or to where it asks."""

_DENIED_AFTER = re.compile(rf"\b(?:chu|ch)\s+{_NOT}\s+(?:phai|fai)\b{_SPAN}")
_DENIED_BEFORE = re.compile(rf"\b{_NOT}\s+(?:phai|fai)\b{_SPAN}\bma(?:\s+la)?\b")


def without_denied(text: str) -> str:
    """The message without what its writer says is not meant; unchanged where nothing is."""
    written = unicodedata.normalize("NFC", text)
    bare = strip_accents(written).lower()
    if len(bare) != len(written):
        return text
    for rule in (_DENIED_AFTER, _DENIED_BEFORE):
        denied = rule.search(bare)
        if denied is None:
            continue
        left = f"{written[: denied.start()]} {written[denied.end() :]}"
        if len(left.split()) >= FEWEST_WORDS:
            return left
    return text
