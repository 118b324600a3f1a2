"""The stages that part a message into its questions and search for each."""

from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.articles.article import Article
from bot.search.asking.questions import questions_of
from bot.search.hit import Hit
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.matter_asked import kept_for_items

FEWEST_KEPT = 2
"""Items of a list for which an article is kept, from which it is a list though nothing is sure."""

SURE_ALONE = 0.5
"""Confidence from which a question needs no story before it."""


def split(so_far: Findings) -> Findings:
    """The questions that a message may hold, in its own words; mostly one."""
    if so_far.answered is not None:
        return so_far
    found = questions_of(so_far.question.text)
    return replace(so_far, parts=found.parts, listed=found.listed)


def search(so_far: Findings) -> Findings:
    """The hits of each question that is answered apart, or of the whole message alone."""
    if so_far.answered is not None:
        return so_far
    context = so_far.context
    whole = so_far.whole
    if whole is None:
        whole = _with_the_story(so_far, context)
    items = _items(so_far, context) if so_far.listed else []
    if items:
        return replace(so_far, whole=whole, found=tuple(items))
    found = so_far.retriever.search_parts(so_far.parts, whole, context=context)
    return replace(so_far, whole=whole, found=tuple(found), listed=False)


def _items(so_far: Findings, context: Article | None) -> list[Sequence[Hit]]:
    """The hits of each item of a list; an article that is kept for one comes first, for sure."""
    kept = kept_for_items(so_far.knowledge, so_far.parts)
    found = so_far.retriever.search_list(so_far.parts, context=context)
    if not found and sum(one is not None for one in kept) < FEWEST_KEPT:
        return []
    every = found or [so_far.retriever.search(item) for item in so_far.parts]
    return [_led_by(one, hits) if one else hits for one, hits in zip(kept, every, strict=True)]


def _led_by(article: Article, hits: Sequence[Hit]) -> Sequence[Hit]:
    known = max((hit.known for hit in hits), default=1.0)
    rest = [hit for hit in hits if hit.article_id != article.id]
    return [Hit(article.id, hits[0].score if hits else 0.0, 1.0, known), *rest]


def _with_the_story(so_far: Findings, context: Article | None) -> Sequence[Hit]:
    """The hits of the words, or of them behind what was told before where that finds more."""
    question, retriever = so_far.question, so_far.retriever
    alone = retriever.search(question.text, context=context)
    if not question.story or (alone and alone[0].confidence >= SURE_ALONE):
        return alone
    told = retriever.search(f"{question.story}. {question.text}", context=context)
    return told if told and (not alone or told[0].confidence > alone[0].confidence) else alone
