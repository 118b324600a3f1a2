"""Articles that conversations were given, for tests: noted with the message, as a turn does."""

import itertools
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.talk.messages import ChannelName, OutgoingMessage
from bot.domain.talk.understanding import GivenArticle, Outcome, Understanding
from bot.services.corrections.given_answers import GivenAnswers
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.models import Conversation, CorrectionNotice, Message
from tests.support.data.seed import Seed

OLD = "00000000"
"""The mark of a text that no article has any more."""

_numbers = itertools.count(1)


def give(
    session: Session,
    article: str,
    mark: str,
    *,
    at: datetime,
    to: Conversation | None = None,
    channel: ChannelName = ChannelName.WEB,
    english: bool = False,
) -> Conversation:
    """Gives an article to a new owner, or in a conversation that is there."""
    number = next(_numbers)
    conversation = to or Seed(session, at, seed=900 + number).conversation(channel=channel)
    given = [GivenArticle(article=article, mark=mark, english=english)]
    message = TranscriptService(session).say(
        conversation,
        OutgoingMessage(text="Câu trả lời khi ấy."),
        author=Author.BOT,
        cause=f"given:{number}",
        now=at,
        understanding=Understanding(outcome=Outcome.ANSWER, article=article, given=given),
    )
    GivenAnswers(session).note(message, given)
    session.flush()
    return conversation


def give_to_many(
    session: Session, article: str, marks: Iterable[str], *, at: datetime
) -> list[str]:
    """Gives an article to as many owners as there are marks; their conversations."""
    return [give(session, article, mark, at=at).id for mark in marks]


def notices(session: Session, correction_id: int) -> dict[str, list[str]]:
    """What each conversation reads of a correction."""
    found: dict[str, list[str]] = {}
    rows = session.execute(
        select(Message.conversation_id, Message.text)
        .where(Message.cause.startswith(f"correction:{correction_id}:"))
        .order_by(Message.id)
    )
    for conversation_id, text in rows:
        found.setdefault(conversation_id, []).append(text)
    noted = set(
        session.scalars(
            select(CorrectionNotice.conversation_id).where(
                CorrectionNotice.correction_id == correction_id
            )
        )
    )
    assert noted == set(found)
    return found
