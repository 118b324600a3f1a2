"""What the dialogue engine is given of an edit, and of what could not be taken."""

from datetime import datetime
from typing import Any

import pytest

from bot.domain.talk.messages import EventKind, choice_token
from bot.domain.talk.payload import read_payload
from bot.flow.engine import EngineMessage
from bot.flow.wording import HouseAnswers, engine_messages
from bot.storage.models import Message
from tests.support.data.events import inbound

CAUSE = "in:1"
TEXT = EventKind.TEXT
OFFERED = Message(choices=[{"title": "Gặp cán bộ", "payload": "/handover"}])


def given(
    now: datetime, kind: EventKind, text: str, last: Message | None = None, **more: Any
) -> list[EngineMessage]:
    event = inbound(text, now=now, kind=kind).model_copy(update=more)
    return engine_messages(event, CAUSE, None, last)


def test_an_edit_tells_what_was_before_and_what_is_now(now: datetime) -> None:
    (message,) = given(now, EventKind.EDIT, "bún “khô”\n{12}", before='bánh "tráng"')

    intent, entities = read_payload(message.text)
    assert intent == "edit_message"
    assert entities == {"before": 'bánh "tráng"', "after": "bún “khô”\n{12}"}
    assert "\n" not in message.text
    assert message.outside_form == ""


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("HACCP là gì", "HACCP là gì"),
        ("/menu", "/menu"),
        ("/answer_question", "answer_question"),
        ("1", "/handover"),
        ("  ", ""),
    ],
)
def test_an_edit_of_the_newest_message_is_that_message_anew_outside_of_a_form(
    now: datetime, text: str, instead: str
) -> None:
    (message,) = given(now, EventKind.EDIT, text, OFFERED, before="5S", newest=True)

    assert message.outside_form == instead


def test_the_words_beside_what_could_not_be_taken_are_asked(now: datetime) -> None:
    (message,) = given(now, EventKind.UNSUPPORTED, "có dán nhãn không", refusal="Chưa xem.")

    assert message == EngineMessage(CAUSE, "có dán nhãn không")


@pytest.mark.parametrize(("refusal", "name"), [("Chưa xem được.", ""), ("", "talk.unsupported")])
def test_without_words_there_is_only_the_refusal(now: datetime, refusal: str, name: str) -> None:
    with pytest.raises(HouseAnswers) as nothing:
        given(now, EventKind.UNSUPPORTED, " ", refusal=refusal)

    assert (nothing.value.text, nothing.value.name) == (refusal, name)


UP = '/rate_answer{"verdict":"up","article":"5s-la-gi"}'
DOWN = '/rate_answer{"verdict":"down","article":"5s-la-gi"}'


def rated(message_id: int) -> Message:
    choices = [{"title": "👍 Đúng ý", "payload": UP}, {"title": "👎 Chưa đúng", "payload": DOWN}]
    return Message(id=message_id, choices=choices)


def pressed(now: datetime, index: int, under: Message, last: Message) -> list[EngineMessage]:
    event = inbound("", now=now, kind=EventKind.CHOICE, choice=choice_token(under.id, index))
    return engine_messages(event, CAUSE, under, last)


def test_a_thumb_up_under_the_newest_answer_is_thanked_for_without_a_dialogue(
    now: datetime,
) -> None:
    answer = rated(7)

    for press in (lambda: pressed(now, 0, answer, answer), lambda: given(now, TEXT, "1", answer)):
        with pytest.raises(HouseAnswers) as thanked:
            press()
        assert (thanked.value.name, thanked.value.said) == ("answer.thumb_up", UP)


def test_every_other_thumb_goes_through_the_dialogue(now: datetime) -> None:
    answer = rated(7)

    assert pressed(now, 1, answer, answer) == [EngineMessage(CAUSE, DOWN)]
    assert pressed(now, 0, answer, Message(id=9, choices=[])) == [EngineMessage(CAUSE, UP)]
