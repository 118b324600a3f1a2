"""Figures over conversations, counted by hand."""

from bot.evaluation.figures.dialogue_figures import dialogue_figures
from bot.evaluation.figures.share import Share
from tests.support.data.evaluation import came, dialogue_row, expected

GOOD = (expected("answer", "a b"), came("answer", "b x"))
WRONG_ARTICLE = (expected("answer", "a"), came("answer", "x a"))
WRONG_OUTCOME = (expected("answer", "o"), came("wrong_office", "o"))
DONE = (expected("request"), came("request"))
RESUMED = (expected("answer", "a", resumes=True), came("answer", "a", last="request"))
FORGOTTEN = (expected("answer", "a", resumes=True), came("answer", "a"))
RESUMED_BUT_WRONG = (expected("answer", "a", resumes=True), came("answer", "x", last="request"))


def test_turns_and_whole_conversations_are_counted() -> None:
    table = [
        dialogue_row(GOOD, GOOD, DONE),  # 3 of 3
        dialogue_row(GOOD, WRONG_ARTICLE),  # 1 of 2
        dialogue_row(WRONG_OUTCOME),  # 0 of 1
        dialogue_row(DONE, RESUMED),  # 2 of 2
        dialogue_row(DONE, FORGOTTEN),  # 1 of 2
    ]
    figures = dialogue_figures(table)
    assert figures.turns == Share(hits=7, of=10)
    assert figures.whole == Share(hits=2, of=5)
    assert figures.resumed == Share(hits=1, of=2)


def test_a_form_that_comes_back_after_a_wrong_answer_is_no_success() -> None:
    figures = dialogue_figures([dialogue_row(RESUMED_BUT_WRONG)])
    assert figures.resumed == Share(hits=0, of=1)
    assert figures.turns == Share(hits=0, of=1)


def test_silence_is_never_as_expected() -> None:
    assert dialogue_figures([dialogue_row((expected("chitchat"), came(None)))]).turns.hits == 0


def test_where_asking_back_is_wanted_a_button_or_the_answer_will_do() -> None:
    wanted = expected("clarify", "a b")
    asked_back = (wanted, came("clarify", "- a x", offered="x a"))  # right
    answered = (wanted, came("answer", "b"))  # right
    off_the_mark = (wanted, came("clarify", "- a x", offered="x y"))  # wrong: `a` on no button
    other = (wanted, came("answer", "x"))  # wrong
    figures = dialogue_figures([dialogue_row(asked_back, answered, off_the_mark, other)])
    assert figures.turns == Share(hits=2, of=4)
