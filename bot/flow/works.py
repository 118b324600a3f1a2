"""What each kind of job does."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.domain.jobs import PIECE_SIGN, JobKind
from bot.flow.job_runner import Preparation, Work
from bot.flow.result_sheets import draw_sheet, send_sheet
from bot.flow.run_reminders import remind_of_run
from bot.flow.survey_works import close_survey, invite_to_survey, remind_of_survey
from bot.house import House
from bot.mailer import Mail, Mailer, MaybeSent, NotSent
from bot.services.alerts.mails import MailService
from bot.services.corrections.given_answers import GivenAnswers
from bot.services.corrections.telling import CorrectionTelling
from bot.services.enterprises.imports.imports import ImportService
from bot.services.enterprises.peers import PeerService
from bot.services.inbound.bodies import EventBodies
from bot.services.staff.trail import Trail
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
    piece = f"{_first(job)}{PIECE_SIGN}{reached}"
    jobs.schedule(JobKind.FORGET_BODIES, piece, due_at=now, given={"behind": reached})


def forget_given(session: Session, job: TakenJob, now: datetime) -> None:
    """A piece; the next at once while there is one, else the coming night goes on."""
    jobs = JobService(session)
    if GivenAnswers(session).forget_old(now=now):
        piece = int(job.given.get("piece", 0)) + 1
        key = f"{_first(job)}{PIECE_SIGN}{piece}"
        jobs.schedule(JobKind.FORGET_GIVEN, key, due_at=now, given={"piece": piece})
        return
    night = next_night(now)
    jobs.schedule(JobKind.FORGET_GIVEN, night.date().isoformat(), due_at=night)


def count_peers(session: Session, _job: TakenJob, now: datetime) -> None:
    """Counts the night's new results into the comparison of each sector and size."""
    PeerService(session).count_new(now=now)
    night = next_night(now)
    JobService(session).schedule(JobKind.COUNT_PEERS, night.date().isoformat(), due_at=night)


def drop_old_imports(session: Session, _job: TakenJob, now: datetime) -> None:
    """Forgets the tables that nobody took into the register within their days."""
    ImportService(session).drop_old(now=now)
    night = next_night(now)
    JobService(session).schedule(JobKind.DROP_OLD_IMPORTS, night.date().isoformat(), due_at=night)


def forget_trail(house: House, session: Session, job: TakenJob, now: datetime) -> None:
    """A piece; the next at once while there is one, else the coming night goes on."""
    jobs = JobService(session)
    if Trail(session).forget_old(house.settings.trail_months, now=now):
        piece = int(job.given.get("piece", 0)) + 1
        key = f"{_first(job)}{PIECE_SIGN}{piece}"
        jobs.schedule(JobKind.FORGET_TRAIL, key, due_at=now, given={"piece": piece})
        return
    night = next_night(now)
    jobs.schedule(JobKind.FORGET_TRAIL, night.date().isoformat(), due_at=night)


def forget_mails(session: Session, _job: TakenJob, now: datetime) -> None:
    """Forgets the mails of the department's people that are old."""
    MailService(session).forget_old(now=now)
    night = next_night(now)
    JobService(session).schedule(JobKind.FORGET_MAILS, night.date().isoformat(), due_at=night)


def tell_correction(house: House, session: Session, job: TakenJob, now: datetime) -> None:
    """A piece of those whom a correction concerns, and the next at once while there is one."""
    behind = str(job.given.get("behind", ""))
    telling = CorrectionTelling(session, house.texts, house.library.current)
    reached = telling.tell(int(_first(job)), behind, now=now)
    if reached is not None:
        key = f"{_first(job)}{PIECE_SIGN}{reached}"
        JobService(session).schedule(
            JobKind.TELL_CORRECTION, key, due_at=now, given={"behind": reached}
        )


def hand_over_mail(house: House, job: TakenJob) -> None:
    """Gives a mail to the mail server, at most once, with its state written down on both sides.

    Raises:
        NotSent: the server has not taken it; the job's next try sends it.
    """
    mail_id = int(job.given["mail"])
    with house.database.transaction() as session:
        row = MailService(session).begin(mail_id, now=house.clock())
        mail = None if row is None else Mail(row.address, row.subject, row.text, row.message_id)
    if mail is None:
        return
    try:
        Mailer(house.settings).send(mail)
    except NotSent as error:
        with house.database.transaction() as session:
            MailService(session).not_sent(mail_id, str(error))
        raise
    except MaybeSent as error:
        with house.database.transaction() as session:
            MailService(session).unknown(mail_id, str(error), now=house.clock())
        return
    with house.database.transaction() as session:
        MailService(session).sent(mail_id, now=house.clock())


def mail_was_handed_over(_session: Session, _job: TakenJob, _now: datetime) -> None:
    """Nothing is left to do: a mail's state was written down beside its sending."""


def _first(job: TakenJob) -> str:
    """The key of the piece that came first."""
    return job.key.partition(PIECE_SIGN)[0]


def works_of(house: House) -> Mapping[JobKind, Work]:
    """The work of each kind, in this house."""
    return {
        JobKind.FORGET_BODIES: forget_bodies,
        JobKind.FORGET_GIVEN: forget_given,
        JobKind.TELL_CORRECTION: partial(tell_correction, house),
        JobKind.SEND_SHEET: partial(send_sheet, house),
        JobKind.SEND_MAIL: mail_was_handed_over,
        JobKind.REMIND_OF_RUN: partial(remind_of_run, house),
        JobKind.COUNT_PEERS: count_peers,
        JobKind.INVITE_TO_SURVEY: partial(invite_to_survey, house),
        JobKind.REMIND_OF_SURVEY: partial(remind_of_survey, house),
        JobKind.CLOSE_SURVEY: close_survey,
        JobKind.DROP_OLD_IMPORTS: drop_old_imports,
        JobKind.FORGET_TRAIL: partial(forget_trail, house),
        JobKind.FORGET_MAILS: forget_mails,
    }


def preparations_of(house: House) -> Mapping[JobKind, Preparation]:
    """What is made before the work of a kind, in this house."""
    return {
        JobKind.SEND_SHEET: partial(draw_sheet, house),
        JobKind.SEND_MAIL: partial(hand_over_mail, house),
    }


NIGHTLY = frozenset(
    {
        JobKind.FORGET_BODIES,
        JobKind.FORGET_GIVEN,
        JobKind.COUNT_PEERS,
        JobKind.DROP_OLD_IMPORTS,
        JobKind.FORGET_TRAIL,
        JobKind.FORGET_MAILS,
    }
)
"""Of these one always waits for the coming night."""
