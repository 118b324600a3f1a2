"""What an owner may ask for while an officer holds the conversation and the bot is silent.

The only such thing is that his data be erased: a right by law, which no officer has to notice in
time. Everything else that he writes is for the officer alone.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.erasure_wish import wants_erasure
from bot.domain.messages import EventKind, OutgoingMessage
from bot.domain.payload import read_payload
from bot.services.erasures import ErasureService, confirmation
from bot.services.inbox import TakenEvent
from bot.services.transcript import Author, TranscriptService
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
        self, taken: TakenEvent, words: str, conversation: Conversation, *, now: datetime
    ) -> None:
        """Asks whether it is meant, or writes the confirmed wish down. `words`: as handed over."""
        if taken.event.kind is EventKind.ERASURE:
            # The wish stands already; an officer took a case just before it was carried out.
            return
        intent, entities = read_payload(words)
        if intent in ASKS and entities.get("confirmed") == "yes":
            held = ErasureService(self._session).ask(conversation.id, now=now)
            if held is not None:
                said = self._texts.say("privacy.held", code=held.code)
                self._say(taken, OutgoingMessage(text=said), conversation, now)
        elif intent in ASKS or (not intent and wants_erasure(words)):
            self._say(taken, confirmation(self._texts), conversation, now)

    def _say(
        self,
        taken: TakenEvent,
        message: OutgoingMessage,
        conversation: Conversation,
        now: datetime,
    ) -> None:
        TranscriptService(self._session).say(
            conversation,
            message,
            author=Author.SYSTEM,
            cause=taken.cause,
            now=now,
            request_id=conversation.request_id,
        )
