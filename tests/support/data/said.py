"""Messages of the bot that nobody asked for."""

from bot import signals
from bot.domain.talk.messages import OutgoingMessage
from bot.house import House
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService


def say(house: House, conversation_id: str, message: OutgoingMessage, cause: str) -> int:
    """Queues a message of the bot; its id."""
    with house.database.transaction() as session:
        row = TranscriptService(session).say(
            ConversationService(session).get(conversation_id),
            message,
            author=Author.BOT,
            cause=cause,
            now=house.clock(),
        )
        message_id = row.id
    house.signals.notify(signals.OUTBOX)
    return message_id
