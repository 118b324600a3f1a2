"""Reading a Telegram bot's updates: stored first, confirmed afterwards."""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.accepting import accept_into
from bot.channels.channel import AuthFailed
from bot.channels.telegram.channel import TelegramChannel
from bot.domain.talk.messages import Choice, EventKind, InboundEvent, OutgoingMessage
from bot.house import House
from bot.services.messaging.outbox import OutboxService
from bot.storage.models import Conversation, PollOffset, StoredFile
from tests.support.data.files import JPEG
from tests.support.data.said import say
from tests.support.doubles import telegram_server as faults
from tests.support.doubles.telegram_server import CHAT, TelegramServer
from tests.support.stands.telegram_reading import offset, read_all, reading, stored
from tests.support.waiting import until


async def test_words_and_start_are_stored_with_the_name(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.write("/start ref_42")
    telegram.write("xin chào")
    events = await read_all(channel, telegram_house, telegram)
    assert [(e.kind, e.text) for e in events] == [
        (EventKind.START, "/start ref_42"),
        (EventKind.TEXT, "xin chào"),
    ]
    assert {e.sender_name for e in events} == {"Lan Nguyễn"}
    assert {e.chat_key for e in events} == {str(CHAT)}


async def test_the_same_update_twice_is_stored_once(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.again(telegram.write("xin chào"))
    assert len(await read_all(channel, telegram_house, telegram)) == 1


async def test_a_crash_between_storing_and_confirming_loses_and_doubles_nothing(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.write("một")
    telegram.write("hai")
    accept = accept_into(telegram_house)

    async def dying(event: InboundEvent, *more: Any) -> bool:
        is_new = await accept(event)
        if event.text == "hai":
            task.cancel()
            await asyncio.Event().wait()
        return is_new

    task = asyncio.create_task(channel.run(dying))
    with suppress(asyncio.CancelledError):
        await task
    assert offset(telegram_house) is None
    assert [e.text for e in await read_all(channel, telegram_house, telegram)] == ["một", "hai"]


async def test_what_cannot_be_stored_comes_again(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.write("xin chào")
    accept, failures = accept_into(telegram_house), iter([OSError("disk"), OSError("disk")])

    async def failing(event: InboundEvent, *more: Any) -> bool:
        if (failure := next(failures, None)) is not None:
            raise failure
        return await accept(event, *more)

    task = asyncio.create_task(channel.run(failing))
    await until(lambda: stored(telegram_house))
    task.cancel()
    assert telegram.offsets[:3] == [None, None, None]


async def test_it_goes_on_from_the_kept_offset(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    update = telegram.write("một")
    await read_all(channel, telegram_house, telegram)
    telegram.offsets.clear()
    async with reading(channel, telegram_house):
        await until(lambda: telegram.offsets)
    assert telegram.offsets[0] == update["update_id"] + 1


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=365)])
async def test_an_offset_from_the_future_is_not_trusted_and_nothing_comes_twice(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House, back: timedelta
) -> None:
    telegram.write("một")
    await read_all(channel, telegram_house, telegram)
    with telegram_house.database.transaction() as session:
        session.scalars(select(PollOffset)).one().updated_at = telegram_house.clock() + back
    telegram.offsets.clear()
    telegram.write("hai")
    seen = [event.text for event in await read_all(channel, telegram_house, telegram)]
    assert telegram.offsets[0] is None
    assert seen == ["một", "hai"]


async def test_a_pressed_button_is_a_choice_and_is_acknowledged(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.write("xin chào")
    await read_all(channel, telegram_house, telegram)
    with telegram_house.database.transaction() as session:
        conversation = session.scalar(select(Conversation))
    assert conversation is not None
    question = OutgoingMessage(text="Chọn?", choices=[Choice(title="Có", payload="/co")])
    message_id = say(telegram_house, conversation.id, question, "test")
    with telegram_house.database.transaction() as session:
        taken = OutboxService(session).take("t", channel.name, now=telegram_house.clock())
    assert taken is not None
    await channel.send(taken)
    telegram.press("Có")
    telegram.fail("answerCallbackQuery", faults.BAD_GATEWAY)
    event = (await read_all(channel, telegram_house, telegram))[-1]
    assert (event.kind, event.choice) == (EventKind.CHOICE, f"b:{message_id}:0")
    await until(lambda: telegram.count("answerCallbackQuery") == 1)


async def test_a_document_is_fetched_and_kept_with_its_caption(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.fail("file", faults.BAD_GATEWAY)
    telegram.document("hoá đơn.pdf", b"%PDF", caption="hoá đơn của em")
    event = (await read_all(channel, telegram_house, telegram))[0]
    assert (event.kind, event.text) == (EventKind.FILES, "hoá đơn của em")
    kept = event.attachments[0]
    assert kept.name == "hoá đơn.pdf"
    assert (telegram_house.settings.files_dir / kept.file_id).read_bytes() == b"%PDF"


async def test_a_picture_is_taken_in_its_largest_size(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.photo(JPEG)
    event = (await read_all(channel, telegram_house, telegram))[0]
    assert event.attachments[0].media_type == "image/jpeg"
    assert event.attachments[0].size == len(JPEG)


@pytest.mark.parametrize(
    ("name", "content", "size", "reason", "note"),
    [
        ("x.exe", b"MZ", 2, "chưa nhận", "[tệp không nhận được: x.exe]"),
        ("x.pdf", b"", 0, "không có nội dung", "[tệp không nhận được: x.pdf]"),
        ("x.pdf", b"%PDF", 2_000_000, "lớn quá 1 MB", "[tệp quá lớn: x.pdf]"),
    ],
)
async def test_a_refused_file_says_why_and_leaves_the_words_beside_it(  # noqa: PLR0917  (fixtures)
    channel: TelegramChannel,
    telegram: TelegramServer,
    telegram_house: House,
    name: str,
    content: bytes,
    size: int,
    reason: str,
    note: str,
) -> None:
    telegram.document(name, content, size=size, caption="bản vẽ của em")
    event = (await read_all(channel, telegram_house, telegram))[0]
    assert (event.kind, event.text, event.note) == (EventKind.UNSUPPORTED, "bản vẽ của em", note)
    assert reason in event.refusal
    with telegram_house.database.transaction() as session:
        assert session.scalar(select(StoredFile)) is None


async def test_a_file_that_telegram_has_lost_says_so(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.document("a.pdf", b"%PDF")
    telegram.files.clear()
    event = (await read_all(channel, telegram_house, telegram))[0]
    assert event.kind is EventKind.UNSUPPORTED
    assert "a.pdf" in event.refusal


async def test_only_the_own_number_is_taken(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    own = {"phone_number": "84912345678", "first_name": "Lan", "user_id": CHAT}
    telegram.put(contact=own)
    telegram.put(contact={**own, "user_id": 1})
    first, second = await read_all(channel, telegram_house, telegram)
    assert (first.kind, first.text) == (EventKind.TEXT, "+84912345678")
    assert second.kind is EventKind.UNSUPPORTED


async def test_who_blocks_the_bot_is_unreachable_until_they_come_back(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    def reachable() -> bool:
        with telegram_house.database.transaction() as session:
            return session.scalars(select(Conversation)).one().reachable

    telegram.write("xin chào")
    telegram.block()
    await read_all(channel, telegram_house, telegram)
    assert not reachable()
    telegram.block(status="member")
    await read_all(channel, telegram_house, telegram)
    assert reachable()


async def test_groups_are_passed_over(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    update = telegram.write("cả nhóm")
    update["message"]["chat"] = {"id": -100, "type": "group", "title": "Nhóm"}
    assert await read_all(channel, telegram_house, telegram) == []


async def test_conflicts_are_counted_and_the_fifth_is_reported(
    channel: TelegramChannel,
    telegram: TelegramServer,
    telegram_house: House,
    naps: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    telegram.fail("getUpdates", faults.CONFLICT, times=3)
    telegram.fail("getUpdates", faults.WEBHOOK, times=2)
    telegram.write("xin chào")
    assert len(await read_all(channel, telegram_house, telegram)) == 1
    assert naps.taken[:5] == [1.0, 1.5, 2.25, 3.375, 5.0625]
    assert sum("another reader" in r.message for r in caplog.records) == 1
    assert channel.conflicts == 0


async def test_it_waits_as_long_as_telegram_asks(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House, naps: Any
) -> None:
    telegram.fail("getUpdates", faults.flood(7))
    telegram.write("xin chào")
    await read_all(channel, telegram_house, telegram)
    assert naps.taken[0] == 7.5


async def test_the_start_is_tried_until_telegram_answers(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.fail("getMe", faults.BAD_GATEWAY, times=3)
    telegram.fail("getUpdates", faults.ABORT_BEFORE, times=2)
    telegram.write("xin chào")
    assert len(await read_all(channel, telegram_house, telegram)) == 1


async def test_a_refused_token_ends_the_channel(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.fail("getMe", faults.UNAUTHORIZED)
    with pytest.raises(AuthFailed):
        await channel.run(accept_into(telegram_house))


async def test_a_stale_webhook_is_taken_down_first(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.webhook = True
    telegram.write("xin chào")
    await read_all(channel, telegram_house, telegram)
    assert not telegram.webhook
    dropped = next(c for c in telegram.calls if c.method == "deleteWebhook").fields
    assert dropped.get("drop_pending_updates", "false") == "false"


async def test_a_token_that_is_revoked_while_it_reads_ends_the_channel(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.fail("getUpdates", faults.UNAUTHORIZED)
    with pytest.raises(AuthFailed):
        await channel.run(accept_into(telegram_house))


async def test_an_answer_that_telegram_holds_back_is_waited_for(
    telegram: TelegramServer, telegram_house: House, naps: Any
) -> None:
    # Longer than the connection alone would wait.
    patient = TelegramChannel(telegram_house, poll_seconds=6, sleep=naps)
    async with reading(patient, telegram_house):
        await until(lambda: telegram.count("getUpdates") == 2)
    await patient.close()
    assert naps.taken == []
