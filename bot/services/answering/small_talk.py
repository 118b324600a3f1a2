"""The stage that hears whether words that look like small talk ask something all the same."""

from dataclasses import replace

from bot.services.answering.groundwork.findings import Answered, Findings
from bot.services.answering.groundwork.question import A_BARE_TERM


def asked(so_far: Findings) -> Findings:
    """Small talk is a question where it is a bare name, or the search is sure of an answer.

    What is searched for here is not searched for again. Else there is nothing to answer.
    """
    question = so_far.question
    if so_far.answered is not None or not question.may_be_idle:
        return so_far
    knowledge = so_far.knowledge
    if knowledge.glossary.explained_by(question.text) or knowledge.called(question.text):
        return so_far
    if question.asked_from == A_BARE_TERM:
        return replace(so_far, answered=Answered())
    whole = so_far.retriever.search(question.text, context=so_far.context)
    if not whole or whole[0].confidence < question.asked_from:
        return replace(so_far, answered=Answered())
    return replace(so_far, whole=whole)
