"""The stage of dates: who tells a day gets the end of what runs from it."""

import unicodedata
from dataclasses import replace

from bot.domain.text.plain import folded
from bot.domain.text.told_date import told_dates
from bot.search.decision import DecisionKind
from bot.services.answering.groundwork.findings import Answered, Findings
from bot.services.answering.groundwork.period_words import period_lines, runs_of

SHORT_WORDS = 14
"""A longer message behind an answer asks something of its own."""

NEAREST = 2
MOST_LINES = 4


def period_end(so_far: Findings) -> Findings:
    """Puts the end first, where what is answered, or was before, runs from a day that is told."""
    answered, question = so_far.answered, so_far.question
    if answered is None or len(answered.replies) != 1:
        return so_far
    told = told_dates(question.text, today=question.today)
    if not told:
        return so_far
    said = folded(unicodedata.normalize("NFC", question.text))
    for meant in _meant(so_far, answered):
        periods = [one for one in so_far.knowledge.periods if meant in one.articles]
        lines = period_lines(runs_of(said, told, periods), question.today, so_far.wording.texts)
        if lines:
            return replace(so_far, answered=_first(so_far, answered, meant, lines[:MOST_LINES]))
    return so_far


def _meant(so_far: Findings, answered: Answered) -> list[str]:
    """The articles that may be meant: the one answered, else the nearest; then the one before."""
    meant = [answered.article] if answered.article else []
    if answered.article is None and so_far.found:
        meant += [hit.article_id for hit in so_far.found[0][:NEAREST]]
    if so_far.context is not None and len(so_far.question.text.split()) <= SHORT_WORDS:
        meant.append(so_far.context.id)
    return meant


def _first(so_far: Findings, answered: Answered, meant: str, lines: list[str]) -> Answered:
    (reply,) = answered.replies
    is_likely = so_far.decision is not None and so_far.decision.kind is DecisionKind.LIKELY
    # A day told for what runs from it settles what is meant.
    if is_likely or reply.understanding.article != meant:
        article = so_far.knowledge.articles[meant]
        reply = so_far.wording.short(article, so_far.question.today)
        if reply.understanding.article is None:
            return answered
    text = so_far.wording.texts.say("period.lines", lines=lines, answer=reply.message.text)
    message = reply.message.model_copy(update={"text": text})
    return Answered([reply.model_copy(update={"message": message})], meant)
