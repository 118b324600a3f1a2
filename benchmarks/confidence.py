"""Fits how sure a hit is, on our own lines only, and writes `bot/search/confidence.json`.

    .venv/bin/python -m benchmarks.confidence [--write]

In scope: every phrasing is held out once (five folds: the search is built without it) and asked as
written, without accents, and bare with typos. Out of scope: `nlu_data/held_out/out_of_scope.txt`
and the classifier's examples of that intent, which the search never sees. In context:
`follow_ups.txt`, and lines of both sorts behind an unrelated article.

The first run takes ten minutes on two cores; what was embedded is kept for the next.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML

from benchmarks.remembered import RememberedEmbedder
from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge, read_knowledge
from bot.search.confidence import FILE, Fitted, Situation, Weights, known, shares_of
from bot.search.evidence import FEATURES, Evidence
from bot.search.retriever import Retriever
from bot.search.vectors.embedder import Embedder
from bot.settings import ROOT, Settings
from vietnamese import strip_accents
from vietnamese.augment import mistype

FOLDS = 5
HELD_OUT = ROOT / "nlu_data" / "held_out"
OUT_OF_SCOPE = ROOT / "nlu_data" / "nlu" / "out_of_scope.yml"
RIDGE = 1.0
"""Pull of the logistic weights towards 0; features are standardised while fitting."""

OFF_TOPIC_SHARE = 0.25
"""Weight of the out-of-scope lines beside the phrasings: a fifth of what is asked, we suppose."""

FOLLOW_UP_TIMES = 20
"""Few lines stand for a third of what an owner says behind an answer."""

BY_VECTORS = ("domain", "nearest_phrasing", "near_answer", "near_letters", "length")
BY_WORDS = ("near_letters", "covered", "top", "length")
"""Features used. Others were tried and left out: what they added was not sound, or nothing."""

USED = {
    Situation.ALONE: BY_VECTORS,
    Situation.IN_CONTEXT: BY_VECTORS,
    Situation.WORDS_ONLY: BY_WORDS,
    Situation.WORDS_ONLY_IN_CONTEXT: BY_WORDS,
}

SMALL_STEP = 1e-8

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One message asked: evidence, and the places of the right articles (none: out of scope)."""

    text: str
    evidence: Evidence
    right: frozenset[int]


