"""Forms on Telegram: the files themselves, or buttons where people reach our pages."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.domain.forms.form_file import form_attachment
from bot.domain.talk.messages import ChannelName, Choice, OutgoingMessage
from bot.house import House
from bot.services.messaging.outbox import TakenDelivery
from tests.support.doubles.telegram_server import CHAT, TelegramServer

FORMS = [
    form_attachment("tccs.docx", "Khung tiêu chuẩn cơ sở (TCCS)"),
    form_attachment("so-truy-xuat-lo.xlsx", "Sổ truy xuất một lô hàng"),
]

Open = Callable[[str], TelegramChannel]


def delivery(**facts: Any) -> TakenDelivery:
    message = OutgoingMessage(
        text="Dạ, mẫu đây ạ.", choices=[Choice(title="Chi tiết", payload="/x")], attachments=FORMS
    )
    return TakenDelivery(
        id=1,
        message_id=7,
        conversation_id="c",
        channel=ChannelName.TELEGRAM,
        chat_key=str(CHAT),
        message=facts.get("message", message),
        attempts=1,
    )


@pytest.fixture
async def reached(telegram_house: House, naps: Any) -> AsyncIterator[Open]:
    """Opens the channel of a server that people reach under an address."""
    telegram_house.signals.bind()
    opened: list[TelegramChannel] = []

    def at(public_url: str) -> TelegramChannel:
        settings = telegram_house.settings.model_copy(update={"public_url": public_url})
        opened.append(TelegramChannel(replace(telegram_house, settings=settings), sleep=naps))
        return opened[-1]

    yield at
    for channel in opened:
        await channel.close()


@pytest.mark.parametrize("public_url", ["", "http://10.0.0.7:8080"])
async def test_where_nobody_reaches_our_pages_the_files_come_themselves(
    reached: Open, telegram: TelegramServer, public_url: str
) -> None:
    await reached(public_url).send(delivery())
    assert telegram.texts() == ["Dạ, mẫu đây ạ."]
    assert telegram.count("sendDocument") == 2
    sent = [call for call in telegram.calls if call.method == "sendDocument"]
    assert [call.fields["caption"] for call in sent] == [form.name for form in FORMS]
    rows = telegram.messages[0]["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [["Chi tiết"]]


async def test_where_they_do_a_button_leads_to_each_form(
    reached: Open, telegram: TelegramServer
) -> None:
    await reached("https://donghanh.example.vn/").send(delivery())
    assert telegram.count("sendDocument") == 0
    rows = telegram.messages[0]["reply_markup"]["inline_keyboard"]
    assert [(row[0]["text"], row[0].get("url")) for row in rows] == [
        (
            "Tải mẫu: Khung tiêu chuẩn cơ sở (TCCS)",
            "https://donghanh.example.vn/bieu-mau/tccs.docx",
        ),
        (
            "Tải mẫu: Sổ truy xuất một lô hàng",
            "https://donghanh.example.vn/bieu-mau/so-truy-xuat-lo.xlsx",
        ),
        ("Chi tiết", None),
    ]


async def test_a_form_that_is_no_longer_kept_costs_no_message(
    reached: Open, telegram: TelegramServer
) -> None:
    gone = OutgoingMessage(text="Dạ.", attachments=[form_attachment("bo-roi.docx", "Mẫu bỏ rồi")])
    await reached("").send(delivery(message=gone))
    assert telegram.texts() == ["Dạ."]
    assert telegram.count("sendDocument") == 0
