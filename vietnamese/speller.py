"""Undoes typing errors and puts accents back, in one go: what stands beside a word decides.

A noisy channel: each word may be read as itself or as words near it on the keyboard, at a cost;
the path that is likeliest in the house's own texts wins (Viterbi over bigrams). What it reads is
for searching and for telling intents apart, never for showing: a name may come out as a word.
Measured in `docs/measurements/typing-errors.md`.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from heapq import nsmallest

from vietnamese.accents import strip_accents
from vietnamese.bigrams import Choice
from vietnamese.keystrokes import keystrokes
from vietnamese.lexicon import Lexicon
from vietnamese.near_words import NearWords
from vietnamese.spaces import Spaces
from vietnamese.syllable import is_syllable, is_well_toned
from vietnamese.typing_error import WRONG_MARK, marks_cost, slip

KNOWN = 4.0
"""What it costs more to read a word as another where it is one of ours."""

PROPER = 3.0
"""The same where it is none of ours, yet built like a syllable."""

IMPOSSIBLE = -6.0
"""The same where it has accents and is no syllable: nobody meant that, not even as a name."""

OTHER_ACCENTS = 5.0
OTHER_ORDER = 3.0
"""The right keys in another order, or Telex that the phone did not turn into accents."""

TWO_ERRORS = 13.5

MOST = 14
"""Readings kept of one word beside itself."""

SEEN_OFTEN = 3
"""From here on a foreign word or an abbreviation may be what was meant: `iso`, `haccp`."""

LONGEST = 12
"""Letters of a word that is looked at: ways to drop two letters grow with the square."""

REMEMBERED = 20_000


class Speller:
    """Reads token lists. Immutable, safe between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._spaces = Spaces(lexicon)
        targets = [
            bare
            for bare, seen in lexicon.frequency.items()
            if bare.isalpha() and (is_syllable(bare) or seen >= SEEN_OFTEN)
        ]
        self._near = NearWords(targets)
        self._by_keys: dict[str, list[str]] = defaultdict(list)
        for bare in targets:
            for form in lexicon.forms(bare):
                self._by_keys[keystrokes(form)].append(form)
        self._choices = lru_cache(REMEMBERED)(self._weigh)

    def read(self, words: list[str]) -> list[str]:
        """The likeliest reading, with accents; a space lost or astray changes how many there are.

        Words with a digit and very long ones stay as they are.
        """
        mended = self._spaces.mend(words)
        return self._lexicon.bigrams.best_path(self._choices(word) for word in mended)

    def _weigh(self, word: str) -> list[Choice]:
        """The readings of a word, each once, and their costs."""
        bare = strip_accents(word)
        forms = self._lexicon.forms(bare)
        as_typed = [word] if word != bare else forms or [word]
        costs = dict.fromkeys(as_typed, 0.0)
        if not bare.isalpha() or len(bare) > LONGEST or (len(bare) == 1 and forms):
            return list(costs.items())
        standing = self._standing(word, bare)
        likeliest = nsmallest(MOST, self._others(word, bare, standing), key=self._unlikeliness)
        for other, cost in likeliest:
            costs[other] = min(costs.get(other, cost + standing), cost + standing)
        return list(costs.items())

    def _unlikeliness(self, choice: Choice) -> float:
        return choice[1] - self._lexicon.bigrams.alone(choice[0])

    def _standing(self, word: str, bare: str) -> float:
        """What speaks for a word as it was typed."""
        if self._lexicon.holds(word):
            return KNOWN
        if is_syllable(bare) and (word == bare or is_well_toned(word, bare)):
            return PROPER
        return 0.0 if word == bare else IMPOSSIBLE

    def _others(self, word: str, bare: str, standing: float) -> Iterator[Choice]:
        if word != bare:
            yield from ((form, OTHER_ACCENTS) for form in self._lexicon.forms(bare))
        yield from ((form, OTHER_ORDER) for form in self._by_keys.get(keystrokes(word), ()))
        yield from self._one_error(word, bare)
        if standing <= 0:
            yield from self._two_errors(word, bare)

    def _one_error(self, word: str, bare: str) -> Iterator[Choice]:
        for near in self._near.one_error(bare):
            made = slip(bare, near)
            if made is not None:
                for form in self._lexicon.forms(near):
                    yield form, made.cost + marks_cost(word, form, made)

    def _two_errors(self, word: str, bare: str) -> Iterator[Choice]:
        for near in self._near.two_errors(bare):
            for form in self._lexicon.forms(near):
                strange = sum(not letter.isascii() and letter not in form for letter in word)
                yield form, TWO_ERRORS + WRONG_MARK * strange
