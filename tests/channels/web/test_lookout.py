"""Pages learn also of what was said by somebody who wakes nobody."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

import pytest

from bot import signals
from bot.channels.web.lookout import OVERLAP, Lookout
from bot.domain.talk.messages import OutgoingMessage
from bot.house import House
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.database import Database
from bot.storage.models import Conversation
from tests.support.data.seed import Seed
from tests.support.waiting import until


@pytest.fixture
def chats(any_database: Database, now: datetime) -> tuple[str, str]:
    """Two web chats among others; in each something was said before."""
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(3)
        return seed.conversation().id, seed.conversation().id


@pytest.fixture
async def home(
    house: House, any_database: Database, chats: tuple[str, str]
) -> AsyncIterator[House]:
    home = replace(house, database=any_database)
    home.signals.bind()
    say(home, chats[0], "before")
    task = asyncio.create_task(Lookout(home).run())
    await asyncio.sleep(0.3)
    yield home
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def say(house: House, conversation_id: str, *causes: str) -> None:
    with house.database.transaction() as session:
        for cause in causes:
            TranscriptService(session).say(
                session.get_one(Conversation, conversation_id),
                OutgoingMessage(text="tin"),
                author=Author.SYSTEM,
                cause=cause,
                now=house.clock(),
            )


async def test_what_is_said_in_silence_wakes_its_own_conversation_and_no_other(
    home: House, chats: tuple[str, str]
) -> None:
    mine, other = chats

    say(home, mine, "one")

    await until(lambda: home.signals.count(signals.conversation(mine)) == 1)
    assert home.signals.count(signals.conversation(other)) == 0


async def test_what_was_said_before_the_first_look_wakes_nobody(home: House) -> None:
    with home.database.reading() as session:
        known = {said.conversation_id for said in TranscriptService(session).newest_said(OVERLAP)}

    assert known
    assert {home.signals.count(signals.conversation(one)) for one in known} == {0}


async def test_each_message_wakes_once_and_a_flood_leaves_nobody_asleep(
    home: House, chats: tuple[str, str]
) -> None:
    mine, other = chats

    say(home, mine, "first")
    say(home, other, *(f"flood {number}" for number in range(OVERLAP - 1)))

    for one in (mine, other):
        await until(lambda one=one: home.signals.count(signals.conversation(one)) == 1)
    await asyncio.sleep(1.2)
    assert home.signals.count(signals.conversation(other)) == 1
