"""Mails to the department's people: written down with what caused them, sent by a job, once."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.jobs import JobKind
from bot.domain.office.mail_state import MailState
from bot.services.upkeep.jobs import JobService
from bot.storage.models import OutgoingMail

DOMAIN = "donghanh.invalid"
"""Behind the name of a mail: it names no machine."""


class MailService:
    """Puts mails on their way, and records how they ended."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(
        self, officer_id: int, address: str, subject: str, text: str, *, now: datetime
    ) -> OutgoingMail:
        """A mail that is to be sent, with the job that sends it."""
        row = OutgoingMail(
            officer_id=officer_id,
            address=address,
            message_id=f"<{uuid.uuid4().hex}@{DOMAIN}>",
            subject=subject,
            text=text,
            state=MailState.WAITING,
            created_at=now,
        )
        self._session.add(row)
        self._session.flush()
        JobService(self._session).schedule(
            JobKind.SEND_MAIL, str(row.id), due_at=now, given={"mail": row.id}
        )
        return row

    def begin(self, mail_id: int, *, now: datetime) -> OutgoingMail | None:
        """Marks it as being sent; None where there is nothing to send.

        One that was being sent when its sender died may have arrived: it is not sent again.
        """
        row = self._locked(mail_id)
        if row is None or row.state in (MailState.SENT, MailState.UNKNOWN):
            return None
        if row.state == MailState.SENDING:
            self._end(row, MailState.UNKNOWN, "the sender died", now)
            return None
        row.state = MailState.SENDING
        return row

    def sent(self, mail_id: int, *, now: datetime) -> None:
        """The server has taken it."""
        row = self._locked(mail_id)
        if row is not None:
            self._end(row, MailState.SENT, "", now)

    def unknown(self, mail_id: int, error: str, *, now: datetime) -> None:
        """It may have been taken: whoever reads her page sees it."""
        row = self._locked(mail_id)
        if row is not None:
            self._end(row, MailState.UNKNOWN, error, now)

    def not_sent(self, mail_id: int, error: str) -> None:
        """It has surely not been taken, and waits for the next try of its job."""
        row = self._locked(mail_id)
        if row is not None:
            row.state, row.error = MailState.WAITING, error

    def newest(self, officer_id: int) -> OutgoingMail | None:
        """The mail of a person that was written last."""
        return self._session.scalar(
            select(OutgoingMail)
            .where(OutgoingMail.officer_id == officer_id)
            .order_by(OutgoingMail.id.desc())
            .limit(1)
        )

    def _end(self, row: OutgoingMail, state: MailState, error: str, now: datetime) -> None:
        row.state, row.error, row.ended_at, row.text = state, error, now, ""

    def _locked(self, mail_id: int) -> OutgoingMail | None:
        return self._session.scalar(
            select(OutgoingMail)
            .where(OutgoingMail.id == mail_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
