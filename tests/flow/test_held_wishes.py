"""What an owner asks for while an officer holds the conversation and the bot is silent."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.domain.talk import causes
from bot.domain.talk.messages import (
    ChannelName,
    EventKind,
    InboundEvent,
    choice_token,
)
from bot.flow.engine import Engine
from bot.flow.inbox_worker import InboxWorker
from bot.house import House
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.privacy.erasures import confirmation
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import Conversation, Message, Request
from tests.support.data.cases import cases
from tests.support.data.events import reception
from tests.support.data.seed import Seed
from tests.support.doubles.movable_clock import MovableClock


@pytest.fixture
def clock(now: datetime) -> MovableClock:
    return MovableClock(now)


@pytest.fixture
async def worker(house: House) -> AsyncIterator[InboxWorker]:
    """A worker that must ask nobody: there is no engine at its address."""
    engine = Engine("http://127.0.0.1:9", "x")
    yield InboxWorker(house, engine, [])
    await engine.close()


@pytest.fixture
def held(house: House) -> Request:
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.noise(3)
        request = seed.request(talk=True)
        cases(session).claim(request.id, seed.officer(), now=seed.now)
    return request


def hears(
    house: House, held: Request, text: str = "", *, choice: str = "", refusal: str = ""
) -> None:
    with house.database.transaction() as session:
        conversation = session.get_one(Conversation, held.conversation_id)
        count = len(session.scalars(select(Message.id)).all())
        event = InboundEvent(
            channel=ChannelName(conversation.channel),
            event_id=f"e-{count}",
            chat_key=conversation.chat_key,
            kind=kind_of(choice, refusal),
            text=text,
            choice=choice,
            refusal=refusal,
            occurred_at=house.clock(),
        )
        reception(session).accept(event, now=house.clock())


def kind_of(choice: str, refusal: str) -> EventKind:
    if choice:
        return EventKind.CHOICE
    return EventKind.UNSUPPORTED if refusal else EventKind.TEXT


def system_says(house: House, held: Request) -> list[Message]:
    """All but who has taken the case."""
    with house.database.transaction() as session:
        return list(
            session.scalars(
                select(Message)
                .where(
                    Message.conversation_id == held.conversation_id,
                    Message.author == Author.SYSTEM,
                    Message.cause.not_like(f"{causes.STEP}%"),
                )
                .order_by(Message.id)
            )
        )


def wish(house: House, held: Request) -> object:
    with house.database.transaction() as session:
        return session.get_one(Conversation, held.conversation_id).erase_asked_at


def ask(house: House, held: Request) -> Message:
    """The question whether it is meant, as it was asked before an officer came."""
    with house.database.transaction() as session:
        return TranscriptService(session).say(
            session.get_one(Conversation, held.conversation_id),
            confirmation(house.texts),
            author=Author.BOT,
            cause="in:0",
            now=house.clock(),
        )


async def test_the_button_pressed_while_an_officer_holds_is_kept_and_told(
    house: House, worker: InboxWorker, held: Request, clock: MovableClock
) -> None:
    asked, first = ask(house, held), clock()
    for _ in range(2):
        hears(house, held, choice=choice_token(asked.id, 0))
        assert await worker.work_one()
        clock.move(minutes=1)
    assert wish(house, held) == first
    said = system_says(house, held)
    assert len(said) == 2
    assert all(held.code in one.text and "tự xóa" in one.text for one in said)
    with house.database.transaction() as session:
        history = RequestHistory(session).lines(session.get_one(Request, held.id))
    assert [line.kind for line in history].count("erase_asked") == 1


async def test_words_that_ask_for_it_get_the_question_and_its_button_is_enough(
    house: House, worker: InboxWorker, held: Request
) -> None:
    hears(house, held, "xóa hết dữ liệu của tôi đi")
    assert await worker.work_one()
    (asked,) = system_says(house, held)
    assert asked.choices[0]["title"] == "Xóa hẳn"
    assert wish(house, held) is None
    hears(house, held, "Xóa hẳn")
    assert await worker.work_one()
    assert wish(house, held) is not None


async def test_who_does_not_mean_it_changes_nothing(
    house: House, worker: InboxWorker, held: Request
) -> None:
    asked = ask(house, held)
    hears(house, held, choice=choice_token(asked.id, 1))
    assert await worker.work_one()
    assert wish(house, held) is None
    assert system_says(house, held) == []


@pytest.mark.parametrize(
    "text",
    ["Em gửi mẫu nhãn đây chị", "xóa", "", "/privacy_erase", "thôi em đổi ý, không xóa nữa ạ"],
)
async def test_everything_else_is_for_the_officer_alone(
    house: House, worker: InboxWorker, held: Request, text: str
) -> None:
    hears(house, held, text)
    assert await worker.work_one()
    assert system_says(house, held) == []
    assert wish(house, held) is None


async def test_a_wish_heard_as_the_officer_lets_go_is_not_lost(
    house: House, worker: InboxWorker, held: Request
) -> None:
    asked = ask(house, held)
    hears(house, held, choice=choice_token(asked.id, 0))
    work = worker.take_one()
    assert work is not None
    with house.database.transaction() as session:
        request = session.get_one(Request, held.id)
        assert request.officer is not None
        cases(session).close(held.id, request.officer, cause="form:1", now=house.clock())
    worker._finish(work, [])
    assert wish(house, held) == house.clock()


BUTTON_OF_THE_QUESTION, BUTTON_OF_THE_NOTE, LABEL = "question", "note", "Không xóa"


def takes_back(house: House, held: Request, asked: Message, way: str) -> None:
    if way == BUTTON_OF_THE_QUESTION:
        hears(house, held, choice=choice_token(asked.id, 1))
    elif way == BUTTON_OF_THE_NOTE:
        hears(house, held, choice=choice_token(system_says(house, held)[-1].id, 0))
    else:
        hears(house, held, way)


def lines(house: House, held: Request) -> list[str]:
    with house.database.transaction() as session:
        history = RequestHistory(session).lines(session.get_one(Request, held.id))
    return [line.kind for line in history]


@pytest.mark.parametrize(
    "way",
    [
        BUTTON_OF_THE_QUESTION,
        BUTTON_OF_THE_NOTE,
        LABEL,
        "/huy",
        "thôi em đổi ý, không xóa nữa ạ",
        "doi y roi, dung xoa nua",
    ],
)
async def test_a_wish_is_taken_back_while_an_officer_holds(
    house: House, worker: InboxWorker, held: Request, way: str
) -> None:
    asked = ask(house, held)
    hears(house, held, choice=choice_token(asked.id, 0))
    assert await worker.work_one()
    for _ in range(2):
        takes_back(house, held, asked, way)
        assert await worker.work_one()
    assert wish(house, held) is None
    assert "đã bỏ đề nghị xóa" in system_says(house, held)[-1].text
    assert len(system_says(house, held)) == 2
    assert lines(house, held)[-2:] == ["erase_asked", "erase_taken_back"]


@pytest.mark.parametrize("text", ["sao chưa xóa dữ liệu của tôi", "Em gửi mẫu nhãn đây chị"])
async def test_other_words_leave_the_wish_as_it_stands(
    house: House, worker: InboxWorker, held: Request, text: str
) -> None:
    hears(house, held, choice=choice_token(ask(house, held).id, 0))
    assert await worker.work_one()
    hears(house, held, text)
    assert await worker.work_one()
    assert wish(house, held) is not None


async def test_a_wish_beside_a_file_that_is_not_taken_is_asked_about_too(
    house: House, worker: InboxWorker, held: Request
) -> None:
    hears(house, held, "xóa hết dữ liệu của tôi đi", refusal="File lớn quá ạ")
    assert await worker.work_one()
    refused, asked = system_says(house, held)
    assert refused.text == "File lớn quá ạ"
    assert asked.choices[0]["title"] == "Xóa hẳn"
