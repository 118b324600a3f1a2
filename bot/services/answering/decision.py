"""The stage that decides over the hits: answer, ask back, offer the nearest, or call it far."""

from dataclasses import replace

from bot.search import decision
from bot.search.decision import FOLLOW_UP_WORDS
from bot.services.answering.findings import Findings
from vietnamese.likeness import count_words


def decide(so_far: Findings) -> Findings:
    """What to do with the hits of one question; several were each found for sure."""
    if so_far.answered is not None or len(so_far.found) > 1:
        return so_far
    made = decision.decide(
        so_far.found[0], off_topic=so_far.question.off_topic, follows=_follows(so_far)
    )
    return replace(so_far, decision=made)


def _follows(so_far: Findings) -> bool:
    """Whether it is a short question behind an answer, on the same topic."""
    context, hits = so_far.context, so_far.found[0]
    if context is None or not hits or count_words(so_far.question.text) > FOLLOW_UP_WORDS:
        return False
    return so_far.knowledge.articles[hits[0].article_id].topic == context.topic
