"""Erasures that the owner confirmed while an officer held a case: kept, shown, and done after it.

The wish is a column, not a step: once no officer holds the conversation, whichever way he let go,
the next look finds it, and puts it into the conversation's lane as if the owner had pressed again.
Until the erasing begins he may take it back, whoever holds the conversation.
"""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestState, Step
from bot.domain.talk.conversation import Handler
from bot.domain.talk.erasure_wish import takes_erasure_back
from bot.domain.talk.messages import ChannelName, Choice, EventKind, InboundEvent, OutgoingMessage
from bot.domain.talk.payload import payload, read_payload
from bot.domain.talk.way import UNDERWAY, UNWORKED, InboxState
from bot.services.inbound.inbox import InboxService
from bot.services.messaging.conversations import ConversationService
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import Conversation, Delivery, InboxEvent, Message, Request
from bot.texts import Texts

LAST_WORDS = timedelta(minutes=10)
"""So long an officer's last words may be on their way out before they are erased unsent."""

AFTER_FAILURE = timedelta(hours=1)
"""An erasure whose tries were used up is tried again after this."""

EVENT_PREFIX = "erasure:"

WISH = "privacy_erase"
"""What the button “Không xóa” cancels: this wish, and not a form or a place in the queue."""


class ErasureService:
    """Keeps the wish and lets it go on."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, conversation_id: str, *, now: datetime) -> Request | None:
        """Writes the wish down, once; the request that holds it up, or None where none does.

        Each open case of the conversation gets a line of history.
        """
        conversation = ConversationService(self._session).lock(conversation_id)
        if conversation.erase_asked_at is None:
            conversation.erase_asked_at = now
            self._note(conversation_id, Step.ERASE_ASKED, now)
        return self.holder(conversation_id)

    def take_back(self, conversation_id: str, *, now: datetime) -> bool:
        """The owner wants nothing erased any more; False where no wish stands.

        Each open case of the conversation gets a line of history.
        """
        conversation = ConversationService(self._session).lock(conversation_id)
        if conversation.erase_asked_at is None:
            return False
        conversation.erase_asked_at = None
        InboxService(self._session).drop(conversation_id, prefix=EVENT_PREFIX, now=now)
        self._note(conversation_id, Step.ERASE_TAKEN_BACK, now)
        return True

    def holder(self, conversation_id: str) -> Request | None:
        """The request that an officer is working on, which keeps the words until it is closed."""
        conversation = ConversationService(self._session).lock(conversation_id)
        if conversation.handler != Handler.OFFICER or conversation.request_id is None:
            return None
        return self._session.get_one(Request, conversation.request_id)

    def push_due(self, *, now: datetime) -> int:
        """Puts every wish that nothing holds up into its lane; returns how many."""
        due = select(Conversation).where(
            Conversation.erase_asked_at.is_not(None),
            Conversation.handler != Handler.OFFICER,
            ~_under_way(now),
            ~_last_words(now),
        )
        held = self._session.scalars(
            # One in another's hands, who may take the wish back, is found by the next look.
            due.with_for_update(skip_locked=True).execution_options(populate_existing=True)
        ).all()
        # Looked at anew now that it is held: another application may just have pushed it.
        still = self._session.scalars(
            due.where(Conversation.id.in_([one.id for one in held]))
        ).all()
        for conversation in still:
            self._push(conversation, now)
        return len(still)

    def _push(self, conversation: Conversation, now: datetime) -> None:
        event = InboundEvent(
            channel=ChannelName(conversation.channel),
            event_id=f"{EVENT_PREFIX}{uuid.uuid4().hex}",
            chat_key=conversation.chat_key,
            kind=EventKind.ERASURE,
            occurred_at=now,
        )
        InboxService(self._session).enqueue(event, conversation.id, now=now)

    def _note(self, conversation_id: str, kind: Step, now: datetime) -> None:
        still_open = select(Request).where(
            Request.conversation_id == conversation_id, Request.state != RequestState.CLOSED
        )
        history = RequestHistory(self._session)
        for request in self._session.scalars(still_open).all():
            history.note(request, kind, now=now)


def confirmation(texts: Texts) -> OutgoingMessage:
    """The question whether erasing is meant, with its two buttons."""
    return OutgoingMessage(
        text=texts.say("privacy.confirm_erase"),
        choices=[
            Choice(
                title=texts.say("privacy.choice_confirm_erase"),
                payload=payload("privacy_erase", confirmed="yes"),
            ),
            _keep(texts),
        ],
    )


def noted(texts: Texts, code: str) -> OutgoingMessage:
    """That the wish stands and waits for the request of a code, with the button to take it back."""
    return OutgoingMessage(text=texts.say("privacy.held", code=code), choices=[_keep(texts)])


def takes_back(said: str) -> bool:
    """Whether what the owner said or pressed plainly takes his wish back."""
    intent, entities = read_payload(said)
    if intent:
        return intent == "cancel" and entities.get("wish") == WISH
    return takes_erasure_back(said)


def _keep(texts: Texts) -> Choice:
    return Choice(title=texts.say("privacy.choice_keep"), payload=payload("cancel", wish=WISH))


def _under_way(now: datetime) -> Exists:
    """An erasure of the conversation is in its lane, or failed for good a short while ago."""
    failed_lately = (
        (InboxEvent.state == InboxState.DEAD)
        & (InboxEvent.done_at > now - AFTER_FAILURE)
        & (InboxEvent.done_at <= now)
    )
    return exists().where(
        InboxEvent.conversation_id == Conversation.id,
        InboxEvent.event_id.startswith(EVENT_PREFIX, autoescape=True),
        InboxEvent.state.in_(UNWORKED) | failed_lately,
    )


def _last_words(now: datetime) -> Exists:
    """Something is still on its way to the owner."""
    return exists().where(
        Delivery.conversation_id == Conversation.id,
        Delivery.state.in_(UNDERWAY),
        Delivery.message_id == Message.id,
        Message.created_at > now - LAST_WORDS,
        # Said before the clock was set back, it is on its way all the same.
        Message.created_at <= now + LAST_WORDS,
    )
