"""The outbox: every outgoing message is a row; what may have left is not sent again blindly."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, aliased

from bot.domain.messages import Attachment, ChannelName, Choice, OutgoingMessage
from bot.storage.models import Conversation, Delivery, Message

MAX_ATTEMPTS = 6
BACK_OFF_SECONDS = (1, 3, 10, 30, 60)


@dataclass(frozen=True)
class TakenDelivery:
    """A message on its way out, in a sender's hands."""

    id: int
    message_id: int
    conversation_id: str
    channel: ChannelName
    chat_key: str
    message: OutgoingMessage
    attempts: int


class OutboxService:
    """Hands out deliveries in order, one at a time a conversation, and records how they ended."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, sender: str, channel: ChannelName, *, now: datetime) -> TakenDelivery | None:
        """The oldest queued delivery whose conversation has none before it, or None."""
        earlier = aliased(Delivery)
        row = self._session.scalar(
            select(Delivery)
            .where(
                Delivery.channel == channel,
                Delivery.state == "queued",
                Delivery.available_at <= now,
                ~exists().where(
                    earlier.conversation_id == Delivery.conversation_id,
                    earlier.id < Delivery.id,
                    earlier.state.in_(("queued", "sending")),
                ),
            )
            .order_by(Delivery.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        row.state = "sending"
        row.taken_by = sender
        row.attempts += 1
        conversation = self._session.get_one(Conversation, row.conversation_id)
        message = self._session.get_one(Message, row.message_id)
        return TakenDelivery(
            id=row.id,
            message_id=message.id,
            conversation_id=conversation.id,
            channel=channel,
            chat_key=conversation.chat_key,
            message=to_outgoing(message),
            attempts=row.attempts,
        )

    def states(self, message_ids: Collection[int]) -> dict[int, str]:
        """How far messages have come (`models.flow.Delivery`), by the message's id."""
        wanted = select(Delivery.message_id, Delivery.state).where(
            Delivery.message_id.in_(message_ids)
        )
        return {row.message_id: row.state for row in self._session.execute(wanted)}

    def sent(self, delivery_id: int, channel_message_id: str, *, now: datetime) -> None:
        """The channel took the message."""
        row = self._session.get_one(Delivery, delivery_id)
        row.state = "sent"
        row.sent_at = now
        row.channel_message_id = channel_message_id[:100]
        row.error = ""

    def not_sent(
        self, delivery_id: int, error: str, *, now: datetime, wait: float | None = None
    ) -> None:
        """It surely did not leave: tried again later, `wait` seconds where the channel said so."""
        row = self._session.get_one(Delivery, delivery_id)
        row.error = error[:2000]
        if row.attempts >= MAX_ATTEMPTS and wait is None:
            row.state = "failed"
            return
        if wait is not None:
            # The channel is alive and asked for patience: that is not a failed try.
            row.attempts = max(0, row.attempts - 1)
        seconds = wait if wait is not None else BACK_OFF_SECONDS[min(row.attempts, 5) - 1]
        row.state = "queued"
        row.available_at = now + timedelta(seconds=seconds)

    def unknown(self, delivery_id: int, error: str) -> None:
        """It may have been sent: kept for people to see, not sent again."""
        row = self._session.get_one(Delivery, delivery_id)
        row.state = "unknown"
        row.error = error[:2000]

    def failed(self, delivery_id: int, error: str, *, unreachable: bool = False) -> None:
        """The channel refused it for good; `unreachable`: the owner has blocked us."""
        row = self._session.get_one(Delivery, delivery_id)
        row.state = "failed"
        row.error = error[:2000]
        if unreachable:
            self._session.get_one(Conversation, row.conversation_id).reachable = False

    def recover(self, sender: str, *, resend_is_safe: frozenset[ChannelName]) -> int:
        """After a crash: what was being sent becomes unknown, or queued where that is safe."""
        mine = (Delivery.state == "sending") & (Delivery.taken_by == sender)
        self._session.execute(
            update(Delivery)
            .where(mine, Delivery.channel.in_(sorted(resend_is_safe)))
            .values(state="queued")
        )
        lost = self._session.execute(
            update(Delivery)
            .where(mine, Delivery.channel.not_in(sorted(resend_is_safe)))
            .values(state="unknown", error="the sender died while sending")
            .returning(Delivery.id)
        )
        return len(lost.all())


def to_outgoing(message: Message) -> OutgoingMessage:
    """A stored message as data for a channel."""
    return OutgoingMessage(
        text=message.text,
        choices=[Choice.model_validate(choice) for choice in message.choices],
        attachments=[Attachment.model_validate(file) for file in message.attachments],
    )
