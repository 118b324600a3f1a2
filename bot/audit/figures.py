"""A legal figure has a ground: an article without any source states no amount, fine or deadline."""

import re
from collections.abc import Iterator

from bot.audit.shelf import Shelf, at, bare
from bot.knowledge.articles.article import Article
from bot.knowledge.files.problem import Problem

_NUMBER = r"\d[\d.,]*"
_LEVY = r"(?:ho tro|thue|le phi|phi|lai suat|mien|giam|phat|muc chi|tai tro)"

_FIGURES = (
    rf"{_NUMBER} (?:(?:nghin|ngan|trieu|ty) )?(?:dong|vnd)\b",
    rf"{_NUMBER} (?:trieu|ty)\b",
    rf"\b(?:trong|cham nhat|toi da|qua) (?:vong |thoi han )?{_NUMBER} (?:ngay|thang|nam)\b",
    rf"{_NUMBER} ngay lam viec\b",
    r"\b(?:bi|muc|xu) phat (?:tien|tu|den|hanh chinh)\b",
    rf"\b{_LEVY}\b[^.\n]{{0,30}}?{_NUMBER} ?%",
    rf"{_NUMBER} ?%[^.\n]{{0,30}}?\b{_LEVY}\b",
    r"\bdieu \d+[a-z]?\b",
)
"""Money, deadlines, fines, shares of a support or a levy, and clauses; in bare letters. Years of a
lifetime, shares of a score and hours on a machine are no law."""

FIGURE = re.compile("|".join(f"(?:{one})" for one in _FIGURES))


def figures_without_source(shelf: Shelf) -> Iterator[Problem]:
    """Articles that state such a figure, cite nothing, and do not say that it is unconfirmed."""
    for file, article in shelf.articles:
        if article.sources or article.verify:
            continue
        text = stated(article)
        found = FIGURE.search(bare(text))
        if found is not None:
            words = text[found.start() : found.end()]
            yield at(file, words, f"says “{words}” without any source")


def stated(article: Article) -> str:
    """What an article states as so: neither its title, a question, nor its doubt."""
    texts = (article.answer, article.detail, article.next_steps, article.changed)
    return "\n".join([*texts, *(one.say for one in article.aspects.values())])
