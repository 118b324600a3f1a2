"""Who has a case open is known in every process, for a moment, and in no database."""

from datetime import datetime

import pytest

from bot.console.frame.onlookers import AGAIN, GONE, HERE, Onlookers, onlookers_subject
from bot.signals import Signals
from tests.support.doubles.movable_clock import MovableClock

LAN, MINH = 1, 2
CASE, OTHER = 12, 13


@pytest.fixture
def clock(now: datetime) -> MovableClock:
    return MovableClock(now)


@pytest.fixture
def signals() -> Signals:
    return Signals()


@pytest.fixture
def onlookers(signals: Signals, clock: MovableClock) -> Onlookers:
    return Onlookers(signals, clock)


def test_the_others_are_seen_and_not_oneself_nor_at_another_case(onlookers: Onlookers) -> None:
    onlookers.say(CASE, LAN)
    onlookers.say(CASE, MINH, writes=True)
    onlookers.say(OTHER, 3)

    assert onlookers.of(CASE, but=LAN) == {MINH: True}
    assert onlookers.of(CASE, but=MINH) == {LAN: False}


def test_who_is_not_heard_of_has_left_and_who_stops_typing_only_reads(
    onlookers: Onlookers, clock: MovableClock
) -> None:
    onlookers.say(CASE, LAN)
    onlookers.say(CASE, LAN, writes=True)
    clock.move(seconds=GONE.total_seconds() / 2)
    onlookers.say(CASE, LAN)
    clock.move(seconds=GONE.total_seconds() / 2)
    assert onlookers.of(CASE, but=MINH) == {LAN: False}

    clock.move(seconds=GONE.total_seconds() / 2)
    assert onlookers.of(CASE, but=MINH) == {}
    clock.move(days=-1)
    assert onlookers.of(CASE, but=MINH) == {}


def test_only_news_wakes_and_the_same_is_not_said_again_at_once(
    onlookers: Onlookers, signals: Signals, clock: MovableClock
) -> None:
    carried: list[str] = []
    signals.carry(carried.extend)
    for _ in range(3):
        onlookers.say(CASE, LAN)
    clock.move(seconds=AGAIN.total_seconds())
    onlookers.say(CASE, LAN)

    assert carried == [f"{HERE}{CASE}:{LAN}:"] * 2
    assert signals.count(onlookers_subject(CASE)) == 1
    onlookers.say(CASE, LAN, writes=True)
    assert signals.count(onlookers_subject(CASE)) == 2


def test_another_process_hears_of_it_and_odd_notices_are_nothing(
    signals: Signals, clock: MovableClock
) -> None:
    elsewhere = Signals()
    there = Onlookers(elsewhere, clock)
    signals.carry(elsewhere.hear)
    Onlookers(signals, clock).say(CASE, LAN, writes=True)
    elsewhere.hear([HERE, f"{HERE}x:y:w", f"{HERE}{CASE}", f"{HERE}{CASE}:{10**30}:w"])

    assert there.of(CASE, but=MINH) == {LAN: True}
