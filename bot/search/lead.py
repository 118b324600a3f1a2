"""Words before "cho em hỏi": who asks, and what went before; the question stands behind."""

import re
import unicodedata

from bot.domain.text.plain import folded

FEWEST_WORDS = 2
"""Words of a question that stands by itself."""

_LEAD = re.compile(
    r"\b(?:cho|xin|muon|can|tinh|dinh)(?: (?:em|e|toi|tui|minh|mk|anh|chi|chu|con|chau|phep|duoc))?"
    r" hoi(?: (?:them|thu|chut|ti|xiu|la|ve|vu|nhe|nha|ad|a))*[\s:,.-]+"
)


def part_lead(text: str) -> tuple[str, str]:
    """What stands before the question, and the question; empty and all of it where none leads.

    The first lead parts: behind it may stand more questions than one.
    """
    own = unicodedata.normalize("NFC", text)
    found = _LEAD.search(folded(own))
    if found is None or len(own[found.end() :].split()) < FEWEST_WORDS:
        return "", text
    return own[: found.start()].strip(" ,.;:-"), own[found.end() :]
