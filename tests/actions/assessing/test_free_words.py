"""A question that takes any words: in the chat every message answers it but the words of a run."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.assessments.assessment import Assessment
from bot.domain.talk.payload import payload
from bot.storage.models import Attempt
from tests.support.data.assessments import assessment_data, dimension
from tests.support.stands.form_stand import FormStand

Owners = Callable[..., FormStand]

WORDS = {"id": "words", "text": "Ai cấp giấy?", "kind": "text", "longest": 40}
SMALL = Assessment.model_validate(
    assessment_data(
        dimensions=[
            {**dimension("a"), "questions": [{"id": "a-1", "text": "t"}, WORDS]},
            dimension("b", 1),
        ]
    )
)


@pytest.fixture
def owner(owners: Owners) -> FormStand:
    """An owner whose question with free words waits."""
    stand = owners("assessment_form")
    tables = replace(stand.desk.tables(), assessments={"small": SMALL})
    desk = replace(stand.desk, tables=lambda: tables)
    stand = FormStand(desk, stand.conversation_id, "assessment_form")
    stand.begins(payload("assessment", assessment="small"), "assessment")
    stand.says("5")
    assert "nhiều nhất 40 ký tự" in stand.last.text
    return stand


def kept(owner: FormStand) -> list[str] | None:
    with owner.desk.house.database.reading() as session:
        attempt = session.query(Attempt).filter_by(conversation_id=owner.conversation_id).one()
        return next((row.answer for row in attempt.answers if row.question == "words"), None)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("QUACERT", "inform"),
        ("Trung tâm\n  3  ", "ask"),
        ("ISO 9001 là gì vậy em?", "ask"),
        ("tự đánh giá 5S", "assessment"),
        ("cần gặp cán bộ hướng dẫn làm hồ sơ", "handover"),
        ("45", "answer_question"),
        ("=HYPERLINK(1)", "nonsense"),
        ("quay lại dùng tổ chức cũ ở quận 3", "go_back"),
    ],
)
def test_any_message_is_the_answer(owner: FormStand, text: str, intent: str) -> None:
    owner.says(text, intent)
    assert kept(owner) == [" ".join(text.split())]
    assert "**Câu 3/3" in owner.last.text


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("vì sao", "ask"),
        ("xem lại", "inform"),
        ("còn mấy câu nữa", "ask"),
        ("sửa câu 1", "inform"),
        ("câu trước", "go_back"),
        ("x" * 41, "inform"),
        ("   ", "inform"),
    ],
)
def test_the_words_of_a_run_and_what_is_too_long_are_none(
    owner: FormStand, text: str, intent: str
) -> None:
    owner.says(text, intent)
    assert kept(owner) is None
    assert "**Câu 3/3" not in owner.last.text


def test_what_is_too_long_is_told_with_how_much_fits(owner: FormStand) -> None:
    owner.says("dài " * 20)
    assert "nhiều nhất 40 ký tự" in owner.last.text
    assert "viết gọn lại" in owner.last.text


def test_who_has_nothing_to_say_goes_on_and_the_words_count_for_nothing(owner: FormStand) -> None:
    owner.says("bỏ qua", "skip")
    assert kept(owner) == ["khong_biet"]
    owner.says("câu trước", "go_back").says("QUACERT").says("5")
    assert "100%" in owner.said[-2].text + owner.last.text
