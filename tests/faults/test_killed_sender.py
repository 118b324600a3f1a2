"""The sender is killed while a message is on its way; what the owner then reads, and how often."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.domain.talk.messages import ChannelName, OutgoingMessage
from bot.flow.heir import LOOK_SECONDS
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.settings import ROOT
from bot.storage.database import Database
from bot.storage.models import Delivery, InboxEvent
from tests.support.doubles import telegram_server as faults
from tests.support.doubles.telegram_server import CHAT, TOKEN, TelegramServer

pytestmark = pytest.mark.faults

LIMIT_SECONDS = 60.0
PARAGRAPH = "chữ " * 900


@dataclass
class Post:
    """A database with an outbox, a Telegram, and the sender between them."""

    folder: Path
    database: Database
    telegram: TelegramServer
    now: datetime

    def says(self, words: str, author: Author = Author.BOT) -> None:
        with self.database.transaction() as session:
            conversation = ConversationService(session).open(
                ChannelName.TELEGRAM, str(CHAT), name="Lan", now=self.now
            )
            TranscriptService(session).say(
                conversation,
                OutgoingMessage(text=words),
                author=author,
                cause=f"say:{words[-20:]}",
                now=self.now,
            )

    def states(self) -> list[str]:
        with self.database.transaction() as session:
            return list(session.scalars(select(Delivery.state).order_by(Delivery.id)))

    def heard(self) -> int:
        """How many messages of the owner are stored."""
        with self.database.transaction() as session:
            return len(session.scalars(select(InboxEvent.id)).all())

    def locks(self) -> int:
        """One for each application that says that it lives, and one for the bot."""
        with self.database.transaction() as session:
            return session.scalars(
                text(
                    "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database "
                    "WHERE locktype = 'advisory' AND datname = current_database()"
                )
            ).one()

    @contextmanager
    def sender(self) -> Iterator["subprocess.Popen[bytes]"]:
        environment = {
            **os.environ,
            "DONGHANH_DATA_DIR": str(self.folder),
            "DONGHANH_DATABASE_URL": self.database.url,
            "DONGHANH_TELEGRAM_TOKEN": TOKEN,
            "DONGHANH_TELEGRAM_BASE_URL": self.telegram.base_url,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.doubles.lone_sender"], cwd=ROOT, env=environment
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@pytest.fixture
def post(tmp_path: Path, database: Database, now: datetime) -> Iterator[Post]:
    with TelegramServer(hang_seconds=LIMIT_SECONDS) as telegram:
        yield Post(tmp_path / "var", database, telegram, now)


@pytest.fixture
def shared_post(tmp_path: Path, postgres_database: Database, now: datetime) -> Iterator[Post]:
    """The same over PostgreSQL, for several senders at once."""
    with TelegramServer(hang_seconds=LIMIT_SECONDS) as telegram:
        yield Post(tmp_path / "var", postgres_database, telegram, now)


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def kill_at_call(post: Post, number: int) -> None:
    """Kills the sender while the so-many-th message hangs between us and Telegram."""
    post.telegram.fail("sendMessage", faults.HANG, after=number - 1)
    with post.sender():
        wait_for(lambda: post.telegram.count("sendMessage") == number)


def test_an_answer_on_its_way_arrives_after_the_next_start_and_before_its_successor(
    post: Post,
) -> None:
    post.says("một")
    post.says("hai")
    kill_at_call(post, 1)
    assert post.states() == ["sending", "queued"]
    with post.sender():
        wait_for(lambda: post.states() == ["sent", "sent"])
    assert post.telegram.texts() == ["một", "hai"]


def test_of_a_message_in_parts_what_has_left_does_not_leave_again(post: Post) -> None:
    post.says(f"{PARAGRAPH}A\n\n{PARAGRAPH}B\n\n{PARAGRAPH}C")
    kill_at_call(post, 2)
    with post.sender():
        wait_for(lambda: post.states() == ["sent"])
    assert [part.rstrip()[-1] for part in post.telegram.texts()] == ["A", "B", "C"]
    assert post.telegram.count("sendMessage") == 4


def test_an_officer_s_words_on_their_way_are_left_to_the_officer(post: Post) -> None:
    post.says("Chào chị", Author.OFFICER)
    post.says("hai")
    kill_at_call(post, 1)
    with post.sender():
        wait_for(lambda: post.states() == ["unknown", "sent"])
    assert post.telegram.texts() == ["hai"]


@pytest.mark.postgres
def test_what_a_killed_sender_had_in_hand_is_sent_by_the_one_that_lives(shared_post: Post) -> None:
    post = shared_post
    post.says("một")
    post.says("hai")
    post.telegram.fail("sendMessage", faults.HANG)
    with post.sender() as first:
        wait_for(lambda: post.telegram.count("sendMessage") == 1)
        with post.sender():
            first.kill()
            first.wait()
            wait_for(lambda: post.states() == ["sent", "sent"])
            post.telegram.write("nghe không?")
            wait_for(lambda: post.heard() == 1)
    assert post.telegram.texts() == ["một", "hai"]


@pytest.mark.postgres
def test_a_second_sender_leaves_what_the_first_is_sending(shared_post: Post) -> None:
    post = shared_post
    post.says("một")
    post.telegram.fail("sendMessage", faults.HANG)
    with post.sender():
        wait_for(lambda: post.telegram.count("sendMessage") == 1)
        with post.sender():
            wait_for(lambda: post.locks() == 3)
            time.sleep(2 * LOOK_SECONDS)
            assert post.states() == ["sending"]
            assert post.telegram.count("sendMessage") == 1
