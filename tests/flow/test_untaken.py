"""What cannot be taken, whoever holds the conversation: the words stay, and the owner is told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.domain.talk import causes
from bot.domain.talk.messages import EventKind
from bot.flow.engine import Engine
from bot.flow.inbox_worker import InboxWorker
from bot.house import House
from bot.services.messaging.transcript import Author
from bot.storage.database import Database
from bot.storage.models import Conversation, Delivery, InboxEvent, Message, Request
from tests.flow.test_engine import REPLY, engine_at, served
from tests.support.data.cases import cases
from tests.support.data.events import inbound, reception
from tests.support.data.seed import Seed

REFUSAL = "Video: em chưa xem được."
CAPTION = "cái này có phải dán nhãn CR không"


@pytest.fixture
def any_house(house: House, any_database: Database) -> House:
    return replace(house, database=any_database)


@pytest.fixture
def asked() -> list[str]:
    """What Rasa was asked."""
    return []


@pytest.fixture
async def engine(asked: list[str]) -> AsyncIterator[Engine]:
    async def answer(request: web.Request) -> web.Response:
        asked.append((await request.json())["message"])
        return web.json_response({"failed": [], "replies": [REPLY]})

    async with served(answer) as url, engine_at(url) as engine:
        yield engine


def hear(house: House, now: datetime, text: str, **more: Any) -> None:
    """The owner of `chat-1` sends a video."""
    untaken = {"note": "[video]", "refusal": REFUSAL} | more
    event = inbound(text, now=now, kind=EventKind.UNSUPPORTED).model_copy(update=untaken)
    with house.database.transaction() as session:
        reception(session).accept(event, now=now)


def claim(house: House, now: datetime) -> None:
    """An officer takes the conversation of `chat-1` over."""
    with house.database.transaction() as session:
        seed = Seed(session, now)
        conversation = session.scalars(select(Conversation)).one()
        request = seed.request(conversation, talk=True)
        cases(session).claim(request.id, seed.officer(), now=now)


def transcript(house: House) -> list[tuple[str, str]]:
    """All that was said, but who has taken the case."""
    with house.database.transaction() as session:
        rows = session.scalars(select(Message).order_by(Message.id)).all()
        said = [row for row in rows if not row.cause.startswith(causes.STEP)]
        return [(row.author, row.text) for row in said]


async def test_with_an_officer_the_caption_stays_and_the_owner_is_told_by_the_system(
    any_house: House, now: datetime, engine: Engine, asked: list[str]
) -> None:
    hear(any_house, now, "chào", note="", refusal="")
    assert await InboxWorker(any_house, engine, []).work_one()
    claim(any_house, now)
    asked.clear()
    for text in (CAPTION, ""):
        hear(any_house, now, text)

    worker = InboxWorker(any_house, engine, [])
    while await worker.work_one():
        pass

    assert transcript(any_house)[-4:] == [
        (Author.OWNER, f"[video]\n{CAPTION}"),
        (Author.OWNER, "[video]"),
        (Author.SYSTEM, REFUSAL),
        (Author.SYSTEM, REFUSAL),
    ]
    assert asked == []
    with any_house.database.transaction() as session:
        assert set(session.scalars(select(InboxEvent.state))) == {"done"}
        told = select(Delivery).join(Message).where(Message.text == REFUSAL)
        assert len(session.scalars(told).all()) == 2


async def test_an_officer_who_takes_over_meanwhile_silences_the_answer_and_not_the_refusal(
    any_house: House, now: datetime, asked: list[str]
) -> None:
    async def answer(request: web.Request) -> web.Response:
        asked.append((await request.json())["message"])
        claim(any_house, now)
        return web.json_response({"failed": [], "replies": [REPLY]})

    hear(any_house, now, CAPTION)
    async with served(answer) as url, engine_at(url) as engine:
        assert await InboxWorker(any_house, engine, []).work_one()

    assert asked == [CAPTION]
    assert transcript(any_house)[1:] == [(Author.SYSTEM, REFUSAL)]


async def test_with_the_assistant_the_refusal_comes_first_and_then_the_answer(
    any_house: House, now: datetime, engine: Engine, asked: list[str]
) -> None:
    hear(any_house, now, CAPTION)

    assert await InboxWorker(any_house, engine, []).work_one()

    assert transcript(any_house) == [
        (Author.OWNER, f"[video]\n{CAPTION}"),
        (Author.BOT, REFUSAL),
        (Author.BOT, "Dạ."),
    ]
    assert asked == [CAPTION]


async def test_without_words_the_refusal_is_all(
    any_house: House, now: datetime, engine: Engine, asked: list[str]
) -> None:
    hear(any_house, now, "")

    assert await InboxWorker(any_house, engine, []).work_one()

    assert transcript(any_house) == [(Author.OWNER, "[video]"), (Author.BOT, REFUSAL)]
    assert asked == []


@pytest.mark.parametrize(("note", "seen"), [("[tin thoại]", 1), ("[nhãn dán]", 0)])
async def test_without_words_just_after_a_close_the_office_sees_that_something_was_sent(
    any_house: House, now: datetime, engine: Engine, note: str, seen: int
) -> None:
    hear(any_house, now, "chào", note="", refusal="")
    assert await InboxWorker(any_house, engine, []).work_one()
    claim(any_house, now)
    with any_house.database.transaction() as session:
        request = session.scalars(select(Request)).one()
        assert request.officer is not None
        cases(session).close(request.id, request.officer, cause="f:1", now=now)
    hear(any_house, now, "", note=note)

    assert await InboxWorker(any_house, engine, []).work_one()

    with any_house.database.transaction() as session:
        request = session.scalars(select(Request)).one()
        notes = select(Message.text).where(Message.request_id == request.id)
        assert (request.late_at is not None) == seen
        assert session.scalars(notes).all().count(note) == seen
    assert transcript(any_house)[-1] == (Author.BOT, REFUSAL)
