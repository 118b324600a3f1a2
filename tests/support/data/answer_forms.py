"""An answer page as a browser fills it in and sends it."""

from collections.abc import Callable, Sequence

from bot.domain.assessments.question import QuestionKind
from bot.services.assessments.shown_page import VALUE, WAS, AnswerPage, ShownQuestion

Form = dict[str, list[str]]

Choose = Callable[[Sequence[list[str]]], list[str]]
"""Takes one of several ways to fill a question in."""

LARGE = "doanh-thu"
"""The one number of ours that cannot be 1."""

TYPED = {
    QuestionKind.NUMBER: (["1"], ["1,0"]),
    QuestionKind.YEAR: (["2018"],),
    QuestionKind.TEXT: (["một | hai"], ["=1+1"]),
    QuestionKind.PRODUCT: (["nồi cơm điện"], ["đèn lồng giấy kiếng"], ["mã HS 8516.60.10"]),
}


def form_of(page: AnswerPage) -> Form:
    """What a browser sends of a page that nobody touched."""
    form: Form = {}
    for question in (one for part in page.sections for one in part.questions):
        form[f"{WAS}{question.id}"] = [question.was]
        chosen = [one.value for one in (*question.options, *question.beside) if one.chosen]
        typed = [question.typed] if question.is_typed else []
        if typed or chosen:
            form[f"{VALUE}{question.id}"] = [*typed, *chosen]
    return form


def filled(page: AnswerPage, choose: Choose) -> Form:
    """The questions without an answer, filled in one way or another."""
    questions = [one for part in page.sections for one in part.questions if not one.was]
    return {f"{VALUE}{one.id}": choose(ways(one)) for one in questions}


def ways(question: ShownQuestion) -> list[list[str]]:
    """Ways to fill a question in: each value alone, and all of several; the fullest last."""
    beside = [[one.value] for one in question.beside]
    if question.id == LARGE:
        return [*beside, ["3,2 tỷ"], ["800 triệu"]]
    if question.is_typed:
        return [*beside, *TYPED[question.kind]]
    alone = [[one.value] for one in question.options]
    if question.is_several:
        alone.append([one.value for one in question.options])
    # A ladder is climbed by its best answers alone.
    return [*beside, *alone, *[alone[-1]] * 3]
