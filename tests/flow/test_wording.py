"""What the dialogue engine is given of an edit, and of what could not be taken."""

from datetime import datetime
from typing import Any

import pytest

from bot.domain.talk.messages import EventKind
from bot.domain.talk.payload import read_payload
from bot.flow.engine import EngineMessage
from bot.flow.wording import NothingToSay, engine_messages
from bot.storage.models import Message
from tests.support.data.events import inbound

CAUSE = "in:1"
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
    with pytest.raises(NothingToSay) as nothing:
        given(now, EventKind.UNSUPPORTED, " ", refusal=refusal)

    assert (nothing.value.text, nothing.value.name) == (refusal, name)
