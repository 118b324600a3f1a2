"""Puts accents back on bare syllables: bigrams of the house's own texts, best path by Viterbi.

A syllable that carries a mark, or that was never seen, stays as it is. Measured in
`docs/measurements/typing-errors.md`.
"""

from vietnamese.accents import has_accents
from vietnamese.bigrams import Choice
from vietnamese.lexicon import Lexicon


class Restorer:
    """Restores a token list."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def restore(self, words: list[str]) -> list[str]:
        """The likeliest accented reading of the words; as many as were given."""
        return self._lexicon.bigrams.best_path(self._choices(word) for word in words)

    def _choices(self, word: str) -> list[Choice]:
        forms = [] if has_accents(word) else self._lexicon.forms(word)
        return [(form, 0.0) for form in forms or [word]]
