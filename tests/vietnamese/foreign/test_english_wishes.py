"""What words in English wish is known without a classifier that has never seen them."""

import pytest

from vietnamese.foreign.english_wishes import (
    asks_in_english,
    english_intent,
    loose_wish,
    speaks_english,
)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hi there, do you speak English?", "greet"),
        ("Good morning, I don't speak Vietnamese", "greet"),
        ("Thank you so much!", "thanks"),
        ("that is very helpful", "thanks"),
        ("goodbye", "goodbye"),
        ("Are you a robot or a human?", "bot_identity"),
        ("What can you do for me?", "menu"),
        ("can I speak to someone", "handover"),
        ("I want to talk to an officer", "handover"),
        ("please connect me with a real person", "handover"),
        ("I'd like to meet an officer please", "handover"),
        ("Is there anyone who can help me?", "handover"),
        ("I need help in English", "greet"),
        ("delete my data", "privacy_erase"),
        ("what information do you keep about me?", "privacy_see"),
        ("my request number is HT-26-0F3K7", "request_status"),
        ("send a request", "request_help"),
        ("I would like to submit a support request", "request_help"),
        ("what is the status of my request?", "request_status"),
        ("has my request been answered yet", "request_status"),
        ("cancel the form please", "cancel"),
        ("Yes, send it", "affirm"),
        ("that's right", "affirm"),
        ("none of these", "deny"),
        ("no files", "skip"),
        ("I don't have a tax code", "skip"),
        ("please reply here", "skip"),
        ("how can I contact an officer", "ask"),
        ("barcode fee", "ask"),
        ("do I need a person in charge of quality?", "ask"),
    ],
)
def test_a_wish_in_english_is_an_intent(text: str, intent: str) -> None:
    assert english_intent(text) == intent


@pytest.mark.parametrize("text", ["", "no", "ok", "hello", "here", "gửi yêu cầu", "iso 9001"])
def test_words_that_vietnamese_messages_hold_are_left_to_the_classifier(text: str) -> None:
    assert english_intent(text) is None


@pytest.mark.parametrize(
    ("text", "intent"), [("no", "deny"), ("ok", "affirm"), ("here", "skip"), ("done", "skip")]
)
def test_in_a_talk_in_english_they_are_english(text: str, intent: str) -> None:
    assert loose_wish(text) == intent


@pytest.mark.parametrize("text", ["thanks", "Thank you very much", "see you", "yes", "cancel"])
def test_politeness_and_single_words_begin_no_talk_in_english(text: str) -> None:
    assert not speaks_english(text)


def test_a_question_is_told_from_what_a_form_asked_for() -> None:
    assert asks_in_english("how much is it")
    assert asks_in_english("and can I do it online")
    assert asks_in_english("the fee is the same?")
    assert not asks_in_english("we make candy and need a barcode")
