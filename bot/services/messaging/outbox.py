"""The outbox: every outgoing message is a row, sent in order and as often as its kind allows.

What may have arrived is sent again where twice is better than not at all
(`docs/adr/0014-when-a-message-is-sent-again.md`).
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from bot.domain.clock import CLOCK_SLACK
from bot.domain.talk.messages import Attachment, ChannelName, Choice, OutgoingMessage
from bot.domain.talk.way import LOST, UNDERWAY, DeliveryState
from bot.services.messaging.transcript import Author
from bot.storage.models import Conversation, Delivery, Message

MAX_ATTEMPTS = 6
BACK_OFF_SECONDS = (1, 3, 10, 30, 60)

DOUBT_PAUSES_SECONDS = (2, 8, 20)
"""How long a message that may have arrived waits before it is sent again; then it is `unknown`."""

LEASE = timedelta(seconds=60)
"""A sender that has said nothing of a delivery for so long is taken to be stuck."""

MAY_COME_TWICE = frozenset({Author.BOT, Author.SYSTEM})
"""Whose messages are rather read twice than not at all. An officer decides over the own words."""


@dataclass(frozen=True)
class TakenDelivery:
    """A message on its way out, in a sender's hands; its first `parts_sent` parts have arrived."""

    id: int
    message_id: int
    conversation_id: str
    channel: ChannelName
    chat_key: str
    message: OutgoingMessage
    attempts: int
    parts_sent: int = 0


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
                Delivery.state == DeliveryState.QUEUED,
                # A pause set after now was set before the clock was put back: it is over.
                or_(Delivery.available_at <= now, Delivery.paused_at > now + CLOCK_SLACK),
                ~exists().where(
                    earlier.conversation_id == Delivery.conversation_id,
                    earlier.id < Delivery.id,
                    earlier.state.in_(UNDERWAY),
                ),
            )
            .order_by(Delivery.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        row.state = DeliveryState.SENDING
        row.taken_by = sender
        row.attempts += 1
        row.lease_until = now + LEASE
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
            parts_sent=row.parts_sent,
        )

    def is_in_hand(self, delivery_id: int, sender: str) -> bool:
        """Whether the sender still has it: only then may it write down what became of it."""
        held = select(Delivery.id).where(
            Delivery.id == delivery_id,
            Delivery.state == DeliveryState.SENDING,
            Delivery.taken_by == sender,
        )
        return self._session.scalar(held.with_for_update()) is not None

    def renew(self, delivery_id: int, *, now: datetime) -> None:
        """Its sender is still at it."""
        self._session.get_one(Delivery, delivery_id).lease_until = now + LEASE

    def states(self, message_ids: Collection[int]) -> dict[int, str]:
        """How far messages have come (`models.flow.Delivery`), by the message's id."""
        wanted = select(Delivery.message_id, Delivery.state).where(
            Delivery.message_id.in_(message_ids)
        )
        return {row.message_id: row.state for row in self._session.execute(wanted)}

    def part_left(self, delivery_id: int, parts: int, channel_message_id: str) -> None:
        """So many parts have arrived; what follows has all its tries before it."""
        row = self._session.get_one(Delivery, delivery_id)
        row.parts_sent = parts
        row.attempts, row.doubts = 1, 0
        row.channel_message_id = row.channel_message_id or channel_message_id[:100]

    def sent(self, delivery_id: int, channel_message_id: str, *, now: datetime) -> None:
        """The channel took the message; of several parts the first one's id is kept."""
        row = self._session.get_one(Delivery, delivery_id)
        row.state = DeliveryState.SENT
        row.sent_at = now
        row.channel_message_id = row.channel_message_id or channel_message_id[:100]
        row.error = ""

    def not_sent(
        self, delivery_id: int, error: str, *, now: datetime, wait: float | None = None
    ) -> None:
        """It surely did not leave: tried again later, `wait` seconds where the channel said so."""
        row = self._session.get_one(Delivery, delivery_id)
        row.error = error[:2000]
        if row.attempts >= MAX_ATTEMPTS and wait is None:
            row.state = DeliveryState.FAILED
            return
        if wait is not None:
            # The channel is alive and asked for patience: that is not a failed try.
            row.attempts = max(0, row.attempts - 1)
        seconds = wait if wait is not None else BACK_OFF_SECONDS[min(row.attempts, 5) - 1]
        _queue(row, now=now, seconds=seconds)

    def maybe_sent(
        self, delivery_id: int, error: str, *, now: datetime, resend_is_safe: bool = False
    ) -> None:
        """It may have arrived: queued anew while its kind and its tries allow, else `unknown`.

        `resend_is_safe`: on its channel twice is seen once.
        """
        row = self._session.get_one(Delivery, delivery_id)
        row.error = error[:2000]
        author = self._session.get_one(Message, row.message_id).author
        allowed = resend_is_safe or author in MAY_COME_TWICE
        if not allowed or row.doubts >= len(DOUBT_PAUSES_SECONDS):
            row.state = DeliveryState.UNKNOWN
            return
        _queue(row, now=now, seconds=DOUBT_PAUSES_SECONDS[row.doubts])
        row.doubts += 1

    def failed(self, delivery_id: int, error: str, *, unreachable: bool = False) -> None:
        """The channel refused it for good; `unreachable`: the owner has blocked us."""
        row = self._session.get_one(Delivery, delivery_id)
        row.state = DeliveryState.FAILED
        row.error = error[:2000]
        if unreachable:
            self._session.get_one(Conversation, row.conversation_id).reachable = False

    def recover(
        self, sender: str, *, resend_is_safe: frozenset[ChannelName], now: datetime
    ) -> Counter[str]:
        """After a crash: what was being sent may have arrived; returns a count by state."""
        lost = self._on_its_way(Delivery.taken_by == sender)
        return self._doubt(lost, "the sender died while sending", resend_is_safe, now)

    def expire(self, *, resend_is_safe: frozenset[ChannelName], now: datetime) -> Counter[str]:
        """What a sender that is stuck had in hand may have arrived, too."""
        lost = self._on_its_way(
            # A lease that is longer than a lease was given before the clock was put back.
            or_(Delivery.lease_until < now, Delivery.lease_until > now + LEASE + CLOCK_SLACK)
        )
        return self._doubt(lost, "the sender was silent while sending", resend_is_safe, now)

    def _on_its_way(self, rule: ColumnElement[bool]) -> Sequence[Delivery]:
        return self._session.scalars(
            select(Delivery)
            .where(Delivery.state == DeliveryState.SENDING, rule)
            .order_by(Delivery.id)
            # What a sender wrote down with its last breath may be committed at this moment.
            .with_for_update()
        ).all()

    def _doubt(
        self,
        lost: Sequence[Delivery],
        why: str,
        resend_is_safe: frozenset[ChannelName],
        now: datetime,
    ) -> Counter[str]:
        for row in lost:
            safe = row.channel in resend_is_safe
            self.maybe_sent(row.id, why, now=now, resend_is_safe=safe)
        return Counter(row.state for row in lost)

    def holders(self) -> set[str]:
        """The names under which deliveries are on their way."""
        sending = (
            select(Delivery.taken_by).where(Delivery.state == DeliveryState.SENDING).distinct()
        )
        return set(self._session.scalars(sending))

    def send_again(self, message_id: int, *, now: datetime) -> bool:
        """A person wants it sent again, from the part in doubt on; False where it is under way."""
        row = self._session.scalar(
            select(Delivery).where(Delivery.message_id == message_id).with_for_update()
        )
        if row is None or row.state not in LOST:
            return False
        row.attempts = row.doubts = 0
        _queue(row, now=now, seconds=0)
        return True


def _queue(row: Delivery, *, now: datetime, seconds: float) -> None:
    row.state = DeliveryState.QUEUED
    row.paused_at = now
    row.available_at = now + timedelta(seconds=seconds)


def to_outgoing(message: Message) -> OutgoingMessage:
    """A stored message as data for a channel."""
    return OutgoingMessage(
        text=message.text,
        choices=[Choice.model_validate(choice) for choice in message.choices],
        attachments=[Attachment.model_validate(file) for file in message.attachments],
    )
