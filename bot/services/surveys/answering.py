"""Runs that answer an invitation: one for each, whether in a chat, behind a link, or on paper."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState, StepKind
from bot.domain.surveys.campaign import InvitationState, Way
from bot.domain.surveys.link import invitation_of, is_genuine
from bot.knowledge.products.products import Products
from bot.services.assessments.answer_page import AnswerPages
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.definitions import Definitions
from bot.services.assessments.step import Step
from bot.services.surveys.campaigns import takes_answers
from bot.storage.models import Attempt, Campaign, Invitation
from bot.texts import Texts


class Standing(StrEnum):
    """What an invitation is open to. `CLOSED`: its campaign takes no answers."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Asked:
    """An invitation with its campaign and questions."""

    invitation: Invitation
    campaign: Campaign
    questions: Assessment
    standing: Standing


class SurveyRuns:
    """Finds invitations, and the one run of each."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def in_chat(self, invitation_id: int, conversation_id: str, *, now: datetime) -> Asked | None:
        """The invitation that a conversation was sent; None where it was sent none of that id."""
        invitation = self._session.get(Invitation, invitation_id)
        if invitation is None or invitation.conversation_id != conversation_id:
            return None
        return self._asked(invitation, now)

    def by_link(self, token: str, *, now: datetime) -> Asked | None:
        """The invitation of a link; None where it was not signed by its campaign, or is out.

        Nobody who is out has a link: it is one from before an erasure.
        """
        named = invitation_of(token)
        invitation = self._session.get(Invitation, named) if named is not None else None
        secret = invitation.campaign.secret if invitation is not None else None
        if not is_genuine(token, secret) or invitation is None:
            return None
        if invitation.state == InvitationState.OUT:
            return None
        return self._asked(invitation, now)

    def of_campaign(self, campaign_id: int, invitation_id: int, *, now: datetime) -> Asked | None:
        """The invitation of an id, where it is of that campaign."""
        invitation = self._session.get(Invitation, invitation_id)
        if invitation is None or invitation.campaign_id != campaign_id:
            return None
        return self._asked(invitation, now)

    def take_up(
        self, asked: Asked, conversation_id: str, *, cause: str, consent_version: str, now: datetime
    ) -> Step | None:
        """Begins the run in a conversation, or goes on with it, wherever it was begun.

        None where it takes no answers any more: it was answered or stopped a moment ago.
        """
        invitation = self._held(asked.invitation)
        if _standing(invitation, now) is not Standing.OPEN:
            return None
        attempts = AttemptService(self._session, {asked.questions.id: asked.questions})
        attempt = invitation.attempt
        if attempt is not None and attempt.started_by == cause:
            return Step(StepKind.STARTED, attempt, asked.questions)
        if attempt is not None:
            return attempts.bring(attempt, conversation_id, cause=cause, now=now)
        step = attempts.begin(conversation_id, asked.questions, cause=cause, now=now)
        step.attempt.consent_version = consent_version
        self._tie(step.attempt, invitation)
        return step

    def on_page(
        self,
        asked: Asked,
        pages: AnswerPages,
        *,
        consent_version: str,
        now: datetime,
    ) -> Attempt | None:
        """The run as a page shows it: the one that was begun, or a new one.

        None where it takes no answers any more: it was answered or stopped a moment ago.
        """
        invitation = self._held(asked.invitation)
        if _standing(invitation, now) is not Standing.OPEN:
            return None
        attempt = invitation.attempt
        if attempt is None:
            attempt = pages.begin(
                asked.questions.id,
                enterprise_id=invitation.enterprise_id,
                key=f"survey:{invitation.id}",
                officer_id=None,
                campaign_id=invitation.campaign_id,
                consent_version=consent_version,
                now=now,
            )
            self._tie(attempt, invitation)
        return attempt

    def typed(self, invitation: Invitation, attempt: Attempt, *, officer_id: int) -> None:
        """Some of it was written on paper, and typed by an officer: the chat does not ask it."""
        invitation.way, attempt.officer_id = Way.PAPER, officer_id
        self._session.flush()

    def pages(self, asked: Asked, texts: Texts, products: Products) -> AnswerPages:
        """What shows and takes the run of an invitation on a page."""
        questions = {asked.questions.id: asked.questions}
        return AnswerPages(self._session, questions, texts, products=products)

    def was_left(self, conversation_id: str) -> bool:
        """Whether the run touched last answered a campaign that ended before it was done."""
        newest = self._session.scalar(
            select(Attempt)
            .where(Attempt.conversation_id == conversation_id)
            .order_by(Attempt.updated_at.desc(), Attempt.id.desc())
            .limit(1)
        )
        return (
            newest is not None
            and newest.campaign_id is not None
            and newest.state == AttemptState.ABANDONED
        )

    # — inside —

    def _asked(self, invitation: Invitation, now: datetime) -> Asked | None:
        campaign = invitation.campaign
        questions = Definitions(self._session, {}).kept(campaign.definition_id or "")
        if questions is None:
            return None
        return Asked(invitation, campaign, questions, _standing(invitation, now))

    def _held(self, invitation: Invitation) -> Invitation:
        """Read anew and held: of two who begin at once the second finds the run of the first.

        The campaign before it, as inviting does, so that it is not stopped in the midst.
        """
        self._session.get_one(
            Campaign,
            invitation.campaign_id,
            with_for_update={"read": True},
            populate_existing=True,
        )
        return self._session.get_one(
            Invitation, invitation.id, with_for_update=True, populate_existing=True
        )

    def _tie(self, attempt: Attempt, invitation: Invitation) -> None:
        attempt.campaign_id = invitation.campaign_id
        attempt.enterprise_id = invitation.enterprise_id
        invitation.attempt_id = attempt.id
        self._session.flush()
        self._session.refresh(invitation)


def _standing(invitation: Invitation, now: datetime) -> Standing:
    if invitation.state == InvitationState.ANSWERED:
        return Standing.ANSWERED
    return Standing.OPEN if takes_answers(invitation.campaign, now) else Standing.CLOSED
