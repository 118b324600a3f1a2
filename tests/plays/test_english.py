"""Plays: an owner from abroad asks, sends a request and calls an officer, all in English."""

import re

import pytest

from bot.services.requests.owner_language import writes_english
from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine

NEED = "We want to import plastic toys and need advice on the CR mark"


def test_questions_stay_with_their_matter_and_the_talk_in_english(owner: Contact) -> None:
    hello = owner.says("hi there, do you speak English?")
    assert hello.replies[0].text.startswith("Hello! This is **Đồng Hành**")
    first, *_ = owner.plays(
        ("How do I register a trademark in Vietnam?", "nhan-hieu-ho-so-nop-o-dau"),
        ("how much?", "nhan-hieu-chi-phi"),
        ("how long does it take", "nhan-hieu-quy-trinh-thoi-gian"),
    )
    assert "Translation not yet reviewed by the department." in first.replies[0].text
    more = owner.says("More: legal basis")
    assert "Law 131/2025/QH15 (Article 119" in more.replies[0].text
    assert owner.says("Thank you!").replies[0].text.startswith("You are welcome")
    weather = owner.says("what is the weather like tomorrow?")
    assert weather.understandings[0].article is None
    assert [choice.title for choice in weather.replies[0].choices] == [
        "Send a request",
        "Talk to an officer",
    ]
    untold = owner.says("How is OEE calculated?")
    assert "only in Vietnamese: **How OEE is calculated**" in untold.replies[0].text


def test_the_fee_is_asked_behind_the_steps_and_time(owner: Contact) -> None:
    owner.plays(
        ("how long to register a trademark?", "nhan-hieu-quy-trinh-thoi-gian"),
        ("how much", "nhan-hieu-chi-phi"),
        ("where do I apply", "nhan-hieu-ho-so-nop-o-dau"),
    )


def test_who_writes_vietnamese_again_is_answered_in_vietnamese(owner: Contact) -> None:
    english, vietnamese, again = owner.plays(
        ("barcode fee", "ma-vach-phi"),
        ("vậy đăng ký mã vạch ở đâu", "ma-vach-dang-ky"),
        ("iso 9001 certificate", "iso9001-la-gi"),
    )
    assert english.replies[0].text.startswith("A 10-digit prefix")
    assert vietnamese.replies[0].text.startswith("Đăng ký mã vạch")
    assert again.replies[0].text.startswith("ISO 9001 is the international standard")
    back = owner.says("Tiếng Việt")
    assert back.replies[0].text.startswith("ISO 9001 là tiêu chuẩn quốc tế")


def test_a_request_is_filled_in_in_english(owner: Contact) -> None:
    asked = owner.says("I want to send a request")
    assert "What can the Department help you with?" in asked.replies[0].text
    owner.says(NEED)
    owner.plays(("yes", "request"), ("Green Farm Co., Ltd", "request"))
    interrupted = owner.says("how much is a barcode?")
    assert interrupted.understandings[0].article == "ma-vach-phi"
    assert interrupted.understandings[-1].outcome == "request"
    owner.says("reply here")
    summary = owner.says("no files").replies[0].text
    assert f"- **Request:** {NEED}" in summary
    assert "- **Company:** Green Farm Co., Ltd" in summary
    sent = owner.says("yes, send it").replies[0].text
    assert re.search(r"Your request is sent. Its code is \*\*HT-26-[0-9A-Z]{5}\*\*", sent)
    (request,) = owner.requests()
    assert request.topic == "quy_chuan"
    assert request.question == NEED
    assert writes_english(request)
    status = owner.says("what is the status of my request?")
    assert f"Request **{request.code}** (Technical regulations" in status.replies[0].text


def test_an_officer_is_called_in_english_words(owner: Contact) -> None:
    owner.plays(("what is ISO 14001", "iso14001-la-gi"))
    called = owner.says("can I speak to someone")
    assert called.understandings[0].outcome == "handover"
    assert "Passed on to **Standards, Metrology and Quality unit" in called.replies[0].text
    (request,) = owner.requests()
    assert request.office == "tdc"
    assert writes_english(request)
    kept = owner.says("delete my data")
    assert "will be erased for good" in kept.replies[0].text
    assert owner.says("Do not erase").replies[0].text.startswith("All right")
    gone = owner.says("cancel")
    assert "withdrawn" in gone.replies[0].text
    given_up = owner.says("send a request")
    assert given_up.understandings[0].outcome == "request"
    assert "nothing was sent" in owner.says("cancel it please").replies[0].text
