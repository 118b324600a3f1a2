"""An embedder that needs no model: texts that share letters lie near. Counts what it is asked."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from bot.search.vectors.embedder import Matrix, Progress
from bot.search.vectors.vector_cache import Vector
from vietnamese.terms import bare_words, letter_terms

WIDTH = 64


class LetterEmbedder:
    """Counts runs of letters into a unit vector."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def query(self, text: str) -> Vector:
        self.asked.append(text)
        return _vector(text)

    def queries(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        if progress is not None:
            progress(len(texts), len(texts))
        return np.stack([_vector(text) for text in texts])

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        return self.queries(texts, progress)


def _vector(text: str) -> Vector:
    vector = np.ones(WIDTH, dtype=np.float32)
    for run in letter_terms(bare_words(text)):
        vector[crc32(run.encode()) % WIDTH] += 1
    return vector / np.linalg.norm(vector)
