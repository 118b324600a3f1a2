"""Application, action server and Rasa are killed at random instants; no owner notices.

Scripted conversations over real HTTP, eight at a time, while one process after another gets
SIGKILL. No message is lost, no request is filed twice, and every conversation ends as its script
says. `make drill` plays 200 of them with more deaths.
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.storage.models import Attempt, Delivery, InboxEvent, Message, Request
from tests.support.installation import Installation, running_installation
from tests.support.stands.owner_scripts import asks, files_a_request, outcome
from tests.support.stands.web_owner import WebOwner

pytestmark = [pytest.mark.faults, pytest.mark.engine]

CONVERSATIONS = int(os.environ.get("DRILL_CONVERSATIONS", "60"))
OWNERS_AT_ONCE = 8
KILLS = (
    {"application": 5, "actions": 4, "rasa": 3}
    if CONVERSATIONS >= 200
    else {"application": 2, "actions": 2, "rasa": 1}
)

Script = Callable[[WebOwner], None]


def changes_his_mind(owner: WebOwner) -> None:
    words = "Ghi tên công ty em vào danh sách xin hỗ trợ đăng ký nhãn hiệu giúp em với ạ"
    assert outcome(owner.write(words)) == "request"
    replies = owner.write("mà đăng ký nhãn hiệu tốn bao nhiêu tiền vậy?")
    assert outcome(replies) == "answer"
    assert replies[-1].understanding is not None
    assert replies[-1].understanding["outcome"] == "request", "the form did not come back"
    assert outcome(owner.write("thôi khỏi, để bữa khác")) == "chitchat"


def takes_the_assessment(owner: WebOwner) -> None:
    assert outcome(owner.write("Tôi muốn tự chấm điểm 5S cho xưởng")) == "assessment"
    replies: list[Message] = []
    for _ in range(25):
        replies = owner.press("/answer_question")
        assert outcome(replies) == "assessment"
    assert any(reply.attachments for reply in replies), "the result has no picture"


SCRIPTS: tuple[Script, ...] = (asks, files_a_request, changes_his_mind)


def script_of(number: int) -> Script:
    """Mostly the short ones; each twentieth owner takes the whole assessment."""
    return takes_the_assessment if number % 20 == 19 else SCRIPTS[number % len(SCRIPTS)]


class Killer(threading.Thread):
    """Kills one process after another, at random instants, until told to stop."""

    def __init__(self, installation: Installation, seed: int) -> None:
        super().__init__(daemon=True)
        self._installation = installation
        self._dice = random.Random(seed)
        self._over = threading.Event()
        self.killed: Counter[str] = Counter()

    def run(self) -> None:
        order = [name for name, times in KILLS.items() for _ in range(times)]
        self._dice.shuffle(order)
        for name in order:
            if self._over.wait(self._dice.uniform(1.0, 6.0)):
                return
            while not self._installation.kill(name):
                if self._over.wait(0.2):
                    return
            self.killed[name] += 1

    def stop(self) -> None:
        self._over.set()
        self.join()


def test_nothing_is_lost_and_nothing_done_twice_however_often_processes_die(
    tmp_path: Path,
) -> None:
    with running_installation(tmp_path / "var") as installation:
        database = installation.database()
        killer = Killer(installation, seed=20261124)

        def play(number: int) -> tuple[int, str]:
            owner = WebOwner(installation.url, database)
            try:
                script_of(number)(owner)
                return number, owner.conversation_id
            finally:
                owner.close()

        killer.start()
        with ThreadPoolExecutor(OWNERS_AT_ONCE) as owners:
            played = dict(owners.map(play, range(CONVERSATIONS)))
        killer.stop()
        installation.wait_until_ready()

        assert sum(killer.killed.values()) >= sum(KILLS.values()) / 2, killer.killed
        assert len(set(played.values())) == CONVERSATIONS
        wait_until_delivered(installation)
        with database.transaction() as session:
            states = Counter(session.scalars(select(InboxEvent.state)))
            assert set(states) == {"done"}, states
            filed = Counter(session.scalars(select(Request.conversation_id)))
            for number, conversation in played.items():
                expected = 1 if script_of(number) is files_a_request else 0
                assert filed[conversation] == expected, (number, filed[conversation])
            twice = session.execute(
                select(Message.cause, Message.ordinal, func.count())
                .group_by(Message.cause, Message.ordinal)
                .having(func.count() > 1)
            ).all()
            assert not twice
            attempts = list(session.scalars(select(Attempt)))
            assert len(attempts) == sum(
                script_of(number) is takes_the_assessment for number in range(CONVERSATIONS)
            )
            assert all(a.state == "finished" and len(a.answers) == 25 for a in attempts)
            assert set(session.scalars(select(Delivery.state))) == {"sent"}
        database.close()


def wait_until_delivered(installation: Installation) -> None:
    """Waits for the outbox to run empty."""
    database = installation.database()
    end = time.monotonic() + 30
    while True:
        with database.transaction() as session:
            left = session.scalar(
                select(func.count())
                .select_from(Delivery)
                .where(Delivery.state.in_(("queued", "sending")))
            )
        if not left:
            break
        assert time.monotonic() < end, f"{left} messages were not delivered"
        time.sleep(0.1)
    database.close()
