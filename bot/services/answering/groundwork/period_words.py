"""Sentences on the end of periods that run from the days an owner tells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.text.told_date import Told, ToldDate
from bot.knowledge.periods.period import Length, Period, PeriodEnd, Renewal
from bot.texts import Texts

BEFORE_THE_DATE, BEHIND_THE_DATE = 60, 18
"""Characters around a date in which its event is named."""

_NEXT_PHRASE = re.compile(r"[,.;:?!\n]")


@dataclass(frozen=True)
class Run:
    """A period from the day that a message tells for its event.

    `instead`: what it tells is another event, from which the period is not counted.
    """

    period: Period
    length: Length
    start: ToldDate
    instead: bool = False

    @property
    def end(self) -> ToldDate:
        """When it is over, or fulfilled."""
        return self.start.plus(self.length.months)


def runs_of(said: str, told: Sequence[Told], periods: Sequence[Period]) -> list[Run]:
    """What runs from each date. `said`: the message as `told` counts its letters."""
    lengths = [(period, length) for period in periods if (length := _length(period, said))]
    runs: list[Run] = []
    for place, one in enumerate(told):
        earlier = told[place - 1].end if place else 0
        later = told[place + 1].start if place + 1 < len(told) else len(said)
        before = said[max(earlier, one.start - BEFORE_THE_DATE) : one.start]
        behind = _NEXT_PHRASE.split(said[one.end : min(later, one.end + BEHIND_THE_DATE)])[0]
        run = _nearest(lengths, one.date, before, behind)
        if run is None and len(told) == len(lengths) == 1 and not lengths[0][0].told_instead:
            run = Run(*lengths[0], one.date)
        if run is not None and run not in runs:
            runs.append(run)
    return runs


def period_lines(runs: Sequence[Run], today: date, texts: Texts) -> list[str]:
    """A sentence for each, and what follows from them together."""
    counted = {run.period.says for run in runs if not run.instead}
    # Who told the right day too needs not be told that another is none.
    kept = [run for run in runs if not run.instead or run.period.says not in counted]
    lines = list(dict.fromkeys(line for run in kept for line in _lines(run, today, texts)))
    fulfilled = [run for run in runs if run.period.ends is PeriodEnd.FULFILLED]
    if len(fulfilled) > 1 and any(run.end.last > today for run in fulfilled):
        last = max((run.end for run in fulfilled), key=lambda end: end.last)
        lines.append(texts.say("period.earliest", end_day=last))
    return lines


def _lines(run: Run, today: date, texts: Texts) -> Iterator[str]:
    period = run.period
    if run.instead:
        yield texts.say("period.instead", event=period.event)
        return
    if period.since is not None and run.start.last < period.since:
        yield period.before
        return
    if period.longest is not None:
        terms = range(run.length.months, period.longest + 1, run.length.months)
        yield texts.say(
            "period.terms",
            event=period.event,
            event_day=run.start,
            says=run.length.says or period.says,
            end_days=[run.start.plus(months) for months in terms],
        )
        return
    yield texts.say(
        f"period.{period.ends}",
        event=period.event,
        event_day=run.start,
        says=run.length.says or period.says,
        end_day=run.end,
        is_past=run.end.last < today,
    )
    if period.renewal is not None:
        yield _renewal(period.renewal, run.end, today, texts)


def _renewal(renewal: Renewal, end: ToldDate, today: date, texts: Texts) -> str:
    if end.month is None:
        return texts.say("period.exact_day")
    late = end.plus(renewal.after) if renewal.after else None
    if end.last >= today:
        name = "renewal"
    else:
        name = "renewal_late" if late is not None and late.last >= today else "renewal_gone"
    return texts.say(
        f"period.{name}",
        first_day=end.plus(-renewal.before),
        end_day=end,
        late_day=late,
        percent=renewal.surcharge_percent,
    )


def _length(period: Period, said: str) -> Length | None:
    """The length that the message means: of those it names, the one named most fully."""
    named = [
        (len(name), length)
        for length in period.lengths
        for name in length.called
        if _places(said, name)
    ]
    if named:
        return max(named, key=lambda one: one[0])[1]
    return next((length for length in period.lengths if not length.called), None)


def _nearest(
    lengths: Sequence[tuple[Period, Length]], start: ToldDate, before: str, behind: str
) -> Run | None:
    found: list[tuple[int, Run]] = []
    for period, length in lengths:
        for words, instead in ((period.told_by, False), (period.told_instead, True)):
            for word in words:
                gaps = [len(before) - end for _, end in _places(before, word)]
                gaps += [first for first, _ in _places(behind, word)]
                if gaps:
                    # The longer of two names at one place says more.
                    found.append((min(gaps) * 100 - len(word), Run(period, length, start, instead)))
    return min(found, key=lambda one: one[0])[1] if found else None


def _places(text: str, words: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"\b{re.escape(words)}\b", text)]
