"""What each kind of job does."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.jobs import JobKind
from bot.flow.job_runner import Work
from bot.services.inbound.bodies import EventBodies
from bot.services.upkeep.jobs import JobService, TakenJob
from bot.services.upkeep.night import next_night


def forget_bodies(session: Session, job: TakenJob, now: datetime) -> None:
    """A piece; the next at once while there is one, else where the coming night goes on."""
    behind = int(job.given.get("behind", 0))
    reached = EventBodies(session).forget(behind, now=now)
    jobs = JobService(session)
    if reached is None:
        night = next_night(now)
        jobs.schedule(
            JobKind.FORGET_BODIES,
            night.date().isoformat(),
            due_at=night,
            given={"behind": behind},
        )
        return
    piece = f"{job.key.partition('+')[0]}+{reached}"
    jobs.schedule(JobKind.FORGET_BODIES, piece, due_at=now, given={"behind": reached})


WORKS: Mapping[JobKind, Work] = {JobKind.FORGET_BODIES: forget_bodies}

NIGHTLY = frozenset({JobKind.FORGET_BODIES})
"""Of these one always waits for the coming night."""
