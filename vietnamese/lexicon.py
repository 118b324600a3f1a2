"""The words of the house's own texts: their spellings with accents, and who stands beside whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from vietnamese.accents import strip_accents
from vietnamese.bigrams import Bigrams

MOST_FORMS = 12
"""Spellings kept of one bare word, the most frequent first."""


class Lexicon:
    """Learns from token lists. Immutable afterwards."""

    def __init__(self, sentences: Iterable[list[str]]) -> None:
        kept = list(sentences)
        self.bigrams = Bigrams(kept)
        self._seen = Counter(word for sentence in kept for word in sentence)
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for word, seen in self._seen.items():
            forms[strip_accents(word)][word] = seen
        self._forms = {
            bare: [word for word, _ in seen.most_common(MOST_FORMS)] for bare, seen in forms.items()
        }
        self.frequency = {bare: sum(seen.values()) for bare, seen in forms.items()}

    def forms(self, bare: str) -> list[str]:
        """The spellings of a bare word; none where it was never seen."""
        return self._forms.get(bare, [])

    def holds(self, word: str) -> bool:
        """Whether a word was seen just so or, where it has no accents, with any."""
        return word in self._seen or word in self._forms
