"""Whether a wish is meant: done, asked about first, or taken for a question.

An intent that has an effect (a case before officers, a form, what is kept of somebody) needs more
than to be the likeliest: of a message that is none of ours some intent is always the likeliest.
The chance that it is meant comes from its confidence and the number of words, which tells the more
the fewer they are. Weights and thresholds are fitted by `benchmarks/wishes.py` and lie beside this
file with date and rule: docs/adr/0016-a-wish-in-doubt-is-asked-about.md.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple

FILE = Path(__file__).with_name("wish.json")

DOUBTFUL = "doubtful_wish"
"""The intent of a message whose wish is asked about; the entity `wish` names it."""

QUESTION = "out_of_scope"
"""What an improbable wish is taken for: it is searched for all the same."""

TYPED_NEVER = "send_files"
"""Files make it, not words: where words look like it, they are weighed, and never asked about."""

Ranking = List[Dict[str, Any]]
"""Intents with their confidences, likeliest first."""


@dataclass(frozen=True)
class WishGate:
    """`ask`: the chance from which a wish is asked about; `do`: for each, from which it is done."""

    confidence: float
    words: float
    constant: float
    ask: float
    do: Mapping[str, float]

    @classmethod
    def read(cls, file: Path = FILE) -> "WishGate":
        """The gate of this version."""
        data = json.loads(file.read_text(encoding="utf-8"))
        return cls(
            confidence=data["weights"]["confidence"],
            words=data["weights"]["words"],
            constant=data["weights"]["constant"],
            ask=data["ask"],
            do=data["do"],
        )

    @property
    def wishes(self) -> Tuple[str, ...]:
        """The intents that are weighed."""
        return tuple(self.do)

    def chance(self, confidence: float, words: int) -> float:
        """The chance that the likeliest wish of a message of so many words is meant."""
        line = self.confidence * logit(confidence) + self.words * math.log(max(words, 1))
        return 1 / (1 + math.exp(-(line + self.constant)))

    def weigh(self, ranking: Ranking, words: int) -> Tuple[Ranking, Optional[str]]:
        """The ranking after weighing its first, and the wish to ask about, if there is one."""
        first = ranking[0]
        if first["name"] == DOUBTFUL:
            return ranking, next((r["name"] for r in ranking if r["name"] in self._askable), None)
        if first["name"] not in self.wishes:
            return ranking, None
        chance = self.chance(first["confidence"], words)
        if chance >= self.do[first["name"]]:
            return ranking, None
        if chance >= self.ask and first["name"] in self._askable:
            return _doubted(ranking), first["name"]
        return _as_question(ranking), None

    @property
    def _askable(self) -> Tuple[str, ...]:
        return tuple(wish for wish in self.wishes if wish != TYPED_NEVER)


def logit(chance: float) -> float:
    """The logarithm of the odds; kept finite."""
    kept = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))


def _doubted(ranking: Ranking) -> Ranking:
    first = {"name": DOUBTFUL, "confidence": ranking[0]["confidence"]}
    return [first, *(other for other in ranking[1:] if other["name"] != DOUBTFUL)]


def _as_question(ranking: Ranking) -> Ranking:
    """What spoke for the wish speaks for a message that is none of ours."""
    own = sum(r["confidence"] for r in ranking if r["name"] == QUESTION)
    question = {"name": QUESTION, "confidence": own + ranking[0]["confidence"]}
    return [question, *(other for other in ranking[1:] if other["name"] != QUESTION)]
