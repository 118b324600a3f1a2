"""Plays: inspectors are at the owner's place."""

import pytest

from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine

RIGHTS = "doan-kiem-tra-chat-luong"


@pytest.mark.parametrize(
    "words",
    [
        "đoàn liên ngành đang ngồi trong tiệm bún của em, làm sao giờ",
        "qltt dang o kho, ho doi thu giu 20 thung",
        "họ bắt ký biên bản liền mà chú không chịu thì sao",
    ],
)
def test_rights_come_first_and_then_a_person(owner: Contact, words: str) -> None:
    said = owner.says(words)
    assert said.understandings[0].article == RIGHTS
    assert "Xem quyết định kiểm tra" in said.replies[0].text
    assert "chậm nhất" in said.replies[-1].text
    assert [choice.title for choice in said.replies[-1].choices] == ["Gặp cán bộ"]
    owner.plays(("Gặp cán bộ", "handover"))


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("tuần sau đoàn kiểm tra chất lượng tới, chuẩn bị gì", "doan-kiem-tra-chat-luong"),
        ("dán nhãn thiếu địa chỉ phạt bao nhiêu", "nhan-phat"),
    ],
)
def test_a_visit_to_come_and_a_fine_are_questions_as_any(
    owner: Contact, words: str, article: str
) -> None:
    owner.plays((words, article))
