"""The stage of dates: who tells a day gets the end of what runs from it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.text.told_date import told_dates
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.aspects import aspects_asked
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.groundwork.own_case import SHORT_WORDS, meant, said_first
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
    for id_ in _of(so_far, meant(so_far, answered)):
        periods = [one for one in so_far.knowledge.periods if id_ in one.articles]
        runs = runs_of(question.text, told, periods, _spoken_of(so_far))
        lines = period_lines(runs, question.today, so_far.wording.texts)
        if lines:
            first = said_first(so_far, answered, id_, lines[:MOST_LINES])
            return replace(so_far, answered=first)
    return so_far


def _spoken_of(so_far: Findings) -> str:
    """What the answer before was about, where the message names no matter of its own."""
    context = so_far.context
    if context is None or so_far.knowledge.matters.named_in(so_far.question.text) is not None:
        return ""
    matter = so_far.knowledge.matters.of(context.id)
    return " ".join(matter.names) if matter is not None else context.subject


def _of(so_far: Findings, ids: Sequence[str]) -> list[str]:
    """The articles that may be meant; of a matter that is named, those of that matter.

    Where none was found and the message asks how long it holds, the matter's own are looked at.
    """
    knowledge, text = so_far.knowledge, so_far.question.text
    named = knowledge.matters.named_in(text)
    if named is None:
        context = so_far.context
        if context is None or len(text.split()) > SHORT_WORDS:
            return list(ids)
        # A few words with a day go on with what was spoken of.
        return list(dict.fromkeys((context.id, *(knowledge.family(context.id) & set(ids)))))
    own = list(dict.fromkeys((named.matter.what, *named.matter.told.values())))
    family = knowledge.family(named.matter.what)
    found = [id_ for id_ in ids if id_ in own or id_ in family]
    asks_how_long = Aspect.VALID_FOR in aspects_asked(text)
    return found or (own if asks_how_long else [])
