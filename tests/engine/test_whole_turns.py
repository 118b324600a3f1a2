"""A turn happens wholly or not at all, and its side effects once."""

import asyncio
import re
import uuid
from typing import TypeVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.flow.engine import EngineMessage
from bot.private_world import PrivateWorld, private_world
from bot.settings import Settings
from bot.storage.models import InboxEvent, Request

pytestmark = pytest.mark.engine

Value = TypeVar("Value")

WISH = "Nhờ sở cử người xuống hướng dẫn xưởng em làm 5S, ghi nhận giúp em với"
LINES = (WISH, "đúng rồi", "Cơ sở mộc Tân Tiến", "0900 000 123", "Không có file")


async def test_a_turn_whose_action_falls_is_done_again_and_files_once() -> None:
    settings = Settings(_env_file=None)
    async with private_world(settings, "tests.support.doubles.failing_actions") as world:
        chat = uuid.uuid4().hex
        for line in LINES:
            said = await world.say(chat, line)
            assert said.understandings[0].outcome == "request", line
        # The form fell while it began: Rasa takes one that did not begin for one that is done.
        assert column(world, InboxEvent.attempts)[0] == 2
        assert count(world, Request) == 0
        # Falls once before filing and once after: two tries are lost, the third is whole.
        said = await world.say(chat, "Gửi")
        assert re.search(r"HT-\d\d-[0-9A-Z]{5}", said.replies[0].text), said.replies[0].text
        assert count(world, Request) == 1
        attempts = column(world, InboxEvent.attempts)
        assert attempts[-1] == 3
        said = await world.say(chat, "cảm ơn em")
        assert said.understandings[0].outcome == "chitchat"


async def test_a_message_handed_over_twice_is_worked_on_once() -> None:
    async with private_world(Settings(_env_file=None)) as world:
        chat = uuid.uuid4().hex
        await world.say(chat, "HACCP là gì")
        # As after a crash between Rasa's answer and its storing: the event is worked on again.
        first = column(world, InboxEvent.id)[0]
        conversation = column(world, InboxEvent.conversation_id)[0]
        message = EngineMessage(f"in:{first}", "HACCP là gì")
        again = await world.engine.turn(conversation, message, maybe_seen=True)
        assert again[0].understanding.article == "haccp-la-gi"
        # And two at once: whichever Rasa hears first is worked on while the other one waits.
        fresh = EngineMessage("in:999", "5S là gì")
        one, two = await asyncio.gather(
            world.engine.turn(conversation, fresh, maybe_seen=True),
            world.engine.turn(conversation, fresh, maybe_seen=True),
        )
        assert one == two


def count(world: PrivateWorld, model: type) -> int:
    with world.house.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def column(world: PrivateWorld, name: InstrumentedAttribute[Value]) -> list[Value]:
    with world.house.database.transaction() as session:
        return list(session.scalars(select(name).order_by(InboxEvent.id)))
