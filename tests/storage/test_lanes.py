"""Many workers at once, some of which die: each event is worked once, each lane in order."""

import random
import threading
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.services.inbound.inbox import ALBUM_WAIT, InboxService, TakenEvent
from bot.storage.database import Database
from bot.storage.models import Conversation, InboxEvent
from tests.support.data.events import inbound, reception

WORKERS = 4
CHATS = 5
EVENTS = 40
BLOCKED_SECONDS = 0.3
"""How long a transaction is watched that must wait for another one."""


@dataclass
class Diary:
    """What the workers did, as they saw it. An event in hand is one that a living worker holds."""

    finished: list[int] = field(default_factory=list)
    order: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    in_hand: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    crashes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, taken: TakenEvent) -> None:
        with self.lock:
            if taken.conversation_id in self.in_hand:
                self.broken.append(f"{taken.id} beside {self.in_hand[taken.conversation_id]}")
            self.in_hand[taken.conversation_id] = taken.id

    def end(self, taken: TakenEvent, *, finished: bool) -> None:
        with self.lock:
            del self.in_hand[taken.conversation_id]
            if finished:
                self.finished += (taken.id, *taken.sisters)
                self.order[taken.conversation_id].append(taken.id)
            else:
                self.crashes += 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_event_is_worked_once_and_in_order_though_workers_die(
    any_database: Database, now: datetime, seed: int
) -> None:
    ids = fill(any_database, now, seed)
    diary = Diary()

    with ThreadPoolExecutor(WORKERS) as pool:
        futures = [
            pool.submit(work, any_database, diary, f"w{number}", random.Random(seed + number), now)
            for number in range(WORKERS)
        ]
        for future in futures:
            future.result()

    assert diary.broken == []
    assert diary.crashes > 0
    assert sorted(diary.finished) == ids
    assert all(order == sorted(order) for order in diary.order.values())


@pytest.mark.postgres
def test_a_worker_does_not_wait_for_the_lane_that_another_one_is_taking(
    postgres_database: Database, now: datetime
) -> None:
    accept(postgres_database, now, "a")
    accept(postgres_database, now, "b")
    with postgres_database.transaction() as session:
        first = InboxService(session).take("slow", now=now)
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(take, postgres_database, "quick", now).result(timeout=10)

    assert first is not None
    assert second is not None
    assert first.conversation_id != second.conversation_id


def test_an_album_that_grows_while_it_is_worked_on_loses_and_doubles_no_picture(
    any_database: Database, now: datetime
) -> None:
    diary = Diary()
    chance = random.Random(4)
    accept(any_database, now, "a", album="135")

    with ThreadPoolExecutor(WORKERS + 1) as pool:

        def grow() -> None:
            for _ in range(EVENTS - 1):
                accept(any_database, now - ALBUM_WAIT, "a", album="135")

        grown = pool.submit(grow)
        workers = [
            pool.submit(work, any_database, diary, f"w{n}", chance, now + ALBUM_WAIT)
            for n in range(WORKERS)
        ]
        for future in (grown, *workers):
            future.result(timeout=60)
        pool.submit(work, any_database, diary, "last", chance, now + ALBUM_WAIT).result(timeout=60)

    with any_database.transaction() as session:
        ids = list(session.scalars(select(InboxEvent.id).order_by(InboxEvent.id)))
    assert diary.broken == []
    assert sorted(diary.finished) == ids
    assert len(ids) == EVENTS


@pytest.mark.postgres
def test_ids_of_a_conversation_rise_in_the_order_of_their_commits(
    postgres_database: Database, now: datetime
) -> None:
    accept(postgres_database, now, "a", "opening")
    with ThreadPoolExecutor(1) as pool:
        with postgres_database.transaction() as session:
            reception(session).accept(inbound(now=now, chat_key="a", event_id="first"), now=now)
            second = pool.submit(accept, postgres_database, now, "a", "second")
            assert not is_done_within(second, BLOCKED_SECONDS)
        second.result(timeout=10)

    with postgres_database.transaction() as session:
        stored = session.scalars(select(InboxEvent.event_id).order_by(InboxEvent.id)).all()
    assert stored == ["opening", "first", "second"]


@pytest.mark.postgres
def test_the_first_two_messages_of_a_chat_may_come_at_once(
    postgres_database: Database, now: datetime
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with postgres_database.transaction() as session:
            reception(session).accept(inbound(now=now, chat_key="new"), now=now)
            second = pool.submit(accept, postgres_database, now, "new")
            assert not is_done_within(second, BLOCKED_SECONDS)
        second.result(timeout=10)

    with postgres_database.transaction() as session:
        assert len(session.scalars(select(Conversation)).all()) == 1
        assert len(session.scalars(select(InboxEvent)).all()) == 2


def fill(database: Database, now: datetime, seed: int) -> list[int]:
    chance = random.Random(seed)
    for _ in range(EVENTS):
        album = chance.choice(("", "", "a1", "a2"))
        accept(database, now - ALBUM_WAIT, f"chat-{chance.randrange(CHATS)}", album=album)
    with database.transaction() as session:
        return list(session.scalars(select(InboxEvent.id).order_by(InboxEvent.id)))


def work(database: Database, diary: Diary, name: str, chance: random.Random, now: datetime) -> None:
    """Takes and finishes until nothing is left; dies now and then, and comes back as its heir."""
    while not all_done(database):
        taken = take(database, name, now)
        if taken is None:
            continue
        diary.begin(taken)
        if chance.random() < 0.25 and taken.attempts < 5:
            diary.end(taken, finished=False)
            with database.transaction() as session:
                assert InboxService(session).release(name) == 1 + len(taken.sisters)
            continue
        # Noted before the commit: from then on another worker may have the lane.
        diary.end(taken, finished=True)
        with database.transaction() as session:
            assert InboxService(session).finish(taken, now=now)


def all_done(database: Database) -> bool:
    with database.transaction() as session:
        return session.scalar(select(InboxEvent.id).where(InboxEvent.state != "done")) is None


def accept(
    database: Database, now: datetime, chat_key: str, event_id: str = "", *, album: str = ""
) -> None:
    event = inbound(now=now, chat_key=chat_key, event_id=event_id)
    with database.transaction() as session:
        reception(session).accept(event.model_copy(update={"album": album}), now=now)


def take(database: Database, worker: str, now: datetime) -> TakenEvent | None:
    with database.transaction() as session:
        return InboxService(session).take(worker, now=now)


def is_done_within(future: "Future[None]", seconds: float) -> bool:
    try:
        future.result(timeout=seconds)
    except TimeoutError:
        return False
    return True
