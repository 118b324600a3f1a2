"""What a title asks for is held as data, and a figure among it has its clause."""

from collections.abc import Iterator

from bot.audit.figures import FIGURE
from bot.audit.shelf import Shelf, at, bare
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.files.problem import Problem
from bot.search.asking.aspects import aspects_asked

DEMANDED = (Aspect.HOW_LONG, Aspect.COST, Aspect.FINE, Aspect.FORM)
"""Of what a title asks. Papers, places and ends are named in titles for other reasons, too."""


def missing_aspects(shelf: Shelf) -> Iterator[Problem]:
    """Articles whose title asks for something that none of their sentences answers."""
    for file, article in shelf.articles:
        for aspect in aspects_asked(article.title):
            if aspect in DEMANDED and aspect not in article.aspects:
                yield at(file, "title:", f"the title asks for it, yet `aspects` lacks {aspect}")


def aspects_without_ground(shelf: Shelf) -> Iterator[Problem]:
    """Sentences with a legal figure and no document, in articles that are called verified."""
    for file, article in shelf.articles:
        if article.verify:
            continue
        for aspect, told in article.aspects.items():
            found = None if told.document else FIGURE.search(bare(told.say))
            if found is not None:
                words = told.say[found.start() : found.end()]
                yield at(file, told.say, f"{aspect} says “{words}” without a document")
