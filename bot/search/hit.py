"""An article found by the search."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """`score` compares within one search; `confidence` is the chance, 0–1, that it is right.

    `known`: the chance that any article is, the same for all hits of a message; 0 where only the
    hits themselves tell.
    """

    article_id: str
    score: float
    confidence: float
    known: float = 0.0
