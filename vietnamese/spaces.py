"""Spaces that were lost or strayed: `nhanhieu`, `ngh iep`."""

from vietnamese.accents import strip_accents
from vietnamese.lexicon import Lexicon
from vietnamese.syllable import is_syllable

SHORTEST = 4
LONGEST = 14
"""Letters of two syllables run together."""


class Spaces:
    """Mends a token list by the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._pairs = {(strip_accents(a), strip_accents(b)) for a, b in lexicon.bigrams.pairs()}

    def mend(self, words: list[str]) -> list[str]:
        """Two halves of a syllable joined, two syllables run together parted."""
        mended: list[str] = []
        for word in words:
            if mended and self._is_one(mended[-1], word):
                mended[-1] += word
            else:
                mended.extend(self._parted(word))
        return mended

    def _is_one(self, first: str, second: str) -> bool:
        left, right = strip_accents(first), strip_accents(second)
        joined = left + right
        return (
            is_syllable(joined)
            and bool(self._lexicon.forms(joined))
            and not (self._stands(left) and self._stands(right))
            and (left, right) not in self._pairs
        )

    def _parted(self, word: str) -> list[str]:
        bare = strip_accents(word)
        if not SHORTEST <= len(bare) <= LONGEST or not bare.isalpha() or self._stands(bare):
            return [word]
        cut = self._cut(bare)
        return [word] if cut is None else [word[:cut], word[cut:]]

    def _cut(self, bare: str) -> int | None:
        """Where two words meet that are seen side by side: the commonest two."""
        seen = self._lexicon.frequency
        cuts = [
            n
            for n in range(1, len(bare))
            if (bare[:n], bare[n:]) in self._pairs
            and is_syllable(bare[:n])
            and is_syllable(bare[n:])
        ]
        return max(cuts, key=lambda n: seen[bare[:n]] * seen[bare[n:]], default=None)

    def _stands(self, bare: str) -> bool:
        return is_syllable(bare) or bool(self._lexicon.forms(bare))
