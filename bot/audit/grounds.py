"""What is served leans on what holds: an article on something, a form on nothing else."""

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


def outdated_forms(shelf: Shelf, today: date) -> Iterator[Problem]:
    """Forms that name a document that no longer holds: they are filled in as if it did."""
    documents = shelf.documents
    for file, form in shelf.forms:
        for id_ in dict.fromkeys(form.documents):
            document = documents.get(id_)
            if document is not None and not document.holds_on(today):
                yield at(file, id_, f"{id_} no longer holds: the form must be looked at")
