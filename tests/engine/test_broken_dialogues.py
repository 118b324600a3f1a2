"""A dialogue that breaks on real Rasa: said once, begun anew, and nothing else lost."""

import json
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.talk.payload import payload
from bot.settings import Settings
from bot.storage.models import Conversation, InboxEvent, Message
from tests.support.doubles.breaking_actions import CIRCLES, DIES, RAISES
from tests.support.stands.stage import Contact, Stage, open_stage

pytestmark = pytest.mark.engine

WISH = "Nhờ sở cử người xuống hướng dẫn xưởng em làm 5S, ghi nhận giúp em với"
IN_THE_FORM = ((WISH, "request"), ("đúng rồi", "request"))

PATIENCE_SECONDS = 12.0
"""What a busy machine may add to the few seconds of all tries."""

AWAY_SECONDS = 8.0
"""Longer than all tries together where an action is broken."""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with open_stage(Settings(_env_file=None), "tests.support.doubles.breaking_actions") as stage:
        yield stage


def sorry(stage: Stage) -> str:
    return stage.world.house.texts.say("talk.trouble")


@pytest.mark.parametrize(
    ("breaking", "error"),
    [
        (f"ISO 9001 {RAISES} là gì", "action: action_answer"),
        (f"tra yêu cầu {CIRCLES}", "loop: "),
    ],
    ids=["raises", "circles"],
)
def test_what_breaks_is_said_once_and_the_next_message_is_answered(
    stage: Stage, breaking: str, error: str
) -> None:
    owner = stage.contact()
    owner.plays(*IN_THE_FORM)
    for _ in range(2):
        started = time.monotonic()
        said = owner.says(breaking)
        assert [reply.text for reply in said.replies] == [sorry(stage)]
        assert said.replies[0].choices[0].payload == payload("handover")
        assert time.monotonic() - started < PATIENCE_SECONDS
        said = owner.says("HACCP là gì")
        assert [u.outcome for u in said.understandings] == ["answer"], "the form came back"
    conversation = conversation_of(owner)
    with stage.world.house.database.transaction() as session:
        dead = session.scalars(
            select(InboxEvent.error).where(
                InboxEvent.state == "dead", InboxEvent.conversation_id == conversation
            )
        ).all()
        assert dead == [error] * 2
        kept = session.scalars(
            select(Message.text).where(Message.conversation_id == conversation)
        ).all()
        assert WISH in kept


def test_what_was_spoken_of_and_files_that_wait_outlive_a_reset(stage: Stage) -> None:
    owner = stage.contact()
    owner.says("5S là gì")
    file = {"file_id": "f", "name": "a.pdf", "media_type": "application/pdf", "size": 1}
    inject(owner, "request_collected_files", [file])
    owner.says(f"tra yêu cầu {CIRCLES}")
    assert slot(owner, "request_collected_files") == [file]
    assert slot(owner, "last_article") == "5s-la-gi"


def test_a_dialogue_that_cannot_be_read_is_forgotten_and_not_gone_on_with_blindly(
    stage: Stage,
) -> None:
    owner, other = stage.contact(), stage.contact()
    for one in (owner, other):
        one.plays(*IN_THE_FORM)
    with closing(trackers(owner)) as connection, connection:
        connection.execute(
            "UPDATE events SET data = '{' WHERE sender_id = ?", (conversation_of(owner),)
        )
    said = owner.says("Cơ sở mộc Tân Tiến")
    assert [reply.text for reply in said.replies] == [sorry(stage)]
    owner.plays(("HACCP là gì", "answer"))
    other.plays(("Cơ sở mộc Tân Tiến", "request"))


def test_a_clock_set_back_makes_no_dialogue_forget(stage: Stage) -> None:
    owner = stage.contact()
    owner.plays(*IN_THE_FORM)
    # As if all so far had been said while the clock was a day ahead.
    with closing(trackers(owner)) as connection, connection:
        connection.execute(
            "UPDATE events SET timestamp = timestamp + 86400 WHERE sender_id = ?",
            (conversation_of(owner),),
        )
    owner.plays(("Cơ sở mộc Tân Tiến", "request"), ("0900 000 123", "request"))
    summary = owner.says("Không có file").replies[0].text
    assert "Cơ sở mộc Tân Tiến" in summary
    assert "0900000123" in summary.replace(" ", "")


def test_a_message_at_which_the_action_server_dies_each_time_is_given_up(stage: Stage) -> None:
    keeping = stage.begin(stage.world.children[0].keep_running())
    owner = stage.contact()
    said = owner.says(f"ISO 9001 {DIES} là gì")
    assert [reply.text for reply in said.replies] == [sorry(stage)]
    owner.plays(("HACCP là gì", "answer"))
    keeping.cancel()


def test_an_action_server_that_is_away_is_waited_for(stage: Stage) -> None:
    owner = stage.contact()
    owner.says("5S là gì")
    actions = stage.world.children[0]
    stage.run(actions.stop())
    with ThreadPoolExecutor(1) as pool:
        saying = pool.submit(owner.says, "HACCP là gì")
        time.sleep(AWAY_SECONDS)
        assert not saying.done()
        stage.run(actions.start())
        assert saying.result().understandings[0].article == "haccp-la-gi"


def conversation_of(owner: Contact) -> str:
    with owner.stage.world.house.database.transaction() as session:
        return session.scalars(
            select(Conversation.id).where(Conversation.chat_key == owner.chat_key)
        ).one()


def trackers(owner: Contact) -> sqlite3.Connection:
    return sqlite3.connect(owner.stage.world.house.settings.data_dir / "tracker.sqlite3")


def inject(owner: Contact, name: str, value: object) -> None:
    """Sets a slot, as a turn would."""
    data = {"event": "slot", "timestamp": time.time(), "name": name, "value": value}
    with closing(trackers(owner)) as connection, connection:
        connection.execute(
            "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, 'slot', ?, ?)",
            (conversation_of(owner), data["timestamp"], json.dumps(data)),
        )


def slot(owner: Contact, name: str) -> Any:
    """The slot's newest value."""
    with closing(trackers(owner)) as connection:
        rows = connection.execute(
            "SELECT data FROM events WHERE sender_id = ? AND type_name = 'slot' ORDER BY id",
            (conversation_of(owner),),
        ).fetchall()
    events = [json.loads(row[0]) for row in rows]
    return [event["value"] for event in events if event["name"] == name][-1]
