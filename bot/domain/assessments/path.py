"""Which questions a run comes by: those whose condition is met by the answers so far."""

from bot.domain.assessments.assessment import Assessment, Dimension
from bot.domain.assessments.question import Answer, Answers, Question, holds, may_hold


def asked(assessment: Assessment, answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers lead by, in order.

    What was answered on a way that is not taken any more opens nothing.
    """
    counted: dict[str, Answer] = {}
    way: list[Question] = []
    for dimension in assessment.dimensions:
        if not holds(dimension.when, counted):
            continue
        for question in dimension.questions:
            if not holds(question.when, counted):
                continue
            way.append(question)
            if question.id in answers:
                counted[question.id] = answers[question.id]
            if dimension.ladder and not stands_on(assessment, question, counted):
                break
    return tuple(way)


def counted_answers(assessment: Assessment, answers: Answers) -> dict[str, Answer]:
    """The answers on the way that is taken, in the order of the questions."""
    return {q.id: answers[q.id] for q in asked(assessment, answers) if q.id in answers}


def to_come(assessment: Assessment, answers: Answers) -> int:
    """How many questions can still be asked, at most."""
    counted = counted_answers(assessment, answers)
    open_ids: set[str] = set()
    for dimension in assessment.dimensions:
        if may_hold(dimension.when, counted, open_ids):
            _add_open(assessment, dimension, counted, open_ids)
    return len(open_ids)


def next_question(assessment: Assessment, answers: Answers, *, after: str = "") -> Question | None:
    """The first question without an answer behind one, or else before it; None at the end."""
    way = asked(assessment, answers)
    ids = [question.id for question in way]
    place = ids.index(after) + 1 if after in ids else 0
    return next((q for q in (*way[place:], *way[:place]) if q.id not in answers), None)


def question_before(assessment: Assessment, answers: Answers, id_: str) -> Question | None:
    """The question asked before one, or None at the start."""
    way = asked(assessment, answers)
    ids = [question.id for question in way]
    place = ids.index(id_) if id_ in ids else len(ids)
    return way[place - 1] if place > 0 else None


def stands_on(assessment: Assessment, question: Question, answers: Answers) -> bool:
    """Whether a rung is reached: nothing below the best answer will do."""
    return answers.get(question.id) == (str(assessment.scale_of(question).most),)


def _add_open(
    assessment: Assessment, dimension: Dimension, counted: dict[str, Answer], open_ids: set[str]
) -> None:
    """Adds the questions of a dimension that can still be asked, in their order."""
    for question in dimension.questions:
        if question.id not in counted:
            if may_hold(question.when, counted, open_ids):
                open_ids.add(question.id)
        elif dimension.ladder and not stands_on(assessment, question, counted):
            return
