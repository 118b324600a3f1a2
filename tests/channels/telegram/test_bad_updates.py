"""No update stops the channel: what cannot be taken is set aside, everybody else is answered."""

import asyncio
import copy
import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.channels.accepting import accept_into
from bot.channels.channel import Accept
from bot.channels.telegram.channel import TelegramChannel
from bot.domain.talk.messages import EventKind, InboundEvent
from bot.house import House
from bot.storage.database import Database
from bot.storage.models import Contact, StoredFile
from tests.support.data.files import PDF
from tests.support.doubles import telegram_server as faults
from tests.support.doubles.telegram_server import DATE, TelegramServer
from tests.support.stands.telegram_reading import read_all, reading, set_aside, stored
from tests.support.waiting import until

STRANGER = 777
GIFT = {"gift": {"base_name": "x"}, "origin": "transfer"}
BEYOND = 2**70
"""An integer that no column holds."""


@pytest.fixture
def any_house(telegram_house: House, any_database: Database) -> House:
    """The house on SQLite and on PostgreSQL, which refuse different things."""
    return replace(telegram_house, database=any_database)


def message(**content: Any) -> dict[str, Any]:
    """A message of the stranger's, with what a test wants to be odd about it."""
    chat = {"id": STRANGER, "type": "private", "first_name": "Ng"}
    sender = {"id": STRANGER, "is_bot": False, "first_name": "Ng"}
    return {"message_id": 7, "date": DATE, "chat": chat, "from": sender, **content}


# — set aside —

UNREADABLE: list[dict[str, Any]] = [
    {"message": message(unique_gift=GIFT)},
    {"message": message(text="a", chat=None)},
    {"message": message(text="a", chat={"type": "private"})},
    {"message": message(text="a", message_id=None)},
    {"message": message(text={"bold": "a"})},
    {"message": message(document={"file_name": "a.pdf"})},
    {"message": message(photo="x")},
    {"message": message(contact={"user_id": STRANGER})},
    {"message": "xin chào"},
    {"callback_query": {"id": "1", "data": "b:1:0"}},
    {"my_chat_member": {"chat": {"id": STRANGER, "type": "private"}}},
]
NO_OBJECTS: list[Any] = ["x", 7, None, [], True, [{"update_id": 1}]]


async def test_what_cannot_be_read_is_set_aside_at_once_and_whole(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House, naps: Any
) -> None:
    sent: list[Any] = [telegram.push(content) for content in UNREADABLE]
    for raw in NO_OBJECTS:
        telegram.push_raw(raw)
    telegram.write("xin chào")
    events = await read_all(channel, telegram_house, telegram)
    assert [event.text for event in events] == ["xin chào"]
    assert naps.taken == []
    kept = set_aside(telegram_house)
    assert sorted(json.dumps(json.loads(one.raw)) for one in kept) == sorted(
        json.dumps(raw) for raw in sent + NO_OBJECTS
    )
    assert {(one.channel, one.reason, one.seen_at) for one in kept} == {
        ("telegram", "unreadable", None)
    }


async def test_what_no_database_takes_is_set_aside_with_its_chat(
    telegram: TelegramServer, any_house: House
) -> None:
    channel = TelegramChannel(any_house, poll_seconds=1)
    telegram.push({"message": message(unique_gift=GIFT | {"text": "\ud83d\x00 nửa chừng"})})
    telegram.push({"message": message(text="a", message_id="7" * 300)})
    telegram.write("xin chào")
    assert [e.text for e in await read_all(channel, any_house, telegram)] == ["xin chào"]
    await channel.close()
    kept = set_aside(any_house)
    assert [one.chat_key for one in kept] == [str(STRANGER)] * 2
    assert "\\ud83d\\u0000 nửa chừng" in kept[0].raw


async def test_twenty_in_a_row_hold_nobody_up(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House, naps: Any
) -> None:
    for number in range(20):
        telegram.push({"message": message(message_id=number, unique_gift=GIFT)})
    telegram.write("xin chào")
    assert len(await read_all(channel, telegram_house, telegram)) == 1
    assert len(set_aside(telegram_house)) == 20
    assert naps.taken == []


