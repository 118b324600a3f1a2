"""Signals between applications that share a PostgreSQL."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from bot import signals as subjects
from bot.flow.relay import Relay, notices
from bot.signals import Signals
from bot.storage.database import Database
from bot.storage.models import InboxEvent
from bot.storage.notices import LARGEST_BYTES, NoticeBoard
from tests.support.data.events import inbound, reception
from tests.support.waiting import until

PATIENCE_SECONDS = 20.0
"""Far longer than any look by itself: who is woken sooner was told."""


@asynccontextmanager
async def relayed(database: Database, name: str) -> AsyncIterator[Signals]:
    """The signals of an application, once it hears the others."""
    signals = Signals()
    signals.bind()
    before = signals.count("anything")
    task = asyncio.create_task(Relay(signals, NoticeBoard(database), name).run())
    try:
        await until(lambda: signals.count("anything") > before)
        yield signals
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def both(postgres_database: Database) -> AsyncIterator[tuple[Signals, Signals]]:
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(relayed(postgres_database, "a"))
        yield first, await stack.enter_async_context(relayed(postgres_database, "b"))


def listeners(database: Database) -> int:
    with database.transaction() as session:
        return session.scalars(
            text(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
        ).one()


def cut_the_listeners(database: Database) -> None:
    with database.transaction() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
        )


@pytest.mark.postgres
async def test_who_waits_in_another_application_is_woken_and_finds_what_was_stored(
    both: tuple[Signals, Signals], postgres_database: Database, now: datetime
) -> None:
    here, there = both
    since = there.count(subjects.INBOX)

    async def wait() -> list[InboxEvent]:
        await there.wait(subjects.INBOX, since=since, timeout=PATIENCE_SECONDS)
        with postgres_database.reading() as session:
            return list(session.scalars(select(InboxEvent)))

    waiting = asyncio.create_task(wait())
    with postgres_database.transaction() as session:
        reception(session).accept(inbound(now=now), now=now)
    here.notify(subjects.INBOX)

    async with asyncio.timeout(PATIENCE_SECONDS / 2):
        assert len(await waiting) == 1


@pytest.mark.postgres
async def test_one_s_own_notices_do_not_come_back(both: tuple[Signals, Signals]) -> None:
    here, there = both
    mine, theirs = here.count("mail"), there.count("mail")

    here.notify("mail")
    await until(lambda: there.count("mail") == theirs + 1)
    there.notify("end")
    await until(lambda: here.count("end") > here.count("never"))

    assert here.count("mail") == mine + 1
    assert there.count("mail") == theirs + 1


@pytest.mark.postgres
async def test_a_flood_of_subjects_arrives_whole(both: tuple[Signals, Signals]) -> None:
    here, there = both
    many = [f"conversation:{number:0100d}" for number in range(500)]
    before = there.count("never")

    here.notify(*many)

    await until(lambda: all(there.count(one) > before for one in many))


@pytest.mark.postgres
async def test_a_listener_that_is_cut_off_comes_back_and_everybody_looks_once(
    both: tuple[Signals, Signals], postgres_database: Database
) -> None:
    here, there = both
    since = there.count("mail")
    waiting = asyncio.create_task(there.wait("mail", since=since, timeout=PATIENCE_SECONDS))
    await asyncio.to_thread(cut_the_listeners, postgres_database)

    async with asyncio.timeout(PATIENCE_SECONDS / 2):
        await waiting
    await until(lambda: listeners(postgres_database) == 2)

    since = there.count("mail")
    here.notify("mail")
    await until(lambda: there.count("mail") > since)


async def test_on_sqlite_there_is_nobody_to_tell(database: Database) -> None:
    signals = Signals()
    signals.bind()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await Relay(signals, NoticeBoard(database), "a").run()


@given(st.sets(st.text(max_size=300), max_size=200))
def test_each_subject_stands_in_one_notice_and_no_notice_is_too_large(words: set[str]) -> None:
    told = list(notices("application-1", words))

    assert all(len(notice.encode()) <= LARGEST_BYTES for notice in told)
    read = [json.loads(notice) for notice in told]
    assert all(sender == "application-1" for sender, *_ in read)
    assert sorted(one for _, *rest in read for one in rest) == sorted(words)


def test_a_subject_that_fits_into_no_notice_is_left_to_the_looks() -> None:
    assert list(notices("a", ["x" * LARGEST_BYTES])) == []
