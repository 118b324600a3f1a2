"""An embedder that keeps what was asked, so that a benchmark can be run again in seconds."""

from pathlib import Path

from bot.search.vectors.embedder import E5Embedder, e5_model
from bot.search.vectors.vector_cache import Vector, VectorCache, key_of

WRITE_EVERY = 500


class RememberedEmbedder(E5Embedder):
    """Like the product's embedder, with a file of its own for messages too. Never for latency."""

    def __init__(self, folder: Path) -> None:
        self._asked = VectorCache(folder / "benchmarks.npz")
        self._pending: dict[str, Vector] = {}
        super().__init__(VectorCache(folder / "vectors.npz"), e5_model(folder))

    def _ask(self, text: str) -> Vector:
        key = key_of(self.model, "query", text)
        known = self._asked.get(key)
        if known is not None:
            return known
        vector = super()._ask(text)
        self._pending[key] = vector
        if len(self._pending) >= WRITE_EVERY:
            self.keep()
        return vector

    def keep(self) -> None:
        """Writes what was asked since the last time."""
        self._asked.add(self._pending)
        self._pending = {}
