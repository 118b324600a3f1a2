"""Learns the meaning of every phrasing, once, before tests start assistants side by side.

python -m tests.support.data.meanings

Kept in `var/cache`: without it each of the assistants would learn the same for itself.
"""

from bot.knowledge.library import Library
from bot.search.retriever import Retriever
from bot.search.vectors.embedder import load_embedder
from bot.settings import Settings


def learn() -> None:
    """Learns what is not known yet; where the machine has no sentence vectors, nothing."""
    settings = Settings(_env_file=None)
    embedder = load_embedder(settings.cache)
    if embedder is not None:
        Retriever(Library(settings.knowledge_dir).current, embedder)


if __name__ == "__main__":
    learn()
