"""Rating a closed request: who is not content is asked why, once."""

import json
from datetime import datetime

import pytest
from sqlalchemy import select

from actions.requests import ActionRateRequest
from actions.shape.desk import Desk
from actions.shape.turn import Turn
from bot.domain.talk.messages import ChannelName, OutgoingMessage
from bot.domain.talk.payload import read_payload
from bot.flow.wording import engine_messages
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.models import Message, Request
from tests.support.data.cases import cases
from tests.support.data.events import inbound, reception
from tests.support.data.seed import Seed


@pytest.fixture
def closed(desk: Desk, now: datetime) -> Request:
    with desk.house.database.transaction() as session:
        seed = Seed(session, now)
        lan, request = seed.officer("lan"), seed.request()
        cases(session).claim(request.id, lan, now=now)
        cases(session).close(request.id, lan, cause="form:c", now=now)
        return request


def turn(conversation_id: str, entities: dict[str, str], cause: str = "in:1") -> Turn:
    text = f"/rate_request{json.dumps(entities)}"
    return Turn(conversation_id, cause, text, "rate_request", 1.0, {}, entities, {}, [])


def rate(desk: Desk, request: Request, **entities: str) -> OutgoingMessage:
    said = turn(request.conversation_id, entities | {"code": request.code})
    (reply,) = ActionRateRequest(desk).respond(said).replies
    return reply.message


def stored(desk: Desk, request: Request) -> Request:
    with desk.house.database.reading() as session:
        return session.get_one(Request, request.id)


def test_who_is_content_is_thanked_and_asked_nothing(desk: Desk, closed: Request) -> None:
    said = rate(desk, closed, stars="3")

    assert "3/5" in said.text
    assert not said.choices


@pytest.mark.parametrize("stars", ["1", "2"])
def test_who_is_not_content_is_asked_why_with_a_way_to_say_nothing(
    desk: Desk, closed: Request, stars: str
) -> None:
    said = rate(desk, closed, stars=stars)
    values = [read_payload(choice.payload)[1]["value"] for choice in said.choices]

    assert values == ["slow", "unclear", "unsolved", "manner", "skip"]
    kept = rate(desk, closed, stars=stars, value="unclear")
    assert [choice.payload for choice in kept.choices] == ["/handover"]
    assert stored(desk, closed).rating_reason == "unclear"


def test_who_skips_it_is_thanked_and_nothing_is_written(desk: Desk, closed: Request) -> None:
    rate(desk, closed, stars="1")

    assert "cảm ơn" in rate(desk, closed, stars="1", value="skip").text
    assert stored(desk, closed).rating_reason == ""


def test_the_next_words_are_the_reason_and_a_question_is_a_question(
    desk: Desk, closed: Request, now: datetime
) -> None:
    asked = rate(desk, closed, stars="1")
    with desk.house.database.transaction() as session:
        request = session.get_one(Request, closed.id)
        last = TranscriptService(session).say(
            request.conversation, asked, author=Author.BOT, cause="in:asked", now=now
        )
        event = inbound(
            "Chờ ba hôm mới trả lời",
            now=now,
            chat_key=request.conversation.chat_key,
            channel=ChannelName(request.conversation.channel),
        )
        reception(session).accept(event, now=now)
        heard = session.scalars(select(Message).where(Message.author == Author.OWNER)).one()
        question = event.model_copy(update={"text": "5S là gì vậy em"})
        (handed,) = engine_messages(event, "in:1", None, last)
        (other,) = engine_messages(question, "in:2", None, last)
        cause = heard.cause.replace("heard:", "in:")

    assert other.text == "5S là gì vậy em"
    _, entities = read_payload(handed.text)
    said = turn(closed.conversation_id, entities, cause=cause)
    ActionRateRequest(desk).respond(said)
    assert stored(desk, closed).rating_words == "Chờ ba hôm mới trả lời"
