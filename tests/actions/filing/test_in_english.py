"""The request form is filled in in English where the talk is in English."""

from collections.abc import Callable

import pytest

from bot.services.requests.owner_language import writes_english
from tests.support.stands.form_stand import FormStand, filed_by

Owners = Callable[..., FormStand]

NEED = "We need help to register a barcode for our coconut candy"


def test_every_step_is_said_in_english_and_the_officer_sees_it(owners: Owners) -> None:
    owner = owners().begins("I want to send a request")
    assert owner.wants == "request_question"
    assert "What can the Department help you with?" in owner.last.text

    owner.says(NEED, "ask")
    assert "This is about **Barcodes**, is it?" in owner.last.text
    owner.presses("That is right")
    assert "tax code" in owner.last.text
    owner.says("0100233489")
    assert "check digit" in owner.last.text
    owner.says("Green Farm Co., Ltd")
    assert "At which **telephone number**" in owner.last.text
    owner.says("in this chat", "skip")
    owner.presses("No files")
    summary = owner.last.text
    assert "- **About:** Barcodes" in summary
    assert f"- **Request:** {NEED}" in summary
    assert "- **Company:** Green Farm Co., Ltd" in summary
    assert "- **Contact:** in this chat" in summary
    assert owner.buttons[0] == "Send"

    owner.presses("Send")
    assert "Your request is sent. Its code is **HT-26-" in owner.last.text
    assert "Standards, Metrology and Quality unit" in owner.last.text
    request = filed_by(owner)
    assert writes_english(request)
    assert request.consent_version.endswith("en")


def test_a_question_in_english_is_no_answer_to_the_form(owners: Owners) -> None:
    with pytest.raises(Exception, match="something else"):
        owners().begins("send a request").says(NEED, "ask").says("how much is a barcode?", "ask")


def test_who_goes_on_in_vietnamese_is_asked_in_vietnamese(owners: Owners) -> None:
    owner = owners().begins("I want to send a request")

    owner.says("em cần hướng dẫn đăng ký mã vạch cho kẹo dừa")

    assert "Việc này thuộc mảng" in owner.last.text
    assert owner.buttons[-1] == "Hủy"


def test_a_request_in_vietnamese_is_told_from_one_in_english(owners: Owners) -> None:
    owner = owners().begins("em cần hướng dẫn đăng ký mã vạch cho kẹo dừa").presses("Đúng rồi")
    owner.says("Cơ sở Bà Hai").presses("Trả lời ở đây").presses("Không có file").presses("Gửi")

    assert not writes_english(filed_by(owner))
