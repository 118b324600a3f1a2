"""Which answers a question knows."""

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Question,
    QuestionKind,
    is_number,
)
from bot.domain.assessments.typed_answer import is_plausible

MOST_TOKENS = 10

LONGEST_TOKEN = 120
"""Characters, such as of a product that no list knows."""


def is_answer(assessment: Assessment, question: Question, answer: Answer) -> bool:
    """Whether a question knows an answer."""
    if answer == (UNKNOWN,):
        return True
    if answer == (NOT_APPLICABLE,):
        return question.may_not_apply
    match question.kind:
        case QuestionKind.SCALE:
            most = assessment.scale_of(question).most
            return len(answer) == 1 and answer[0].isdecimal() and int(answer[0]) <= most
        case QuestionKind.ONE_OF:
            return len(answer) == 1 and question.choice(answer[0]) is not None
        case QuestionKind.SEVERAL:
            known = all(question.choice(one) is not None for one in answer)
            return answer == (NONE_OF_THEM,) or (bool(answer) and known)
        case QuestionKind.NUMBER | QuestionKind.YEAR:
            return len(answer) == 1 and is_number(answer[0]) and is_plausible(question, answer)
        case QuestionKind.PRODUCT:
            return 0 < len(answer) <= MOST_TOKENS and all(
                0 < len(one) <= LONGEST_TOKEN for one in answer
            )
