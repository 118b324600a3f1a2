"""What the answers of an assessment come to: percents, a level, and the weakest dimensions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.assessments.assessment import FULL, Assessment, Dimension, Level, Question

WEAKEST = 3
"""So many dimensions are named as the weakest: more is a list that nobody works off."""


class AnswersMissing(Exception):
    """A score of the whole was asked for while questions are open. `questions`: their ids."""

    def __init__(self, questions: list[str]) -> None:
        super().__init__(", ".join(questions))
        self.questions = questions


@dataclass(frozen=True)
class DimensionScore:
    """A dimension in percent, 0 to 100; `answered` of its questions counted."""

    dimension: Dimension
    percent: int
    answered: int


@dataclass(frozen=True)
class Result:
    """The whole: dimensions in the order of the file, those without an answer left out."""

    percent: int
    level: Level
    dimensions: tuple[DimensionScore, ...]
    complete: bool

    @property
    def weakest(self) -> tuple[DimensionScore, ...]:
        """The weakest three, weakest first; equals in the order of the file."""
        return tuple(sorted(self.dimensions, key=lambda score: score.percent)[:WEAKEST])


def score(assessment: Assessment, answers: Mapping[str, int], *, complete: bool = True) -> Result:
    """The result of answers, by question id.

    Percents are rounded half up, and levels read from the rounded ones: what is shown counts.

    With `complete=False` the open questions are left out of the count, not taken for 0.

    Raises:
        AnswersMissing: questions are open, and the caller did not say that this is meant; or
            nothing is answered at all.
        ValueError: a score lies outside of the scale.
    """
    missing = [question.id for question in assessment.questions if question.id not in answers]
    if missing and (complete or len(missing) == len(assessment.questions)):
        raise AnswersMissing(missing)
    shares = [
        (dimension, share, len(counted))
        for dimension in assessment.dimensions
        if (counted := [q for q in dimension.questions if q.id in answers])
        for share in [_share(counted, answers, assessment.scale.most)]
    ]
    whole = _mean((Fraction(dimension.weight), share) for dimension, share, _ in shares)
    percent = _percent(whole)
    return Result(
        percent=percent,
        level=assessment.level_at(percent),
        dimensions=tuple(DimensionScore(d, _percent(share), n) for d, share, n in shares),
        complete=not missing,
    )


def _share(questions: list[Question], answers: Mapping[str, int], most: int) -> Fraction:
    for question in questions:
        if not 0 <= answers[question.id] <= most:
            raise ValueError(f"{question.id}: {answers[question.id]} is not between 0 and {most}")
    return _mean((Fraction(q.weight), Fraction(answers[q.id], most)) for q in questions)


def _mean(weighted: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    pairs = list(weighted)
    return sum((w * share for w, share in pairs), Fraction()) / sum(w for w, _ in pairs)


def _percent(share: Fraction) -> int:
    return int(share * FULL + Fraction(1, 2))
