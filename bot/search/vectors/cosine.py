"""Vectors of length 1, and the cosines between them."""

import numpy as np

from bot.search.lexical.postings import Scores
from bot.search.vectors.embedder import Matrix
from bot.search.vectors.vector_cache import Vector


def unit(vectors: Matrix) -> Matrix:
    """Vectors of length 1; shape kept. A vector of zeros stays one."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Matrix = (vectors / np.where(length > 0, length, 1)).astype(np.float32)
    return scaled


def cosines(vectors: Matrix, query: Vector) -> Scores:
    """The cosine of each unit vector with one; shape `(n,)`.

    Row by row on purpose: a matrix product wakes the threads of BLAS, which then spin beside those
    of the embedder and double its time (`docs/measurements/time.md`).
    """
    found: Scores = np.vecdot(vectors, query).astype(np.float64)
    return found
