"""Forms on Telegram: the files themselves, or buttons where people reach our pages."""

import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.domain.forms.form_file import form_attachment
from bot.domain.talk.messages import ChannelName, Choice, OutgoingMessage
from bot.house import House
from bot.services.messaging.outbox import TakenDelivery
from bot.texts import Texts
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
        parts_sent=facts.get("parts_sent", 0),
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


GONE = form_attachment("bo-roi.docx", "Mẫu bỏ rồi")


def captions(telegram: TelegramServer) -> list[str]:
    return [call.fields["caption"] for call in telegram.calls if call.method == "sendDocument"]


async def test_a_form_that_is_gone_keeps_its_place_between_two_tries(
    reached: Open, telegram: TelegramServer
) -> None:
    message = OutgoingMessage(text="Dạ.", attachments=[GONE, *FORMS])
    await reached("").send(delivery(message=message, parts_sent=2))
    assert telegram.texts() == []
    assert captions(telegram) == [form.name for form in FORMS]


async def test_of_a_form_that_is_gone_it_is_not_noted_that_it_left(
    reached: Open, telegram: TelegramServer
) -> None:
    noted: list[int] = []

    async def note(parts: int, _sent_id: str) -> None:
        noted.append(parts)

    message = OutgoingMessage(text="Dạ.", attachments=[GONE, *FORMS])
    await reached("").send(delivery(message=message), note)
    assert noted == [1, 3]
    assert captions(telegram) == [form.name for form in FORMS]


async def test_where_only_forms_are_left_that_are_gone_the_message_has_arrived(
    reached: Open, telegram: TelegramServer
) -> None:
    message = OutgoingMessage(text="Dạ.", attachments=[GONE])
    assert not await reached("").send(delivery(message=message, parts_sent=1))
    assert telegram.calls == []


class NotingTexts(Texts):
    """Notes in which thread a form's words are said."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()

    def say(self, name: str, /, **values: Any) -> str:
        if name == "form.sample":
            self.threads.add(threading.get_ident())
        return super().say(name, **values)


async def test_a_form_is_made_beside_the_loop_that_serves_everybody(
    telegram_house: House, telegram: TelegramServer, naps: Any
) -> None:
    telegram_house.signals.bind()
    texts = NotingTexts()
    channel = TelegramChannel(replace(telegram_house, texts=texts), sleep=naps)
    await channel.send(delivery())
    await channel.close()
    assert telegram.count("sendDocument") == 2
    assert texts.threads
    assert threading.get_ident() not in texts.threads
