"""The question of an assessment that waits, with its buttons."""

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.path import asked, question_before
from bot.domain.assessments.question import Question, QuestionKind
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import payload
from bot.services.assessments.step import Step
from bot.services.assessments.told_answer import Say, told_answer

BACK, PAUSE, RESUME, SKIP = "/go_back", "/pause", "/resume", "/skip"

ANSWER = "answer_question"
"""The intent of a button that answers: `score`, or `value` for what is no number."""

SETTLE = "xong"
"""The value with which a choice of several is ended."""

LEAVE_OUT = "khong_ap_dung"
"""The value with which a question is said not to concern the enterprise."""

_HOW = {
    QuestionKind.SEVERAL: "assessment.how_several",
    QuestionKind.NUMBER: "assessment.how_number",
    QuestionKind.YEAR: "assessment.how_year",
    QuestionKind.PRODUCT: "assessment.how_product",
    QuestionKind.TEXT: "assessment.how_text",
}


def question_reply(
    say: Say, step: Step, question: Question, *, before: str, is_told: bool
) -> OutgoingMessage:
    """The question as a message; `before`: what is said in front of it.

    `is_told`: whether the answer just taken is told back, so that a slip is seen.
    """
    assessment = step.assessment
    dimension = assessment.dimension_of(question)
    given = step.answers.get(question.id)
    is_being_chosen = question.kind is QuestionKind.SEVERAL
    text = say(
        "assessment.question",
        before=_answered_before(say, step) if is_told and not before else "",
        number=step.number,
        count=step.count,
        dimension=dimension.title,
        opens=question == dimension.questions[0],
        meaning=dimension.meaning,
        text=question.text,
        hints=[one for one in question.choices if one.hint],
        example=question.example,
        look=question.look,
        how=_how(say, question),
        given=""
        if given is None or is_being_chosen
        else told_answer(say, assessment, question, given),
    )
    return OutgoingMessage(
        text=f"{before}\n\n{text}".strip(), choices=_buttons(say, step, question)
    )


def _how(say: Say, question: Question) -> str:
    name = _HOW.get(question.kind)
    return say(name, unit=question.unit, most=question.longest) if name is not None else ""


def _answered_before(say: Say, step: Step) -> str:
    rows = [row for row in step.attempt.answers if row.cause == step.attempt.last_cause]
    question = step.assessment.question(rows[-1].question) if rows else None
    if question is None or question == step.question:
        return ""
    ids = [one.id for one in asked(step.assessment, step.answers)]
    if question.id not in ids:
        return ""
    told = told_answer(say, step.assessment, question, step.answers[question.id])
    return say("assessment.before", number=ids.index(question.id) + 1, answer=told)


def _buttons(say: Say, step: Step, question: Question) -> list[Choice]:
    buttons = [*_answers(say, step, question)]
    if question_before(step.assessment, step.answers, question.id) is not None:
        buttons.append(Choice(title=say("assessment.back"), payload=BACK))
    buttons.append(Choice(title=say("assessment.skip"), payload=SKIP))
    if question.may_not_apply:
        buttons.append(
            _button(say("assessment.leave_out"), step.assessment, question, value=LEAVE_OUT)
        )
    return [*buttons, Choice(title=say("assessment.pause"), payload=PAUSE)]


def _answers(say: Say, step: Step, question: Question) -> list[Choice]:
    if question.kind is QuestionKind.SCALE:
        return _scores(say, step.assessment, question)
    if question.kind is QuestionKind.ONE_OF:
        return [
            _button(one.title, step.assessment, question, value=one.id) for one in question.choices
        ]
    if question.kind is not QuestionKind.SEVERAL:
        return []
    chosen = step.answers.get(question.id, ())
    several = [
        _button(
            say("assessment.chosen", title=one.title) if one.id in chosen else one.title,
            step.assessment,
            question,
            value=one.id,
        )
        for one in question.choices
    ]
    return [*several, _button(say("assessment.settle"), step.assessment, question, value=SETTLE)]


def _scores(say: Say, assessment: Assessment, question: Question) -> list[Choice]:
    return [
        _button(
            say("assessment.choice", score=choice.score, title=choice.title),
            assessment,
            question,
            score=str(choice.score),
        )
        for choice in assessment.scale_of(question).choices
    ]


def _button(title: str, assessment: Assessment, question: Question, **given: str) -> Choice:
    """A button says whose it is: pressed in another run it answers nothing."""
    named = payload(ANSWER, **given, question=question.id, assessment=assessment.id)
    return Choice(title=title, payload=named)