def lines(name: str) -> list[str]:
    """The lines of a held-out file without its comments."""
    text = (HELD_OUT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def off_topic_lines() -> list[str]:
    """Messages that no article answers, in our own words."""
    examples = YAML(typ="safe").load(OUT_OF_SCOPE.read_text(encoding="utf-8"))["nlu"]
    learnt = [line[2:].strip() for part in examples for line in part["examples"].splitlines()]
    return list(dict.fromkeys([*lines("out_of_scope.txt"), *learnt]))


def variants(text: str) -> list[str]:
    """A text as written, bare, and bare with typos; seeded by itself."""
    return [text, strip_accents(text), strip_accents(mistype(text, random.Random(text)))]


def folds(knowledge: Knowledge) -> Iterator[tuple[Knowledge, list[tuple[str, Article]]]]:
    """The knowledge without a fifth of each article's phrasings, and that fifth."""
    for fold in range(FOLDS):
        kept: dict[str, Article] = {}
        held: list[tuple[str, Article]] = []
        for article in knowledge.articles.values():
            out = article.phrasings[fold::FOLDS]
            rest = [phrasing for phrasing in article.phrasings if phrasing not in out]
            kept[article.id] = article.model_copy(update={"phrasings": rest})
            held.extend((phrasing, article) for phrasing in out)
        yield Knowledge(kept, knowledge.documents, knowledge.offices, knowledge.topics), held


def gather(knowledge: Knowledge, embedder: Embedder | None) -> dict[Situation, list[Line]]:
    """All lines asked, alone and in context."""
    dice = random.Random(1)
    alone: list[Line] = []
    context: list[Line] = []
    for rest, held in folds(knowledge):
        search = Retriever(rest, embedder)
        articles = list(rest.articles.values())
        for phrasing, article in held:
            right = frozenset([search.index.place[article.id]])
            for text in variants(phrasing):
                alone.extend(_asked(search, text, None, right))
            other = dice.choice([a for a in articles if a.topic != article.topic])
            context.extend(_asked(search, phrasing, other, right))
    search = Retriever(knowledge, embedder)
    articles = list(knowledge.articles.values())
    for text in off_topic_lines():
        alone.extend(_asked(search, text, None, frozenset()))
        for article in dice.sample(articles, 3):
            context.extend(_asked(search, text, article, frozenset()))
    for line in lines("follow_ups.txt"):
        before, text, right_ids = (part.strip() for part in line.split("|"))
        right = frozenset(search.index.place[id_.strip()] for id_ in right_ids.split(","))
        context.extend(_asked(search, text, knowledge.articles[before], right) * FOLLOW_UP_TIMES)
    if embedder is not None:
        return {Situation.ALONE: alone, Situation.IN_CONTEXT: context}
    return {Situation.WORDS_ONLY: alone, Situation.WORDS_ONLY_IN_CONTEXT: context}


def _asked(
    search: Retriever, text: str, context: Article | None, right: frozenset[int]
) -> list[Line]:
    evidence = search.evidence(text, context)
    return [Line(text, evidence, right)] if evidence is not None else []


def fit(asked: list[Line], used: tuple[str, ...]) -> Weights:
    """Sharpness by likelihood over a grid, then the logistic model by Newton's method."""
    inside = [line for line in asked if line.right]
    grid = np.linspace(0.2, 3, 57)
    sharpness = float(max(grid, key=lambda value: _likelihood(inside, value)))
    columns = [FEATURES.index(name) for name in used]
    rows = np.stack([line.evidence.features[columns] for line in asked])
    answers = np.array([float(bool(line.right)) for line in asked])
    off_topic = OFF_TOPIC_SHARE * answers.sum() / max((answers == 0).sum(), 1)
    weights, constant = logistic(rows, answers, np.where(answers == 1, 1.0, off_topic))
    named = {name: round(float(w), 4) for name, w in zip(used, weights, strict=True)}
    return Weights(sharpness=round(sharpness, 3), constant=round(constant, 4), features=named)


def _likelihood(asked: list[Line], sharpness: float) -> float:
    return float(
        sum(
            np.log(shares_of(line.evidence.scores, sharpness)[list(line.right)].sum() + 1e-12)
            for line in asked
        )
    )


def logistic(rows: Array, answers: Array, importance: Array) -> tuple[Array, float]:
    """Ridge logistic regression on raw features; weights and constant."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    design = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    ridge = RIDGE * np.eye(design.shape[1])
    ridge[-1, -1] = 0
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (importance * (answers - chance)) - ridge @ weights
        bend = (design * (importance * chance * (1 - chance))[:, None]).T @ design + ridge
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < SMALL_STEP:
            break
    scaled = weights[:-1] / spread
    return scaled, float(weights[-1] - scaled @ mean)


def report(situation: Situation, asked: list[Line], weights: Weights) -> None:
    """Prints what each threshold would answer, in and out of scope."""
    print(f"\n{situation}: sharpness {weights.sharpness}, {weights.features}")
    first, right, inside, total = [], [], [], []
    for line in asked:
        chance = known(line.evidence.features, weights)
        first.append(chance * shares_of(line.evidence.scores, weights.sharpness).max())
        total.append(chance)
        right.append(int(line.evidence.scores.argmax()) in line.right)
        inside.append(bool(line.right))
    sure, hit, scope, chance_ = map(np.array, (first, right, inside, total))
    print(f"in scope {scope.sum()}, right first {hit[scope].mean():.1%}")
    for limit in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        taken = sure >= limit
        print(
            f"{limit:.2f}: in scope answered {taken[scope].mean():6.1%} right of these "
            f"{hit[scope & taken].mean():6.1%}  off topic answered {taken[~scope].mean():6.1%}"
            f"  | known ≥: in {(chance_[scope] >= limit).mean():6.1%} "
            f"off {(chance_[~scope] >= limit).mean():6.1%}"
        )
    for low in np.arange(0, 1, 0.1):
        band = (sure >= low) & (sure < low + 0.1) & scope
        if band.any():
            print(f"calibration {low:.1f}: n {band.sum()} right {hit[band].mean():.1%}")


def main() -> None:
    """Gathers, fits, reports, and writes with `--write`."""
    knowledge = read_knowledge(ROOT / "knowledge_base")
    embedder = RememberedEmbedder(Settings().data_dir / "cache")
    weights: dict[Situation, Weights] = {}
    for one in (embedder, None):
        for situation, asked in gather(knowledge, one).items():
            weights[situation] = fit(asked, USED[situation])
            report(situation, asked, weights[situation])
    embedder.keep()
    if "--write" in sys.argv:
        rule = " ".join((__doc__ or "").split("\n\n")[2].split())
        newest = max(article.reviewed_on for article in knowledge.articles.values())
        data = Fitted(fitted_on=newest.isoformat(), rule=rule, weights=weights)
        Path(FILE).write_text(data.model_dump_json(indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
