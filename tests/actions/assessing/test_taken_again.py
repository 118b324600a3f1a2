"""Behind a result the same assessment is taken once more, in the owner's words."""

from collections.abc import Callable

import pytest

from bot.domain.talk.payload import payload
from bot.storage.models import Attempt
from tests.support.stands.form_stand import FormStand

Owners = Callable[..., FormStand]

CLASSIFIED_AS = {
    "làm lại bài này": ("action_answer", "out_of_scope"),
    "cho em làm lại bài này": ("action_confirm_wish", "doubtful_wish"),
    "chấm lại từ đầu": ("action_small_talk", "menu"),
    "làm lại lần nữa": ("action_answer", "out_of_scope"),
    "tự đánh giá lại": ("action_confirm_wish", "doubtful_wish"),
}
"""What the model of 2026-11-30 makes of such words, and whose rule that is."""


@pytest.fixture
def at_the_result(owners: Owners) -> FormStand:
    """An owner who has just answered the last question on traceability."""
    owner = owners("assessment_form").begins(
        payload("assessment", assessment="truy-xuat"), "assessment"
    )
    for _ in range(40):
        if not owner.wants:
            return owner
        owner.says("chưa rõ", "skip")
    raise AssertionError(owner.last.text)


def runs(owner: FormStand) -> list[str]:
    with owner.desk.house.database.reading() as session:
        rows = session.query(Attempt).order_by(Attempt.id)
        return [row.state for row in rows if row.conversation_id == owner.conversation_id]


@pytest.mark.parametrize("text", CLASSIFIED_AS)
def test_the_same_assessment_begins_anew_and_the_result_stays(
    at_the_result: FormStand, text: str
) -> None:
    action, intent = CLASSIFIED_AS[text]
    at_the_result.hears(text, action, intent)
    assert "**Câu 1/" in at_the_result.last.text
    assert runs(at_the_result) == ["finished", "open"]


def test_behind_its_reasons_too_and_by_the_intent_itself(at_the_result: FormStand) -> None:
    at_the_result.begins(payload("assessment", assessment="truy-xuat", about="why"))
    assert "Mức kế tiếp" in at_the_result.last.text
    at_the_result.begins("em muốn làm lại bài", "assessment")
    assert "**Câu 1/" in at_the_result.last.text
    assert runs(at_the_result) == ["finished", "open"]


def test_once_something_else_was_spoken_of_the_words_begin_nothing(
    at_the_result: FormStand,
) -> None:
    at_the_result.hears("cảm ơn em", "action_small_talk", "thanks")
    at_the_result.hears("làm lại bài này", "action_answer")
    assert "**Câu 1/" not in at_the_result.last.text
    assert runs(at_the_result) == ["finished"]


def test_a_run_that_was_put_aside_is_no_result(owners: Owners) -> None:
    owner = owners("assessment_form").begins(payload("assessment", assessment="5s"), "assessment")
    owner.says("4")
    owner.hears("/pause", "action_pause_assessment", "pause")
    owner.hears("làm lại bài này", "action_answer")
    assert "**Câu " not in owner.last.text
    assert runs(owner) == ["paused"]
