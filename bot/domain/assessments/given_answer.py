"""An answer as the form of a page gives it: values that were chosen, or words that were typed."""

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.assessments.answer import is_answer
from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Answers,
    Question,
    QuestionKind,
)
from bot.domain.assessments.typed_answer import (
    is_not_applicable,
    is_unknown,
    read_answer,
    shown_number,
)

TYPED = frozenset({QuestionKind.NUMBER, QuestionKind.YEAR, QuestionKind.PRODUCT, QuestionKind.TEXT})
"""Kinds that are answered in a box; the others by choosing."""


class GivenProblem(StrEnum):
    """What is wrong with what a form gave to a question."""

    UNCLEAR = "unclear"
    NUMBER = "number"
    YEAR = "year"
    PRODUCT = "product"
    TEXT = "text"
    APPLIES = "applies"
    BOTH = "both"
    MISSING = "missing"


def alone_of(question: Question) -> frozenset[str]:
    """The values that stand alone: what says that there is no answer, or none of several."""
    words = {UNKNOWN, NOT_APPLICABLE}
    if question.kind is QuestionKind.SEVERAL:
        words.add(NONE_OF_THEM)
    return frozenset(words - {choice.id for choice in question.choices})


def settled(
    question: Question, given: Sequence[str], was: Sequence[str] = ()
) -> tuple[str, ...] | None:
    """The values that count where one that stands alone was given beside others.

    `was`: what stood there before. Of two that exclude one another the newer counts; None where
    both are new.
    """
    words = alone_of(question)
    alone = tuple(one for one in given if one in words)
    others = tuple(one for one in given if one not in words)
    if not alone or (len(alone) == 1 and not others):
        return tuple(given)
    new_alone = tuple(one for one in alone if one not in was)
    is_other_new = any(one not in was for one in others)
    if len(new_alone) == 1 and not is_other_new:
        return new_alone
    return others if not new_alone and is_other_new else None


def read_given(
    assessment: Assessment, question: Question, given: Sequence[str], answers: Answers
) -> Answer | GivenProblem:
    """The answer that some values stand for; a product is looked up elsewhere."""
    answer = _read(assessment, question, given)
    if answer == (NOT_APPLICABLE,) and not question.may_not_apply:
        own = question.choice(NOT_APPLICABLE)
        return GivenProblem.APPLIES if own is None else answer
    if answer is None or not is_answer(assessment, question, answer, answers):
        return wrong(question)
    return answer


def wrong(question: Question) -> GivenProblem:
    """What is wrong where a question does not know an answer."""
    match question.kind:
        case QuestionKind.NUMBER:
            return GivenProblem.NUMBER
        case QuestionKind.YEAR:
            return GivenProblem.YEAR
        case QuestionKind.PRODUCT:
            return GivenProblem.PRODUCT
        case QuestionKind.TEXT:
            return GivenProblem.TEXT
        case _:
            return GivenProblem.UNCLEAR


def says_nothing(question: Question, given: Sequence[str]) -> Answer | None:
    """The answer of who says, by a tick or in words, that there is none."""
    if len(given) != 1:
        return None
    if given[0] in (UNKNOWN, NOT_APPLICABLE):
        return (given[0],)
    if question.kind in TYPED and is_unknown(given[0]):
        return (UNKNOWN,)
    return (NOT_APPLICABLE,) if question.kind in TYPED and is_not_applicable(given[0]) else None


def values_of(question: Question, answer: Answer) -> tuple[str, ...]:
    """The values that a form gives which shows an answer; a product has a name elsewhere."""
    if question.kind is QuestionKind.NUMBER and answer[0] not in alone_of(question):
        return (shown_number(answer[0]),)
    return answer


def _read(assessment: Assessment, question: Question, given: Sequence[str]) -> Answer | None:
    nothing = says_nothing(question, given)
    if nothing is not None:
        return nothing
    if question.kind in TYPED:
        return read_answer(given[0], assessment, question) if len(given) == 1 else None
    if question.kind is QuestionKind.SEVERAL and set(given) - {NONE_OF_THEM}:
        known = [choice.id for choice in question.choices]
        in_order = tuple(one for one in known if one in given)
        return in_order if set(given) <= set(known) else None
    return tuple(given)
