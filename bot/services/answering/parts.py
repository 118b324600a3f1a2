"""The stages that part a message into its questions and search for each."""

from dataclasses import replace

from bot.search.questions import split_questions
from bot.services.answering.findings import Findings


def split(so_far: Findings) -> Findings:
    """The questions that a message may hold, in its own words; mostly one."""
    if so_far.answered is not None:
        return so_far
    return replace(so_far, parts=tuple(split_questions(so_far.question.text)))


def search(so_far: Findings) -> Findings:
    """The hits of each question that is answered apart, or of the whole message alone."""
    if so_far.answered is not None:
        return so_far
    context = so_far.context
    whole = so_far.whole
    if whole is None:
        whole = so_far.retriever.search(so_far.question.text, context=context)
    found = so_far.retriever.search_parts(so_far.parts, whole, context=context)
    return replace(so_far, whole=whole, found=tuple(found))
