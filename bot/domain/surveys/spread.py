"""Numbers that many gave, told in few: the middle, the ends, and how they spread over ranges."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

LOW_EDGES = (0, 20, 40, 60, 80, 100)
"""Of what is at most a hundred, such as percents and hours."""

HIGH_EDGES = (0, 10, 100, 1_000, 10_000, 100_000)
"""Of people and money, which differ by powers of ten."""


@dataclass(frozen=True)
class Range:
    """How many numbers lie from `least` up to but not including `most`; None: no end."""

    least: int
    most: int | None
    count: int

    def holds(self, number: float) -> bool:
        """Whether a number lies in it."""
        return self.least <= number and (self.most is None or number < self.most)


@dataclass(frozen=True)
class Spread:
    """`count` numbers. `median`: the lower one of the two in the middle."""

    count: int
    least: float
    median: float
    mean: float
    most: float
    ranges: tuple[Range, ...]


def spread_of(numbers: Mapping[float, int]) -> Spread | None:
    """The spread of numbers, each with how often it was given; None where there is none."""
    count = sum(numbers.values())
    if not count:
        return None
    ordered = sorted(number for number, times in numbers.items() if times)
    total = sum(Fraction(number) * times for number, times in numbers.items())
    return Spread(
        count=count,
        least=ordered[0],
        median=_median(ordered, numbers, count),
        mean=float(total / count),
        most=ordered[-1],
        ranges=_ranges(numbers, ordered[-1]),
    )


def _median(ordered: list[float], numbers: Mapping[float, int], count: int) -> float:
    seen = 0
    for number in ordered:
        seen += numbers[number]
        if 2 * seen >= count:
            return number
    return ordered[-1]


def _ranges(numbers: Mapping[float, int], highest: float) -> tuple[Range, ...]:
    edges = LOW_EDGES if highest <= LOW_EDGES[-1] else HIGH_EDGES
    ends = (*edges[1:-1], None)
    empty = [Range(least, most, 0) for least, most in zip(edges[:-1], ends, strict=True)]
    if edges is HIGH_EDGES:
        empty[-1] = Range(edges[-2], edges[-1], 0)
        empty.append(Range(edges[-1], None, 0))
    return tuple(
        Range(
            one.least,
            one.most,
            sum(times for number, times in numbers.items() if one.holds(number)),
        )
        for one in empty
    )
