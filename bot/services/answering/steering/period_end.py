"""The stage of dates: who tells a day gets the end of what runs from it."""

import unicodedata
from dataclasses import replace

from bot.domain.text.plain import folded
from bot.domain.text.told_date import told_dates
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.groundwork.own_case import meant, said_first
from bot.services.answering.groundwork.period_words import period_lines, runs_of

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
    for id_ in meant(so_far, answered):
        periods = [one for one in so_far.knowledge.periods if id_ in one.articles]
        lines = period_lines(runs_of(said, told, periods), question.today, so_far.wording.texts)
        if lines:
            first = said_first(so_far, answered, id_, lines[:MOST_LINES])
            return replace(so_far, answered=first)
    return so_far
