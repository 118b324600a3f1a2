"""An article leans on something that holds: else it is not served."""

from collections.abc import Iterator
from datetime import date

from bot.audit.shelf import Shelf, at
from bot.knowledge.files.problem import Problem


def without_ground(shelf: Shelf, today: date) -> Iterator[Problem]:
    """Articles that cite only documents that no longer hold."""
    documents = shelf.documents
    for file, article in shelf.articles:
        cited = [documents.get(source.document) for source in article.sources]
        held = [document for document in cited if document is None or document.holds_on(today)]
        if cited and not held:
            yield at(file, "sources:", "cites only documents that no longer hold: not served")
