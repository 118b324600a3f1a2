"""What officers added and approved, laid over the files without touching them."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.domain.text.plain import plain
from bot.knowledge.additions.added_article import tells_the_same
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
    """Approved phrasings, articles and settled questions, in the order of their approval.

    The last three are what the files were given before and what holds no more: `back_…`. An article
    among them that an editor has rewritten since is the editor's, and stays.
    """

    phrasings: tuple[AddedPhrasing, ...] = ()
    articles: tuple[Article, ...] = ()
    settled: tuple[SettledQuestion, ...] = ()
    back_phrasings: tuple[AddedPhrasing, ...] = ()
    back_articles: tuple[Article, ...] = ()
    back_not_ours: tuple[str, ...] = ()

    def __add__(self, other: "Additions") -> "Additions":
        return Additions(
            (*self.phrasings, *other.phrasings),
            (*self.articles, *other.articles),
            (*self.settled, *other.settled),
            (*self.back_phrasings, *other.back_phrasings),
            (*self.back_articles, *other.back_articles),
            (*self.back_not_ours, *other.back_not_ours),
        )


def lay_over(knowledge: Knowledge, additions: Additions) -> Knowledge:
    """The files' knowledge with the additions. The files win; what no longer fits is left out."""
    knowledge, kept_phrasings = _taken_back(knowledge, additions)
    articles = dict(knowledge.articles)
    for article in additions.articles:
        if article.id not in articles and _fits(article, knowledge):
            articles[article.id] = _among(article, articles)
    for added in (*kept_phrasings, *additions.phrasings):
        if (known := articles.get(added.article)) is not None:
            articles[added.article] = _with_phrasing(known, added.text)
    kept = [one for one in additions.settled if one.article is None or one.article in articles]
    settled = SettledQuestions([*knowledge.settled.questions, *kept])
    return replace(knowledge, articles=articles, settled=settled)


def _taken_back(
    knowledge: Knowledge, additions: Additions
) -> tuple[Knowledge, list[AddedPhrasing]]:
    """The files without what holds no more; the phrasings that others gave to articles that go."""
    articles, kept = dict(knowledge.articles), list[AddedPhrasing]()
    for gone in additions.back_articles:
        known = articles.get(gone.id)
        if known is None or not tells_the_same(known, gone):
            continue
        del articles[gone.id]
        kept += [AddedPhrasing(gone.id, text) for text in without(known.phrasings, gone.phrasings)]
    for phrasing in additions.back_phrasings:
        if (known := articles.get(phrasing.article)) is not None:
            fewer = {"phrasings": without(known.phrasings, [phrasing.text])}
            articles[phrasing.article] = known.model_copy(update=fewer)
    if articles == knowledge.articles and not additions.back_not_ours:
        return knowledge, kept
    back = {plain(text) for text in additions.back_not_ours}
    lines = [one for one in knowledge.settled.questions if plain(one.text) not in back]
    knowledge = replace(
        knowledge,
        articles={id_: _among(article, articles) for id_, article in articles.items()},
        settled=SettledQuestions(lines),
        glossary=knowledge.glossary.among(articles, knowledge.documents),
        forms=knowledge.forms.among(articles, knowledge.topics),
        english={id_: one for id_, one in knowledge.english.items() if id_ in articles},
    )
    return knowledge, kept


def without(phrasings: Iterable[str], others: Iterable[str]) -> list[str]:
    """The phrasings that are not among others, whatever their accents and signs."""
    known = {plain(text) for text in others}
    return [text for text in phrasings if plain(text) not in known]


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
    if known.issuperset(article.related):
        return article
    return article.model_copy(update={"related": [a for a in article.related if a in known]})


def _with_phrasing(article: Article, text: str) -> Article:
    if plain(text) in {plain(phrasing) for phrasing in (article.title, *article.phrasings)}:
        return article
    return article.model_copy(update={"phrasings": [*article.phrasings, text]})
