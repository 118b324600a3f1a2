"""What a message of Telegram holds: words, what we cannot take, a notice, an edit, an album."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.channels.telegram.channel import TelegramChannel
from bot.domain.talk.messages import EventKind, InboundEvent
from bot.house import House
from bot.services.inbound.inbox import InboxService
from bot.storage.models import Message
from tests.support.data.files import JPEG
from tests.support.doubles import telegram_server as faults
from tests.support.doubles.telegram_server import CHAT, TelegramServer
from tests.support.stands.telegram_reading import read_all, set_aside

NOTICES: list[dict[str, Any]] = [
    {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": CHAT, "type": "private"}}},
    {"new_chat_title": "Sở"},
    {"delete_chat_photo": True},
    {"group_chat_created": True},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    {"forum_topic_created": {"name": "Hỏi", "icon_color": 1}},
    {"forum_topic_closed": {}},
    {"users_shared": {"request_id": 1, "users": [{"user_id": 2}]}},
    {"chat_shared": {"request_id": 1, "chat_id": 2}},
    {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
    {"boost_added": {"boost_count": 1}},
    {"write_access_allowed": {"from_request": True}},
    {"connected_website": "so-khcn.example"},
    {"proximity_alert_triggered": {
        "traveler": {"id": 1, "is_bot": False, "first_name": "A"},
        "watcher": {"id": 2, "is_bot": False, "first_name": "B"},
        "distance": 3,
    }},
    {"something_of_next_year": {"is_new": True}},
    {},
]  # fmt: skip
"""What Telegram says itself, the last but one in a version to come."""

FILE = {"file_id": "f", "file_unique_id": "u"}
PLACE = {"latitude": 10.5, "longitude": 106.4, "live_period": 900}
CONTENTS: list[tuple[dict[str, Any], str, str]] = [
    ({"voice": FILE | {"duration": 3}}, "[tin thoại]", "Tin nhắn thoại"),
    ({"audio": FILE | {"duration": 3}}, "[tin thoại]", "Tin nhắn thoại"),
    ({"video": FILE | {"duration": 3}}, "[video]", "Video"),
    ({"video_note": FILE | {"duration": 3, "length": 9}}, "[video]", "Video"),
    ({"animation": FILE, "document": FILE}, "[video]", "Video"),
    ({"sticker": FILE | {"type": "regular"}}, "[nhãn dán]", "Nhãn dán"),
    ({"location": PLACE}, "[vị trí]", "Vị trí"),
    ({"venue": {"location": PLACE, "title": "Kho"}, "location": PLACE}, "[vị trí]", "Vị trí"),
    (
        {"contact": {"phone_number": "1", "first_name": "A"}},
        "[danh thiếp của người khác]",
        "Danh thiếp",
    ),
    ({"dice": {"emoji": "🎲", "value": 3}}, "[loại tin khác]", "Loại tin này"),
    ({"poll": {"id": "1", "question": "?"}}, "[loại tin khác]", "Loại tin này"),
    ({"story": {"id": 1}}, "[loại tin khác]", "Loại tin này"),
    ({"game": {"title": "x"}}, "[loại tin khác]", "Loại tin này"),
    ({"paid_media": {"star_count": 1}}, "[loại tin khác]", "Loại tin này"),
    ({"checklist": {"title": "Việc", "tasks": []}}, "[loại tin khác]", "Loại tin này"),
    ({"hologram": FILE, "caption": "mẫu"}, "[loại tin khác]", "Loại tin này"),
]


async def test_a_notice_of_telegram_is_passed_over(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    for notice in NOTICES:
        telegram.put(**notice)
    telegram.write("xin chào")
    events = await read_all(channel, telegram_house, telegram)
    assert [event.text for event in events] == ["xin chào"]
    assert set_aside(telegram_house) == []


async def test_what_a_person_sends_and_we_cannot_take_is_told_apart_from_what_is_answered(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    for content, _, _ in CONTENTS:
        telegram.put(**content)
    events = await read_all(channel, telegram_house, telegram)
    assert [event.note for event in events] == [note for _, note, _ in CONTENTS]
    for event, (content, _, refusal) in zip(events, CONTENTS, strict=True):
        assert event.kind is EventKind.UNSUPPORTED
        assert event.refusal.startswith(refusal)
        assert event.text == content.get("caption", "")


TURNED = "\u202egpj\u202c"
"""Shown from right to left, by signs that nobody sees."""


async def test_what_we_say_of_a_message_is_as_clean_as_its_words(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.document(f"x{TURNED}.exe", b"MZ")
    telegram.document(f"../{TURNED}\n.pdf", b"%PDF", size=9 * 1024 * 1024)
    telegram.document(f"mất{TURNED}.pdf", b"")
    telegram.put(contact={"phone_number": f"0912{TURNED}345678", "user_id": CHAT})
    refused, large, empty, number = await read_all(channel, telegram_house, telegram)
    assert transcript(telegram_house) == [
        "[tệp không nhận được: xgpj.exe]",
        "[tệp quá lớn: gpj.pdf]",
        "[tệp không nhận được: mấtgpj.pdf]",
        "0912gpj345678",
    ]
    assert refused.note == "[tệp không nhận được: xgpj.exe]"
    assert refused.refusal.startswith("Tệp “xgpj.exe”")
    assert large.note == "[tệp quá lớn: gpj.pdf]"
    assert large.refusal.startswith("Tệp “gpj.pdf”")
    assert empty.refusal.startswith("Tệp “mấtgpj.pdf”")
    assert number.text == "0912gpj345678"


async def test_a_caption_stays_the_owners_words(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.put(video=FILE | {"duration": 3}, caption="cái này có phải dán nhãn CR không")
    (event,) = await read_all(channel, telegram_house, telegram)
    assert (event.text, event.note) == ("cái này có phải dán nhãn CR không", "[video]")


# — edits —


async def test_an_edit_tells_the_words_before_and_after(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    update = telegram.write("iso 9001")
    telegram.edit(update, "iso 9001")
    telegram.edit(update, "iso 22000")
    telegram.edit(update, "iso 22000", at=faults.DATE + 90)
    telegram.edit(update, "iso 9001", at=faults.DATE + 99)
    written, *edits = await read_all(channel, telegram_house, telegram)
    assert [(e.kind, e.before, e.text, e.newest) for e in edits] == [
        (EventKind.EDIT, "iso 9001", "iso 22000", True),
        (EventKind.EDIT, "iso 22000", "iso 9001", True),
    ]
    assert [e.edits for e in edits] == [written.event_id, edits[0].event_id]
    assert edits[0].note == "[sửa tin cũ: “iso 9001” thành:]"


async def test_an_edit_of_an_older_message_is_not_the_newest(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    update = telegram.write("iso 9001")
    telegram.write("của người khác", chat=CHAT + 1)
    telegram.write("còn phí thì sao")
    telegram.edit(update, "iso 22000")
    events = await read_all(channel, telegram_house, telegram)
    assert [e.newest for e in events if e.kind is EventKind.EDIT] == [False]


async def test_words_that_are_added_to_a_picture_or_taken_away_are_an_edit(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    first, second = telegram.photo(JPEG), telegram.photo(JPEG, caption="nhãn cũ")
    for update, change in ((first, {"caption": "nhãn mới"}), (second, {"caption": ""})):
        telegram.push({"edited_message": update["message"] | change | {"edit_date": 9}})
    *_, added, taken = await read_all(channel, telegram_house, telegram)
    assert (added.before, added.text, added.note) == ("", "nhãn mới", "[thêm lời vào tin cũ:]")
    assert (taken.before, taken.text) == ("nhãn cũ", "")


async def test_an_edit_that_changes_no_word_and_one_of_an_unknown_message_are_silent(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    words, place = telegram.write("iso 9001"), telegram.put(location=PLACE)
    bold = {"entities": [{"type": "bold", "offset": 0, "length": 3}]}
    telegram.push({"edited_message": words["message"] | bold | {"edit_date": 9}})
    for moved in range(5):
        there = {"location": PLACE | {"latitude": 10.5 + moved}, "edit_date": 9 + moved}
        telegram.push({"edited_message": place["message"] | there})
    unknown = words["message"] | {"message_id": 3, "text": "từ năm ngoái"}
    telegram.push({"edited_message": unknown})
    events = await read_all(channel, telegram_house, telegram)
    assert [event.kind for event in events] == [EventKind.TEXT, EventKind.UNSUPPORTED]


# — albums —


async def test_an_album_that_comes_in_two_readings_is_taken_as_one(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    telegram.write("trước")
    for number in range(3):
        telegram.photo(JPEG, media_group_id="135", caption="nhãn" if not number else "")
    await read_all(channel, telegram_house, telegram)
    for _ in range(2):
        telegram.photo(JPEG, media_group_id="135")
    await read_all(channel, telegram_house, telegram)
    album = taken(telegram_house)
    assert (album.kind, album.text, len(album.attachments)) == (EventKind.FILES, "nhãn", 5)


async def test_the_words_of_an_album_may_be_edited_as_the_newest(
    channel: TelegramChannel, telegram: TelegramServer, telegram_house: House
) -> None:
    first = telegram.photo(JPEG, media_group_id="135", caption="nhãn")
    telegram.photo(JPEG, media_group_id="135")
    changed = first["message"] | {"caption": "nhãn mới", "edit_date": 9}
    telegram.push({"edited_message": changed})
    edit = (await read_all(channel, telegram_house, telegram))[-1]
    assert (edit.kind, edit.newest, edit.album) == (EventKind.EDIT, True, "")


def transcript(house: House) -> list[str]:
    """What an officer reads."""
    with house.database.transaction() as session:
        return list(session.scalars(select(Message.text).order_by(Message.id)))


def taken(house: House) -> InboundEvent:
    """The newest of what waits, taken as the worker takes it."""
    later = house.clock() + timedelta(seconds=2)
    with house.database.transaction() as session:
        inbox = InboxService(session)
        found = None
        while (one := inbox.take("w", now=later)) is not None:
            inbox.finish(one, now=later)
            found = one.event
    assert found is not None
    return found
