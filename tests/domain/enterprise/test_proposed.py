"""What an answer proposes to a field of the register, and what a mapping may say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assessments.assessment import RegisterField
from bot.domain.assessments.question import Question
from bot.domain.enterprise.profile import Value
from bot.domain.enterprise.proposed import mapping_fault, proposed_value

CHOICES = [{"id": "a", "title": "Một"}, {"id": "b", "title": "Hai"}]


def question(**fields: Any) -> Question:
    return Question.model_validate({"id": "q", "text": "t", **fields})


PEOPLE = question(kind="number", unit="người")
MONEY = question(kind="number", unit="triệu đồng")
ONE = question(kind="one_of", choices=CHOICES)
WORDS = question(kind="text", longest=50)


def into(field: str, **fields: Any) -> RegisterField:
    return RegisterField(field=field, **fields)


@pytest.mark.parametrize(
    ("asked", "field", "answer", "value"),
    [
        (PEOPLE, into("staff", last_year=True), "45", 45),
        (PEOPLE, into("staff"), "45.5", 45),
        (MONEY, into("revenue"), "3200.5", 3_200_500_000),
        (MONEY, into("revenue"), "9" * 30, None),
        (ONE, into("legal_form", choices={"a": "household"}), "a", "household"),
        (ONE, into("legal_form", choices={"a": "household"}), "b", None),
        (ONE, into("exports", choices={"a": "co", "b": "khong"}), "b", False),
        (WORDS, into("products"), "bánh tráng", "bánh tráng"),
        (PEOPLE, into("staff"), "khong_biet", None),
        (WORDS, into("products"), "khong_ap_dung", None),
        (PEOPLE, into("staff"), "bốn", None),
    ],
)
def test_an_answer_stands_for_a_value(
    asked: Question, field: RegisterField, answer: str, value: Value
) -> None:
    assert mapping_fault(asked, field) == ""
    assert proposed_value(asked, field, (answer,)) == value


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        (PEOPLE, into("lao_dong"), "no field of the register"),
        (MONEY, into("staff"), "asked for in nguoi"),
        (question(kind="number"), into("revenue"), "asked for in trieu dong"),
        (WORDS, into("staff"), "cannot fill staff"),
        (WORDS, into("name"), "cannot fill name"),
        (question(), into("staff"), "cannot fill staff"),
        (WORDS, into("products", last_year=True), "belongs to numbers"),
        (ONE, into("legal_form"), "what each answer stands for"),
        (ONE, into("legal_form", choices={"c": "household"}), "none of its choices"),
        (ONE, into("legal_form", choices={"a": "máy bay"}), "no value of legal_form"),
    ],
)
def test_a_mapping_that_cannot_be_is_told(asked: Question, field: RegisterField, said: str) -> None:
    assert said in mapping_fault(asked, field)


@given(st.lists(st.text(max_size=30), max_size=3).map(tuple))
def test_whatever_is_stored_proposes_a_value_or_nothing(answer: tuple[str, ...]) -> None:
    for asked, field in (
        (PEOPLE, into("staff")),
        (MONEY, into("capital")),
        (WORDS, into("markets")),
    ):
        proposed_value(asked, field, answer)
