"""The stage that decides over the hits: answer, ask back, offer the nearest, or call it far."""

import re
from dataclasses import replace

from bot.domain.text.plain import plain
from bot.knowledge.articles.aspect import Aspect
from bot.search import decision
from bot.search.asking.aspects import aspects_asked
from bot.search.decision import FOLLOW_UP_WORDS, Place
from bot.services.answering.groundwork.findings import Findings
from vietnamese.likeness import count_words

SURELY_KNOWN = 0.9
"""Chance that we know the matter from which its name, and what is asked of it, settle it."""

_FINE_ASKED = re.compile(r"\bphat\b(?! trien| minh)")


def decide(so_far: Findings) -> Findings:
    """What to do with the hits of one question; several were each found for sure."""
    if so_far.answered is not None or len(so_far.found) > 1:
        return so_far
    made = decision.decide(
        so_far.found[0],
        off_topic=so_far.question.off_topic,
        place=_place(so_far),
        siblings=_siblings(so_far),
    )
    return replace(so_far, decision=made)


def _siblings(so_far: Findings) -> frozenset[str] | None:
    """The articles beside which the first hit may be given as what is probably meant.

    None where it is given for sure or not at all: it tells what is fined, that is what was asked,
    or a few words behind an answer led to another topic. A cost given as likely names its matter.
    """
    hits = so_far.found[0]
    if not hits:
        return None
    article, context = so_far.knowledge.articles[hits[0].article_id], so_far.context
    text = so_far.question.text
    is_short = count_words(text) <= FOLLOW_UP_WORDS
    leads_away = is_short and context is not None and context.topic != article.topic
    if article.tells_a_fine or leads_away or _FINE_ASKED.search(plain(text)):
        return None
    return frozenset(article.related)


def _place(so_far: Findings) -> Place:
    context, hits = so_far.context, so_far.found[0]
    if so_far.leans:
        return Place.LEANING
    if not hits:
        return Place.ALONE
    first = so_far.knowledge.articles[hits[0].article_id]
    if context is None or first.topic != context.topic:
        of_the_matter = context is not None and first.id in so_far.knowledge.family(context.id)
        if _is_named(so_far, first.id):
            sure = hits[0].known >= SURELY_KNOWN and _asks_of_it(so_far)
            return Place.LEANING if sure else Place.BEHIND
        return Place.BEHIND if of_the_matter else Place.ALONE
    is_short = count_words(so_far.question.text) <= FOLLOW_UP_WORDS
    return Place.SHORT_BEHIND if is_short else Place.BEHIND


def _is_named(so_far: Findings, first: str) -> bool:
    """Whether the message names one matter, and the first hit is an article of it."""
    named = so_far.knowledge.matters.named_in(so_far.question.text)
    return named is not None and first in {named.matter.what, *named.matter.told.values()}


def _asks_of_it(so_far: Findings) -> bool:
    """Whether papers, days, money or a place are asked for: what its articles are made of."""
    return any(one is not Aspect.YES_NO for one in aspects_asked(so_far.question.text))
