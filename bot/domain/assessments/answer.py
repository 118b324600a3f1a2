"""Which answers a question knows."""

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOT_APPLICABLE,
    NOTHING_ANSWERED,
    UNKNOWN,
    Answer,
    Answers,
    Question,
    QuestionKind,
    is_number,
)
from bot.domain.assessments.typed_answer import is_plausible

MOST_TOKENS = 10

LONGEST_SCORE = 2
"""Digits."""

LONGEST_TOKEN = 120
"""Characters, such as of a product that no list knows."""


def is_answer(
    assessment: Assessment, question: Question, answer: Answer, answers: Answers = NOTHING_ANSWERED
) -> bool:
    """Whether a question knows an answer, beside the other answers."""
    if answer == (UNKNOWN,):
        return True
    if answer == (NOT_APPLICABLE,):
        return question.may_not_apply
    match question.kind:
        case QuestionKind.SCALE:
            most = assessment.scale_of(question).most
            given = answer[0] if len(answer) == 1 and len(answer[0]) <= LONGEST_SCORE else ""
            return given.isdecimal() and int(given) <= most
        case QuestionKind.ONE_OF:
            return len(answer) == 1 and question.choice(answer[0]) is not None
        case QuestionKind.SEVERAL:
            known = all(question.choice(one) is not None for one in answer)
            return answer == (NONE_OF_THEM,) or (bool(answer) and known)
        case QuestionKind.NUMBER | QuestionKind.YEAR:
            return (
                len(answer) == 1
                and is_number(answer[0])
                and is_plausible(question, answer, answers)
            )
        case QuestionKind.PRODUCT:
            return 0 < len(answer) <= MOST_TOKENS and all(
                0 < len(one) <= LONGEST_TOKEN for one in answer
            )
        case QuestionKind.TEXT:
            return len(answer) == 1 and 0 < len(answer[0]) <= (question.longest or 0)
