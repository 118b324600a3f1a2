"""What can be a Vietnamese syllable: by how it is built, not by a list."""

import re
import unicodedata

_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx]"
_RHYME = (
    "a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?|e(?:c|ch|m|n|ng|nh|o|p|t|u)?|i(?:a|c|ch|m|n|nh|p|t|u)?"
    "|ie(?:c|m|n|ng|p|t|u)|o(?:c|i|m|n|ng|p|t)?|oa(?:c|ch|i|m|n|ng|nh|o|t|y)?|oe(?:n|o|t)?"
    "|oo(?:c|ng)|u(?:a|c|i|m|n|ng|p|t|u)?|ua(?:n|ng|t|y)|ue(?:ch|nh)?"
    "|uo(?:c|i|m|n|ng|p|t|u)?|uy(?:a|ch|nh|p|t|u)?|uye(?:n|t)|y(?:e(?:m|n|ng|t|u))?"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_RHYME})")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SHARP_OR_HEAVY = frozenset("\u0301\u0323")
_STOPS = ("c", "ch", "p", "t")


def is_syllable(bare: str) -> bool:
    """Whether a word without accents is built like a syllable."""
    return _SYLLABLE.fullmatch(bare) is not None


def is_well_toned(word: str, bare: str) -> bool:
    """Whether a word with accents carries one tone at most, and before a stop one that can be."""
    tones = _TONES.findall(unicodedata.normalize("NFD", word))
    if bare.endswith(_STOPS):
        return len(tones) == 1 and tones[0] in _SHARP_OR_HEAVY
    return len(tones) <= 1
