"""The work of a survey campaign: inviting piece by piece in the daytime, one reminder, the end."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.jobs import PIECE_SIGN, JobKind
from bot.domain.office.asking_hours import asking_time, is_asking_time
from bot.house import House
from bot.services.surveys.campaigns import CampaignService, takes_answers
from bot.services.surveys.invitation_message import InvitationMessage
from bot.services.surveys.inviting import SurveyInviting
from bot.services.upkeep.jobs import JobService, TakenJob

NEXT_LOOK = timedelta(hours=2)
"""After which is looked for chats that were not free, and for who agreed meanwhile."""

Piece = Callable[[int, int], int | None]
"""Works on those of a campaign behind an id; the id it came to, None where none is left."""


def invite_to_survey(house: House, session: Session, job: TakenJob, now: datetime) -> None:
    """A piece of those whom a campaign means; behind the last one, a further look later."""
    inviting = SurveyInviting(session, message_of(house))
    is_left = _piece(house, session, job, now, lambda id_, at: inviting.invite(id_, at, now=now))
    if is_left:
        return
    campaign = CampaignService(session, {}).find(_campaign(job))
    due = asking_time(house.library.tables.calendar, now + NEXT_LOOK)
    if campaign is not None and takes_answers(campaign, now) and due < campaign.closes_at:
        _schedule(session, JobKind.INVITE_TO_SURVEY, campaign.id, due, behind=0)


def remind_of_survey(house: House, session: Session, job: TakenJob, now: datetime) -> None:
    """A piece of those who were invited and have not answered."""
    inviting = SurveyInviting(session, message_of(house))
    _piece(house, session, job, now, lambda id_, at: inviting.remind(id_, at, now=now))


def close_survey(session: Session, job: TakenJob, now: datetime) -> None:
    """Ends a campaign whose time is over."""
    CampaignService(session, {}).close(_campaign(job), now=now)


def message_of(house: House) -> InvitationMessage:
    """How a house words its invitations."""
    return InvitationMessage(house.texts, house.library.tables.department.name)


def _piece(house: House, session: Session, job: TakenJob, now: datetime, piece: Piece) -> bool:
    """Does a piece and schedules the next; at night it waits. Whether there is more to do."""
    kind, behind = JobKind(job.kind), int(job.given.get("behind", 0))
    calendar = house.library.tables.calendar
    if not is_asking_time(calendar, now):
        _schedule(session, kind, _campaign(job), asking_time(calendar, now), behind=behind)
        return True
    reached = piece(_campaign(job), behind)
    if reached is not None:
        _schedule(session, kind, _campaign(job), now, behind=reached)
    return reached is not None


def _schedule(
    session: Session, kind: JobKind, campaign_id: int, due: datetime, *, behind: int
) -> None:
    key = f"{campaign_id}{PIECE_SIGN}{due:%Y%m%d%H%M%S}.{behind}"
    JobService(session).schedule(kind, key, due_at=due, given={"behind": behind})


def _campaign(job: TakenJob) -> int:
    return int(job.key.partition(PIECE_SIGN)[0])
