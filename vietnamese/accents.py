"""Accents off, and tone marks where the common spelling has them."""

import re
import unicodedata

_D = str.maketrans("đĐ", "dD")


def strip_accents(text: str) -> str:
    """The text without tone and vowel marks; đ becomes d, which NFD alone does not do."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", bare).translate(_D)


def has_accents(text: str) -> bool:
    """Whether any letter carries a mark or is đ."""
    return text != strip_accents(text)


# hoà → hòa, thuý → thúy: both placements are in use, one must be chosen. `qu` keeps its u: quý.
_PAIRS = {
    "oa": dict(zip("àáảãạ", "òóỏõọ", strict=False)),
    "oe": dict(zip("èéẻẽẹ", "òóỏõọ", strict=False)),
    "uy": dict(zip("ỳýỷỹỵ", "ùúủũụ", strict=False)),
}
_LATE_TONE = re.compile(r"(?<!q)(o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")


def place_tones(text: str) -> str:
    """Lower-case text with tones on the first vowel of open `oa`, `oe`, `uy`."""
    return _LATE_TONE.sub(_move_tone, text)


def _move_tone(match: "re.Match[str]") -> str:
    first, toned = list(match[1])
    for pair, marks in _PAIRS.items():
        if pair[0] == first and toned in marks:
            return marks[toned] + pair[1]
    return match[1]
