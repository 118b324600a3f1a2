"""What could not be taken, on both databases: kept once, as it came, and not without end."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from bot.services.inbound.set_aside import (
    DETAIL_LIMIT,
    MOST_KEPT,
    RAW_LIMIT,
    Reason,
    SetAsideService,
    Untaken,
    legible,
)
from bot.storage.database import Database

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def service(session: Session) -> SetAsideService:
    return SetAsideService(session)


def untaken(raw: Any, *, chat_key: str = "5", channel: str = "telegram") -> Untaken:
    return Untaken(channel, chat_key, raw, Reason.UNREADABLE, "ValueError: no chat")


def test_what_comes_twice_is_kept_once_a_channel(service: SetAsideService, now: datetime) -> None:
    for one in (untaken(["a"]), untaken(["a"]), untaken(["b"]), untaken(["a"], channel="web")):
        service.put(one, now=now)

    assert [(row.channel, json.loads(row.raw)) for row in service.newest()] == [
        ("web", ["a"]),
        ("telegram", ["b"]),
        ("telegram", ["a"]),
    ]


def test_what_no_database_stores_is_written_out(service: SetAsideService, now: datetime) -> None:
    odd = Untaken("telegram", "5", {"t": "\x00\ud83d ạ"}, Reason.UNSTORABLE, "\x00\ud83d" * 900)

    service.put(odd, now=now)

    (row,) = service.newest()
    assert json.loads(row.raw) == {"t": "\x00\ud83d ạ"}
    assert "ạ" in row.raw
    assert len(row.detail) == DETAIL_LIMIT


def test_a_long_one_is_cut_and_two_that_begin_alike_are_two(
    service: SetAsideService, now: datetime
) -> None:
    for end in "ab":
        service.put(untaken("x" * RAW_LIMIT + end), now=now)

    assert [len(row.raw) for row in service.newest()] == [RAW_LIMIT] * 2


def test_only_the_newest_are_kept(service: SetAsideService, now: datetime) -> None:
    for number in range(MOST_KEPT + 3):
        service.put(untaken(number), now=now)

    kept = [int(row.raw) for row in service.newest()]
    assert kept == list(range(MOST_KEPT + 2, 2, -1))


def test_seen_is_seen_once_and_stays_so(service: SetAsideService, now: datetime) -> None:
    for number in range(4):
        service.put(untaken(number), now=now)
    newest, *_, oldest = service.newest()
    later = now + timedelta(hours=1)

    service.see(oldest.id, now=now)
    service.see(oldest.id, now=later)
    assert service.unseen() == 3
    service.see_all(newest.id - 1, now=later)

    assert service.unseen() == 1
    assert [row.seen_at for row in service.newest()] == [None, later, later, now]


def test_what_came_of_a_chat_is_forgotten_and_of_no_other(
    service: SetAsideService, now: datetime
) -> None:
    service.put(untaken("mine"), now=now)
    service.put(untaken("another's", chat_key="6"), now=now)
    service.put(untaken("on another channel", channel="web"), now=now)
    service.put(untaken("nobody's", chat_key=""), now=now)

    service.forget("telegram", "5")

    assert [json.loads(row.raw) for row in service.newest()] == [
        "nobody's",
        "on another channel",
        "another's",
    ]


@given(JSON)
def test_any_value_is_written_out_whole(raw: Any) -> None:
    written = legible(raw)

    written.encode("utf-8")
    assert "\x00" not in written
    assert json.loads(written) == raw
