"""What comes in and goes out, as data."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.input.row_id import MOST_ROW_ID
from bot.domain.talk.messages import (
    TEXT_LIMIT,
    Attachment,
    ChannelName,
    Choice,
    EventKind,
    InboundEvent,
    OutgoingMessage,
    as_one,
    choice_token,
    parse_choice_token,
)
from tests.support.data.hostile import TEXTS, check_clean, texts, with_halves

CALLBACK_BYTES = 64
"""Telegram's limit of a button's data."""


@pytest.mark.parametrize("text", TEXTS)
def test_what_we_say_can_be_written_down_and_is_otherwise_as_it_was(text: str) -> None:
    said = OutgoingMessage(text=text, choices=[Choice(title=text, payload=text)])

    for words in (said.text, said.choices[0].title, said.choices[0].payload):
        assert words == "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")


class TestChoiceToken:
    @given(st.integers(1, MOST_ROW_ID), st.integers(0, 999))
    def test_it_is_read_back(self, message_id: int, index: int) -> None:
        token = choice_token(message_id, index)
        assert parse_choice_token(token) == (message_id, index)
        assert len(token.encode()) <= CALLBACK_BYTES

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "b",
            "b:1",
            "b:1:2:3",
            "c:1:2",
            "b:one:2",
            "b:1:two",
            "b:-1:2",
            "b:1:-2",
            "b::",
            "b:²:1",
            "b:١:1",
            "b:2147483648:0",
            f"b:{10**18}:1",
            "b:1:1000",
            "/answer_question",
        ],
    )
    def test_what_is_no_token_is_none(self, text: str) -> None:
        assert parse_choice_token(text) is None

    @given(st.text())
    def test_no_text_breaks_it(self, text: str) -> None:
        parse_choice_token(text)


class TestAttachment:
    @pytest.mark.parametrize(
        ("media_type", "is_image"),
        [
            ("image/png", True),
            ("image/jpeg", True),
            ("image/webp", True),
            ("image/gif", True),
            ("image/svg+xml", False),
            ("image/heic", False),
            ("application/pdf", False),
            ("", False),
        ],
    )
    def test_only_safe_pictures_are_shown_as_pictures(
        self, *, media_type: str, is_image: bool
    ) -> None:
        file = Attachment(file_id="f", name="n", media_type=media_type)
        assert file.is_image is is_image


class TestOutgoingMessage:
    def test_it_survives_the_way_through_a_row(self) -> None:
        message = OutgoingMessage(
            text="Chào anh/chị",
            choices=[Choice(title="Có", payload="/affirm")],
            attachments=[Attachment(file_id="f", name="a.png", media_type="image/png", size=3)],
        )
        assert OutgoingMessage.model_validate_json(message.model_dump_json()) == message

    def test_it_cannot_be_changed(self) -> None:
        with pytest.raises(ValidationError):
            OutgoingMessage(text="x").text = "y"  # type: ignore[misc]


class TestInboundEvent:
    def event(self, **changes: Any) -> InboundEvent:
        values = {
            "channel": "web",
            "event_id": "e1",
            "chat_key": "k1",
            "kind": "text",
            "occurred_at": datetime(2026, 11, 23, tzinfo=UTC),
        }
        return InboundEvent.model_validate(values | changes)

    def test_it_survives_the_way_through_a_row(self) -> None:
        event = self.event(text="xin chào", kind="files", sender_name="Lan")
        assert InboundEvent.model_validate(event.model_dump(mode="json")) == event
        assert (event.channel, event.kind) == (ChannelName.WEB, EventKind.FILES)

    @pytest.mark.parametrize(
        "changes",
        [
            {"occurred_at": datetime(2026, 11, 23)},  # noqa: DTZ001
            {"event_id": "e" * 201},
            {"chat_key": "k" * 201},
            {"channel": "smoke"},
            {"kind": "whistle"},
        ],
    )
    def test_it_refuses_what_cannot_be_stored(self, changes: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            self.event(**changes)

    @given(texts | with_halves, texts | with_halves)
    def test_words_and_names_come_in_clean_whatever_was_sent(self, text: str, name: str) -> None:
        event = self.event(text=text, sender_name=name, choice=text)
        check_clean(event.text, TEXT_LIMIT)
        check_clean(event.sender_name, 200)
        assert len(event.choice.splitlines()) <= 1
        assert InboundEvent.model_validate_json(event.model_dump_json()) == event

    @given(texts | with_halves)
    def test_what_is_told_of_it_later_is_as_clean(self, text: str) -> None:
        event = self.event(text="nhãn").but(note=text, refusal=text, before=text)
        for words in (event.note, event.refusal, event.before):
            check_clean(words, TEXT_LIMIT)
        assert event.text == "nhãn"

    def test_what_is_told_of_it_later_must_fit_as_well(self) -> None:
        with pytest.raises(ValidationError):
            self.event().but(event_id="e" * 201)


class TestAlbum:
    def part(self, kind: str, **values: Any) -> InboundEvent:
        return TestInboundEvent().event(kind=kind, album="135", **values)

    def file(self, name: str) -> Attachment:
        return Attachment(file_id=name, name=name, media_type="image/jpeg")

    def test_one_event_stays_as_it_is(self) -> None:
        event = self.part("files", text="nhãn", attachments=[self.file("a")])
        assert as_one([event]) == event

    def test_its_files_words_and_refusals_are_put_together_each_once(self) -> None:
        video = {"note": "[video]", "refusal": "Video: chưa xem được."}
        parts = [
            self.part("unsupported", text="nhãn", event_id="first", **video),
            self.part("files", attachments=[self.file("a")]),
            self.part("files", text="nhãn", attachments=[self.file("b")]),
            self.part("unsupported", text="mặt sau", **video),
        ]

        whole = as_one(parts)

        assert (whole.event_id, whole.kind) == ("first", EventKind.FILES)
        assert whole.text == "nhãn\nmặt sau"
        assert whole.refusal == "Video: chưa xem được."
        assert [file.name for file in whole.attachments] == ["a", "b"]

    def test_without_a_file_that_was_taken_it_is_not_taken(self) -> None:
        whole = as_one([self.part("unsupported"), self.part("unsupported")])
        assert whole.kind is EventKind.UNSUPPORTED
