"""What a turn says within a run: an answer, or something about the run itself."""

import re
from dataclasses import dataclass

from actions.filing.request_fields import SURE
from actions.shape.desk import Desk
from actions.shape.patience import failures
from actions.shape.turn import Turn
from bot.domain.assessments.path import next_question, question_before
from bot.domain.assessments.question import (
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Question,
    QuestionKind,
)
from bot.domain.assessments.run_words import (
    asks_for_answers,
    asks_how_far,
    asks_why,
    is_done,
    question_to_edit,
    starts_over,
)
from bot.domain.assessments.typed_answer import (
    exact_choice,
    is_not_applicable,
    is_unknown,
    read_answer,
)
from bot.domain.talk.slip import said_after_a_slip
from bot.domain.text.plain import plain
from bot.services.assessments.product_asked import product_answer, several_products
from bot.services.assessments.question_reply import LEAVE_OUT, SETTLE
from bot.services.assessments.step import Step

MOST_STEERING_WORDS = 5
"""Of a wish where any words are an answer: “cho tôi gặp cán bộ” steers, a sentence answers."""

STEERS = frozenset({"cancel", "pause", "handover", "go_back", "resume", "privacy_erase", "menu"})
"""Intents that are meant wherever they are sure, whatever else the words could name."""


_CLAUSES = re.compile(r"[,.;!?\n]+|\sm\N{LATIN SMALL LETTER A WITH GRAVE}\s")
FEWEST_WORDS_ASIDE = 2

_ASKS = re.compile(r"\b(?:la gi|bao nhieu|bao lau|the nao|vi sao|tai sao|o dau|lam sao)\b")
"""Words of a question, where a name of goods is awaited: “máy”, “đầu” are parts of names."""


@dataclass(frozen=True)
class Said:
    """What was said. `question`: whose button was pressed; `toggles`: one of several choices.

    `edits`: the number of a question that is to be asked again. `unclear`: meant for the question,
    and yet no answer to it. `aside`: the answer before something else that is said.
    """

    answer: Answer | None = None
    question: str = ""
    toggles: str = ""
    settles: bool = False
    asks_why: bool = False
    asks_for_answers: bool = False
    asks_how_far: bool = False
    edits: int | None = None
    unclear: bool = False
    restarts: bool = False
    aside: Answer | None = None


def read_turn_of(desk: Desk, turn: Turn, step: Step) -> Said:
    """What a turn says to the question that waits."""
    waiting = step.question
    if turn.pressed:
        return _pressed(turn, step)
    about_the_run = Said(
        asks_why=asks_why(turn.text),
        asks_for_answers=asks_for_answers(turn.text),
        asks_how_far=asks_how_far(turn.text),
        edits=question_to_edit(turn.text),
        restarts=starts_over(turn.text),
    )
    if waiting is None or about_the_run != Said():
        return about_the_run
    if exact_choice(turn.text, waiting.choices) is not None:
        # “Không dùng” is a title before it is anything else.
        return Said(answer=read_answer(turn.text, step.assessment, waiting))
    if (put_right := _put_right(turn, step)) is not None:
        return put_right
    return _answered(desk, turn, step, waiting)


def is_free_answer(turn: Turn, waiting: Question | None) -> bool:
    """Whether words answer a question that takes any: no short and sure wish to go elsewhere."""
    if turn.pressed or waiting is None or waiting.kind is not QuestionKind.TEXT:
        return False
    is_short = len(turn.text.split()) <= MOST_STEERING_WORDS
    return not (turn.intent in STEERS and turn.confidence >= SURE and is_short)


def _answered(desk: Desk, turn: Turn, step: Step, waiting: Question) -> Said:
    if waiting.kind is QuestionKind.SEVERAL and is_done(turn.text):
        return Said(settles=True, question=waiting.id)
    if is_unknown(turn.text):
        return Said(answer=(UNKNOWN,))
    if is_not_applicable(turn.text):
        return Said(answer=(NOT_APPLICABLE,))
    if waiting.kind is QuestionKind.PRODUCT:
        return _product(desk, turn)
    if waiting.kind is QuestionKind.TEXT:
        return _words(turn, step, waiting)
    answer = read_answer(turn.text, step.assessment, waiting)
    return Said(answer=answer, aside=None if answer else _aside(turn, step, waiting))


def _put_right(turn: Turn, step: Step) -> Said | None:
    """“Lộn, chưa có”: another answer to the question before the one that waits."""
    rest, waiting = said_after_a_slip(turn.text), step.question
    if not rest or waiting is None:
        return None
    before = question_before(step.assessment, step.answers, waiting.id)
    # Where the last answer was not understood, it is the question that waits.
    meant = waiting if failures(turn) or before is None else before
    answer = _plain_answer(rest, step, meant)
    return Said(answer=answer, question=meant.id) if answer is not None else None


def _aside(turn: Turn, step: Step, waiting: Question) -> Answer | None:
    """“Chưa làm, mà 5S là gì”: what is said to the question before another one is asked."""
    first, *others = _CLAUSES.split(turn.text, maxsplit=1)
    if not others or len(others[0].split()) < FEWEST_WORDS_ASIDE:
        return None
    answer = _plain_answer(first, step, waiting)
    if answer is None:
        return None
    # The last answer ends the run with its result: that is no moment to speak of something else.
    ends = next_question(step.assessment, {**step.answers, waiting.id: answer}) is None
    return None if ends else answer


def _plain_answer(text: str, step: Step, question: Question) -> Answer | None:
    if is_unknown(text):
        return (UNKNOWN,)
    if is_not_applicable(text) and question.may_not_apply:
        return (NOT_APPLICABLE,)
    return read_answer(text, step.assessment, question)


def _pressed(turn: Turn, step: Step) -> Said:
    if turn.intent == "skip":
        return Said(answer=(UNKNOWN,))
    if turn.intent != "answer_question":
        return Said()
    given, named = turn.entity("score") or turn.entity("value"), turn.entity("question")
    question = step.assessment.question(named) if named else step.question
    is_of_another = turn.entity("assessment") not in ("", step.assessment.id)
    if question is None or not given or is_of_another:
        return Said()
    if given == LEAVE_OUT:
        return Said(answer=(NOT_APPLICABLE,), question=question.id)
    if question.kind is not QuestionKind.SEVERAL:
        return Said(answer=(given,), question=question.id)
    if given == SETTLE:
        return Said(settles=True, question=question.id)
    return Said(toggles=given, question=question.id)


def _words(turn: Turn, step: Step, waiting: Question) -> Said:
    if not is_free_answer(turn, waiting):
        return Said()
    answer = read_answer(turn.text, step.assessment, waiting)
    return Said(answer=answer, unclear=answer is None)


def _product(desk: Desk, turn: Turn) -> Said:
    steers = turn.intent in STEERS and turn.confidence >= SURE
    if steers or "?" in turn.text or _ASKS.search(plain(turn.text)):
        return Said()
    products, restored = desk.knowledge.products, desk.retriever().index.restored(turn.text)
    if several_products(products, turn.text, restored):
        return Said(unclear=True)
    return Said(answer=product_answer(products, turn.text, restored))
