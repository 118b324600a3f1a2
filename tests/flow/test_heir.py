"""What a dead application had in hand goes on at once; what a living one has is left alone."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.domain.talk.messages import ChannelName, OutgoingMessage
from bot.flow.heir import Heir
from bot.house import House
from bot.services.inbound.inbox import InboxService
from bot.services.messaging.outbox import OutboxService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.settings import ROOT
from bot.storage.database import Database
from bot.storage.models import Delivery, InboxEvent
from bot.storage.presence import Presence
from tests.support.data.events import inbound, reception
from tests.support.data.seed import Seed

LIVES_ON = """
import sys, time
from bot.storage.database import Database
from bot.storage.presence import Presence
assert Presence(Database(sys.argv[1]), sys.argv[2]).hold()
print("here", flush=True)
time.sleep(600)
"""


@pytest.fixture
def home(any_database: Database, house: House) -> House:
    return replace(house, database=any_database)


@pytest.fixture
def heir(home: House) -> Iterator[Callable[[], None]]:
    presence = Presence(home.database, "heir")
    yield Heir(home, [], presence).look
    presence.leave()


def leave_work(house: House, name: str, now: datetime) -> None:
    """An event in work and a message on its way, in the hands of that name."""
    with house.database.transaction() as session:
        reception(session).accept(inbound(now=now, chat_key=name), now=now)
        assert InboxService(session).take(name, now=now)
        conversation = Seed(session, now, seed=len(name)).conversation(channel=ChannelName.TELEGRAM)
        TranscriptService(session).say(
            conversation, OutgoingMessage(text="một"), author=Author.BOT, cause=name, now=now
        )
        assert OutboxService(session).take(name, conversation.channel, now=now)


def states(house: House) -> dict[str, tuple[str, str]]:
    """How the event and the message stand, by the name that has or had them."""
    with house.database.transaction() as session:
        events = {e.taken_by: e.state for e in session.scalars(select(InboxEvent))}
        return {
            d.taken_by: (events[d.taken_by], d.state) for d in session.scalars(select(Delivery))
        }


@contextmanager
def living(house: House, name: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Another application that lives, as a process of its own."""
    command = [sys.executable, "-c", LIVES_ON, house.database.url, name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"here\n"
            yield process
        finally:
            process.kill()


def test_what_nobody_holds_any_more_is_taken_up_at_the_first_look(
    home: House, heir: Callable[[], None], now: datetime
) -> None:
    leave_work(home, "dead", now)

    heir()

    assert states(home) == {"dead": ("new", "queued")}


def test_what_is_in_our_own_hands_is_left_there(
    home: House, heir: Callable[[], None], now: datetime
) -> None:
    leave_work(home, "heir", now)

    heir()

    assert states(home) == {"heir": ("taken", "sending")}


@pytest.mark.postgres
def test_a_living_one_keeps_its_work_until_it_is_killed(
    new_database: Callable[..., Database], house: House, now: datetime
) -> None:
    home = replace(house, database=new_database("postgresql", migrated=True))
    presence = Presence(home.database, "heir")
    look = Heir(home, [], presence).look
    leave_work(home, "other", now)
    with living(home, "other") as other, ExitStack() as at_last:
        at_last.callback(presence.leave)
        look()
        assert states(home) == {"other": ("taken", "sending")}

        other.kill()
        other.wait()
        # The server sees the end of a connection a moment after the process.
        for _ in range(100):
            look()
            if states(home) == {"other": ("new", "queued")}:
                break
    assert states(home) == {"other": ("new", "queued")}
