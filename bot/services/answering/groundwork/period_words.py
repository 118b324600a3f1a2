"""Sentences on the end of periods that run from the days an owner tells."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.text.plain import folded
from bot.domain.text.told_date import MONTHS, Told, ToldDate
from bot.knowledge.periods.period import Length, Period, PeriodEnd, Renewal
from bot.texts import Texts

BEFORE_THE_DATE, BEHIND_THE_DATE = 60, 18
"""Characters around a date in which its event is named."""

YEAR_REACH = 8
"""The same before a mere year: "cấp năm 2016"."""

_PHRASE = re.compile(r"[,.;:?!\n]|\b(?:roi|nhung|thi|va)\b")

_OTHER_EVENT = re.compile(
    r"\b(?:het han|qua han|toi han|han (?:den|toi)|hieu luc (?:den|toi)|gia tri (?:den|toi)"
    r"|dung (?:den|toi)|(?:den|toi)(?: ngay| hom nay| het)?\s*$|phi\b|le phi|gia han|duy tri|sua"
    r"|khieu nai|bi phan doi|ho kinh doanh|hkd|se |sap )"
)
"""What stands before a day from which no period is counted: an end, a fee, a repair, what is to
come."""

_RENEWED = re.compile(r"\bda gia han\b|\bgia han (?:mot|hai|1|2|roi|nam)\b")

_COUNTED = re.compile(
    r"\s*(?:hop|trieu|tr\b|ty|san pham|cai|con\b(?! h)|kg|met|nguoi|dong\b|thung|chai|bao|bich"
    r"|lit|m2)"
)
"""What stands behind a number that is no year."""


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


def runs_of(
    text: str, told: Sequence[Told], periods: Sequence[Period], spoken_of: str = ""
) -> list[Run]:
    """What runs from each date of a message whose event is named beside it.

    `spoken_of`: names of the matter that was spoken of before.
    Nothing runs from a day on which something ends, was renewed, paid or repaired.
    """
    written = unicodedata.normalize("NFC", text).lower()
    said = folded(written)
    if _RENEWED.search(said):
        periods = [one for one in periods if one.renewal is None]
    named = f"{written} {spoken_of.lower()}"
    lengths = [(period, length) for period in periods if (length := _length(period, named))]
    runs: list[Run] = []
    for place, one in enumerate(told):
        earlier = told[place - 1].end if place else 0
        later = told[place + 1].start if place + 1 < len(told) else len(said)
        before = _PHRASE.split(said[max(earlier, one.start - BEFORE_THE_DATE) : one.start])[-1]
        behind = said[one.end : min(later, one.end + BEHIND_THE_DATE)]
        if _OTHER_EVENT.search(before) or (one.date.month is None and _COUNTED.match(behind)):
            continue
        found = _nearest(lengths, one.date, before, behind)
        runs += [run for run in found if run not in runs]
    return runs


def period_lines(runs: Sequence[Run], today: date, texts: Texts) -> list[str]:
    """A sentence for each, and what follows from them together."""
    counted = {run.period.says for run in runs if not run.instead}
    # Who told the right day too needs not be told that another is none.
    kept = [run for run in runs if not run.instead or run.period.says not in counted]
    lines = list(dict.fromkeys(line for run in kept for line in _lines(run, today, texts)))
    fulfilled = [run for run in kept if run.period.ends is PeriodEnd.FULFILLED]
    conditions = {run.period.event for run in fulfilled}
    if len(conditions) > 1 and any(run.end.last > today for run in fulfilled):
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
    is_open = period.since is not None and run.start.first < period.since
    if is_open or (run.start.month is None and run.length.months % MONTHS):
        yield texts.say("period.exact_start", event=period.event)
        return
    if period.longest is not None:
        terms = range(run.length.months, period.longest + 1, run.length.months)
        yield texts.say(
            "period.terms",
            event=period.event,
            event_day=run.start,
            says=period.says,
            end_days=[run.start.plus(months) for months in terms],
        )
        return
    if period.ends is PeriodEnd.FULFILLED and run.end.first <= today < run.end.last:
        yield texts.say("period.exact_start", event=period.event)
        return
    is_past = run.end.last < today
    if period.ends is PeriodEnd.FULFILLED:
        is_past = run.end.last <= today
    yield texts.say(
        f"period.{period.ends}",
        event=period.event,
        event_day=run.start,
        says=period.says,
        end_day=run.end,
        is_past=is_past,
    )
    if period.apply_before is not None:
        last = run.end.plus(-period.apply_before)
        yield texts.say("period.apply", end_day=last, is_past=last.last < today)
    if period.renewal is not None:
        yield _renewal(period.renewal, run.end, today, texts)


def _renewal(renewal: Renewal, end: ToldDate, today: date, texts: Texts) -> str:
    if end.month is None:
        return texts.say("period.exact_day")
    late = end.plus(renewal.after)
    if end.last >= today:
        name = "renewal"
    else:
        name = "renewal_late" if late.last >= today else "renewal_gone"
    return texts.say(
        f"period.{name}",
        first_day=end.plus(-renewal.before),
        end_day=end,
        late_day=late,
        percent=renewal.surcharge_percent,
    )


def _length(period: Period, written: str) -> Length | None:
    """The length that the message means: of those it names, the one named most fully.

    A name with accents is that word alone where the message has accents: “cân bàn”, “cần bán”.
    """
    said = folded(written)
    is_bare = said == written
    named = [
        (len(name), length)
        for length in period.lengths
        for name in length.called
        if _places(said, folded(name))
        and (is_bare or name == folded(name) or _places(written, name))
    ]
    if named:
        return max(named, key=lambda one: one[0])[1]
    return next((length for length in period.lengths if not length.called), None)


def _nearest(
    lengths: Sequence[tuple[Period, Length]], start: ToldDate, before: str, behind: str
) -> list[Run]:
    """What runs from the event named beside a date: before it, else right behind it.

    Of the words before it, those that name an event count before those of another one.
    """
    reach = len(before) if start.month is not None else YEAR_REACH
    for instead in (False, True):
        gaps: dict[int, list[Run]] = {}
        for period, length in lengths:
            words = period.told_instead if instead else period.told_by
            ends = [end for word in words for _, end in _places(before, word)]
            if ends and len(before) - max(ends) <= reach:
                run = Run(period, length, start, instead)
                gaps.setdefault(len(before) - max(ends), []).append(run)
        if gaps:
            return gaps[min(gaps)]
    return [
        Run(period, length, start, instead)
        for period, length in lengths
        for words, instead in ((period.told_by, False), (period.told_instead, True))
        if any(first <= 1 for word in words for first, _ in _places(behind, word))
    ][:1]


def _places(text: str, words: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"\b{re.escape(words)}\b", text)]
