"""The stage of plain questions: a matter and what is asked of it, and nothing else."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.text.plain import folded, plain
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.library import Knowledge
from bot.knowledge.matters.matter import Matter, Named
from bot.search.asking.aspects import every_aspect_asked
from bot.search.asking.elliptical import is_elliptical
from bot.services.answering.groundwork.findings import Answered, Findings
from vietnamese.question import sounds_like_question

MOST_WORDS = 24
"""Of several things that are asked of one matter."""

MOST_SENTENCES = 6
"""The last of a message, in which it is looked for what is asked."""

MOST_ASKED = 5

_STEPS_NAMED = re.compile(
    r"\b(?:cac buoc|quy trinh|thu tuc|trinh tu|lam sao|lam the nao|cach lam|bat dau)\b"
)
_WHAT = re.compile(r"\b(?:la gi|la j|nghia la)\b")
_ASKS = re.compile(r"\b(?:gi|nao|sao|dau|bao nhieu|nhieu|nhiu|may|ai|khong|ko|hong|chua)\b")
_JOINT = re.compile(r"[,;.?!\n]|\b(?:roi|va|voi lai|con)\b")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def matter_asked(so_far: Findings) -> Findings:
    """“Mã vạch cần giấy tờ gì” gets the article that is kept for it; nothing is searched.

    Several things asked of one matter are each answered, also behind a story of the same message.
    """
    if so_far.answered is not None:
        return so_far
    named = _named(so_far)
    if named is None or _has_its_own(so_far, named):
        return so_far
    asked = _asked(named.rest)
    told: dict[str, list[Aspect]] = {}
    for one in asked:
        article = article_on(so_far.knowledge, named.matter, one)
        if article is None:
            return so_far
        told.setdefault(article.id, []).append(one)
    if _WHAT.search(named.rest):
        told = {named.matter.what: [], **told} if told else {}
    if not told or (len(asked) < 2 and _begins_with_a_story(so_far)):  # noqa: PLR2004
        return so_far
    return replace(so_far, answered=_answered(so_far, told))


def kept_for_items(knowledge: Knowledge, items: Sequence[str]) -> list[Article | None]:
    """The article kept for each of several questions: a matter and what is asked of it.

    One that names no matter ("còn phí thì sao") means the one named before it.
    """
    kept: list[Article | None] = []
    matter: Matter | None = None
    for item in items:
        named = knowledge.matters.named_in(item)
        rest = named.rest if named is not None else plain(item)
        matter = named.matter if named is not None else matter
        asked = next(iter(_asked(rest)), None)
        if matter is None or asked is None or not is_elliptical(rest, MOST_WORDS):
            kept.append(None)
            matter = matter if named is not None or is_elliptical(rest, MOST_WORDS) else None
            continue
        kept.append(article_on(knowledge, matter, asked))
    return kept


def article_on(knowledge: Knowledge, matter: Matter, aspect: Aspect) -> Article | None:
    """The article on an aspect of a matter; None where none is kept for it."""
    told = matter.told.get(aspect)
    if told is not None:
        return knowledge.articles.get(told)
    what = knowledge.articles.get(matter.what)
    if what is None:
        return None
    # The one article of a matter is also how it is done.
    is_told = aspect in what.aspects or (aspect is Aspect.STEPS and not matter.told)
    return what if is_told else None


def _named(so_far: Findings) -> Named | None:
    """The matter of the last sentences, where they hold nothing but its name and what is asked."""
    text = so_far.question.text
    sentences = [one for one in _SENTENCE_END.split(text) if one.strip()]
    for place in range(max(0, len(sentences) - MOST_SENTENCES), len(sentences)):
        story, asking = " ".join(sentences[:place]), " ".join(sentences[place:])
        named = so_far.knowledge.matters.named_in(asking)
        if named is None or not is_elliptical(named.rest, MOST_WORDS):
            continue
        is_story = not story or not (sounds_like_question(story) or so_far.knowledge.goods_in(text))
        return named if is_story and _each_part_tells(asking) else None
    return None


def _each_part_tells(asking: str) -> bool:
    """Whether no part of it asks what no aspect is: that is left to the search."""
    parts = (plain(part) for part in _JOINT.split(folded(asking)))
    return all(
        not _ASKS.search(part) or every_aspect_asked(part) or _WHAT.search(part) for part in parts
    )


def _begins_with_a_story(so_far: Findings) -> bool:
    """Whether something was told before, which may make one question another's."""
    named = so_far.knowledge.matters.named_in(so_far.question.text)
    is_bare = named is not None and is_elliptical(named.rest, MOST_WORDS)
    return bool(so_far.question.story) or not is_bare


def _asked(rest: str) -> Sequence[Aspect]:
    """What is asked; whether it is needed, and a mere "how", count where nothing else is."""
    every = every_aspect_asked(rest)
    weak = {Aspect.YES_NO} if _STEPS_NAMED.search(rest) else {Aspect.YES_NO, Aspect.STEPS}
    return [one for one in every if one not in weak][:MOST_ASKED] or every[:1]


def _answered(so_far: Findings, told: dict[str, list[Aspect]]) -> Answered:
    """One reply, or one for each article, in short and with its number."""
    today, wording = so_far.question.today, so_far.wording
    articles = [so_far.knowledge.articles[id_] for id_ in told]
    if len(articles) == 1:
        (article,) = articles
        return Answered([wording.short(article, today, asked=told[article.id])], article.id)
    replies = [
        wording.item(
            number,
            wording.short(article, today, alternatives=[id_ for id_ in told if id_ != article.id]),
            today,
            is_last=number == len(articles),
            asked=told[article.id],
        )
        for number, article in enumerate(articles, 1)
    ]
    return Answered(replies, articles[-1].id)


def _has_its_own(so_far: Findings, named: Named) -> bool:
    """Whether a neighbour of the answer before speaks of this matter for that one's goods."""
    context, knowledge = so_far.context, so_far.knowledge
    if context is None or knowledge.matters.of(context.id) == named.matter:
        return False
    near = (knowledge.articles[id_] for id_ in context.related if id_ in knowledge.articles)
    return any(
        knowledge.matters.of(article.id) != named.matter and named.matter.is_named_in(article.title)
        for article in near
    )
