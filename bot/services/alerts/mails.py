"""Mails to the department's people: written down with what caused them, sent by a job, once."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.jobs import PIECE_SIGN, JobKind
from bot.domain.office.mail_state import MailState
from bot.services.upkeep.jobs import JobService
from bot.storage.models import OutgoingMail

DOMAIN = "donghanh.invalid"
"""Behind the name of a mail: it names no machine."""

KEPT = timedelta(days=30)
"""As long as the bodies of worked-off events (`services/inbound/bodies.py`): until then somebody
may ask whether a mail went out."""


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

    def unsure(self, *, since: datetime) -> list[OutgoingMail]:
        """Those that ended since an instant and may not have arrived, newest first."""
        return list(
            self._session.scalars(
                select(OutgoingMail)
                .where(OutgoingMail.state == MailState.UNKNOWN, OutgoingMail.ended_at > since)
                .options(joinedload(OutgoingMail.officer))
                .order_by(OutgoingMail.id.desc())
            )
        )

    def send_again(self, mail_id: int, *, now: datetime) -> None:
        """Sends what may not have arrived once more, under its name: mail programs show it once.

        Anything else, or without words any more: a no-op.
        """
        row = self._locked(mail_id)
        if row is None or row.state != MailState.UNKNOWN or not row.text:
            return
        row.state = MailState.WAITING
        key = f"{row.id}{PIECE_SIGN}{now:%Y%m%d%H%M%S%f}"
        JobService(self._session).schedule(
            JobKind.SEND_MAIL, key, due_at=now, given={"mail": row.id}
        )

    def forget_old(self, *, now: datetime) -> None:
        """Forgets who was written to about what, sent or not, once it is `KEPT` old."""
        old = OutgoingMail.created_at < now - KEPT
        self._session.execute(delete(OutgoingMail).where(old))

    def newest(self, officer_id: int) -> OutgoingMail | None:
        """The mail of a person that was written last."""
        return self._session.scalar(
            select(OutgoingMail)
            .where(OutgoingMail.officer_id == officer_id)
            .order_by(OutgoingMail.id.desc())
            .limit(1)
        )

    def _end(self, row: OutgoingMail, state: MailState, error: str, now: datetime) -> None:
        row.state, row.error, row.ended_at = state, error, now
        if state is MailState.SENT:
            row.text = ""

    def _locked(self, mail_id: int) -> OutgoingMail | None:
        return self._session.scalar(
            select(OutgoingMail)
            .where(OutgoingMail.id == mail_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
