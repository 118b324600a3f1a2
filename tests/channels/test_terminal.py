"""The terminal channel: numbers, labels, files."""

import io
from pathlib import Path
from typing import Any

import pytest

from bot.channels.accepting import accept_into
from bot.channels.terminal import TerminalChannel
from bot.domain.forms.form_file import form_attachment
from bot.domain.talk.messages import ChannelName, Choice, EventKind, InboundEvent, OutgoingMessage
from bot.house import House
from bot.services.messaging.outbox import TakenDelivery

QUESTION = OutgoingMessage(
    text="**Chọn** giúp em:",
    choices=[Choice(title="Đồng ý", payload="/yes"), Choice(title="Thôi", payload="/no")],
)


def delivery(message: OutgoingMessage, message_id: int) -> TakenDelivery:
    return TakenDelivery(
        id=1,
        message_id=message_id,
        conversation_id="c",
        channel=ChannelName.TERMINAL,
        chat_key="me",
        message=message,
        attempts=1,
    )


async def typed(
    house: House, lines: str, *messages: OutgoingMessage
) -> tuple[list[InboundEvent], str]:
    """What the lines came to after the messages were shown, and the screen."""
    screen = io.StringIO()
    channel = TerminalChannel(
        house, lines=io.StringIO(lines), screen=screen, chat_key="me", session="s"
    )
    for number, message in enumerate(messages, start=7):
        await channel.send(delivery(message, number))
    events: list[InboundEvent] = []

    accept = accept_into(house)

    async def noting(event: InboundEvent, *more: Any) -> bool:
        await accept(event, *more)
        events.append(event)
        return True

    await channel.run(noting)
    return events, screen.getvalue()


async def test_a_message_is_printed_plain_with_numbered_choices(house: House) -> None:
    _, screen = await typed(house, "", QUESTION)
    assert screen.splitlines() == [
        "Đồng Hành: Chọn giúp em:",
        "  1. Đồng ý",
        "  2. Thôi",
        "  (Trả lời bằng số)",
    ]


@pytest.mark.parametrize("line", ["2", "số 2", "thoi", "/no", "②"])
async def test_a_number_or_a_label_presses_the_button(house: House, line: str) -> None:
    events, _ = await typed(house, f"{line}\n", QUESTION)
    assert (events[0].kind, events[0].choice) == (EventKind.CHOICE, "b:7:1")


async def test_a_number_after_a_message_without_choices_is_a_word(house: House) -> None:
    events, _ = await typed(house, "2\n", QUESTION, OutgoingMessage(text="Bao nhiêu người?"))
    assert (events[0].kind, events[0].text) == (EventKind.TEXT, "2")


async def test_a_sentence_is_not_trapped_by_the_menu(house: House) -> None:
    events, _ = await typed(house, "thôi để mai\n", QUESTION)
    assert events[0].kind is EventKind.TEXT


async def test_empty_lines_are_nothing_and_ids_differ(house: House) -> None:
    events, _ = await typed(house, "a\n\n  \nb\n/start\n/thoat\nc\n")
    assert [(e.text, e.event_id) for e in events] == [
        ("a", "s:1"),
        ("b", "s:4"),
        ("/start", "s:5"),
    ]
    assert events[-1].kind is EventKind.START


async def test_a_file_that_is_not_there_is_said_on_the_screen(house: House) -> None:
    events, screen = await typed(house, "/tep /khong/co.pdf\n")
    assert events == []
    assert "/khong/co.pdf" in screen


async def test_a_file_that_is_not_taken_is_said_on_the_screen(house: House, tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ")
    events, screen = await typed(house, f"/tep {tmp_path / 'a.exe'}\n")
    assert events == []
    assert "a.exe" in screen


async def test_a_form_is_told_by_its_address(house: House) -> None:
    form = form_attachment("tccs.docx", "Khung tiêu chuẩn cơ sở")
    _, screen = await typed(house, "", OutgoingMessage(text="Dạ.", attachments=[form]))
    assert screen.splitlines()[-1] == (
        f"Tải mẫu: Khung tiêu chuẩn cơ sở: {house.settings.base_url}/bieu-mau/tccs.docx"
    )
