"""What officers added and approved, laid over the files without touching them."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge
from bot.knowledge.settled import SettledQuestion, SettledQuestions

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AddedPhrasing:
    """One more way to ask for an article."""

    article: str
    text: str


@dataclass(frozen=True)
class Additions:
    """Approved phrasings, articles and settled questions, in the order of their approval."""

    phrasings: tuple[AddedPhrasing, ...] = ()
    articles: tuple[Article, ...] = ()
    settled: tuple[SettledQuestion, ...] = ()

    def __add__(self, other: "Additions") -> "Additions":
        return Additions(
            (*self.phrasings, *other.phrasings),
            (*self.articles, *other.articles),
            (*self.settled, *other.settled),
        )


def lay_over(knowledge: Knowledge, additions: Additions) -> Knowledge:
    """The files' knowledge with the additions. The files win; what no longer fits is left out."""
    articles = dict(knowledge.articles)
    for article in additions.articles:
        if article.id not in articles and _fits(article, knowledge):
            articles[article.id] = _among(article, articles)
    for added in additions.phrasings:
        if (known := articles.get(added.article)) is not None:
            articles[added.article] = _with_phrasing(known, added.text)
    kept = [one for one in additions.settled if one.article is None or one.article in articles]
    settled = SettledQuestions([*knowledge.settled.questions, *kept])
    return replace(knowledge, articles=articles, settled=settled)


def misfits(article: Article, knowledge: Knowledge) -> list[str]:
    """Names of what an article leans on and the files do not know, by field: `office: xyz`."""
    found = [
        f"sources: {source.document}"
        for source in article.sources
        if source.document not in knowledge.documents
    ]
    if article.office not in knowledge.offices:
        found.append(f"office: {article.office}")
    if article.topic not in knowledge.topics:
        found.append(f"topic: {article.topic}")
    return found


def _fits(article: Article, knowledge: Knowledge) -> bool:
    wrong = misfits(article, knowledge)
    if wrong:
        log.warning("the added article %s is left out: %s", article.id, "; ".join(wrong))
    return not wrong


def _among(article: Article, articles: Iterable[str]) -> Article:
    known = set(articles)
    return article.model_copy(update={"related": [a for a in article.related if a in known]})


def _with_phrasing(article: Article, text: str) -> Article:
    if plain(text) in {plain(phrasing) for phrasing in (article.title, *article.phrasings)}:
        return article
    return article.model_copy(update={"phrasings": [*article.phrasings, text]})
