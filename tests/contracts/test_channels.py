"""What every channel promises, tried on each."""

import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.talk.messages import Attachment, Choice, EventKind, InboundEvent, OutgoingMessage
from bot.domain.talk.payload import read_payload
from bot.house import House
from bot.storage.models import Conversation, Delivery, InboxEvent, Message
from tests.support.data.said import say
from tests.support.stands.channel_stand import Stand, at_work, reads
from tests.support.waiting import until

HOSTILE = [
    "<script>alert(1)</script>",
    "<b>x</b> & <i>",
    "</li></ol><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "&lt;b&gt; &amp; &#60;",
    "** hở __ `x` [a](javascript:alert(1))",
    unicodedata.normalize("NFD", "Nguyễn Văn Đạt"),
    "👨‍👩‍👧‍👦 ②",
]


def echo(given: str) -> OutgoingMessage:
    return OutgoingMessage(text=f"Nghe: {given}")


def asking(given: str) -> OutgoingMessage:
    if given.startswith("/"):
        return OutgoingMessage(text=f"Chọn {given}")
    choices = [Choice(title="Đồng ý", payload="/yes"), Choice(title="Thôi", payload="/no")]
    return OutgoingMessage(text="Anh/chị đồng ý không?", choices=choices)


def returning(given: str) -> OutgoingMessage:
    _, entities = read_payload(given)
    files = [Attachment.model_validate(file) for file in entities["files"]]
    return OutgoingMessage(text="Đây ạ.", attachments=files)


def taken(house: House) -> list[InboundEvent]:
    with house.database.transaction() as session:
        rows = session.scalars(select(InboxEvent).order_by(InboxEvent.id))
        return [InboundEvent.model_validate(row.payload) for row in rows]


def count(house: House, model: type) -> int:
    with house.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def conversation(house: House) -> Conversation:
    with house.database.transaction() as session:
        return session.scalars(select(Conversation)).one()


def delivery_states(house: House) -> set[str]:
    with house.database.transaction() as session:
        return set(session.scalars(select(Delivery.state)))


async def test_words_are_stored_once_and_answered(stand: Stand, shared_house: House) -> None:
    async with at_work(shared_house, stand, echo):
        await stand.write("iso 9001 là gì")
        await reads(stand, "Nghe: iso 9001 là gì")
        await until(lambda: delivery_states(shared_house) == {"sent"})
    assert [e.kind for e in taken(shared_house)] == [EventKind.TEXT]
    assert taken(shared_house)[0].channel == stand.channel.name
    assert count(shared_house, InboxEvent) == 1


async def test_an_acknowledgement_that_is_lost_doubles_nothing(
    stand: Stand, shared_house: House
) -> None:
    async with at_work(shared_house, stand, echo):
        await stand.write("một lần thôi")
        await reads(stand, "Nghe: một lần thôi")
        await stand.again()
        await stand.write("tin sau")
        await reads(stand, "Nghe: tin sau")
    assert count(shared_house, InboxEvent) == 2
    assert stand.seen().count("một lần thôi") == 1


async def test_messages_keep_their_order(stand: Stand, shared_house: House) -> None:
    async with at_work(shared_house, stand, echo):
        for number in range(6):
            await stand.write(f"tin số {number}.")
        await reads(stand, "Nghe: tin số 5.")
    seen = stand.seen()
    places = [seen.index(f"tin số {number}.") for number in range(6)]
    assert places == sorted(places)


async def test_a_button_is_a_choice_of_its_message(stand: Stand, shared_house: House) -> None:
    async with at_work(shared_house, stand, asking):
        await stand.write("xin chào")
        await reads(stand, "Anh/chị đồng ý không?")
        await until(lambda: delivery_states(shared_house) == {"sent"})
        await stand.press("Thôi")
        await reads(stand, "Chọn /no")
    assert taken(shared_house)[-1].kind is EventKind.CHOICE
    assert taken(shared_house)[-1].choice.endswith(":1")
    with shared_house.database.transaction() as session:
        heard = session.scalars(select(Message.text).where(Message.author == "owner")).all()
    assert heard == ["xin chào", "Thôi"]


async def test_a_file_comes_in_and_goes_out_unchanged(
    stand: Stand, shared_house: House, tmp_path: Path
) -> None:
    content = b"%PDF-1.7\n" + bytes(range(256)) * 40
    async with at_work(shared_house, stand, returning):
        await stand.send_file("hồ sơ (1).pdf", content, tmp_path)
        await reads(stand, "Đây ạ.")
        await until(lambda: delivery_states(shared_house) == {"sent"})
        assert await stand.files_seen() == {"hồ sơ (1).pdf": content}
    assert taken(shared_house)[0].kind is EventKind.FILES
    assert taken(shared_house)[0].attachments[0].size == len(content)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_shown_as_text(stand: Stand, shared_house: House, text: str) -> None:
    async with at_work(shared_house, stand, echo):
        await stand.write(text)
        await reads(stand, f"Nghe: {unicodedata.normalize('NFC', text)}")


async def test_a_long_answer_arrives_whole(stand: Stand, shared_house: House) -> None:
    text = "\n\n".join(f"Đoạn {n} " + "rất dài " * 150 for n in range(12))

    async with at_work(shared_house, stand, lambda _: OutgoingMessage(text=text)):
        await stand.write("kể hết")
        await reads(stand, text)


async def test_an_owner_who_blocks_us_is_not_reachable(stand: Stand, shared_house: House) -> None:
    if not stand.knows_blocking:
        pytest.skip("nobody can block this channel")
    async with at_work(shared_house, stand, echo):
        await stand.write("xin chào")
        await reads(stand, "Nghe: xin chào")
        await stand.block()
        await until(lambda: not conversation(shared_house).reachable)


async def test_a_message_of_our_own_accord_reaches_the_owner(
    stand: Stand, shared_house: House
) -> None:
    async with at_work(shared_house, stand, echo):
        await stand.write("xin chào")
        await reads(stand, "Nghe: xin chào")
        owner = conversation(shared_house).id
        say(shared_house, owner, OutgoingMessage(text="**Nhắc hẹn** 9 giờ"), "reminder")
        await reads(stand, "Nhắc hẹn 9 giờ")
