"""What an owner may ask for while an officer holds the conversation and the bot is silent.

The only such thing is that his data be erased, or that they be kept after all: a right by law,
which no officer has to notice in time. Everything else that he writes is for the officer alone.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.talk.erasure_wish import wants_erasure
from bot.domain.talk.messages import EventKind, OutgoingMessage
from bot.domain.talk.payload import read_payload
from bot.services.inbound.inbox import TakenEvent
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.privacy.erasures import ErasureService, confirmation, noted, takes_back
from bot.storage.models import Conversation
from bot.texts import Texts

ASKS = frozenset({"privacy_erase", "privacy_withdraw"})
"""Intents of buttons by which erasing is asked for."""


class HeldWishes:
    """Answers such a wish in the transaction that ends its event; once a cause."""

    def __init__(self, session: Session, texts: Texts) -> None:
        self._session = session
        self._texts = texts

    def hear(
        self,
        taken: TakenEvent,
        words: str,
        conversation: Conversation,
        *,
        ordinal: int,
        now: datetime,
    ) -> None:
        """Asks whether it is meant, writes the confirmed wish down, or takes it back.

        `words`: as handed over; `ordinal`: of what is said then, among the replies to this cause.
        """
        if taken.event.kind is EventKind.ERASURE:
            # The wish stands already; an officer took a case just before it was carried out.
            return
        intent, entities = read_payload(words)
        if intent in ASKS and entities.get("confirmed") == "yes":
            held = ErasureService(self._session).ask(conversation.id, now=now)
            if held is not None:
                self._say(taken, noted(self._texts, held.code), conversation, ordinal, now)
        elif intent in ASKS or (not intent and wants_erasure(words)):
            self._say(taken, confirmation(self._texts), conversation, ordinal, now)
        elif intent == "cancel" or takes_back(words):
            self.take_back(taken, conversation, ordinal=ordinal, now=now)

    def take_back(
        self, taken: TakenEvent, conversation: Conversation, *, ordinal: int, now: datetime
    ) -> None:
        """A wish that stands is taken back and its owner told, whoever holds the conversation."""
        if ErasureService(self._session).take_back(conversation.id, now=now):
            said = OutgoingMessage(text=self._texts.say("privacy.taken_back"))
            self._say(taken, said, conversation, ordinal, now)

    def _say(
        self,
        taken: TakenEvent,
        message: OutgoingMessage,
        conversation: Conversation,
        ordinal: int,
        now: datetime,
    ) -> None:
        TranscriptService(self._session).say(
            conversation,
            message,
            author=Author.SYSTEM,
            cause=taken.cause,
            ordinal=ordinal,
            now=now,
            request_id=conversation.request_id,
        )
