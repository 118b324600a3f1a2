"""The transcript: what was said, and what must still go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from bot.domain.forms.form_file import is_form
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.understanding import Understanding
from bot.domain.talk.way import READ_HERE, TOLD_BY_HAND, DeliveryState
from bot.storage.models import Conversation, Delivery, Message, Officer, Request


class Author(StrEnum):
    """Who said it."""

    OWNER = "owner"
    BOT = "bot"
    OFFICER = "officer"
    SYSTEM = "system"


@dataclass(frozen=True)
class Said:
    """A message to an owner, and where it was said."""

    message_id: int
    conversation_id: str


# Built once: to build a statement anew takes longer than to run it.
_SAID = select(Message).where(
    Message.cause == bindparam("cause"), Message.ordinal == bindparam("ordinal")
)
_NEWEST_SAID = (
    select(Message.id, Message.conversation_id)
    .where(Message.author != Author.OWNER)
    .order_by(Message.id.desc())
    .limit(bindparam("most"))
)
_LAST_REPLY = (
    select(Message)
    .where(Message.conversation_id == bindparam("conversation_id"), Message.author != Author.OWNER)
    .order_by(Message.id.desc())
    .limit(1)
)


class TranscriptService:
    """Writes messages; an outgoing one together with its delivery, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def say(  # noqa: PLR0913  (each is one fact of a message)
        self,
        conversation: Conversation,
        message: OutgoingMessage,
        *,
        author: Author,
        cause: str,
        ordinal: int = 0,
        now: datetime,
        understanding: Understanding | None = None,
        officer_id: int | None = None,
        request_id: int | None = None,
    ) -> Message:
        """Queues a message to the owner; where its channel reads here, it has gone out at once.

        Said already for this cause and ordinal: a no-op. Where officers tell by hand nothing is to
        go out: what stands there names what was done, and keeps an officer's words.
        """
        said = self.said(cause, ordinal)
        if said is not None:
            return said
        row = Message(
            conversation_id=conversation.id,
            author=author,
            officer_id=officer_id,
            request_id=request_id,
            text=message.text,
            choices=[choice.model_dump() for choice in message.choices],
            attachments=[file.model_dump() for file in message.attachments],
            understanding=_kept(understanding) if understanding else None,
            cause=cause,
            ordinal=ordinal,
            created_at=now,
        )
        self._session.add(row)
        if conversation.channel not in TOLD_BY_HAND:
            self._session.add(_delivery(row, conversation, now))
        self._session.flush()
        return row

    def say_of(
        self,
        request: Request,
        officer: Officer,
        words: OutgoingMessage,
        *,
        cause: str,
        now: datetime,
    ) -> None:
        """What an officer says of a request, once a cause; the first of it is its first reply."""
        self.say(
            request.conversation,
            words,
            author=Author.OFFICER,
            cause=cause,
            now=now,
            officer_id=officer.id,
            request_id=request.id,
        )
        request.first_reply_at = request.first_reply_at or now

    def said(self, cause: str, ordinal: int = 0) -> Message | None:
        """The message that a cause led to, or None."""
        return self._session.scalar(_SAID, {"cause": cause, "ordinal": ordinal})

    def message(self, conversation_id: str, message_id: int) -> Message | None:
        """A message of this very conversation, or None."""
        message = self._session.get(Message, message_id)
        is_its_own = message is not None and message.conversation_id == conversation_id
        return message if is_its_own else None

    def hear(  # noqa: PLR0913
        self,
        conversation: Conversation,
        *,
        text: str,
        attachments: list[dict[str, object]],
        cause: str,
        now: datetime,
        request_id: int | None,
    ) -> Message:
        """Writes down what the owner said."""
        row = Message(
            conversation_id=conversation.id,
            author=Author.OWNER,
            request_id=request_id,
            text=text,
            choices=[],
            attachments=list(attachments),
            cause=cause,
            created_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return row

    def heard_since(self, request_id: int, shown: int) -> bool:
        """Whether the owner wrote something of a request behind the message shown last."""
        newer = select(Message.id).where(
            Message.request_id == request_id, Message.author == Author.OWNER, Message.id > shown
        )
        return self._session.scalar(newer.limit(1)) is not None

    def answered_since(self, request_id: int, shown: int, but: int) -> Message | None:
        """What another officer said in a request behind the message shown last, the newest."""
        newer = select(Message).where(
            Message.request_id == request_id,
            Message.author == Author.OFFICER,
            Message.officer_id != but,
            Message.id > shown,
        )
        return self._session.scalar(newer.order_by(Message.id.desc()).limit(1))

    def history(self, conversation_id: str, *, after: int = 0, limit: int = 200) -> list[Message]:
        """The newest `limit` messages with an id above `after`, oldest first."""
        newest = self._session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id, Message.id > after)
            .order_by(Message.id.desc())
            .limit(limit)
        ).all()
        return list(reversed(newest))

    def newest_id(self, conversation_id: str) -> int:
        """The id of the newest message; 0 where there is none."""
        newest = select(func.max(Message.id)).where(Message.conversation_id == conversation_id)
        return self._session.scalar(newest) or 0

    def newest_of_all(self) -> int:
        """The id of the newest message of any conversation; 0 where there is none."""
        return self._session.scalar(select(func.max(Message.id))) or 0

    def newest_said(self, limit: int) -> list[Said]:
        """The newest messages to owners, of all conversations, oldest first."""
        rows = self._session.execute(_NEWEST_SAID, {"most": limit}).all()
        return [Said(*row) for row in reversed(rows)]

    def said_since(self, message_id: int) -> Sequence[Message]:
        """What was said to owners, in any conversation, after a message."""
        return self._session.scalars(
            select(Message)
            .where(Message.id > message_id, Message.author != Author.OWNER)
            .order_by(Message.id)
        ).all()

    def shows_file(self, conversation_id: str, file_id: str) -> bool:
        """Whether a message of the conversation holds the file."""
        held = self._session.scalars(
            select(Message.attachments).where(Message.conversation_id == conversation_id)
        )
        return any(file["file_id"] == file_id for files in held for file in files)

    def with_files(self, conversation_id: str, *, limit: int = 50) -> list[Message]:
        """The newest messages that hold stored files, newest first."""
        rows = self._session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id)
            .order_by(Message.id.desc())
        )
        return list(islice((row for row in rows if _stored(row.attachments)), limit))

    def last_reply(self, conversation_id: str) -> Message | None:
        """The newest message to the owner, or None."""
        return self._session.scalar(_LAST_REPLY, {"conversation_id": conversation_id})

    def last_of_officer(self, request_id: int) -> Message | None:
        """The newest words that an officer said in a request, or None."""
        spoken = select(Message).where(
            Message.request_id == request_id, Message.author == Author.OFFICER, Message.text != ""
        )
        return self._session.scalar(spoken.order_by(Message.id.desc()).limit(1))


def _delivery(row: Message, conversation: Conversation, now: datetime) -> Delivery:
    is_read_here = conversation.channel in READ_HERE
    return Delivery(
        message=row,
        conversation_id=conversation.id,
        channel=conversation.channel,
        state=DeliveryState.SENT if is_read_here else DeliveryState.QUEUED,
        paused_at=now,
        available_at=now,
        sent_at=now if is_read_here else None,
    )


def _kept(understanding: Understanding) -> dict[str, object]:
    """Without what was given: that has a term, and a message has none."""
    return understanding.model_dump(mode="json", exclude={"given"})


def _stored(attachments: list[dict[str, object]]) -> bool:
    return any(not is_form(str(file["file_id"])) for file in attachments)
