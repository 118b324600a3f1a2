"""Latency, counted by hand."""

from bot.evaluation.figures.latency import Latency, latency


def test_the_95th_of_a_hundred_is_the_95th() -> None:
    assert latency(range(100, 0, -1)) == Latency(median_ms=50.5, p95_ms=95.0)


def test_of_a_few_the_slowest_counts() -> None:
    assert latency([30.0, 10.0, 20.04]) == Latency(median_ms=20.0, p95_ms=30.0)


def test_of_none_there_is_none() -> None:
    assert latency([]) == Latency(median_ms=None, p95_ms=None)
