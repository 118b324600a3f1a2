"""A talk in English is kept in English until Vietnamese is written."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.shape.desk import Desk
from actions.shape.turn import ENGLISH, LANGUAGE, Turn
from actions.talking.answer import ActionAnswer, ActionPickArticle, ActionShowDetail
from actions.talking.talk import ActionSmallTalk
from bot.domain.talk.payload import payload
from bot.search.retriever import Retriever
from tests.support.data.seed import Seed

MakeTurn = Callable[..., Turn]

IN_ENGLISH = {LANGUAGE: ENGLISH}


@pytest.fixture
def asking(desk: Desk, by_words: Retriever) -> Desk:
    """A desk that searches by words."""
    return replace(desk, retriever=lambda: by_words)


def conversation(desk: Desk) -> str:
    with desk.house.database.transaction() as session:
        return Seed(session, desk.now()).conversation().id


def tracked(desk: Desk, text: str, intent: str = "ask", **slots: Any) -> Tracker:
    """Rasa's tracker of a conversation whose newest message is this."""
    latest = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": []}
    state = {"sender_id": conversation(desk), "slots": slots, "latest_message": latest}
    return Tracker.from_dict({**state, "events": [], "paused": False})


def told(desk: Desk, tracker: Tracker) -> tuple[str, list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    events = asyncio.run(ActionAnswer(desk).run(dispatcher, tracker, {}))
    [message] = dispatcher.messages
    return message["custom"]["message"]["text"], events


@pytest.mark.parametrize(
    ("text", "slots", "expected"),
    [
        ("barcode fee", {}, True),
        ("hi there, do you speak English?", {}, True),
        ("phí mã vạch", {}, False),
        ("iso 9001", {}, False),
        ("iso 9001", IN_ENGLISH, True),
        ("ok", IN_ENGLISH, True),
        ("cho hỏi phí mã vạch", IN_ENGLISH, False),
        ("/handover", IN_ENGLISH, True),
        ("/handover", {}, False),
    ],
)
def test_words_tell_the_language_and_what_tells_none_goes_on(
    make_turn: MakeTurn, text: str, slots: dict[str, Any], *, expected: bool
) -> None:
    assert make_turn("c", text, slots=slots).in_english is expected


def test_a_vietnamese_name_in_the_form_ends_no_talk_in_english(make_turn: MakeTurn) -> None:
    named = {**IN_ENGLISH, "__loop__": "request_form", "requested_slot": "request_enterprise"}

    assert make_turn("c", "công ty TNHH Mật Ong", slots=named).in_english


def test_a_button_back_to_vietnamese_is_vietnamese(make_turn: MakeTurn, asking: Desk) -> None:
    pressed = make_turn(
        conversation(asking),
        payload("pick_article", article="ma-vach-phi", value="vi"),
        slots=IN_ENGLISH,
        entities={"article": "ma-vach-phi", "value": "vi"},
    )

    assert not pressed.in_english
    [reply] = ActionPickArticle(asking).respond(pressed).replies
    assert "cấp 1.000.000" in reply.message.text


def test_the_language_is_kept_with_the_talk_and_given_back(asking: Desk) -> None:
    text, events = told(asking, tracked(asking, "barcode fee", last_article=None))
    assert text.startswith("A 10-digit prefix")
    assert {"event": "slot", "timestamp": None, "name": LANGUAGE, "value": ENGLISH} in events

    text, events = told(asking, tracked(asking, "phí mã vạch bao nhiêu", **IN_ENGLISH))
    assert "1.500.000 đồng năm đầu" in text
    assert {"event": "slot", "timestamp": None, "name": LANGUAGE, "value": None} in events

    _, events = told(asking, tracked(asking, "phí mã vạch bao nhiêu"))
    assert all(event.get("name") != LANGUAGE for event in events)


def test_more_is_the_legal_basis_in_english(make_turn: MakeTurn, asking: Desk) -> None:
    pressed = make_turn(
        conversation(asking),
        payload("show_detail", article="ma-vach-phi"),
        slots=IN_ENGLISH,
        entities={"article": "ma-vach-phi"},
    )

    [reply] = ActionShowDetail(asking.in_english).respond(pressed).replies

    assert "Circular 232/2016/TT-BTC (Article" in reply.message.text


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("hi there, do you speak English?", "greet", "Hello! This is **Đồng Hành**"),
        ("what can you do", "menu", "You can ask about barcodes"),
        ("who are you", "bot_identity", "a machine, not a person"),
    ],
)
def test_a_greeting_shows_what_can_be_asked(
    make_turn: MakeTurn, asking: Desk, text: str, intent: str, said: str
) -> None:
    turn = make_turn(conversation(asking), text, intent=intent)

    [reply] = ActionSmallTalk(asking.in_english).respond(turn).replies

    assert said in reply.message.text
    titles = [choice.title for choice in reply.message.choices]
    assert titles[-2:] == ["Send a request", "Talk to an officer"]
    assert "What is ISO 9001, and is it compulsory?" in titles


def test_thanks_in_english_are_taken_in_english(make_turn: MakeTurn, asking: Desk) -> None:
    turn = make_turn(conversation(asking), "thanks a lot", intent="thanks", slots=IN_ENGLISH)

    [reply] = ActionSmallTalk(asking.in_english).respond(turn).replies

    assert reply.message.text.startswith("You are welcome")
    assert reply.message.choices == []


def test_a_no_asks_for_more_words(make_turn: MakeTurn, asking: Desk) -> None:
    turn = make_turn(conversation(asking), "none of these", intent="deny", slots=IN_ENGLISH)

    response = ActionAnswer(asking.in_english).respond(turn)

    assert "say a little more" in response.replies[0].message.text
    assert response.slots == {"last_article": None}
