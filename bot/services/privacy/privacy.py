"""What is kept of a person: seen, corrected, erased (Luật 91/2025/QH15, from 01/01/2026)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from bot.domain.enterprise.reach import email_of, phone_of
from bot.domain.enterprise.tax_code import shown
from bot.domain.requests.closing import Ending
from bot.domain.requests.request import RequestState, Step
from bot.domain.talk.messages import wordless
from bot.domain.talk.way import UNWORKED
from bot.services.assessments.kept_attempts import forget_attempts, number_of_attempts
from bot.services.corrections.given_answers import GivenAnswers
from bot.services.desk.notes import NoteService
from bot.services.enterprises.contact_history import ContactHistory
from bot.services.enterprises.peers import PeerService
from bot.services.gaps.gaps import GapService
from bot.services.inbound.set_aside import SetAsideService
from bot.services.messaging.conversations import ConversationService
from bot.services.replying.held_replies import HeldOfCase
from bot.services.requests.enterprises import EnterpriseService
from bot.services.requests.request_filter import CORRECTIONS
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.requests import RequestService
from bot.services.surveys.consents import SurveyConsents
from bot.storage.base import Base
from bot.storage.models import (
    Contact,
    Conversation,
    Enterprise,
    EnterpriseMerge,
    InboxEvent,
    Invitation,
    Message,
    MessageWord,
    PeerResult,
    ProfileContact,
    Request,
    RequestEvent,
    StoredFile,
)

_NAMED_BY = (Contact.enterprise_id, Request.enterprise_id)
"""Who may have given the name that stands with an enterprise."""

_TIED = tuple(
    column
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if any(key.column is Enterprise.__table__.c.id for key in column.foreign_keys)
    and table.name not in (PeerResult.__tablename__, Enterprise.__tablename__)
)
"""All that points to an enterprise, and keeps it; a figure is left without its name instead."""

_MERGED = aliased(Enterprise)


@dataclass(frozen=True)
class Kept:
    """Everything personal that is kept of a contact. `articles`: how many he was given lately.

    `assessments`: how many runs of self-assessments.
    """

    name: str
    phone: str
    email: str
    enterprise: str
    messages: int
    articles: int
    assessments: int
    requests: list[str]


class PrivacyService:
    """The owner's rights over his own conversation."""

    def __init__(self, session: Session, files: Path) -> None:
        self._session = session
        self._files = files

    def see(self, conversation_id: str, *, now: datetime) -> Kept:
        """What is kept."""
        contact = ConversationService(self._session).get(conversation_id).contact
        count = self._session.scalar(
            select(func.count())
            .select_from(Message)
            .where(Message.conversation_id == conversation_id)
        )
        return Kept(
            name=contact.display_name,
            phone=contact.phone,
            email=contact.email,
            enterprise=_enterprise_of(contact),
            messages=count or 0,
            articles=GivenAnswers(self._session).articles_of(conversation_id, now=now),
            assessments=number_of_attempts(self._session, conversation_id),
            requests=[
                request.code
                for request in RequestService(self._session).of_conversation(
                    conversation_id, limit=50
                )
            ],
        )

    def correct_reach(self, conversation_id: str, reach: str) -> None:
        """A new phone number or e-mail address, also on the requests that are still open."""
        contact = ConversationService(self._session).get(conversation_id).contact
        contact.phone = phone_of(reach) or contact.phone
        contact.email = email_of(reach) or contact.email
        for request in self._session.scalars(
            select(Request).where(
                Request.conversation_id == conversation_id,
                Request.state != RequestState.CLOSED,
                Request.reach != "",
            )
        ):
            request.reach = reach

    def erase(self, conversation_id: str, *, words: str, now: datetime) -> None:
        """Erases names, addresses, words and files; codes, topics, times and ratings stay.

        `words` stands where the owner's words stood. What caused the erasing is erased with it.
        """
        RequestService(self._session).leave_queue(conversation_id, now=now)
        conversation = ConversationService(self._session).lock(conversation_id)
        conversation.erase_asked_at = None
        contact = conversation.contact
        reach = contact.phone, contact.email
        contact.display_name = contact.phone = contact.email = ""
        enterprises = self._enterprises(conversation)
        EnterpriseService(self._session).forget(contact)
        SurveyConsents(self._session).forget(conversation_id)
        self._forget_person(contact, *reach)
        mine = Message.conversation_id == conversation_id
        self._session.execute(
            update(Message)
            .where(mine)
            # Buttons hold no word of the owner's, and the one just pressed must still be known
            # where this turn is tried again.
            .values(text=words, attachments=[], understanding=None)
        )
        self._session.execute(
            delete(MessageWord).where(MessageWord.message_id.in_(select(Message.id).where(mine)))
        )
        self._session.execute(
            update(Request)
            .where(Request.conversation_id == conversation_id)
            .values(
                question=words,
                reach="",
                search_text="",
                attachments=[],
                enterprise_id=None,
                late_at=None,
                enterprise_name="",
                unchecked_tax_code="",
                rating_words="",
            )
        )
        for request in RequestService(self._session).of_conversation(conversation_id, limit=1000):
            if request.state != RequestState.CLOSED:
                request.state = RequestState.CLOSED
                request.closed_at = now
                request.ending = Ending.WITHDRAWN
            RequestHistory(self._session).note(request, Step.ERASED, now=now)
        NoteService(self._session).forget(conversation_id)
        HeldOfCase(self._session).forget(conversation_id)
        GapService(self._session).forget(conversation_id)
        PeerService(self._session).forget_runs(conversation_id)
        forget_attempts(self._session, conversation_id)
        GivenAnswers(self._session).forget(conversation_id)
        SetAsideService(self._session).forget(conversation.channel, conversation.chat_key)
        self._erase_events(conversation_id, words)
        self._erase_history(conversation_id)
        self._erase_files(conversation_id)
        self._forget_enterprises(enterprises, contact)

    def _enterprises(self, conversation: Conversation) -> set[int]:
        named = self._session.scalars(
            select(Request.enterprise_id).where(Request.conversation_id == conversation.id)
        )
        return {one for one in (*named, conversation.contact.enterprise_id) if one is not None}

    def _forget_enterprises(self, ids: set[int], contact: Contact) -> None:
        """Those nobody else acts for: of a household business, even the tax code is personal.

        One of which the department notes anything of its own stays, without the name he gave.
        """
        self._session.flush()
        ids |= self._forget_merged_names(ids, contact)
        named = [~exists().where(one == Enterprise.id) for one in _NAMED_BY]
        self._session.execute(
            update(Enterprise)
            .where(Enterprise.id.in_(ids), *named)
            .values(name="", search_text=func.coalesce(Enterprise.tax_code, ""))
        )
        ties = [exists().where(one == Enterprise.id) for one in (*_TIED, _MERGED.merged_into_id)]
        gone = self._session.scalars(
            select(Enterprise.id).where(Enterprise.id.in_(ids), *(~tie for tie in ties))
        ).all()
        for enterprise_id in gone:
            PeerService(self._session).forget(enterprise_id)
        self._session.execute(delete(Enterprise).where(Enterprise.id.in_(gone)))

    def _forget_merged_names(self, ids: set[int], contact: Contact) -> set[int]:
        """Rows that he alone had named before they were merged: their names go from the merge."""
        merges = self._session.scalars(
            select(EnterpriseMerge).where(EnterpriseMerge.kept_id.in_(ids))
        ).all()
        mine = [one for one in merges if one.moved.get("contacts") == [contact.id]]
        for merge in mine:
            if merge.profile is not None:
                values = {**merge.profile["values"], "name": ""}
                merge.profile = {**merge.profile, "values": values}
        return {merge.gone_id for merge in mine}

    def _forget_person(self, contact: Contact, phone: str, email: str) -> None:
        """What the department noted of the person who writes here, and what it may send her."""
        mine = ProfileContact.contact_id == contact.id
        self._session.execute(
            update(Invitation)
            .where(Invitation.profile_contact_id.in_(select(ProfileContact.id).where(mine)))
            .values(profile_contact_id=None)
        )
        noted = self._session.scalars(select(ProfileContact).where(mine)).all()
        for reach in {(phone, email), *((one.phone, one.email) for one in noted)}:
            ContactHistory(self._session).erased([one.id for one in noted], *reach)
        self._session.execute(delete(ProfileContact).where(mine))

    def _erase_events(self, conversation_id: str, words: str) -> None:
        """Words that are still to be worked on stay until they are; the name goes at once."""
        for event in self._session.scalars(
            select(InboxEvent).where(InboxEvent.conversation_id == conversation_id)
        ):
            if event.state in UNWORKED:
                event.payload = {**event.payload, "sender_name": ""}
            else:
                event.payload = wordless(event.payload, words)

    def _erase_history(self, conversation_id: str) -> None:
        """The reason of a correction is an officer's own words, and may name a person."""
        for line in self._session.scalars(
            select(RequestEvent)
            .join(Request, Request.id == RequestEvent.request_id)
            .where(Request.conversation_id == conversation_id, RequestEvent.kind.in_(CORRECTIONS))
        ):
            line.detail = line.detail.partition(":")[0]

    def _erase_files(self, conversation_id: str) -> None:
        for row in self._session.scalars(
            select(StoredFile).where(StoredFile.conversation_id == conversation_id)
        ):
            (self._files / row.id).unlink(missing_ok=True)
            self._session.delete(row)


def _enterprise_of(contact: Contact) -> str:
    """What this contact gave, and nothing that another one gave for the same tax code."""
    given = (contact.enterprise_name, shown(contact.tax_code), contact.unchecked_tax_code)
    return " ".join(filter(None, given))
