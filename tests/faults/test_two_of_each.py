"""Two applications, two Rasa servers and two action servers over one PostgreSQL and one Redis.

Owners talk while each kind is killed in turn, and at last a whole machine: nothing is lost,
nothing is done or said twice, and each conversation keeps its order. `make drill` plays 200
conversations with more deaths.
"""

import itertools
import os
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.processes.engine_room import free_port
from bot.storage.database import Database
from bot.storage.models import Delivery, InboxEvent, Message, Request
from tests.support.balancer import Balancer
from tests.support.databases import PostgresStand
from tests.support.installation import Installation
from tests.support.redis import RedisServer
from tests.support.stands.owner_scripts import asks, files_a_request, outcome
from tests.support.stands.web_owner import WebOwner
from tests.support.waiting import by_then

pytestmark = [pytest.mark.faults, pytest.mark.engine, pytest.mark.postgres]

CONVERSATIONS = int(os.environ.get("DRILL_CONVERSATIONS", "48"))
OWNERS_AT_ONCE = 8
ROUNDS = max(1, CONVERSATIONS // 60)
KINDS = ("application", "rasa", "actions")

Script = Callable[[WebOwner], None]


class Estate:
    """Two machines that share databases, locks and files, and one address for each kind."""

    def __init__(self, folder: Path, stand: PostgresStand, redis: RedisServer) -> None:
        self._own_name, self.database = stand.open(migrated=False)
        tracker = stand.server.url(stand.server.new_database())
        ports = [{"rasa": free_port(), "actions": free_port()} for _ in range(2)]
        self._balancers = {
            "rasa": Balancer([one["rasa"] for one in ports]),
            "actions": Balancer([one["actions"] for one in ports]),
        }
        shared = {
            "DONGHANH_DATABASE_URL": self.database.url,
            "DONGHANH_TRACKER_URL": tracker.replace("+psycopg", ""),
            "DONGHANH_LOCK_URL": redis.url,
            "DONGHANH_RASA_URL": self._balancers["rasa"].url,
            "DONGHANH_ACTION_URL": self._balancers["actions"].url,
            "DONGHANH_RASA_TOKEN": "rasa-of-the-test",
            "DONGHANH_ACTION_TOKEN": "actions-of-the-test",
        }
        self.machines = [
            Installation(
                folder,
                {
                    **shared,
                    "DONGHANH_RASA_PORT": str(one["rasa"]),
                    "DONGHANH_ACTION_PORT": str(one["actions"]),
                },
            )
            for one in ports
        ]
        self._balancers["application"] = Balancer([one.port for one in self.machines])
        self.url = self._balancers["application"].url

    def start(self) -> None:
        """Both at once, over databases without a table."""
        with ThreadPoolExecutor(2) as pool:
            for started in [pool.submit(machine.start) for machine in self.machines]:
                started.result()

    def stop(self) -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(Installation.end, self.machines))
        for balancer in self._balancers.values():
            balancer.stop()
        self.database.close()


@pytest.fixture
def estate(tmp_path: Path, postgres: PostgresStand) -> Iterator[Estate]:
    with ExitStack() as stack:
        redis = RedisServer()
        redis.start()
        stack.callback(redis.stop)
        estate = Estate(tmp_path / "var", postgres, redis)
        stack.callback(estate.stop)
        estate.start()
        yield estate


def writes_in_one_breath(owner: WebOwner) -> None:
    """Does not wait for an answer: all of it is in the lane at once."""
    answers = owner.write_at_once(
        "chào em", "ISO 9001 là gì vậy em?", "mã số mã vạch đăng ký ở đâu?", "cảm ơn nhiều nha"
    )
    assert [outcome(replies) for replies in answers] == [
        "chitchat", "answer", "answer", "chitchat",
    ]  # fmt: skip


SCRIPTS: tuple[Script, ...] = (asks, files_a_request, writes_in_one_breath)


def script_of(number: int) -> Script:
    return SCRIPTS[number % len(SCRIPTS)]


