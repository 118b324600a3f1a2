import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.search.vectors.recent_vectors import RecentVectors
from bot.search.vectors.vector_cache import Vector


class Slow:
    """Works only once it is let go, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.go = threading.Event()

    def __call__(self, text: str) -> Vector:
        self.asked.append(text)
        if not self.go.wait(10):
            raise TimeoutError
        if text == "lỗi":
            raise OSError(text)
        return np.array([len(self.asked)], dtype=np.float32)


def test_who_asks_the_same_meanwhile_waits_for_it() -> None:
    slow = Slow()
    recent = RecentVectors(slow, 10)
    with ThreadPoolExecutor(3) as threads:
        waiting = [threads.submit(recent.of, "a") for _ in range(3)]
        slow.go.set()
        assert {float(one.result(10)[0]) for one in waiting} == {1}
    assert slow.asked == ["a"]


def test_another_question_is_not_held_up() -> None:
    slow = Slow()
    recent = RecentVectors(slow, 10)
    both = threading.Barrier(3, timeout=10)

    def ask(text: str) -> None:
        both.wait()
        recent.of(text)

    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(ask, text) for text in "ab"]
        both.wait()
        while len(slow.asked) < 2:
            assert not any(one.done() for one in waiting)
        slow.go.set()
        assert [one.result(10) for one in waiting] == [None, None]


def test_what_was_asked_longest_ago_is_forgotten_first() -> None:
    slow = Slow()
    slow.go.set()
    recent = RecentVectors(slow, 2)
    for text in "abaca":
        recent.of(text)
    assert slow.asked == ["a", "b", "c"]
    recent.of("b")
    assert slow.asked == ["a", "b", "c", "b"]


def test_an_error_is_raised_and_not_remembered() -> None:
    slow = Slow()
    slow.go.set()
    recent = RecentVectors(slow, 2)
    for _ in range(2):
        with pytest.raises(OSError, match="lỗi"):
            recent.of("lỗi")
    assert slow.asked == ["lỗi", "lỗi"]
