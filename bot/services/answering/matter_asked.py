"""The stage of plain questions: a matter and what is asked of it, and nothing else."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.library import Knowledge
from bot.knowledge.matters.matter import Matter, Named
from bot.search.asking.aspects import every_aspect_asked
from bot.search.asking.elliptical import is_elliptical
from bot.services.answering.groundwork.findings import Answered, Findings

_STEPS_NAMED = re.compile(r"\b(?:cac buoc|quy trinh|thu tuc|trinh tu)\b")
_WHAT = re.compile(r"\b(?:la gi|la j|nghia la)\b")


def matter_asked(so_far: Findings) -> Findings:
    """“Mã vạch cần giấy tờ gì” gets the article that is kept for it; nothing is searched.

    Not behind a story, nor behind an answer with a neighbour of its own on that matter.
    """
    if so_far.answered is not None or so_far.question.story:
        return so_far
    named = so_far.knowledge.matters.named_in(so_far.question.text)
    if named is None or not is_elliptical(named.rest) or _has_its_own(so_far, named):
        return so_far
    asked = _asked(named.rest)
    meant = [article_on(so_far.knowledge, named.matter, one) for one in asked]
    ids = {article.id if article else "" for article in meant}
    # Two things at once, each with an article of its own, are parted by the search.
    if len(ids) != 1 or meant[0] is None or _WHAT.search(named.rest):
        return so_far
    reply = so_far.wording.short(meant[0], so_far.question.today, asked=asked)
    return replace(so_far, answered=Answered([reply], meant[0].id))


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


def _asked(rest: str) -> Sequence[Aspect]:
    """What is asked; whether it is needed, and a mere "how", count where nothing else is."""
    every = every_aspect_asked(rest)
    weak = {Aspect.YES_NO} if _STEPS_NAMED.search(rest) else {Aspect.YES_NO, Aspect.STEPS}
    return [one for one in every if one not in weak] or every[:1]


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
