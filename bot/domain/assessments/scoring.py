"""What the answers of an assessment come to: percents, a level, gaps, and what follows.

The rules, to be recounted by hand (`docs/assessments.md`): an answer is worth its share of the best
one; a dimension is the weighted mean of its answers, a ladder the share of the rungs reached one
after another; the whole is the weighted mean of the dimensions. “Không biết” is worth nothing;
“không áp dụng” is left out, and a dimension of which more than half is left out is not scored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from bot.domain.assessments.assessment import (
    FULL,
    Advice,
    Assessment,
    Consequence,
    Dimension,
    Level,
)
from bot.domain.assessments.path import asked, counted_answers, stands_on
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Answers,
    Question,
    QuestionKind,
    holds,
)
from bot.domain.assessments.ratios import Figure, figures

WEAKEST = 3
"""So many dimensions are named as the weakest: more is a list that nobody works off."""

STRONGEST = 3

STRONG = 60
"""Percent below which nothing is called a strength."""

GAP = Fraction(1, 2)
"""What a critical answer must be worth so as to be no gap."""


class AnswersMissing(Exception):
    """A score of the whole was asked for while questions are open. `questions`: their ids."""

    def __init__(self, questions: list[str]) -> None:
        super().__init__(", ".join(questions))
        self.questions = questions


@dataclass(frozen=True)
class Deciding:
    """An answer that cost something. `lost`: its part of the dimension, in percent."""

    question: Question
    answer: Answer
    lost: int


@dataclass(frozen=True)
class DimensionScore:
    """A dimension in percent, 0 to 100; `answered` of its questions counted.

    `deciding`: the answers that cost most, first the dearest. `rungs`: reached, on a ladder.
    """

    dimension: Dimension
    percent: int
    answered: int
    deciding: tuple[Deciding, ...] = ()
    rungs: int | None = None

    @property
    def advice(self) -> Advice:
        """What to do first where the dimension stands."""
        return self.dimension.advice_at(self.percent)

    @property
    def urgency(self) -> Fraction:
        """What is to be gained for the trouble: gap × impact ÷ effort."""
        return Fraction((FULL - self.percent) * self.advice.impact, self.advice.effort)


@dataclass(frozen=True)
class Result:
    """The whole: dimensions in the order of the file, those without an answer left out.

    `percent`, `level`: None where nothing was scored. `gaps`: critical questions not met. `unmet`,
    `unsure`: conditions that are not met, or of which the owner does not know. `kept_from`: the
    level that the percent alone would have given.
    """

    percent: int | None
    level: Level | None
    dimensions: tuple[DimensionScore, ...]
    complete: bool
    gaps: tuple[Question, ...] = ()
    unmet: tuple[Question, ...] = ()
    unsure: tuple[Question, ...] = ()
    unknown: int = 0
    left_out: int = 0
    kept_from: Level | None = None
    consequences: tuple[Consequence, ...] = ()
    figures: tuple[Figure, ...] = field(default=())

    @property
    def weakest(self) -> tuple[DimensionScore, ...]:
        """The weakest three that are not full, weakest first; equals in the order of the file."""
        weak = [score for score in self.dimensions if score.percent < FULL]
        return tuple(sorted(weak, key=lambda score: score.percent)[:WEAKEST])

    @property
    def strongest(self) -> tuple[DimensionScore, ...]:
        """The strongest three, strongest first, none of which is among the weakest."""
        weak = self.weakest
        strong = [s for s in self.dimensions if s not in weak and s.percent >= STRONG]
        return tuple(sorted(strong, key=lambda score: -score.percent)[:STRONGEST])

    @property
    def to_do(self) -> tuple[DimensionScore, ...]:
        """The weakest, in the order in which they are best worked off."""
        return tuple(sorted(self.weakest, key=lambda score: -score.urgency))


def score(assessment: Assessment, answers: Answers, *, complete: bool = True) -> Result:
    """The result of answers, by question id.

    Percents are rounded half up, and levels read from the rounded ones: what is shown counts.

    With `complete=False` the open questions are left out of the count, not taken for 0.

    Raises:
        AnswersMissing: questions are open, and the caller did not say that this is meant; or
            nothing is answered at all.
        ValueError: an answer is none that its question knows.
    """
    way = asked(assessment, answers)
    counted = counted_answers(assessment, answers)
    missing = [question.id for question in way if question.id not in counted]
    if missing and (complete or not counted):
        raise AnswersMissing(missing)
    shares = _shares(assessment, counted)
    dimensions = [
        one for d in assessment.dimensions if (one := _dimension(assessment, d, shares, counted))
    ]
    percent = _percent(_mean((Fraction(s.dimension.weight), f) for s, f in dimensions))
    scores = tuple(one for one, _ in dimensions)
    gaps = tuple(q for q in way if q.critical and _is_gap(shares, q))
    unmet = tuple(q for q in way if q.knock_out and shares.get(q.id) == 0)
    known = tuple(q for q in unmet if counted[q.id] != (UNKNOWN,))
    has_gap = bool(gaps or unmet)
    level = None if percent is None else _level(assessment, percent, scores, has_gap=has_gap)
    alone = None if percent is None else assessment.level_at(percent)
    return Result(
        percent=percent,
        level=level,
        dimensions=scores,
        complete=not missing,
        gaps=gaps,
        unmet=known,
        unsure=tuple(q for q in unmet if q not in known),
        unknown=sum(counted.get(q.id) == (UNKNOWN,) for q in way if q.counts),
        left_out=sum(answer == (NOT_APPLICABLE,) for answer in counted.values()),
        kept_from=alone if alone != level else None,
        consequences=tuple(c for c in assessment.consequences if _follows(c, counted)),
        figures=figures(assessment.ratios, counted),
    )


def share(assessment: Assessment, question: Question, answer: Answer) -> Fraction | None:
    """What an answer is worth, 0 to 1; None where it does not count.

    Raises:
        ValueError: the question does not know the answer.
    """
    if answer == (NOT_APPLICABLE,) or not question.counts:
        return None
    if answer == (UNKNOWN,):
        return Fraction(0)
    if question.kind is QuestionKind.SCALE:
        return _on_scale(question, answer, assessment.scale_of(question).most)
    chosen = [choice for choice in question.choices if choice.id in answer]
    if len(chosen) != len(answer) and answer != (NONE_OF_THEM,):
        raise ValueError(f"{question.id}: {' '.join(answer)} is none of its choices")
    points = [choice.score or 0 for choice in question.choices]
    full = question.full or (max if question.kind is QuestionKind.ONE_OF else sum)(points)
    return min(Fraction(1), Fraction(sum(choice.score or 0 for choice in chosen), full))


def _on_scale(question: Question, answer: Answer, most: int) -> Fraction:
    given = answer[0] if len(answer) == 1 and answer[0].isdecimal() else "-1"
    if not 0 <= int(given) <= most:
        raise ValueError(f"{question.id}: {' '.join(answer)} is not between 0 and {most}")
    return Fraction(int(given), most)


def _shares(assessment: Assessment, counted: Answers) -> dict[str, Fraction]:
    worth = {
        question.id: share(assessment, question, counted[question.id])
        for question in assessment.questions
        if question.id in counted
    }
    return {name: one for name, one in worth.items() if one is not None}


def _dimension(
    assessment: Assessment, dimension: Dimension, shares: Mapping[str, Fraction], counted: Answers
) -> tuple[DimensionScore, Fraction] | None:
    scored = [q for q in dimension.questions if q.id in shares and not q.knock_out]
    if not scored or not dimension.is_scored:
        return None
    if dimension.ladder:
        return _ladder(assessment, dimension, scored, counted)
    left_out = sum(counted.get(q.id) == (NOT_APPLICABLE,) for q in dimension.questions if q.counts)
    if left_out > len(scored):
        return None
    whole = _mean((Fraction(q.weight), shares[q.id]) for q in scored) or Fraction(0)
    weights = sum(Fraction(q.weight) for q in scored)
    costly = [
        Deciding(q, counted[q.id], _points(Fraction(q.weight) * (1 - shares[q.id]) / weights))
        for q in scored
        if shares[q.id] < 1
    ]
    deciding = tuple(sorted(costly, key=lambda one: -one.lost))
    return DimensionScore(dimension, _points(whole), len(scored), deciding), whole


def _ladder(
    assessment: Assessment, dimension: Dimension, scored: list[Question], counted: Answers
) -> tuple[DimensionScore, Fraction]:
    reached = 0
    for question in dimension.questions:
        if not stands_on(assessment, question, counted):
            break
        reached += 1
    whole = Fraction(reached, len(dimension.questions))
    missed = dimension.questions[reached : reached + 1]
    deciding = tuple(
        Deciding(q, counted[q.id], FULL - _points(whole)) for q in missed if q.id in counted
    )
    return DimensionScore(dimension, _points(whole), len(scored), deciding, reached), whole


def _level(
    assessment: Assessment, percent: int, scores: tuple[DimensionScore, ...], *, has_gap: bool
) -> Level:
    """The highest level that holds, with every one below it."""
    lowest = min(score.percent for score in scores)
    held = assessment.levels[0]
    for level in assessment.levels[1:]:
        if level.start > percent or level.every > lowest or (level.no_gap and has_gap):
            return held
        held = level
    return held


def _is_gap(shares: Mapping[str, Fraction], question: Question) -> bool:
    return question.id in shares and shares[question.id] < GAP


def _follows(consequence: Consequence, counted: Answers) -> bool:
    return not consequence.when or any(holds(one, counted) for one in consequence.when)


def _mean(weighted: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    pairs = list(weighted)
    if not pairs:
        return None
    return sum((w * share for w, share in pairs), Fraction()) / sum(w for w, _ in pairs)


def _percent(share: Fraction | None) -> int | None:
    return None if share is None else _points(share)


def _points(share: Fraction) -> int:
    return int(share * FULL + Fraction(1, 2))
