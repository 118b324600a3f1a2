"""A support request and its history."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.domain.requests.rating import LOW
from bot.storage.base import Base
from bot.storage.models.contact import Contact, Enterprise
from bot.storage.models.conversation import Conversation
from bot.storage.models.officer import Officer
from bot.storage.searched import Searched

UNREAD_LOW = f"rating <= {LOW} AND rating_seen_at IS NULL"
"""Low ratings that nobody has read: said in full, as a partial index asks for."""

_LOW = text(UNREAD_LOW)


class Request(Searched, Base):
    """What the department must answer. `state` is a `domain.request.RequestState`.

    `kind`: request (filed by the form) or talk (the owner asked for a person).
    `created_by` is the message that caused it: filing is idempotent by it.
    `promised_at` is the end of the promised office time, as the owner was told last; where that was
    a new hour, `first_promised_at` is the one that he was told first, and `counted_promise_at` the
    one that the first answer is held against, where it had passed or been met by then.
    `rating`: 1–5, by the owner.
    `answered_at`: when an officer last answered; None while an answer is owed, from the filing and
    anew from each transfer and release. `first_reply_at` is never taken back.
    `closed_at`: the newest close; `first_closed_at`: the first one. `solved_at`: the first one that
    was no silence of the owner; opening anew leaves both as they are.
    `late_at`: since when something lies there that came after the close and no officer has seen.
    `ending`: a `domain.requests.closing.Ending`; None while open, and where it was closed before
    endings were kept. `passed_to`: the authority, an id of `offices.yml` or a name as written.
    `authority`: the one of `offices.yml` that is thought to be in charge, or empty.
    `duplicate_of_id`: the request that goes on in its place. `rating_reason`: a
    `domain.requests.rating.LowReason`, or empty; `rating_words`: why, as the owner wrote it;
    `rating_seen_at`: when a head read a low rating.
    `attempt_id`: the finished self-assessment with which the owner sent it.
    `enterprise_name` and `unchecked_tax_code`: as given with this request (`Contact`).
    """

    __tablename__ = "requests"
    __table_args__ = (
        # All that the counts above the list need, so that they read no rows.
        Index("ix_requests_office_state_late_at", "office", "state", "late_at"),
        Index("ix_requests_low", "id", sqlite_where=_LOW, postgresql_where=_LOW),
    )
    SEARCHED: ClassVar = {
        "search_text": ("question", "reach", "enterprise_name", "unchecked_tax_code")
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(10), default="request")
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"), index=True)
    enterprise_name: Mapped[str] = mapped_column(String(lengths.ENTERPRISE_NAME), default="")
    unchecked_tax_code: Mapped[str] = mapped_column(String(lengths.TYPED_TAX_CODE), default="")
    topic: Mapped[str] = mapped_column(String(lengths.OFFICE_ID))
    office: Mapped[str] = mapped_column(String(lengths.OFFICE_ID))
    authority: Mapped[str] = mapped_column(String(lengths.OFFICE_ID), default="", server_default="")
    question: Mapped[str] = mapped_column(Text)
    reach: Mapped[str] = mapped_column(String(lengths.REACH), default="")
    attachments: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(20), default="new")
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    created_by: Mapped[str] = mapped_column(String(80), unique=True)
    consent_version: Mapped[str] = mapped_column(String(20), default="")
    promised_at: Mapped[datetime]
    first_promised_at: Mapped[datetime | None]
    counted_promise_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    first_reply_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    first_closed_at: Mapped[datetime | None]
    solved_at: Mapped[datetime | None]
    late_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(20))
    passed_to: Mapped[str] = mapped_column(String(lengths.AUTHORITY), default="", server_default="")
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"), index=True)
    rating: Mapped[int | None]
    rating_reason: Mapped[str] = mapped_column(String(20), default="", server_default="")
    rating_words: Mapped[str] = mapped_column(Text, default="", server_default="")
    rating_seen_at: Mapped[datetime | None]
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"), index=True)

    conversation: Mapped[Conversation] = relationship()
    contact: Mapped[Contact] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship()
    officer: Mapped[Officer | None] = relationship()
    duplicate_of: Mapped["Request | None"] = relationship(remote_side=lambda: Request.id)

    @property
    def first_answer_due(self) -> datetime:
        """The hour that the first answer is held against."""
        return self.counted_promise_at or self.promised_at


class RequestEvent(Base):
    """One line of a request's history. `kind`: created, claimed, closed and so on."""

    __tablename__ = "request_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    officer: Mapped[Officer | None] = relationship()