class Killer(threading.Thread):
    """One of each kind, on either machine, in a drawn order; and then one whole machine."""

    def __init__(self, estate: Estate, seed: int) -> None:
        super().__init__(daemon=True)
        self._estate = estate
        self._dice = random.Random(seed)
        self._over = threading.Event()
        self.killed: Counter[str] = Counter()
        self.broken: list[BaseException] = []

    def run(self) -> None:
        try:
            for _ in range(ROUNDS):
                self._round()
        except BaseException as error:  # noqa: BLE001  (the test tells it)
            self.broken.append(error)

    def _round(self) -> None:
        for kind in self._dice.sample(KINDS, len(KINDS)):
            if self._over.wait(self._dice.uniform(0.5, 2.5)):
                return
            while not self._dice.choice(self._estate.machines).kill(kind):
                if self._over.wait(0.2):
                    return
            self.killed[kind] += 1
        if self._over.wait(self._dice.uniform(1.0, 3.0)):
            return
        lost = self._dice.choice(self._estate.machines)
        lost.lose()
        self.killed["machine"] += 1
        lost.start()

    def stop(self) -> None:
        self._over.set()
        self.join()


def test_nothing_is_lost_or_doubled_though_one_of_each_dies(estate: Estate) -> None:
    killer = Killer(estate, seed=20261128)
    numbers = itertools.count()
    played: dict[int, str] = {}

    def play(number: int) -> None:
        owner = WebOwner(estate.url, estate.database)
        try:
            script_of(number)(owner)
            played[number] = owner.conversation_id
        finally:
            owner.close()

    def come_and_go() -> None:
        """One owner after the other, at least until all have died that are to die."""
        while (number := next(numbers)) < CONVERSATIONS or killer.is_alive():
            play(number)

    killer.start()
    try:
        with ThreadPoolExecutor(OWNERS_AT_ONCE) as owners:
            for done in [owners.submit(come_and_go) for _ in range(OWNERS_AT_ONCE)]:
                done.result()
    finally:
        killer.stop()

    assert killer.broken == []
    assert killer.killed == dict.fromkeys((*KINDS, "machine"), ROUNDS)
    assert len(set(played.values())) == len(played) >= CONVERSATIONS
    by_then(lambda: delivered(estate.database))
    with estate.database.reading() as session:
        assert set(session.scalars(select(InboxEvent.state))) == {"done"}
        assert (
            session.execute(
                select(Message.cause, Message.ordinal)
                .group_by(Message.cause, Message.ordinal)
                .having(func.count() > 1)
            ).all()
            == []
        )
        filed = Counter(session.scalars(select(Request.conversation_id)))
    for number, conversation in played.items():
        expected = 1 if script_of(number) is files_a_request else 0
        assert filed[conversation] == expected, story(estate.database, conversation)
        assert in_order(estate.database, conversation), story(estate.database, conversation)
    assert workers(estate.database) >= 2, "one application did everything"


def delivered(database: Database) -> bool:
    with database.reading() as session:
        return set(session.scalars(select(Delivery.state))) == {"sent"}


def story(database: Database, conversation: str) -> str:
    """What came in, what was filed and what was said, where it is not what it should be."""
    with database.reading() as session:
        events = session.scalars(
            select(InboxEvent)
            .where(InboxEvent.conversation_id == conversation)
            .order_by(InboxEvent.id)
        )
        came = [(e.id, e.attempts, e.taken_by, e.error, e.payload.get("text")) for e in events]
        filed = session.execute(
            select(Request.code, Request.kind, Request.created_by, Request.created_at).where(
                Request.conversation_id == conversation
            )
        ).all()
        said = session.execute(
            select(Message.cause, Message.created_at, Message.text)
            .where(Message.conversation_id == conversation)
            .order_by(Message.id)
        ).all()
    return "\n".join(map(str, [*came, *filed, *said]))


def workers(database: Database) -> int:
    """Under how many names events were worked on."""
    with database.reading() as session:
        return len(set(session.scalars(select(InboxEvent.taken_by))))


def in_order(database: Database, conversation: str) -> bool:
    """Whether replies stand in the order of what they answer, and left in their own order."""
    with database.reading() as session:
        said = session.execute(
            select(Message.cause, Message.ordinal, Delivery.sent_at)
            .join(Delivery, Delivery.message_id == Message.id)
            .where(Message.conversation_id == conversation)
            .order_by(Message.id)
        ).all()
    answers = [(int(row.cause.split(":")[1].split(".")[0]), row.ordinal) for row in said]
    return answers == sorted(answers) and all(
        earlier.sent_at <= later.sent_at for earlier, later in itertools.pairwise(said)
    )
