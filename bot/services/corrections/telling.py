"""Tells a correction to the conversations that it concerns, each once."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.correction import REMEMBERED, CorrectionState, LastGiven
from bot.domain.talk import causes
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import PICK_ARTICLE, payload
from bot.domain.talk.understanding import GivenArticle
from bot.knowledge.library import Knowledge
from bot.services.corrections.corrections import aim_of, fault_of_article
from bot.services.corrections.given_answers import GivenAnswers
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.models import Conversation, Correction, CorrectionNotice
from bot.texts import Texts

PIECE = 50
"""Conversations a transaction: no turn waits long for it."""


class CorrectionTelling:
    """Puts notices into the outbox piece by piece, in the order of the conversations' ids.

    Each is written with the row that says so, in the transaction of its piece: killed in between,
    none of the piece is told, and all of it is told by the next try. `knowledge`: what is served.
    """

    def __init__(self, session: Session, texts: Texts, knowledge: Knowledge) -> None:
        self._session = session
        self._texts = texts
        self._knowledge = knowledge
        self._given = GivenAnswers(session)

    def tell(self, correction_id: int, behind: str, *, now: datetime) -> str | None:
        """Tells a piece of those behind an id; the id it came to, None where none is left.

        An article that tells something else by now, or is not served, ends it.
        """
        correction = self._session.get_one(Correction, correction_id)
        if correction.state != CorrectionState.APPROVED:
            return None
        if fault_of_article(self._knowledge, correction.article, correction.mark, now=now):
            correction.state = CorrectionState.STOPPED
            return None
        since = (correction.decided_at or now) - REMEMBERED
        ids = self._given.next_holders(correction.article, since=since, behind=behind, limit=PIECE)
        for conversation_id in ids:
            self._tell_one(correction, conversation_id, now)
        if len(ids) == PIECE:
            return ids[-1]
        correction.told_at = now
        return None

    def _tell_one(self, correction: Correction, conversation_id: str, now: datetime) -> None:
        # Held: whoever asks again, is given the right answer or erased just now comes first.
        conversation = ConversationService(self._session).lock(conversation_id)
        last = self._given.last(conversation_id, correction.article)
        if last is None or not conversation.reachable or not aim_of(correction).means(last):
            return
        if self._session.get(CorrectionNotice, (correction.id, conversation_id)) is not None:
            return
        self._say(correction, conversation, last, now)

    def _say(
        self, correction: Correction, conversation: Conversation, last: LastGiven, now: datetime
    ) -> None:
        in_english = last.english and bool(correction.english)
        texts = self._texts.english if in_english else self._texts
        message = TranscriptService(self._session).say(
            conversation,
            OutgoingMessage(
                text=correction.english if in_english else correction.text,
                choices=[
                    Choice(
                        title=texts.say("correction.choice_open"),
                        payload=payload(PICK_ARTICLE, article=correction.article),
                    )
                ],
            ),
            author=Author.SYSTEM,
            cause=causes.of_correction(correction.id, conversation.id),
            now=now,
            request_id=conversation.request_id,
        )
        self._session.add(
            CorrectionNotice(
                correction_id=correction.id,
                conversation_id=conversation.id,
                message_id=message.id,
            )
        )
        told = GivenArticle(article=correction.article, mark=correction.mark, english=last.english)
        # From now on it holds what holds: a further correction concerns it after a further change.
        self._given.note(message, [told])
