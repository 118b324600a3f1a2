"""Runs the jobs that are due, one after the other, and plans those that come every night."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.domain.jobs import JobKind
from bot.house import House
from bot.services.upkeep.jobs import JobService, TakenJob
from bot.services.upkeep.night import next_night

LOOK_SECONDS = 5.0
"""How often it looks for what is due."""

Work = Callable[[Session, TakenJob, datetime], None]
"""Does a job within the transaction that ends it: short, as on SQLite no other may write
meanwhile. What takes long does a piece, and schedules the next."""

Preparation = Callable[[TakenJob], Any]
"""Makes, outside of any transaction, what the work then only writes down; it may run twice."""

_logger = logging.getLogger(__name__)


class JobRunner:
    """`name` marks the jobs in its hands; several runners share one database.

    `nightly`: the kinds of which one always waits for the night. `preparations`: of some kinds.
    """

    def __init__(
        self,
        house: House,
        works: Mapping[JobKind, Work],
        nightly: frozenset[JobKind],
        name: str,
        preparations: Mapping[JobKind, Preparation] | None = None,
    ) -> None:
        self._house = house
        self._works = works
        self._nightly = nightly
        self._name = name
        self._preparations = preparations or {}

    async def run(self) -> None:
        """Looks until cancelled; the first time at once."""
        while True:
            try:
                ran = await asyncio.to_thread(self.step)
            except Exception:
                # A database that is away: what is in our hands is taken up when its lease is over.
                _logger.exception("jobs could not be looked at")
                ran = False
            if not ran:
                await asyncio.sleep(LOOK_SECONDS)

    def step(self) -> bool:
        """Runs one job; False where none is due."""
        now = self._house.clock()
        with self._house.database.transaction() as session:
            jobs = JobService(session)
            for kind in sorted(self._nightly):
                if not jobs.is_ahead(kind):
                    night = next_night(now)
                    jobs.schedule(kind, night.date().isoformat(), due_at=night)
            taken = jobs.take(self._name, now=now)
        if taken is None:
            return False
        self._do(taken)
        return True

    def _do(self, taken: TakenJob) -> None:
        try:
            # An edit that another application has read already is seen here too, and it is read
            # before the transaction: nobody waits for it.
            self._house.library.refresh()
            taken = self._prepared(taken)
            with self._house.database.transaction() as session:
                jobs = JobService(session)
                if jobs.hold(taken, self._name):
                    self._work_of(taken)(session, taken, self._house.clock())
                    jobs.done(taken, now=self._house.clock())
        except Exception as error:
            _logger.exception("job %s %s failed, try %d", taken.kind, taken.key, taken.tries)
            with self._house.database.transaction() as session:
                reason = f"{type(error).__name__}: {error}"
                JobService(session).failed(taken, self._name, reason, now=self._house.clock())

    def _prepared(self, taken: TakenJob) -> TakenJob:
        preparation = next((one for k, one in self._preparations.items() if k == taken.kind), None)
        if preparation is None:
            return taken
        return replace(taken, prepared=preparation(taken))

    def _work_of(self, taken: TakenJob) -> Work:
        # A kind that a newer version scheduled may be unknown here.
        return self._works[JobKind(taken.kind)]
