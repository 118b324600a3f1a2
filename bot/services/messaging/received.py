"""What has been received: which events are known, what they said."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, exists, not_, or_, select
from sqlalchemy.orm import Session, aliased

from bot.domain.talk.messages import ChannelName
from bot.storage.models import InboxEvent


@dataclass(frozen=True)
class Heard:
    """A message that we know: its newest words, their event, and whether nothing came after it."""

    words: str
    event_id: str
    is_newest: bool


_later = aliased(InboxEvent)

# Built once: to build a statement anew takes longer than to run it.
_ROW_OF = select(InboxEvent.id).where(
    InboxEvent.channel == bindparam("channel"), InboxEvent.event_id == bindparam("event_id")
)


class ReceivedEvents:
    """Reads the inbox for the channels; what is worked on next is `InboxService`'s."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def knows(self, channel: ChannelName, event_id: str) -> bool:
        """Whether an event of this id is stored already."""
        return self.row_of(channel, event_id) is not None

    def row_of(self, channel: ChannelName, event_id: str) -> int | None:
        """The row of an event, or None where it is not known."""
        return self._session.scalar(_ROW_OF, {"channel": channel, "event_id": event_id})

    def heard(self, channel: ChannelName, event_id: str, *, edits: str) -> Heard | None:
        """A message as it was heard last, edits included; None where it was never heard.

        `edits`: how the ids of its edits begin. The other files of its album are the same message.
        """
        is_newest = ~exists().where(
            _later.conversation_id == InboxEvent.conversation_id,
            _later.id > InboxEvent.id,
            not_(and_(_later.album == InboxEvent.album, InboxEvent.album != "")),
        )
        found = self._session.execute(
            select(InboxEvent.payload, InboxEvent.event_id, is_newest)
            .where(
                InboxEvent.channel == channel,
                or_(
                    InboxEvent.event_id == event_id,
                    InboxEvent.event_id.startswith(edits, autoescape=True),
                ),
            )
            .order_by(InboxEvent.id.desc())
            .limit(1)
        ).first()
        if found is None:
            return None
        payload, known_as, newest = found
        return Heard(str(payload["text"]), known_as, is_newest=bool(newest))

    def event_ids(self, row_ids: Collection[int]) -> dict[int, str]:
        """The channel's own id of each event, by its row."""
        if not row_ids:
            return {}
        wanted = select(InboxEvent.id, InboxEvent.event_id).where(InboxEvent.id.in_(row_ids))
        return {row.id: row.event_id for row in self._session.execute(wanted)}
