"""An answer in the words in which it is told back."""

from collections.abc import Callable
from typing import Any

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Question,
    QuestionKind,
)
from bot.domain.assessments.typed_answer import shown_number
from bot.services.assessments.product_asked import is_listed, named

Say = Callable[..., str]
"""The sentences of the texts folder, by name."""


def told_answer(say: Say, assessment: Assessment, question: Question, answer: Answer) -> str:
    """An answer as its owner would say it."""
    if answer == (UNKNOWN,):
        return say("survey.answer_unknown" if assessment.is_survey else "assessment.answer_unknown")
    if answer == (NOT_APPLICABLE,):
        return say("assessment.answer_not_applicable")
    if answer in ((NONE_OF_THEM,), ()):
        return say("assessment.answer_none")
    if question.kind is QuestionKind.SCALE:
        return _told_score(say, assessment, question, int(answer[0]))
    if question.kind is QuestionKind.PRODUCT:
        return say("assessment.answer_product", name=named(answer), listed=is_listed(answer))
    if question.kind is QuestionKind.TEXT:
        return answer[0]
    if question.choices:
        return ", ".join(one.title for one in question.choices if one.id in answer)
    number = answer[0] if question.kind is QuestionKind.YEAR else shown_number(answer[0])
    return say("assessment.answer_number", number=number, unit=question.unit)


def _told_score(say: Say, assessment: Assessment, question: Question, score: int) -> str:
    scale = assessment.scale_of(question)
    values: dict[str, Any] = {"score": score, "most": scale.most}
    choice = next((one for one in scale.choices if one.score == score), None)
    if choice is None:
        return say("assessment.answer_bare_score", **values)
    return say("assessment.answer_score", **values, title=choice.title)
