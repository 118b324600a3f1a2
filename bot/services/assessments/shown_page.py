"""The page on which a run is answered: its sections and questions, as a form shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.assessments.assessment import Assessment, Dimension
from bot.domain.assessments.given_answer import TYPED, GivenProblem, alone_of, values_of
from bot.domain.assessments.path import asked
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
    LONGEST_CHOICES,
    WHOLE,
    highest,
    shown_number,
)
from bot.domain.input.cleaning import clean_line
from bot.services.assessments.product_asked import named
from bot.services.assessments.step import Step
from bot.services.assessments.told_answer import told_answer
from bot.texts import Texts

VALUE, WAS = "q.", "w."
"""How the fields of a question are called, before its id: what is given, and what stood there."""

DONE = "xong"
"""The button with which somebody says that all is answered."""

MOST_VALUES = 20
"""Of one field that are looked at: more than any question has choices."""

PARTING = "|"
"""Between the values of a field that says what stood there."""


@dataclass(frozen=True)
class Option:
    """A value that can be chosen."""

    value: str
    title: str
    hint: str
    chosen: bool


@dataclass(frozen=True)
class ShownQuestion:
    """A question of the page. `options`: to choose from; `beside`: what says that there is none.

    `typed`: the words in its box; `was`: the values that stand for the kept answer; `found`: what a
    product was found to be; `problem`: what is wrong with what was given; `longest`: characters of
    free words.
    """

    id: str
    number: int
    text: str
    kind: QuestionKind
    options: Sequence[Option]
    beside: Sequence[Option]
    typed: str
    longest: int | None
    was: str
    unit: str
    how: str
    look: str
    example: str
    why: str
    found: str
    problem: str

    @property
    def is_typed(self) -> bool:
        """Whether it is answered in a box."""
        return self.kind in TYPED

    @property
    def is_several(self) -> bool:
        """Whether more than one of its options can be chosen."""
        return self.kind is QuestionKind.SEVERAL


@dataclass(frozen=True)
class ShownSection:
    """A dimension with the questions of it that are asked so far."""

    title: str
    meaning: str
    questions: Sequence[ShownQuestion]


@dataclass(frozen=True)
class AnswerPage:
    """The page of a run. `done`: how many questions are answered, of `count` at most."""

    title: str
    intro: str
    sections: Sequence[ShownSection]
    done: int
    count: int

    @property
    def wrong(self) -> Sequence[ShownQuestion]:
        """The questions with a problem, in their order."""
        return [one for part in self.sections for one in part.questions if one.problem]


class PageView:
    """Shows a run. `typed`: the fields as they were sent, for the questions with a problem."""

    def __init__(
        self,
        texts: Texts,
        step: Step,
        *,
        problems: Mapping[str, str],
        typed: Mapping[str, Sequence[str]],
    ) -> None:
        self._texts = texts
        self._step = step
        self._problems = problems
        self._typed = typed

    def page(self) -> AnswerPage:
        """The page."""
        step = self._step
        way = asked(step.assessment, step.answers)
        numbers = {question.id: number for number, question in enumerate(way, start=1)}
        sections = (self._section(one, numbers) for one in step.assessment.dimensions)
        return AnswerPage(
            title=step.assessment.title,
            intro=step.assessment.intro,
            sections=[section for section in sections if section.questions],
            done=step.done,
            count=step.count,
        )

    def _section(self, dimension: Dimension, numbers: Mapping[str, int]) -> ShownSection:
        shown = [
            self._question(one, numbers[one.id]) for one in dimension.questions if one.id in numbers
        ]
        return ShownSection(dimension.title, dimension.meaning, shown)

    def _question(self, question: Question, number: int) -> ShownQuestion:
        assessment = self._step.assessment
        answer = self._step.answers.get(question.id, ())
        kept = kept_values(question, answer)
        problem = self._problems.get(question.id, "")
        sent = self._typed.get(f"{VALUE}{question.id}", ())
        given = clean_values(question, sent) if problem else ()
        values = given or kept
        words = [one for one in values if one not in alone_of(question)]
        is_typed = question.kind in TYPED
        return ShownQuestion(
            id=question.id,
            number=number,
            text=question.text,
            kind=question.kind,
            options=[] if is_typed else self._options(assessment, question, values),
            beside=self._beside(question, values),
            typed=words[0] if is_typed and words else "",
            longest=question.longest,
            was=PARTING.join(kept),
            unit=question.unit,
            how=self._how(question),
            look=question.look,
            example=question.example,
            why=question.why,
            found=self._found(assessment, question, answer),
            problem=problem,
        )

    def _options(
        self, assessment: Assessment, question: Question, values: Sequence[str]
    ) -> list[Option]:
        if question.kind is QuestionKind.SCALE:
            scale = assessment.scale_of(question)
            titles = {one.score: one.title for one in scale.choices}
            return [
                Option(str(score), self._scored(score, titles), "", str(score) in values)
                for score in range(scale.most + 1)
            ]
        return [Option(one.id, one.title, one.hint, one.id in values) for one in question.choices]

    def _scored(self, score: int, titles: Mapping[int, str]) -> str:
        if score not in titles:
            return str(score)
        return self._texts.say("assessment.choice", score=score, title=titles[score])

    def _beside(self, question: Question, values: Sequence[str]) -> list[Option]:
        say, words = self._texts.say, alone_of(question)
        titles = {UNKNOWN: say("answer_page.unknown")}
        if question.kind is QuestionKind.SEVERAL:
            titles = {NONE_OF_THEM: say("answer_page.none_of_them"), **titles}
        if question.may_not_apply:
            titles[NOT_APPLICABLE] = say("answer_page.not_applicable")
        return [
            Option(value, title, "", value in values)
            for value, title in titles.items()
            if value in words
        ]

    def _how(self, question: Question) -> str:
        say = self._texts.say
        match question.kind:
            case QuestionKind.SEVERAL:
                return say("answer_page.how_several")
            case QuestionKind.NUMBER:
                return say("answer_page.how_number", unit=question.unit)
            case QuestionKind.YEAR:
                return say("answer_page.how_year")
            case QuestionKind.PRODUCT:
                return say("answer_page.how_product")
            case QuestionKind.TEXT:
                return say("answer_page.how_text", most=question.longest)
            case _:
                return ""

    def _found(self, assessment: Assessment, question: Question, answer: Answer) -> str:
        if question.kind is not QuestionKind.PRODUCT or not named(answer):
            return ""
        return told_answer(self._texts.say, assessment, question, answer)


def clean_values(question: Question, values: Sequence[str]) -> tuple[str, ...]:
    """The values of a question's field that say something, each once."""
    most = WHOLE if question.kind is QuestionKind.TEXT else LONGEST_CHOICES
    cleaned = (clean_line(one, most) for one in values[:MOST_VALUES])
    return tuple(dict.fromkeys(one for one in cleaned if one))


def kept_values(question: Question, answer: Answer) -> tuple[str, ...]:
    """The values of a form that stand for an answer."""
    if question.kind is QuestionKind.PRODUCT and named(answer):
        return (named(answer),)
    return values_of(question, answer) if answer else ()


def problem_words(texts: Texts, question: Question, problem: GivenProblem, answers: Answers) -> str:
    """What is wrong with what was given, in a sentence beside the question."""
    most = highest(question, answers)
    bounds = {"least": _bound(question.least, question), "most": _bound(most, question)}
    match problem:
        case GivenProblem.NUMBER:
            return texts.say("answer_page.problem_number", unit=question.unit, **bounds)
        case GivenProblem.YEAR:
            return texts.say("answer_page.problem_year", **bounds)
        case GivenProblem.TEXT:
            return texts.say("answer_page.problem_text", most=question.longest)
        case _:
            return texts.say(f"answer_page.problem_{problem}")


def _bound(number: float | None, question: Question) -> str | None:
    if number is None:
        return None
    is_year = question.kind is QuestionKind.YEAR
    return f"{number:.0f}" if is_year else shown_number(f"{number:f}")
