"""Jobs: what is to be done at an instant, once for each key, whatever dies meanwhile.

Taking a job is committed before its work begins, so that each try counts. The work and its ending
are one transaction: killed in between, nothing of it is done (`docs/adr/0019`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.domain.clock import CLOCK_SLACK
from bot.domain.jobs import AHEAD, PIECE_SIGN, JobKind, JobState
from bot.storage.models import Job

MAX_TRIES = 5

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
"""How long a job that failed waits before each further try."""

LEASE = timedelta(minutes=5)
"""An application that has said nothing of a job for so long is taken to be stuck."""

LONGEST_ERROR = 500

_STORE = {
    name: dialect.insert(Job)
    .values(state=JobState.WAITING, tries=0, taken_by="", error="")
    .on_conflict_do_nothing(index_elements=["kind", "key"])
    .returning(Job.id)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


@dataclass(frozen=True)
class TakenJob:
    """A job in an application's hands. `given`: what whoever scheduled it wrote down for it.

    `prepared`: what was made for it before its transaction began.
    """

    id: int
    kind: str
    key: str
    given: Mapping[str, Any] = field(default_factory=dict)
    tries: int = 1
    prepared: Any = None


class JobService:
    """Schedules jobs, hands out those that are due, and records how they ended."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def schedule(
        self, kind: JobKind, key: str, *, due_at: datetime, given: Mapping[str, Any] | None = None
    ) -> bool:
        """Lets a job run at an instant; False where one of the key stands already, or has run."""
        stored = self._session.scalar(
            _STORE[self._session.get_bind().dialect.name],
            {"kind": kind, "key": key, "given": dict(given or {}), "due_at": due_at},
        )
        return stored is not None

    def is_ahead(self, kind: JobKind) -> bool:
        """Whether a job of the kind waits or runs."""
        ahead = select(Job.id).where(Job.kind == kind, Job.state.in_(AHEAD)).limit(1)
        return self._session.scalar(ahead) is not None

    def is_given_up(self, kind: JobKind, first: str) -> bool:
        """Whether a piece of a work was given up; `first`: the key of the first piece."""
        return (
            self._session.scalar(select(Job.id).where(_given_up(kind, first)).limit(1)) is not None
        )

    def try_again(self, kind: JobKind, first: str, *, now: datetime) -> None:
        """Lets what was given up of a work run anew, with all its tries; nothing was: a no-op."""
        self._session.execute(
            update(Job)
            .where(_given_up(kind, first))
            .values(state=JobState.WAITING, tries=0, due_at=now, ended_at=None, error="")
        )

    def take(self, runner: str, *, now: datetime) -> TakenJob | None:
        """The job that is due longest, or None. A runner that is stuck loses what it has."""
        stuck = (Job.state == JobState.RUNNING) & (
            (Job.lease_until < now)
            # A lease that is longer than a lease was given before the clock was set back.
            | (Job.lease_until > now + LEASE + CLOCK_SLACK)
        )
        due = (Job.state == JobState.WAITING) & (Job.due_at <= now)
        row = self._session.scalar(
            select(Job)
            .where(due | stuck)
            .order_by(Job.due_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        if row.tries >= MAX_TRIES:
            # Its last try never came to an end: whoever ran it died, or is stuck.
            self._give_up(row, row.error or "never came to an end", now)
            return self.take(runner, now=now)
        row.state = JobState.RUNNING
        row.taken_by = runner
        row.tries += 1
        row.lease_until = now + LEASE
        return TakenJob(row.id, row.kind, row.key, dict(row.given), row.tries)

    def hold(self, taken: TakenJob, runner: str) -> bool:
        """Keeps it for this transaction; False where it is in other hands meanwhile."""
        return self._in_hand(taken, runner) is not None

    def done(self, taken: TakenJob, *, now: datetime) -> None:
        """Its work is done, with the transaction that says so."""
        row = self._session.get_one(Job, taken.id)
        row.state = JobState.DONE
        row.ended_at = now
        row.lease_until = None
        row.error = ""

    def failed(self, taken: TakenJob, runner: str, error: str, *, now: datetime) -> None:
        """Nothing of it is done: tried again later, or given up. In other hands: a no-op."""
        row = self._in_hand(taken, runner)
        if row is None:
            return
        row.error = error[:LONGEST_ERROR]
        row.lease_until = None
        if row.tries >= MAX_TRIES:
            self._give_up(row, row.error, now)
            return
        row.state = JobState.WAITING
        row.due_at = now + BACK_OFF[row.tries - 1]

    def release(self, runner: str) -> int:
        """Frees what a runner of this name held when it died; returns how many."""
        freed = self._session.execute(
            update(Job)
            .where(Job.state == JobState.RUNNING, Job.taken_by == runner)
            .values(state=JobState.WAITING, lease_until=None)
            .returning(Job.id)
        )
        return len(freed.all())

    def holders(self) -> set[str]:
        """The names under which jobs run."""
        running = select(Job.taken_by).where(Job.state == JobState.RUNNING).distinct()
        return set(self._session.scalars(running))

    def _in_hand(self, taken: TakenJob, runner: str) -> Job | None:
        return self._session.scalar(
            select(Job)
            .where(
                Job.id == taken.id,
                Job.state == JobState.RUNNING,
                Job.taken_by == runner,
                Job.tries == taken.tries,
            )
            .with_for_update()
        )

    def _give_up(self, row: Job, error: str, now: datetime) -> None:
        row.state = JobState.FAILED
        row.ended_at = now
        row.lease_until = None
        row.error = error
        self._session.flush()


def _given_up(kind: JobKind, first: str) -> ColumnElement[bool]:
    # A further piece has the first one's key with a sign behind it.
    is_piece = (Job.key == first) | Job.key.startswith(f"{first}{PIECE_SIGN}", autoescape=True)
    return (Job.kind == kind) & (Job.state == JobState.FAILED) & is_piece
