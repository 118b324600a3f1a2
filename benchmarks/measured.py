"""What the benchmarks of a turn measure, and with which messages."""

import statistics
import uuid
from dataclasses import dataclass

from ruamel.yaml import YAML

from bot.knowledge.library import Library
from bot.settings import ROOT

WARM_UP = 20

AT_ONCE = 8
"""Conversations at the same time: as many as the inbox has lanes."""


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each message one at a time; turns a second with `AT_ONCE` conversations."""

    times: list[float]
    at_once: float

    @property
    def median(self) -> float:
        """Half of the messages took no longer."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """Nineteen of twenty took no longer."""
        return statistics.quantiles(self.times, n=20)[-1]

    @property
    def one_by_one(self) -> float:
        """Turns a second, one conversation at a time."""
        return 1000 / statistics.mean(self.times)


def sample(count: int) -> list[str]:
    """Held-out messages of all intents and questions of the field, in a fixed mixed order."""
    held_out = YAML(typ="safe").load((ROOT / "nlu_data/held_out/intents.yml").read_text("utf-8"))
    lines = [
        line.strip().removeprefix("- ")
        for intent in held_out["nlu"]
        if intent["intent"] in ("ask", "greet", "thanks", "out_of_scope", "request_status")
        for line in intent["examples"].splitlines()
    ]
    articles = Library(ROOT / "knowledge_base").current.articles.values()
    lines += [article.phrasings[len(article.id) % 8] for article in articles]
    return sorted(lines, key=lambda line: uuid.uuid5(uuid.NAMESPACE_OID, line).hex)[:count]


def anew(messages: list[str]) -> list[str]:
    """The same questions as messages that were not seen before."""
    return [f"{message} vậy ạ" for message in messages]
