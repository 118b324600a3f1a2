"""What counts as right in a turn of a talk."""

from typing import Any

import pytest

from bot.domain.talk.understanding import Outcome
from bot.evaluation.asking.evaluation_set import ExpectedTurn
from bot.evaluation.asking.result import turn_is_as_expected
from bot.evaluation.asking.turn import Turn


def turn(outcome: str, article: str | None = None, **facts: Any) -> Turn:
    return Turn(Outcome(outcome), article, last_outcome=Outcome(outcome), **facts)


@pytest.mark.parametrize(
    ("expected", "came", "right"),
    [
        ({"outcome": "clarify"}, turn("clarify"), True),
        ({"outcome": "clarify"}, turn("chitchat"), True),
        ({"outcome": "clarify"}, turn("answer", "a"), False),
        ({"outcome": "clarify"}, turn("out_of_scope"), False),
        (
            {"outcome": "answer", "accept": ["a"], "also": [{"outcome": "chitchat"}]},
            turn("chitchat"),
            True,
        ),
        ({"outcome": "request", "says": ["0900"]}, turn("request", words="số 0900 đã ghi"), True),
        ({"outcome": "request", "says": ["0900"]}, turn("request", words="đã ghi"), False),
        ({"outcome": "request", "lacks": ["HT-"]}, turn("request", words="mã ht-26"), False),
        (
            {"outcome": "request"},
            turn("clarify", asked_about=frozenset({"request_help"})),
            True,
        ),
        ({"outcome": "request"}, turn("clarify", asked_about=frozenset({"handover"})), False),
        ({"outcome": "answer", "accept": ["a"], "resumes": True}, turn("answer", "a"), False),
    ],
)
def test_any_of_what_is_expected_with_its_words_will_do(
    expected: dict[str, Any], came: Turn, *, right: bool
) -> None:
    assert turn_is_as_expected(ExpectedTurn.model_validate(expected), came) is right
