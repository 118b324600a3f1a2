"""So much at once, so much more a minute: whoever waits as long as he is told is let in."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.allowance import MOST_KEYS, Allowance
from tests.support.doubles.movable_clock import MovableSeconds


@pytest.fixture
def seconds() -> MovableSeconds:
    return MovableSeconds()


def test_the_first_ones_pass_at_once_and_the_next_is_told_how_long_to_wait(
    seconds: MovableSeconds,
) -> None:
    allowed = Allowance(at_once=30, a_minute=20, seconds=seconds)

    assert [allowed.take("lan") for _ in range(30)] == [0.0] * 30
    assert allowed.take("lan") == pytest.approx(3)
    assert allowed.take("minh") == 0


def test_what_is_refused_takes_nothing(seconds: MovableSeconds) -> None:
    allowed = Allowance(at_once=1, a_minute=60, seconds=seconds)
    allowed.take("lan")

    waits = [allowed.take("lan") for _ in range(100)]
    seconds.now += 1

    assert waits == [pytest.approx(1)] * 100
    assert allowed.take("lan") == 0


def test_it_comes_back_at_its_rate_and_never_above_the_whole(seconds: MovableSeconds) -> None:
    allowed = Allowance(at_once=5, a_minute=60, seconds=seconds)
    for _ in range(5):
        allowed.take("lan")

    seconds.now += 2
    assert [allowed.take("lan") > 0 for _ in range(3)] == [False, False, True]

    seconds.now += 24 * 3600
    assert [allowed.take("lan") > 0 for _ in range(6)] == [False] * 5 + [True]


def test_a_large_amount_waits_longer_than_a_small_one(seconds: MovableSeconds) -> None:
    allowed = Allowance(at_once=150, a_minute=20, seconds=seconds)
    allowed.take("lan", 150)

    assert allowed.take("lan", 3) == pytest.approx(9)
    assert allowed.take("lan", 50) == pytest.approx(150)


def test_more_than_the_whole_needs_the_whole(seconds: MovableSeconds) -> None:
    allowed = Allowance(at_once=10, a_minute=60, seconds=seconds)

    assert allowed.take("lan", 500) == 0
    assert allowed.take("lan", 500) == pytest.approx(10)


def test_no_more_than_a_named_number_of_senders_is_remembered(seconds: MovableSeconds) -> None:
    allowed = Allowance(at_once=1, a_minute=1, seconds=seconds)
    for number in range(MOST_KEYS + 50):
        allowed.take(f"{number}")

    assert len(allowed._whole_at) == MOST_KEYS
    assert allowed.take(f"{MOST_KEYS + 49}") > 0
    assert allowed.take("0") == 0  # quiet for longest, and forgotten


def test_many_threads_together_take_no_more_than_there_is() -> None:
    allowed = Allowance(at_once=100, a_minute=0.001)
    taken: list[float] = []

    def take() -> None:
        taken.extend(allowed.take("lan") for _ in range(50))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert taken.count(0.0) == 100


@given(
    steps=st.lists(st.tuples(st.floats(0, 90), st.floats(0.001, 40)), max_size=60),
    at_once=st.floats(1, 50),
    a_minute=st.floats(0.5, 600),
)
def test_whatever_comes_when_the_promise_of_the_wait_is_kept(
    steps: list[tuple[float, float]], at_once: float, a_minute: float
) -> None:
    seconds = MovableSeconds()
    allowed = Allowance(at_once=at_once, a_minute=a_minute, seconds=seconds)
    taken, started = 0.0, seconds.now
    for pause, amount in steps:
        seconds.now += pause
        wait = allowed.take("lan", amount)
        if wait:
            seconds.now += wait
            assert allowed.take("lan", amount) == 0
        taken += min(amount, at_once)

        passed = seconds.now - started
        assert taken <= at_once + passed * a_minute / 60 + 0.01
    assert len(allowed._whole_at) < MOST_KEYS
