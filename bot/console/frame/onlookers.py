"""Who has a case open now, and who writes an answer: kept in memory, and only for a moment.

Each process knows of all, as the carrier of signals passes on what is said here. A stream says it
again and again; who has not been heard of for `GONE` has left.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from bot.domain.clock import Clock
from bot.domain.input.row_id import read_row_id
from bot.signals import Signals

HERE = "here:"
"""So begin the subjects by which it is said: of which case, who, and whether she writes."""

AGAIN = timedelta(seconds=8)
"""How long nothing needs to be said again."""

GONE = timedelta(seconds=20)
"""Whoever has said nothing for so long has left, or has stopped writing."""


@dataclass(frozen=True)
class Onlooker:
    """One person at a case: when she was heard of last, and when she last wrote."""

    at: datetime
    wrote_at: datetime | None = None


class Onlookers:
    """Thread-safe: streams look from threads of their own."""

    def __init__(self, signals: Signals, clock: Clock) -> None:
        self._signals = signals
        self._clock = clock
        self._lock = Lock()
        self._cases: dict[int, dict[int, Onlooker]] = {}
        signals.listen(HERE, self._hear)

    def say(self, request_id: int, officer_id: int, *, writes: bool = False) -> None:
        """A person has a case open, or writes in it; said just before: a no-op."""
        with self._lock:
            known = self._cases.get(request_id, {}).get(officer_id)
        at = None
        if known is not None:
            at = known.wrote_at if writes else known.at
        if at is None or not at <= self._clock() < at + AGAIN:
            self._signals.notify(f"{HERE}{request_id}:{officer_id}:{'w' if writes else ''}")

    def of(self, request_id: int, but: int) -> Mapping[int, bool]:
        """Who else has a case open, by id, and whether she writes. `but`: who asks."""
        now = self._clock()
        with self._lock:
            here = dict(self._cases.get(request_id, {}))
        return {
            officer_id: _lately(one.wrote_at, now)
            for officer_id, one in sorted(here.items())
            if officer_id != but and _lately(one.at, now)
        }

    def _hear(self, said: str) -> None:
        """In the loop: somebody is here, told by this process or another."""
        case, _, rest = said.partition(":")
        who, _, writes = rest.partition(":")
        request_id, officer_id = read_row_id(case), read_row_id(who)
        if request_id is None or officer_id is None:
            return
        now = self._clock()
        with self._lock:
            self._forget(now)
            here = self._cases.setdefault(request_id, {})
            before = here.get(officer_id)
            one = replace(before, at=now) if before else Onlooker(now)
            here[officer_id] = replace(one, wrote_at=now) if writes else one
        began = before is None or (writes and not _lately(before.wrote_at, now))
        if began:
            self._signals.hear([onlookers_subject(request_id)])

    def _forget(self, now: datetime) -> None:
        for request_id, here in list(self._cases.items()):
            for officer_id in [one for one, seen in here.items() if not _lately(seen.at, now)]:
                del here[officer_id]
            if not here:
                del self._cases[request_id]


def onlookers_subject(request_id: int) -> str:
    """Moves on when somebody comes to a case, or begins to write in it."""
    return f"onlookers:{request_id}"


def _lately(at: datetime | None, now: datetime) -> bool:
    # What lies ahead was said before the clock was set back.
    return at is not None and abs(now - at) < GONE
