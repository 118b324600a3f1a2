"""The stage of near lines: what of the article answers the owner's own case stands in the reply."""

from dataclasses import replace

from bot.search.asking.elliptical import is_elliptical
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.groundwork.passages import passages

LONGEST_REPLY = 1100
"""Characters of an answer behind which nothing more is read."""

_ASIDE = "\n\n> "


def near_lines(so_far: Findings) -> Findings:
    """Adds the lines that hold the owner's words and are not said yet, above what is folded."""
    answered = so_far.answered
    if answered is None or len(answered.replies) != 1 or answered.beside is not None:
        return so_far
    (reply,) = answered.replies
    article = so_far.knowledge.articles.get(reply.understanding.article or "")
    if article is None or is_elliptical(so_far.question.text):
        return so_far
    visible, mark, aside = reply.message.text.partition(_ASIDE)
    lines = passages(article, so_far.question.text, visible)
    if not lines or len(visible) > LONGEST_REPLY:
        return so_far
    text = so_far.wording.texts.say("answer.near_lines", answer=visible, lines=lines)
    message = reply.message.model_copy(update={"text": f"{text}{mark}{aside}"})
    return replace(
        so_far,
        answered=replace(answered, replies=[reply.model_copy(update={"message": message})]),
    )
