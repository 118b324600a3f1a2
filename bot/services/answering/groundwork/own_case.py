"""Where what was worked out for the owner's own case stands: before the article that is meant."""

from collections.abc import Sequence

from bot.search.decision import DecisionKind
from bot.services.answering.groundwork.findings import Answered, Findings

SHORT_WORDS = 14
"""A longer message behind an answer asks something of its own."""

NEAREST = 2


def meant(so_far: Findings, answered: Answered) -> list[str]:
    """The articles that may be meant: the one answered, else the nearest; then the one before."""
    ids = [answered.article] if answered.article else []
    if answered.article is None and so_far.found:
        ids += [hit.article_id for hit in so_far.found[0][:NEAREST]]
    if so_far.context is not None and len(so_far.question.text.split()) <= SHORT_WORDS:
        ids.append(so_far.context.id)
    return ids


def said_first(
    so_far: Findings, answered: Answered, article_id: str, lines: Sequence[str]
) -> Answered:
    """The article's answer behind these lines; as it was where the article is not served."""
    (reply,) = answered.replies
    is_likely = so_far.decision is not None and so_far.decision.kind is DecisionKind.LIKELY
    # What fits the owner's own case settles what is meant.
    if is_likely or reply.understanding.article != article_id:
        article = so_far.knowledge.articles[article_id]
        reply = so_far.wording.short(article, so_far.question.today)
        if reply.understanding.article is None:
            return answered
    text = so_far.wording.texts.say("answer.own_case", lines=lines, answer=reply.message.text)
    message = reply.message.model_copy(update={"text": text})
    return Answered([reply.model_copy(update={"message": message})], article_id)
