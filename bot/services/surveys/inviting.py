"""Puts a campaign to its enterprises piece by piece, and reminds of it once.

Each invitation is written with its message in the transaction of its piece: killed in between,
none of the piece stands, and all of it does by the next try. A conversation is held while it is
written to, so whoever refuses, is erased or waits for an officer just now comes first.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.assessments.assessment import Assessment
from bot.domain.enterprise.profile import SurveyConsent
from bot.domain.surveys.campaign import LEAST_BEFORE_REMINDER, InvitationState, Way
from bot.domain.surveys.target import read_target
from bot.domain.talk import causes
from bot.domain.talk.conversation import Handler
from bot.services.assessments.definitions import Definitions
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.surveys.audience import Audience, Persons
from bot.services.surveys.campaigns import takes_answers
from bot.services.surveys.invitation_message import InvitationMessage
from bot.storage.models import (
    Campaign,
    Conversation,
    Enterprise,
    Invitation,
    ProfileContact,
)

PIECE = 50
"""Enterprises a transaction: no turn waits long for it."""


@dataclass(frozen=True)
class _Piece:
    """What a piece knows: its campaign and questions, who may be written to, who was already."""

    campaign: Campaign
    questions: Assessment | None
    agreed: dict[int, list[ProfileContact]]
    asked: Persons
    chats: dict[int, str]
    now: datetime


class SurveyInviting:
    """Invites and reminds, in the order of ids. `message`: how it is worded."""

    def __init__(self, session: Session, message: InvitationMessage) -> None:
        self._session = session
        self._message = message
        self._audience = Audience(session)

    def invite(self, campaign_id: int, behind: int, *, now: datetime) -> int | None:
        """Invites a piece of those behind an id; the id it came to, None where none is left.

        Outside of the campaign's time nobody is invited.
        """
        campaign = self._open(campaign_id, now)
        if campaign is None:
            return None
        target = read_target(campaign.target)
        ids = self._audience.next(campaign, target, behind=behind, limit=PIECE)
        agreed = self._audience.agreed(ids)
        people = [person for of_one in agreed.values() for person in of_one]
        chats = self._audience.chats(one.contact_id for one in people if one.contact_id)
        piece = _Piece(
            campaign=campaign,
            questions=Definitions(self._session, {}).kept(campaign.definition_id or ""),
            agreed=agreed,
            asked=self._audience.asked(campaign_id, beside=ids),
            chats=chats,
            now=now,
        )
        kept = self._kept(campaign_id, ids)
        for enterprise_id in ids:
            self._invite_one(piece, enterprise_id, kept.get(enterprise_id))
        return ids[-1] if len(ids) == PIECE else None

    def remind(self, campaign_id: int, behind: int, *, now: datetime) -> int | None:
        """Reminds a piece of those who were invited in a chat and have not answered, each once.

        Whom the invitation reached less than two days ago is left in peace.
        """
        campaign = self._open(campaign_id, now)
        if campaign is None:
            return None
        rows = self._session.scalars(
            select(Invitation)
            .where(
                Invitation.campaign_id == campaign_id,
                Invitation.id > behind,
                Invitation.state == InvitationState.SENT,
                Invitation.way == Way.CHAT,
                Invitation.reminded_at.is_(None),
                Invitation.sent_at <= now - LEAST_BEFORE_REMINDER,
            )
            .order_by(Invitation.id)
            .limit(PIECE)
        ).all()
        for row in rows:
            self._remind_one(campaign, row, now)
        return rows[-1].id if len(rows) == PIECE else None

    # — inside —

    def _open(self, campaign_id: int, now: datetime) -> Campaign | None:
        """The campaign, held, so that it is not stopped in the midst of a piece; None: not open."""
        campaign = self._session.get(
            Campaign, campaign_id, with_for_update=True, populate_existing=True
        )
        return campaign if campaign is not None and takes_answers(campaign, now) else None

    def _kept(self, campaign_id: int, ids: list[int]) -> dict[int, Invitation]:
        rows = self._session.scalars(
            select(Invitation)
            .where(Invitation.campaign_id == campaign_id, Invitation.enterprise_id.in_(ids))
            .with_for_update()
        )
        return {row.enterprise_id: row for row in rows}

    def _invite_one(self, piece: _Piece, enterprise_id: int, kept: Invitation | None) -> None:
        invitation = kept or self._written(piece, enterprise_id)
        person = self._person(piece, enterprise_id)
        if person is None:
            willing = piece.agreed.get(enterprise_id, [])
            # Whom it may write to it asks already, for another enterprise.
            invitation.profile_contact_id = willing[0].id if willing else None
            invitation.state, invitation.way = InvitationState.OUT, ""
            return
        piece.asked.add(person.contact_id, person.phone, person.email)
        invitation.profile_contact_id = person.id
        invitation.state = InvitationState.WAITING
        chat = piece.chats.get(person.contact_id or 0)
        invitation.way = Way.LINK if chat is None else Way.CHAT
        if chat is not None:
            self._say(piece, invitation, chat)

    def _written(self, piece: _Piece, enterprise_id: int) -> Invitation:
        invitation = Invitation(campaign_id=piece.campaign.id, enterprise_id=enterprise_id)
        self._session.add(invitation)
        self._session.flush()
        return invitation

    def _person(self, piece: _Piece, enterprise_id: int) -> ProfileContact | None:
        """Whoever agreed and was not asked yet; before others one with a chat."""
        willing = piece.agreed.get(enterprise_id, [])
        free = [one for one in willing if not piece.asked.holds(one)]
        in_chat = [one for one in free if one.contact_id in piece.chats]
        return next(iter([*in_chat, *free]), None)

    def _say(self, piece: _Piece, invitation: Invitation, conversation_id: str) -> None:
        conversation = ConversationService(self._session).lock(conversation_id)
        # Now that it is held nobody takes the consent back before this is written.
        if not _is_free(conversation) or not self._is_willing(invitation):
            return
        TranscriptService(self._session).say(
            conversation,
            self._message.invitation(piece.campaign, piece.questions, invitation.id),
            author=Author.SYSTEM,
            cause=causes.of_invitation(invitation.id),
            now=piece.now,
        )
        invitation.conversation_id = conversation.id
        invitation.state = InvitationState.SENT
        invitation.sent_at = piece.now

    def _remind_one(self, campaign: Campaign, invitation: Invitation, now: datetime) -> None:
        if invitation.conversation_id is None:
            return
        conversation = ConversationService(self._session).lock(invitation.conversation_id)
        self._session.refresh(invitation)
        if invitation.state != InvitationState.SENT or not _is_free(conversation):
            return
        if not self._is_willing(invitation) or self._is_merged(invitation):
            return
        is_begun = invitation.attempt is not None and bool(invitation.attempt.answers)
        TranscriptService(self._session).say(
            conversation,
            self._message.reminder(campaign, invitation.id, is_begun=is_begun),
            author=Author.SYSTEM,
            cause=causes.of_survey_reminder(invitation.id),
            now=now,
        )
        invitation.reminded_at = now

    def _is_willing(self, invitation: Invitation) -> bool:
        self._session.flush()
        person = self._session.get(
            ProfileContact, invitation.profile_contact_id, populate_existing=True
        )
        return person is not None and person.surveys == SurveyConsent.YES

    def _is_merged(self, invitation: Invitation) -> bool:
        enterprise = self._session.get_one(Enterprise, invitation.enterprise_id)
        return enterprise.merged_into_id is not None


def _is_free(conversation: Conversation) -> bool:
    """Whether the assistant may speak there: nobody else has it, and no wish to be erased waits."""
    return (
        conversation.reachable
        and conversation.handler == Handler.BOT
        and conversation.request_id is None
        and conversation.erase_asked_at is None
    )
