"""Who agreed to be sent surveys: asked once in a chat, taken back at any time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Text, cast, or_, select, update
from sqlalchemy.orm import Session

from bot.domain.assessments.attempt import AttemptState
from bot.domain.enterprise.profile import ChangeSource, SurveyConsent
from bot.domain.surveys.campaign import InvitationState
from bot.services.enterprises.contact_history import NOBODY, ContactHistory, details_of
from bot.services.enterprises.profiles import WrittenBy
from bot.services.messaging.conversations import ConversationService
from bot.services.surveys.invitation_message import AGREE
from bot.storage.models import (
    Attempt,
    Contact,
    Conversation,
    Invitation,
    Message,
    ProfileContact,
)

NOT_ANSWERED = (InvitationState.WAITING, InvitationState.SENT)


class SurveyConsents:
    """Keeps what people of chats say of surveys, with the version of the sentence they read."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def may_offer(self, conversation_id: str) -> bool:
        """Whether the question is put here: the enterprise is known, and it was never asked."""
        contact = self._contact(conversation_id)
        if contact.enterprise_id is None:
            return False
        rows = self._rows(contact)
        return not any(row.surveys for row in rows) and not self._was_offered(conversation_id)

    def agree(self, conversation_id: str, *, how: str, version: str, now: datetime) -> bool:
        """Notes a yes; False where nobody knows for which enterprise."""
        ConversationService(self._session).lock(conversation_id)
        return self._say(conversation_id, SurveyConsent.YES, how, version, now)

    def refuse(self, conversation_id: str, *, how: str, version: str, now: datetime) -> None:
        """Notes a no; what she was asked and has not answered is refused, and asks no further.

        The conversation is held first, so that nobody is inviting there at the same moment.
        """
        ConversationService(self._session).lock(conversation_id)
        self._say(conversation_id, SurveyConsent.NO, how, version, now)
        self._session.execute(
            update(Invitation)
            .where(
                Invitation.conversation_id == conversation_id,
                Invitation.state.in_(NOT_ANSWERED),
            )
            .values(state=InvitationState.REFUSED)
        )
        self._session.execute(
            update(Attempt)
            .where(
                Attempt.conversation_id == conversation_id,
                Attempt.campaign_id.is_not(None),
                Attempt.state == AttemptState.OPEN,
            )
            .values(state=AttemptState.PAUSED)
        )

    def forget(self, conversation_id: str) -> None:
        """Erased is who was asked or answered there: counted no more, and asked no more."""
        runs = select(Attempt.id).where(Attempt.conversation_id == conversation_id)
        asked = or_(Invitation.conversation_id == conversation_id, Invitation.attempt_id.in_(runs))
        self._erase(self._session.scalars(select(Invitation).where(asked)).all())

    def forget_answers(self, invitation_id: int) -> None:
        """Erased is what one invitation came to, whichever way it was answered."""
        row = self._session.get_one(
            Invitation, invitation_id, with_for_update=True, populate_existing=True
        )
        self._erase([row])

    # — inside —

    def _erase(self, rows: Sequence[Invitation]) -> None:
        given = [row.attempt for row in rows if row.attempt is not None]
        for row in rows:
            row.state, row.way = InvitationState.OUT, ""
            row.conversation_id = row.attempt_id = row.profile_contact_id = None
            row.answered_at = None
        self._session.flush()
        for attempt in given:
            # Also what was given behind the link of an invitation of this chat.
            self._session.delete(attempt)
        self._session.flush()

    def _contact(self, conversation_id: str) -> Contact:
        return self._session.get_one(Conversation, conversation_id).contact

    def _rows(self, contact: Contact) -> list[ProfileContact]:
        query = select(ProfileContact).where(ProfileContact.contact_id == contact.id)
        return list(self._session.scalars(query.order_by(ProfileContact.id)))

    def _say(
        self, conversation_id: str, said: SurveyConsent, how: str, version: str, now: datetime
    ) -> bool:
        contact = self._contact(conversation_id)
        rows = self._rows(contact)
        before = [details_of(row) for row in rows]
        if not rows and contact.enterprise_id is not None:
            rows, before = [self._new(contact, contact.enterprise_id, now)], [NOBODY]
        for row in rows:
            row.surveys, row.surveys_at = said, now
            row.surveys_how, row.surveys_version = how, version
        self._session.flush()
        history, by = ContactHistory(self._session), WrittenBy(ChangeSource.CHAT)
        for row, was in zip(rows, before, strict=True):
            history.note(row, was, by=by, now=now)
        return bool(rows)

    def _new(self, contact: Contact, enterprise_id: int, now: datetime) -> ProfileContact:
        row = ProfileContact(
            enterprise_id=enterprise_id,
            name=contact.display_name,
            phone=contact.phone,
            email=contact.email,
            contact_id=contact.id,
            created_at=now,
        )
        self._session.add(row)
        return row

    def _was_offered(self, conversation_id: str) -> bool:
        offered = select(Message.id).where(
            Message.conversation_id == conversation_id,
            cast(Message.choices, Text).contains(AGREE, autoescape=True),
        )
        return self._session.scalar(offered.limit(1)) is not None
