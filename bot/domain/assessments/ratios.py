"""Figures that are computed from the numbers an owner gave."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from bot.domain.assessments.assessment import Ratio, Term
from bot.domain.assessments.question import Answers, is_number


@dataclass(frozen=True)
class Figure:
    """A computed figure, rounded to the decimals of its ratio."""

    ratio: Ratio
    value: float


def figures(ratios: Sequence[Ratio], answers: Answers) -> tuple[Figure, ...]:
    """The figures of which every number was given and that can be computed, in their order."""
    computed = ((ratio, _value(ratio, answers)) for ratio in ratios)
    return tuple(
        Figure(ratio, round(value, ratio.decimals))
        for ratio, value in computed
        # Below nought the numbers do not belong together: a stop longer than the shift.
        if value is not None and isfinite(value) and value >= 0
    )


def _value(ratio: Ratio, answers: Answers) -> float | None:
    over = _term(ratio.over, answers)
    product = 1.0
    for term in ratio.under:
        number = _term(term, answers)
        if number is None or number <= 0:
            return None
        product *= number
    return None if over is None else over / product * ratio.scale


def _term(term: Term, answers: Answers) -> float | None:
    plus = [_number(name, answers) for name in term.plus]
    minus = [_number(name, answers) for name in term.minus]
    if None in plus or None in minus:
        return None
    return sum(one or 0 for one in plus) - sum(one or 0 for one in minus)


def _number(name: str, answers: Answers) -> float | None:
    answer = answers.get(name, ())
    return float(answer[0]) if len(answer) == 1 and is_number(answer[0]) else None
