"""The stage of questions that two officers have settled: nothing is weighed any more."""

from dataclasses import replace

from bot.knowledge.settled import SettledQuestion
from bot.services.answering.groundwork.findings import Answered, Findings


def settled(so_far: Findings) -> Findings:
    """A question asked again in a settled wording gets what was decided about it."""
    if so_far.answered is not None:
        return so_far
    found = so_far.knowledge.settled.find(so_far.question.text)
    return so_far if found is None else replace(so_far, answered=_as_decided(so_far, found))


def _as_decided(so_far: Findings, found: SettledQuestion) -> Answered:
    if found.article is None:
        return Answered([so_far.wording.far(confidence=1.0)])
    article = so_far.knowledge.articles[found.article]
    return Answered([so_far.wording.short(article, so_far.question.today)], article.id)
