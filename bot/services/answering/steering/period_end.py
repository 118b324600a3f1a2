"""The stage of dates: who tells a day gets the end of what runs from it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.text.plain import folded
from bot.domain.text.told_date import told_dates
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.aspects import aspects_asked
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
    for id_ in _of(so_far, meant(so_far, answered)):
        periods = [one for one in so_far.knowledge.periods if id_ in one.articles]
        lines = period_lines(runs_of(said, told, periods), question.today, so_far.wording.texts)
        if lines:
            first = said_first(so_far, answered, id_, lines[:MOST_LINES])
            return replace(so_far, answered=first)
    return so_far


def _of(so_far: Findings, ids: Sequence[str]) -> list[str]:
    """The articles that may be meant; of a matter that is named, those of that matter.

    Where none was found and the message asks how long it holds, the matter's own are looked at.
    """
    knowledge, text = so_far.knowledge, so_far.question.text
    named = knowledge.matters.named_in(text)
    if named is None:
        return list(ids)
    own = list(dict.fromkeys((named.matter.what, *named.matter.told.values())))
    family = knowledge.family(named.matter.what)
    found = [id_ for id_ in ids if id_ in own or id_ in family]
    asks_how_long = Aspect.VALID_FOR in aspects_asked(text)
    return found or (own if asks_how_long else [])
