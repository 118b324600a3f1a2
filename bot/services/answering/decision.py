"""The stage that decides over the hits: answer, ask back, offer the nearest, or call it far."""

import re
from dataclasses import replace

from bot.domain.text.plain import plain
from bot.search import decision
from bot.search.decision import FOLLOW_UP_WORDS
from bot.services.answering.findings import Findings
from vietnamese.likeness import count_words

_AMOUNT_ASKED = re.compile(r"\b(?:phat|phi|tien|gia|ton|muc|dong|trieu|ty|bao nhieu)\b")


def decide(so_far: Findings) -> Findings:
    """What to do with the hits of one question; several were each found for sure."""
    if so_far.answered is not None or len(so_far.found) > 1:
        return so_far
    made = decision.decide(
        so_far.found[0],
        off_topic=so_far.question.off_topic,
        follows=_follows(so_far),
        siblings=_siblings(so_far),
    )
    return replace(so_far, decision=made)


def _siblings(so_far: Findings) -> frozenset[str] | None:
    """The articles beside which the first hit may be given as what is probably meant.

    None where it is given for sure or not at all: it tells what something costs or is fined, that
    is what was asked, or a few words behind an answer led to another topic.
    """
    hits = so_far.found[0]
    if not hits:
        return None
    article, context = so_far.knowledge.articles[hits[0].article_id], so_far.context
    text = so_far.question.text
    is_short = count_words(text) <= FOLLOW_UP_WORDS
    leads_away = is_short and context is not None and context.topic != article.topic
    if article.tells_an_amount or leads_away or _AMOUNT_ASKED.search(plain(text)):
        return None
    return frozenset(article.related)


def _follows(so_far: Findings) -> bool:
    """Whether it is a short question behind an answer, on the same topic."""
    context, hits = so_far.context, so_far.found[0]
    if context is None or not hits or count_words(so_far.question.text) > FOLLOW_UP_WORDS:
        return False
    return so_far.knowledge.articles[hits[0].article_id].topic == context.topic
