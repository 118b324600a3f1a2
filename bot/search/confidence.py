"""How sure a hit is: the chance that we know the matter at all, times the article's share of it.

Two things can be wrong with a first hit: the message lies outside the knowledge base, or a
sibling article is the right one. The first is a logistic model over the evidence, the second a
softmax over the scores. Both are fitted by `benchmarks/confidence.py` on our own phrasings, held
out, and on `nlu_data/held_out/`; the fitted numbers lie beside this file with date and rule.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from bot.search.evidence import FEATURES, Evidence
from bot.search.lexical.postings import Scores

FILE = Path(__file__).with_name("confidence.json")

KNOWN_BY_WORDS = 0.97
SHARE_BY_WORDS = 0.8
"""Chance that we know the matter, and the first article's share of it, from which the words alone
settle a message and its vector is not asked for. The smallest that answered no more of our own
off-topic lines and cost at most one own line in a thousand (`docs/measurements/time.md`)."""


class Situation(StrEnum):
    """What the evidence was gathered from: each has weights of its own."""

    ALONE = "alone"
    IN_CONTEXT = "in_context"
    WORDS_ONLY = "words_only"
    WORDS_ONLY_IN_CONTEXT = "words_only_in_context"


class Weights(BaseModel):
    """`sharpness` of the softmax over scores; constant and logistic weights of the features."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sharpness: float
    constant: float
    features: dict[str, float]


class Fitted(BaseModel):
    """The data file: when and how the weights came about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fitted_on: str
    rule: str
    weights: dict[Situation, Weights]


def situation(*, vectors: bool, context: bool) -> Situation:
    """The situation of a search."""
    if vectors:
        return Situation.IN_CONTEXT if context else Situation.ALONE
    return Situation.WORDS_ONLY_IN_CONTEXT if context else Situation.WORDS_ONLY


def confidences(evidence: Evidence, weights: Weights) -> Scores:
    """The chance of each article to be the right answer; together at most 1."""
    shares: Scores = shares_of(evidence.scores, weights.sharpness)
    return known(evidence.features, weights) * shares


def settled_by_words(evidence: Evidence) -> bool:
    """Whether evidence of words alone leaves nothing for the vectors to decide."""
    weights = fitted().weights[Situation.WORDS_ONLY]
    share = float(shares_of(evidence.scores, weights.sharpness).max())
    return share >= SHARE_BY_WORDS and known(evidence.features, weights) >= KNOWN_BY_WORDS


def shares_of(scores: Scores, sharpness: float) -> Scores:
    """A softmax over scores."""
    powers = np.exp(sharpness * (scores - scores.max()))
    shares: Scores = powers / powers.sum()
    return shares


def known(features: Scores, weights: Weights) -> float:
    """The chance that the message is about anything we know."""
    line = np.array([weights.features.get(name, 0.0) for name in FEATURES])
    return float(1 / (1 + np.exp(-(features @ line + weights.constant))))


@cache
def fitted() -> Fitted:
    """The weights of this version."""
    return Fitted.model_validate_json(FILE.read_text(encoding="utf-8"))
