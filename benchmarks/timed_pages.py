"""How long a page of the console takes, and the row that says so."""

import statistics
import time
from collections.abc import Callable

TIMES = 40


def timed(work: Callable[[], object]) -> list[tuple[float, float]]:
    """Milliseconds on the clock, and of this process alone: the machine may have other work."""
    times = []
    for _ in range(TIMES):
        begun, worked = time.perf_counter(), time.process_time()
        work()
        clock, processor = time.perf_counter() - begun, time.process_time() - worked
        times.append((1000 * clock, 1000 * processor))
    return times


def print_times(name: str, times: list[tuple[float, float]]) -> None:
    """A row of a table: median and 95th percentile by the clock, median of the processor."""
    clock, processor = zip(*times, strict=True)
    p95 = statistics.quantiles(clock, n=20)[-1]
    median, worked = statistics.median(clock), statistics.median(processor)
    print(f"| {name} | {median:.0f} ms | {p95:.0f} ms | {worked:.0f} ms |", flush=True)
