"""How fast the search is over 5,000 articles that do not exist, on one core.

    .venv/bin/python -m benchmarks.scale [--articles 210 5000] [--messages FILE]

The articles are cut and joined from the real ones, so that words, pairs and letters are as common
as in real text. Their vectors are drawn at random: to embed 70,000 texts takes half an hour once
and is kept, so it is no part of a build. Messages are embedded for real. Each row says what it
measures in time of the processor (what counts while others use the machine; the embedder's
threads are in it) and by the clock.
"""

import argparse
import json
import os
import random
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge, read_knowledge
from bot.search.message import read_message
from bot.search.retriever import Retriever
from bot.search.vectors.embedder import Embedder, Matrix, Progress, load_embedder
from bot.search.vectors.vector_cache import Vector
from bot.settings import ROOT, Settings

WIDTH = 384
SIZES = (210, 5000)
PHRASINGS = 13
"""Of an article, as in the real knowledge base."""

MOST_MESSAGES = 400
LIKENESS = 0.9
"""Raw cosine of two unrelated texts, as e5 gives it."""


@dataclass
class DrawnVectors:
    """Random vectors for the knowledge base; real ones, or none, for messages."""

    asked: Embedder | None
    dice: np.random.Generator = field(default_factory=lambda: np.random.default_rng(5))

    def query(self, text: str) -> Vector:
        """The vector of a message."""
        vector: Vector = (
            self.asked.query(text) if self.asked is not None else self.queries([text])[0]
        )
        return vector

    def queries(self, texts: Sequence[str], _progress: Progress | None = None) -> Matrix:
        """Vectors about a common mean."""
        common = np.zeros(WIDTH, dtype=np.float32)
        common[0] = np.sqrt(LIKENESS)
        drawn = self.dice.standard_normal((len(texts), WIDTH), dtype=np.float32)
        vectors: Matrix = common + drawn * np.sqrt((1 - LIKENESS) / WIDTH, dtype=np.float32)
        return vectors

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """The same for answers."""
        return self.queries(texts, progress)


def synthetic(knowledge: Knowledge, size: int) -> Knowledge:
    """Real articles, and behind them articles cut and joined from two real ones each."""
    dice = random.Random(11)
    real = list(knowledge.articles.values())
    pairs = (dice.sample(real, 2) for _ in range(size - len(real)))
    drawn = (_joined(number, one, other, dice) for number, (one, other) in enumerate(pairs))
    articles = [*real[:size], *drawn]
    return Knowledge(
        {article.id: article for article in articles},
        knowledge.documents,
        knowledge.offices,
        knowledge.topics,
    )


def _joined(number: int, one: Article, other: Article, dice: random.Random) -> Article:
    pairs = islice(zip(cycle(one.phrasings), _shuffled(other.phrasings, dice), strict=False), 99)
    phrasings = list(dict.fromkeys(_halves(*pair) for pair in pairs))[:PHRASINGS]
    return one.model_copy(
        update={
            "id": f"{one.id}-{number}",
            "title": _halves(one.title, other.title),
            "phrasings": phrasings,
            "answer": _halves(one.answer, other.answer),
            "detail": _halves(one.detail, other.detail),
        }
    )


def _shuffled(phrasings: Sequence[str], dice: random.Random) -> Iterable[str]:
    return cycle(dice.sample(list(phrasings), len(phrasings)))


def _halves(one: str, other: str) -> str:
    """The first half of one text and the second of another."""
    first, second = one.split(" "), other.split(" ")
    return " ".join([*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]])


def timed(name: str, work: Callable[[str], object], messages: Sequence[str]) -> None:
    """Prints median and 95th percentile of one piece of work."""
    own: list[float] = []
    clock: list[float] = []
    for message in messages:
        started, began = time.process_time(), time.perf_counter()
        work(message)
        own.append(1000 * (time.process_time() - started))
        clock.append(1000 * (time.perf_counter() - began))
    print(f"  {name:34} {_figures(own)}   by the clock {_figures(clock)}", flush=True)


def _figures(milliseconds: list[float]) -> str:
    middle, late = np.percentile(milliseconds, [50, 95])
    return f"median {middle:6.1f} ms, p95 {late:6.1f} ms"


def measure(knowledge: Knowledge, embedder: Embedder | None, messages: Sequence[str]) -> None:
    """Builds a search and prints what it costs."""
    texts = sum(len(article.phrasings) + 1 for article in knowledge.articles.values())
    print(f"{len(knowledge.articles)} articles, {texts} titles and phrasings")
    started, began = time.process_time(), time.perf_counter()
    vectors = DrawnVectors(None)
    drawn = Retriever(knowledge, vectors)
    print(
        f"  built in {time.process_time() - started:.1f} s of the processor, "
        f"{time.perf_counter() - began:.1f} s by the clock"
    )
    timed("reading", lambda text: read_message(text, drawn.index), messages)
    timed("search, vector of the message given", drawn.search, messages)
    if embedder is not None:
        vectors.asked = embedder
        timed("search with its embedding", drawn.search, messages)
    print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def messages_of(file: Path | None, knowledge: Knowledge) -> list[str]:
    """The texts of a set, or phrasings of our own."""
    if file is None:
        own = [text for article in knowledge.articles.values() for text in article.phrasings]
        return random.Random(3).sample(own, min(MOST_MESSAGES, len(own)))
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines][:MOST_MESSAGES]


def main() -> None:
    """Measures each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=SIZES)
    parser.add_argument("--messages", type=Path)
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    real = read_knowledge(ROOT / "knowledge_base")
    messages = messages_of(arguments.messages, real)
    embedder = load_embedder(Settings().cache)
    for size in arguments.articles:
        measure(synthetic(real, size), embedder, messages)


if __name__ == "__main__":
    main()
