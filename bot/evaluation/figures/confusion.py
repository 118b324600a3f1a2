"""Which article is served in the place of which other."""

from collections import Counter
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from bot.evaluation.asking.result import MessageResult

SHOWN = 15


class Confusion(BaseModel):
    """`served` came `count` times where `wanted` was the best accepted article."""

    model_config = ConfigDict(frozen=True)

    wanted: str
    served: str
    count: int


def worst_confusions(results: Iterable[MessageResult], shown: int = SHOWN) -> list[Confusion]:
    """The most frequent first; ties by name, so that two runs can be laid side by side."""
    pairs = Counter(
        (result.label.accept[0], result.turn.article)
        for result in results
        if result.label.wants_article and result.turn.article and not result.is_right_first
    )
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [
        Confusion(wanted=wanted, served=served, count=count)
        for (wanted, served), count in ordered[:shown]
    ]
