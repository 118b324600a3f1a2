"""The stage of comparisons: the article that compares, else both sides beside each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.domain.text.plain import holds_words, plain
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.aspects import tells
from bot.search.asking.comparison import Compared, compared
from bot.search.asking.elliptical import is_elliptical
from bot.search.asking.questions import questions_of
from bot.search.message import sentences
from bot.services.answering.groundwork.answer_replies import Side
from bot.services.answering.groundwork.findings import Answered, Findings

SURE_OF_A_SIDE = 0.5
"""Confidence of the search from which a side means an article that is not called so."""

SEARCHED = 60

ASKING: dict[Aspect, str] = {
    Aspect.COST: "phi bao nhieu tien",
    Aspect.HOW_LONG: "mat bao lau thoi gian",
    Aspect.VALID_FOR: "hieu luc may nam",
    Aspect.PAPERS: "ho so giay to",
    Aspect.STEPS: "cac buoc lam the nao",
}
"""What is searched for behind the name of a side, in bare letters."""

MOST_SENTENCES = 2

_TELLING: dict[Aspect | None, re.Pattern[str]] = {
    Aspect.COST: re.compile(r"\b(?:dong|trieu|nghin|phi|gia)\b"),
    Aspect.HOW_LONG: re.compile(r"\b(?:thang|ngay|tuan|nam|lau)\b"),
}

_COMPARES = ("khac", "so voi", "phan biet", "giong", "hay")
"""Words of a title that compares, the plainest first."""

_PLAINLY = ("khac", "so voi", "phan biet")
"""Those of them that mean nothing else."""

_ORDERS = ("truoc", "sau", "hon", "khac")
"""What a sentence on both tells, the most wanted first."""

_POINTS_BACK = re.compile(r"(?:day|do|no|cai nay|nhu vay|con lai)\b")
"""Beginnings of a sentence that means the one before it."""


def compare(so_far: Findings) -> Findings:
    """Answers what is compared; what names fewer than two known sides is a question as any."""
    asked = None if so_far.answered is not None else compared(so_far.question.text)
    if asked is None or _asks_more(so_far.question.text):
        return so_far
    pair = _spoken_of(so_far) if asked.names_none else _named(so_far, asked)
    if pair is None:
        sides = ((asked.first, None), (asked.second, None))
        both = None if asked.names_none else _on_both(so_far, sides)
        return so_far if both is None else replace(so_far, answered=_alone(so_far, both))
    answered = _compared(so_far, asked, pair)
    return so_far if answered is None else replace(so_far, answered=answered)


def _asks_more(text: str) -> bool:
    """Whether another question stands behind, with a matter of its own: each gets its answer."""
    _, *behind = questions_of(text).parts
    return not all(is_elliptical(part) for part in behind)


def _spoken_of(so_far: Findings) -> tuple[tuple[str, Article | None], ...] | None:
    articles = so_far.knowledge.articles
    known = [articles[name] for name in so_far.question.spoken_of if name in articles]
    last = list({article.id: article for article in reversed(known)}.values())[:2]
    if len(last) < len("ab"):
        return None
    return tuple((article.subject, article) for article in reversed(last))


def _named(so_far: Findings, asked: Compared) -> tuple[tuple[str, Article | None], ...] | None:
    sides = tuple((side, _article_of(so_far, side)) for side in (asked.first, asked.second))
    known = [article for _, article in sides if article is not None]
    if not known or len({article.id for article in known}) < len(known):
        return None
    if len(known) == 1:
        # One known side is enough only where the owner calls it by its name.
        name = next(side for side, article in sides if article is not None)
        return sides if _called(so_far, name) else None
    return sides


def _article_of(so_far: Findings, side: str) -> Article | None:
    called = _called(so_far, side)
    if called is not None:
        return called
    hits = so_far.retriever.search(side, limit=1)
    if not hits or hits[0].confidence < SURE_OF_A_SIDE:
        return None
    return so_far.knowledge.articles[hits[0].article_id]


def _called(so_far: Findings, side: str) -> Article | None:
    knowledge = so_far.knowledge
    explained = knowledge.articles.get(knowledge.glossary.explained_by(side) or "")
    return explained or knowledge.called(side)


def _compared(
    so_far: Findings, asked: Compared, pair: Sequence[tuple[str, Article | None]]
) -> Answered | None:
    both = _on_both(so_far, pair)
    if asked.aspect is None and both is not None:
        return _alone(so_far, both)
    facets = [(name, article and _facet(so_far, article, asked.aspect)) for name, article in pair]
    told = [facet for _, facet in facets if facet is not None]
    if not told:
        # Nothing is told of what was asked: what both are stands instead.
        if both is not None:
            return _alone(so_far, both)
        facets, told = list(pair), [article for _, article in pair if article is not None]
    if len({facet.id for facet in told}) < len(told):
        return _alone(so_far, told[0])
    sides = [
        Side(article.subject if article else name, facet, _said(so_far, facet, asked.aspect))
        for (name, article), (_, facet) in zip(pair, facets, strict=True)
    ]
    reply = so_far.wording.beside(sides, _link(pair), so_far.question.today)
    first, *others = (article.id for _, article in pair if article is not None)
    return Answered([reply], first, others, beside=next(iter(others), None))


def _said(so_far: Findings, article: Article | None, aspect: Aspect | None) -> str:
    """The sentences on what was asked; the meaning of a term; empty where neither is there."""
    if article is None:
        return ""
    if aspect in article.aspects:
        return article.aspects[aspect].say
    if aspect in _TELLING:
        told = [one for one in sentences(article.answer) if _TELLING[aspect].search(plain(one))]
        return " ".join(one.strip() for one in told[:MOST_SENTENCES])
    terms = so_far.knowledge.glossary.terms
    meaning = next((term.meaning for term in terms if term.article == article.id), "")
    return "" if aspect else meaning


def _alone(so_far: Findings, article: Article) -> Answered:
    """One article for both; what else the words may mean is near, should it not be meant."""
    near = [hit.article_id for hit in so_far.retriever.search(so_far.question.text)]
    others = [name for name in near if name != article.id]
    reply = so_far.wording.short(article, so_far.question.today, alternatives=others)
    return Answered([reply], article.id, others)


def _on_both(so_far: Findings, pair: Sequence[tuple[str, Article | None]]) -> Article | None:
    """The article whose title holds both names, and a word of comparing.

    Where none does ("TCVN khác QCVN": the title says what they stand for), the nearest of all, if
    it compares.
    """
    names = [{plain(name), *([plain(one.subject)] if one else [])} for name, one in pair]
    hits = so_far.retriever.search(so_far.question.text, limit=SEARCHED)
    ranked = [so_far.knowledge.articles[hit.article_id] for hit in hits]
    found = [
        article
        for article in ranked
        if all(any(holds_words(_title(article), name) for name in ways) for ways in names)
    ]
    if not found and hits and hits[0].confidence >= SURE_OF_A_SIDE:
        nearest = ranked[0]
        found = [nearest] if any(holds_words(_title(nearest), word) for word in _PLAINLY) else []
    comparing = (
        article for word in _COMPARES for article in found if holds_words(_title(article), word)
    )
    return next(comparing, None)


def _title(article: Article) -> str:
    return plain(f"{article.title} {article.button}")


def _facet(so_far: Findings, article: Article, aspect: Aspect | None) -> Article | None:
    """Of the matter of an article, what tells of the aspect asked for."""
    if aspect is None:
        return article
    articles, family = so_far.knowledge.articles, so_far.knowledge.family(article.id)
    wanted = f"{article.subject} {ASKING[aspect]}"
    for hit in so_far.retriever.search(wanted, context=article, limit=SEARCHED):
        found = articles[hit.article_id]
        telling = tells(f"{found.title} {found.button}", aspect)
        is_near = found.id in family and found.topic == article.topic
        if is_near and telling and _speaks_of(found, article.subject):
            return found
    return None


def _speaks_of(article: Article, name: str) -> bool:
    said = plain(" ".join([article.title, article.subject, article.button, *article.phrasings]))
    return any(holds_words(said, part) for part in _parts(plain(name).split()))


def _parts(words: list[str]) -> Iterator[str]:
    if len(words) == 1:
        yield words[0]
    yield from (" ".join(pair) for pair in pairwise(words))


def _link(pair: Sequence[tuple[str, Article | None]]) -> str:
    """A sentence of either side about the other: which comes first, which fits whom."""
    if any(article is None for _, article in pair):
        return ""
    (one, first), (other, second) = pair
    about = [
        sentence.strip().lstrip("-0123456789. ")
        for article, name in ((first, other), (second, one))
        if article is not None
        for sentence in sentences(f"{article.answer}\n{article.detail}")
        if holds_words(plain(sentence), plain(name)) and not _POINTS_BACK.match(plain(sentence))
    ]
    linking = (said for word in _ORDERS for said in about if holds_words(plain(said), word))
    return next(linking, "")