async def test_set_aside_again_after_a_crash_it_is_kept_once(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    update = telegram.push({"message": message(unique_gift=GIFT)})
    telegram.again(update)
    telegram.write("xin chào")
    await read_all(channel, telegram_house, telegram)
    assert len(set_aside(telegram_house)) == 1


def stumbling(accept: Accept) -> Accept:
    """Takes everything but “hỏng”, over which our own code stumbles."""

    async def picky(event: InboundEvent, *more: Any) -> bool:
        if event.text == "hỏng":
            raise ValueError("a bug")
        return await accept(event, *more)

    return picky


async def test_what_our_own_code_stumbles_over_is_set_aside_too(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House, naps: Any
) -> None:
    telegram.write("hỏng", chat=STRANGER)
    telegram.write("lành")
    task = asyncio.create_task(channel.run(stumbling(accept_into(telegram_house))))
    await until(lambda: [e.text for e in stored(telegram_house)] == ["lành"])
    await until(lambda: set_aside(telegram_house))
    task.cancel()
    (kept,) = set_aside(telegram_house)
    assert (kept.reason, kept.chat_key) == ("unstorable", str(STRANGER))
    assert naps.taken == []


async def test_a_file_of_a_message_that_could_not_be_stored_is_not_kept(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.document("hỏng.pdf", PDF, chat=STRANGER, caption="hỏng")
    telegram.document("lành.pdf", PDF, caption="lành")
    task = asyncio.create_task(channel.run(stumbling(accept_into(telegram_house))))
    await until(lambda: stored(telegram_house) and set_aside(telegram_house))
    task.cancel()
    (event,) = stored(telegram_house)
    with telegram_house.database.transaction() as session:
        rows = [file.name for file in session.scalars(select(StoredFile))]
    on_disk = [file.name for file in telegram_house.settings.files_dir.iterdir()]
    assert rows == ["lành.pdf"]
    assert on_disk == [event.attachments[0].file_id]


# — taken all the same —

NAMES: list[tuple[dict[str, Any], str]] = [
    ({"first_name": ""}, ""),
    ({"first_name": None}, ""),
    ({}, ""),
    ({"first_name": "", "last_name": "Ng"}, "Ng"),
    ({"first_name": "An\ud83d", "last_name": "Ng"}, "An Ng"),
    ({"first_name": "A\x00n"}, "An"),
    ({"first_name": "An\n\u202eNg"}, "An Ng"),
    ({"first_name": ["An"]}, ""),
    ({"first_name": "á" * 500}, "á" * 200),
]


async def test_an_odd_name_costs_nobody_his_answer(
    telegram: TelegramServer, any_house: House
) -> None:
    channel = TelegramChannel(any_house, poll_seconds=1)
    for chat, (odd, _) in enumerate(NAMES, start=1):
        one = message(text="xin chào", chat={"id": chat, "type": "private"})
        telegram.push({"message": one | {"from": {"id": str(chat), "is_bot": False, **odd}}})
    telegram.push({"message": message(text="xin chào") | {"from": None}})
    events = await read_all(channel, any_house, telegram)
    await channel.close()
    assert sorted(event.sender_name for event in events) == sorted([*(n for _, n in NAMES), ""])
    assert set_aside(any_house) == []
    with any_house.database.transaction() as session:
        shown = {contact.display_name for contact in session.scalars(select(Contact))}
    assert shown == {name for _, name in NAMES}


SHAPES: list[tuple[dict[str, Any], str]] = [
    ({"text": "xin chào", "date": 0}, "xin chào"),
    ({"text": "xin chào", "date": BEYOND}, "xin chào"),
    ({"text": "xin chào", "date": "hôm qua"}, "xin chào"),
    ({"text": "xin chào", "date": None}, "xin chào"),
    ({"text": "xin\ud83d chào\x00"}, "xin chào"),
    ({"text": "á" * 100_000}, "á" * 4000),
    ({"text": 2026}, "2026"),
    ({"text": "xin chào", "message_id": "1001"}, "xin chào"),
    ({"text": "xin chào", "message_id": BEYOND}, "xin chào"),
    ({"text": "xin chào", "chat": {"id": BEYOND, "type": "private"}}, "xin chào"),
    ({"text": "xin chào", "chat": {"id": str(STRANGER), "type": "private"}}, "xin chào"),
    ({"text": "xin chào", "entities": "x", "link_preview_options": 7}, "xin chào"),
    ({"text": "xin chào", "reply_to_message": {"unique_gift": GIFT}}, "xin chào"),
    ({"text": "xin chào", "contact": None, "photo": None, "caption": None}, "xin chào"),
]


async def test_what_we_do_not_need_may_be_of_any_shape(
    telegram: TelegramServer, any_house: House
) -> None:
    channel = TelegramChannel(any_house, poll_seconds=1)
    for number, (odd, _) in enumerate(SHAPES):
        telegram.push({"message": message(message_id=number) | odd})
    events = await read_all(channel, any_house, telegram)
    await channel.close()
    assert sorted(event.text for event in events) == sorted(text for _, text in SHAPES)
    assert {event.kind for event in events} == {EventKind.TEXT}
    assert set_aside(any_house) == []


PRESSES: list[tuple[dict[str, Any], str]] = [
    ({"data": "b:1:0"}, "b:1:0"),
    ({"message": message(text="cũ")}, ""),
    ({"data": None, "message": None}, ""),
    ({"data": "b:2147483648:0"}, "b:2147483648:0"),
    ({"data": "b:1:0", "message": message(date=0)}, "b:1:0"),
    ({"data": "\x00\ud83d"}, ""),
]


async def test_a_press_is_taken_with_its_message_or_without(
    telegram: TelegramServer, any_house: House
) -> None:
    channel = TelegramChannel(any_house, poll_seconds=1)
    for number, (odd, _) in enumerate(PRESSES):
        press = {"id": str(number), "from": message()["from"], **odd}
        telegram.push({"callback_query": press})
    events = await read_all(channel, any_house, telegram)
    await channel.close()
    assert [event.choice for event in events] == [choice for _, choice in PRESSES]
    assert {event.kind for event in events} == {EventKind.CHOICE}


async def test_a_database_that_is_away_is_no_bad_update(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.write("một")
    telegram.write("hai")
    accept, failures = accept_into(telegram_house), iter([OSError("disk")] * 7)

    async def failing(event: InboundEvent, *more: Any) -> bool:
        if (failure := next(failures, None)) is not None:
            raise failure
        return await accept(event, *more)

    task = asyncio.create_task(channel.run(failing))
    await until(lambda: len(stored(telegram_house)) == 2)
    task.cancel()
    assert [event.text for event in stored(telegram_house)] == ["một", "hai"]
    assert set_aside(telegram_house) == []


# — numbers —


@pytest.mark.parametrize("told", ["x", BEYOND], ids=str)
async def test_an_update_of_an_odd_number_does_not_stop_the_rest(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House, told: Any
) -> None:
    telegram.write("trước")
    telegram.push({"update_id": told, "message": message(text="lẻ")})
    telegram.write("sau")
    events = await read_all(channel, telegram_house, telegram)
    assert sorted(event.text for event in events) == ["lẻ", "sau", "trước"]


async def test_an_odd_number_that_comes_last_is_confirmed_all_the_same(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.write("trước")
    telegram.push({"update_id": None, "message": message(text="lẻ")})
    assert len(await read_all(channel, telegram_house, telegram)) == 2


async def test_a_number_beyond_all_bounds_is_neither_confirmed_nor_asked_for_without_pause(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House, naps: Any
) -> None:
    telegram.push({"update_id": BEYOND, "message": message(text="lẻ")})
    async with reading(channel, telegram_house):
        await until(lambda: len(naps.taken) >= 3)
        telegram.write("sau")
        await until(lambda: len(stored(telegram_house)) == 2)
    assert naps.taken[:3] == [1.0, 1.5, 2.25]


async def test_an_answer_that_is_no_list_is_asked_for_again(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House, naps: Any
) -> None:
    odd = (True, {}, None, "x", 7, {"update_id": 1})
    for result in odd:
        telegram.fail("getUpdates", faults.odd(result))
    telegram.write("xin chào")
    assert len(await read_all(channel, telegram_house, telegram)) == 1
    assert len(naps.taken) == len(odd)


# — slow ones —


async def test_what_takes_long_in_one_chat_keeps_neither_others_nor_their_next_messages_waiting(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    accept, is_there = accept_into(telegram_house), asyncio.Event()

    async def slow(event: InboundEvent, *more: Any) -> bool:
        if event.text == "tệp nặng":
            await is_there.wait()
        return await accept(event, *more)

    telegram.document("a.pdf", PDF, chat=STRANGER, caption="tệp nặng")
    task = asyncio.create_task(channel.run(slow))
    for number in range(3):
        telegram.write(f"tin {number}")
        telegram.write(f"lạ {number}", chat=STRANGER)
        await until(lambda number=number: len(stored(telegram_house)) == number + 1)
    is_there.set()
    await until(lambda: len(stored(telegram_house)) == 7)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    texts = [event.text for event in stored(telegram_house)]
    assert texts == ["tin 0", "tin 1", "tin 2", "tệp nặng", "lạ 0", "lạ 1", "lạ 2"]


async def test_what_is_in_work_at_a_crash_comes_again_and_what_is_done_does_not(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    accept = accept_into(telegram_house)

    async def hanging(event: InboundEvent, *more: Any) -> bool:
        if event.text == "treo":
            await asyncio.Event().wait()
        return await accept(event, *more)

    telegram.write("treo", chat=STRANGER)
    telegram.write("xong")
    task = asyncio.create_task(channel.run(hanging))
    await until(lambda: stored(telegram_house))
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    events = await read_all(channel, telegram_house, telegram)
    assert [event.text for event in events] == ["xong", "treo"]


# — of any shape —

REAL: list[dict[str, Any]] = [
    {"message": message(text="xin chào")},
    {"message": message(photo=[{"file_id": "p", "width": 1, "height": 1}], media_group_id="1")},
    {"message": message(document={"file_id": "d", "file_name": "a.pdf", "file_size": 4})},
    {"message": message(caption="nhãn", video={"file_id": "v", "duration": 3})},
    {"message": message(contact={"phone_number": "84912345678", "user_id": STRANGER})},
    {"message": message(pinned_message=message(text="cũ"))},
    {"edited_message": message(text="xin chào", edit_date=DATE + 9)},
    {
        "callback_query": {
            "id": "1",
            "from": message()["from"],
            "message": message(),
            "data": "b:1:0",
        }
    },
    {
        "my_chat_member": {
            "chat": message()["chat"],
            "from": message()["from"],
            "date": DATE,
            "new_chat_member": {"status": "kicked"},
        }
    },
]

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, -1, 2**31, 2**63, BEYOND])
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec=None), max_size=20)
    | st.sampled_from(["private", "\x00", "\ud83d", "á" * 5000]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [at, *(place for key, one in inner for place in places(one, (*at, key)))]


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """A real update with some of its parts replaced or gone."""
    update = copy.deepcopy(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(places(update)))
        if not place:
            continue
        parent = update
        for key in place[:-1]:
            parent = parent[key]
        if draw(st.booleans()) or isinstance(parent, list):
            parent[place[-1]] = draw(VALUES)
        else:
            del parent[place[-1]]
    odd = draw(
        st.sampled_from([{}, {}, {"update_id": None}, {"update_id": "x"}, {"update_id": -1}])
    )
    return update | odd


@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batch=st.lists(spoilt() | VALUES, min_size=20, max_size=40))
async def test_whatever_comes_the_good_message_behind_it_is_stored(
    telegram: TelegramServer, telegram_house: House, naps: Any, batch: list[Any]
) -> None:
    telegram_house.signals.bind()
    channel = TelegramChannel(telegram_house, read_timeout=0.6, poll_seconds=1, sleep=naps)
    for raw in batch:
        if isinstance(raw, dict):
            telegram.push(raw)
        else:
            telegram.push_raw(raw)
    good = f"tin {telegram.newest}"
    telegram.write(good)
    async with reading(channel, telegram_house):
        await until(lambda: good in [event.text for event in stored(telegram_house)])
        await until(lambda: telegram.offsets[-1:] == [telegram.newest + 1])
    await channel.close()
    assert [event.text for event in stored(telegram_house)].count(good) == 1
