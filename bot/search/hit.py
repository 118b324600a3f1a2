"""An article found by the search."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """`score` compares within one search; `confidence` is the chance, 0–1, that it is right."""

    article_id: str
    score: float
    confidence: float
