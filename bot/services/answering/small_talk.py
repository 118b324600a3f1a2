"""The stage that hears whether words that look like small talk ask something all the same."""

from dataclasses import replace

from bot.domain.text.plain import plain
from bot.search.asking.aspects import aspect_asked
from bot.search.asking.elliptical import names_nothing
from bot.services.answering.groundwork.findings import Answered, Findings
from bot.services.answering.groundwork.question import A_BARE_TERM

_COURTESY = frozenset({"cam", "on", "vang", "thank", "thanks", "you", "ok", "oke", "chao"})


def _is_courtesy(text: str) -> bool:
    """Whether nothing but thanks and politeness is said."""
    words = plain(text).split()
    if "vang" in words[1:]:
        # Gold is written so, too, and no sentence goes on with a yes.
        return False
    polite = all(word in _COURTESY or names_nothing(word) for word in words)
    return polite and not _COURTESY.isdisjoint(words) and aspect_asked(text) is None


def asked(so_far: Findings) -> Findings:
    """Small talk is a question where it is a bare name, or the search is sure of an answer.

    What is searched for here is not searched for again. Else there is nothing to answer.
    """
    question = so_far.question
    if so_far.answered is not None or not question.may_be_idle:
        return so_far
    if _is_courtesy(question.text):
        return replace(so_far, answered=Answered())
    knowledge = so_far.knowledge
    if knowledge.glossary.explained_by(question.text) or knowledge.called(question.text):
        return so_far
    if question.asked_from == A_BARE_TERM:
        return replace(so_far, answered=Answered())
    whole = so_far.retriever.search(question.text, context=so_far.context)
    if not whole or whole[0].confidence < question.asked_from:
        return replace(so_far, answered=Answered())
    return replace(so_far, whole=whole)
