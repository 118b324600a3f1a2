"""Campaigns: written down, opened, stopped, closed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState
from bot.domain.clock import VIETNAM
from bot.domain.jobs import JobKind
from bot.domain.office.asking_hours import asking_time
from bot.domain.office.office_time import OfficeCalendar
from bot.domain.surveys.campaign import (
    LEAST_BEFORE_REMINDER,
    TITLE_LIMIT,
    WORDS_LIMIT,
    CampaignMove,
    CampaignMoveRefused,
    CampaignState,
    Window,
    moved,
)
from bot.domain.surveys.target import MOST_NAMED, Target
from bot.services.assessments.definitions import Definitions
from bot.services.upkeep.jobs import JobService
from bot.storage.models import Attempt, Campaign, Officer

PAGE_SIZE = 30

SECRET_BYTES = 32


class CampaignRefused(Exception):
    """A step that is not taken; `reason` names the sentence that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class CampaignDraft:
    """What is typed of a campaign. An instant that could not be read is None."""

    title: str
    questionnaire: str
    words: str
    target: Target
    opens_at: datetime | None
    closes_at: datetime | None
    remind_at: datetime | None = None


class CampaignService:
    """Keeps campaigns. `surveys`: the questionnaires that there are now."""

    def __init__(self, session: Session, surveys: Mapping[str, Assessment]) -> None:
        self._session = session
        self._surveys = surveys

    def find(self, campaign_id: int) -> Campaign | None:
        """The campaign of an id, or None."""
        return self._session.get(Campaign, campaign_id, options=[joinedload(Campaign.officer)])

    def count(self) -> int:
        """How many there are."""
        return self._session.scalar(select(func.count()).select_from(Campaign)) or 0

    def page(self, page: int) -> list[Campaign]:
        """A page of them, the newest first."""
        query = select(Campaign).order_by(Campaign.id.desc())
        return list(self._session.scalars(query.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)))

    def create(self, draft: CampaignDraft, officer: Officer, *, now: datetime) -> Campaign:
        """Keeps a draft: nobody is asked before it is opened.

        Raises:
            CampaignRefused: something of it is missing, too long, or does not fit together.
        """
        opens_at, closes_at = self._check(draft, now)
        campaign = Campaign(
            title=draft.title,
            questionnaire=draft.questionnaire,
            words=draft.words,
            target=draft.target.stored(),
            state=CampaignState.DRAFT,
            secret=secrets.token_hex(SECRET_BYTES),
            opens_at=opens_at,
            closes_at=closes_at,
            remind_at=draft.remind_at,
            officer_id=officer.id,
            created_at=now,
        )
        self._session.add(campaign)
        self._session.flush()
        return campaign

    def open(self, campaign_id: int, calendar: OfficeCalendar, *, now: datetime) -> Campaign:
        """Lets a draft ask: its questions are kept as they stand, and its work is planned.

        Raises:
            CampaignRefused: it is no draft, its time is over, or its questionnaire is gone.
        """
        campaign = self._move(campaign_id, CampaignMove.OPEN)
        questionnaire = self._surveys.get(campaign.questionnaire)
        if questionnaire is None:
            raise CampaignRefused("questionnaire")
        if campaign.closes_at <= now:
            raise CampaignRefused("window")
        campaign.definition_id = Definitions(self._session, self._surveys).keep(
            questionnaire, now=now
        )
        self._plan(campaign, calendar, now)
        return campaign

    def stop(self, campaign_id: int, *, now: datetime) -> Campaign:
        """Ends a campaign before its time: nobody is asked any more, and no answer is taken.

        Raises:
            CampaignRefused: it is not open.
        """
        campaign = self._move(campaign_id, CampaignMove.STOP)
        self._leave_runs(campaign, now)
        return campaign

    def close(self, campaign_id: int, *, now: datetime) -> None:
        """Ends a campaign at its end; one that is not open any more stays as it is."""
        try:
            campaign = self._move(campaign_id, CampaignMove.CLOSE)
        except CampaignRefused:
            return
        self._leave_runs(campaign, now)

    def try_again(self, campaign_id: int, *, now: datetime) -> None:
        """Lets the asking that was given up go on where it stopped.

        Raises:
            CampaignRefused: nothing of it was given up, or it does not ask any more.
        """
        campaign = self._held(campaign_id)
        if not self.is_given_up(campaign):
            raise CampaignRefused("idle")
        for kind in (JobKind.INVITE_TO_SURVEY, JobKind.REMIND_OF_SURVEY, JobKind.CLOSE_SURVEY):
            JobService(self._session).try_again(kind, str(campaign_id), now=now)

    def is_given_up(self, campaign: Campaign) -> bool:
        """Whether a part of its work used up its tries, while it is still open."""
        kinds = (JobKind.INVITE_TO_SURVEY, JobKind.REMIND_OF_SURVEY, JobKind.CLOSE_SURVEY)
        jobs = JobService(self._session)
        return campaign.state == CampaignState.OPEN and any(
            jobs.is_given_up(kind, str(campaign.id)) for kind in kinds
        )

    def questions(self, campaign: Campaign) -> Assessment | None:
        """What it asks: as it was opened, or as a draft finds it now; None where that is gone."""
        if campaign.definition_id is None:
            return self._surveys.get(campaign.questionnaire)
        return Definitions(self._session, self._surveys).kept(campaign.definition_id)

    # — inside —

    def _check(self, draft: CampaignDraft, now: datetime) -> tuple[datetime, datetime]:
        if not draft.title or len(draft.title) > TITLE_LIMIT:
            raise CampaignRefused("title")
        if len(draft.words) > WORDS_LIMIT:
            raise CampaignRefused("words")
        if draft.questionnaire not in self._surveys:
            raise CampaignRefused("questionnaire")
        if len(draft.target.enterprises) > MOST_NAMED:
            raise CampaignRefused("named")
        if draft.opens_at is None or draft.closes_at is None:
            raise CampaignRefused("dates")
        if draft.closes_at <= max(draft.opens_at, now):
            raise CampaignRefused("window")
        if draft.remind_at is not None:
            window = Window(draft.opens_at + LEAST_BEFORE_REMINDER, draft.closes_at)
            if not window.holds(draft.remind_at):
                raise CampaignRefused("remind")
        return draft.opens_at, draft.closes_at

    def _held(self, campaign_id: int) -> Campaign:
        campaign = self._session.get(
            Campaign, campaign_id, with_for_update=True, populate_existing=True
        )
        if campaign is None:
            raise CampaignRefused("gone")
        return campaign

    def _move(self, campaign_id: int, move: CampaignMove) -> Campaign:
        campaign = self._held(campaign_id)
        try:
            campaign.state = moved(CampaignState(campaign.state), move)
        except CampaignMoveRefused:
            raise CampaignRefused("state") from None
        return campaign

    def _plan(self, campaign: Campaign, calendar: OfficeCalendar, now: datetime) -> None:
        jobs, key = JobService(self._session), str(campaign.id)
        first = asking_time(calendar, max(campaign.opens_at, now))
        jobs.schedule(JobKind.INVITE_TO_SURVEY, key, due_at=first)
        if campaign.remind_at is not None and _day(campaign.remind_at) >= _day(now):
            remind = asking_time(calendar, max(campaign.remind_at, now))
            jobs.schedule(JobKind.REMIND_OF_SURVEY, key, due_at=remind)
        jobs.schedule(JobKind.CLOSE_SURVEY, key, due_at=campaign.closes_at)

    def _leave_runs(self, campaign: Campaign, now: datetime) -> None:
        """Who is in the midst of answering hears that it is over; what was answered is no answer.

        Where each of them stood stays known.
        """
        unfinished = (AttemptState.OPEN, AttemptState.PAUSED)
        self._session.execute(
            update(Attempt)
            .where(Attempt.campaign_id == campaign.id, Attempt.state.in_(unfinished))
            .values(state=AttemptState.ABANDONED, updated_at=now)
        )


def _day(instant: datetime) -> date:
    return instant.astimezone(VIETNAM).date()


def window_of(campaign: Campaign) -> Window:
    """From when until when it asks."""
    return Window(campaign.opens_at, campaign.closes_at)


def takes_answers(campaign: Campaign, now: datetime) -> bool:
    """Whether it is open at an instant."""
    return campaign.state == CampaignState.OPEN and window_of(campaign).holds(now)
