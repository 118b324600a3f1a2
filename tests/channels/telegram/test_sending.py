"""Sending to Telegram: what arrives, and what each failure comes to."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.channel import (
    AuthFailed,
    ChannelError,
    MaybeSent,
    NotSent,
    Rejected,
    Unreachable,
)
from bot.channels.telegram.channel import TelegramChannel
from bot.domain.talk.messages import Attachment, ChannelName, Choice, OutgoingMessage
from bot.house import House
from bot.services.messaging.outbox import TakenDelivery
from tests.support.doubles import telegram_server as faults
from tests.support.doubles.telegram_server import CHAT, TOKEN, Fault, TelegramServer


def delivery(
    text: str = "Chào anh/chị",
    choices: list[Choice] | None = None,
    attachments: list[Attachment] | None = None,
) -> TakenDelivery:
    message = OutgoingMessage(text=text, choices=choices or [], attachments=attachments or [])
    return TakenDelivery(
        id=1,
        message_id=10**17,
        conversation_id="c",
        channel=ChannelName.TELEGRAM,
        chat_key=str(CHAT),
        message=message,
        attempts=1,
    )


def keep(house: House, file_id: str, content: bytes) -> None:
    folder: Path = house.settings.files_dir
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file_id).write_bytes(content)


async def test_bold_and_lists_arrive_as_html(
    channel: TelegramChannel, telegram: TelegramServer
) -> None:
    sent_id = await channel.send(delivery("**Căn cứ**\n- QCVN 2:2021 <điều 3> & phụ lục"))
    assert telegram.texts() == ["Căn cứ\n• QCVN 2:2021 <điều 3> & phụ lục"]
    assert telegram.calls[0].fields["text"].startswith("<b>Căn cứ</b>")
    assert sent_id == str(telegram.messages[0]["message_id"])


@pytest.mark.parametrize(
    "hostile",
    ["<b>", "&nbsp;", "<script>alert(1)</script>", "a < b && c > d", "**", "</b>**x**<i>", "]]>"],
)
async def test_hostile_text_arrives_as_it_is(
    channel: TelegramChannel, telegram: TelegramServer, hostile: str
) -> None:
    await channel.send(delivery(hostile))
    assert telegram.texts() == [hostile.replace("**x**", "x")]
    assert telegram.count("sendMessage") == 1


async def test_short_labels_share_a_row_and_long_ones_do_not(
    channel: TelegramChannel, telegram: TelegramServer
) -> None:
    titles = ["Có", "Không", "Gửi yêu cầu hỗ trợ cho doanh nghiệp", "Gặp cán bộ"]
    await channel.send(delivery(choices=[Choice(title=t, payload="/x") for t in titles]))
    rows = telegram.messages[0]["reply_markup"]["inline_keyboard"]
    assert [[b["text"] for b in row] for row in rows] == [titles[:2], [titles[2]], [titles[3]]]


async def test_long_text_comes_in_parts_with_the_buttons_under_the_last(
    channel: TelegramChannel, telegram: TelegramServer
) -> None:
    text = "\n\n".join(f"Đoạn {n}: " + "chữ " * 300 for n in range(10))
    await channel.send(delivery(text, [Choice(title="Có", payload="/x")]))
    assert len(telegram.messages) > 2
    assert [bool(telegram.buttons(m)) for m in telegram.messages][-2:] == [False, True]
    assert "".join("".join(telegram.texts()).split()) == "".join(text.split())


async def test_pictures_and_documents_follow_the_text(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    keep(telegram_house, "a", b"png")
    keep(telegram_house, "b", b"pdf")
    picture = Attachment(file_id="a", name="ảnh.png", media_type="image/png")
    paper = Attachment(file_id="b", name="mẫu đơn.pdf", media_type="application/pdf")
    await channel.send(delivery(attachments=[picture, paper]))
    assert [m["file"] for m in telegram.messages[1:]] == [
        ("photo", "ảnh.png", b"png"),
        ("document", "mẫu đơn.pdf", b"pdf"),
    ]


async def test_a_refused_mark_up_is_sent_again_once_without_it(
    channel: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.fail("sendMessage", faults.CANT_PARSE)
    await channel.send(delivery("**đậm** & <nhạt>"))
    assert telegram.texts() == ["đậm & <nhạt>"]
    assert "parse_mode" not in telegram.calls[-1].fields


@pytest.mark.parametrize(
    ("fault", "end"),
    [
        (faults.BLOCKED, Unreachable),
        (faults.NO_CHAT, Unreachable),
        (Fault(status=400, description="Bad Request: BUTTON_DATA_INVALID"), Rejected),
        (faults.TOO_LARGE, Rejected),
        (faults.UNAUTHORIZED, AuthFailed),
        (Fault(status=404, description="Not Found"), AuthFailed),
        (faults.flood(12), NotSent),
        (faults.BARE_FLOOD, NotSent),
        (faults.BAD_GATEWAY, MaybeSent),
        (faults.HANG, MaybeSent),
        (faults.ABORT_BEFORE, MaybeSent),
        (faults.ABORT_AFTER, MaybeSent),
    ],
)
async def test_each_failure_has_its_end(
    channel: TelegramChannel, telegram: TelegramServer, fault: Fault, end: type[ChannelError]
) -> None:
    telegram.fail("sendMessage", fault)
    with pytest.raises(ChannelError) as caught:
        await channel.send(delivery())
    assert type(caught.value) is end
    assert telegram.count("sendMessage") == 1
    assert TOKEN not in str(caught.value)


async def test_the_asked_patience_is_passed_on(
    channel: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.fail("sendMessage", faults.flood(12))
    with pytest.raises(NotSent) as caught:
        await channel.send(delivery())
    assert caught.value.wait == 12


async def test_a_closed_door_is_surely_not_sent(
    channel: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.stop()
    with pytest.raises(NotSent) as caught:
        await channel.send(delivery())
    assert caught.value.wait is None


async def test_a_failure_after_the_first_part_is_told_as_what_it_is_and_how_far_it_came(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    keep(telegram_house, "a", b"x")
    telegram.fail("sendDocument", faults.BLOCKED)
    paper = Attachment(file_id="a", name="a.pdf", media_type="application/pdf")
    left: list[tuple[int, str]] = []

    async def note(parts: int, sent_id: str) -> None:
        left.append((parts, sent_id))

    with pytest.raises(Unreachable):
        await channel.send(delivery(attachments=[paper]), note)
    assert left == [(1, str(telegram.messages[0]["message_id"]))]


async def test_the_parts_that_have_left_do_not_leave_again(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    keep(telegram_house, "a", b"x")
    paper = Attachment(file_id="a", name="a.pdf", media_type="application/pdf")
    await channel.send(replace(delivery(attachments=[paper]), parts_sent=1))
    assert [m["file"][1] for m in telegram.messages] == ["a.pdf"]


async def test_a_later_part_waits_out_a_flood_in_its_place(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    keep(telegram_house, "a", b"x")
    telegram.fail("sendDocument", faults.flood(2))
    paper = Attachment(file_id="a", name="a.pdf", media_type="application/pdf")
    await channel.send(delivery(attachments=[paper]))
    assert [("file" in m) for m in telegram.messages] == [False, True]


@pytest.mark.parametrize("text", ["", " \n ", "\x00"])
async def test_a_message_without_anything_is_rejected(
    channel: TelegramChannel, telegram: TelegramServer, text: str
) -> None:
    with pytest.raises(Rejected):
        await channel.send(delivery(text))
    assert telegram.calls == []


async def test_a_lost_file_is_rejected(channel: TelegramChannel) -> None:
    paper = Attachment(file_id="gone", name="a.pdf", media_type="application/pdf")
    with pytest.raises(Rejected):
        await channel.send(delivery("", attachments=[paper]))


async def test_typing_never_raises(channel: TelegramChannel, telegram: TelegramServer) -> None:
    telegram.fail("sendChatAction", faults.BAD_GATEWAY)
    await channel.typing(str(CHAT))
    await channel.typing(str(CHAT))
    assert telegram.count("sendChatAction") == 2


async def test_the_token_reaches_no_log(
    channel: TelegramChannel, telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    telegram.fail("sendMessage", faults.BAD_GATEWAY)
    with pytest.raises(MaybeSent):
        await channel.send(delivery())
    await channel.send(delivery())
    assert TOKEN not in caplog.text
