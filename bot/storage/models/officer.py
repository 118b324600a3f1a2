"""The department's people, their sessions, days away and the one-time set-up link."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.storage.base import Base


class Officer(Base):
    """A person of the department. `role` is a `domain.roles.Role`; `office` an office id.

    `temporary_password`: somebody else chose it, and it opens nothing but its own change.
    """

    __tablename__ = "officers"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    office: Mapped[str] = mapped_column(String(lengths.OFFICE_ID))
    password_hash: Mapped[str] = mapped_column(String(300))
    temporary_password: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class OfficerSession(Base):
    """A signed-in browser. Only the hash of its token is kept.

    `address`, `agent`: from where it signed in, and what the browser said of itself. `way`: by
    what, as in `services.staff.sessions`.
    """

    __tablename__ = "officer_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    csrf_token: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(60), default="")
    agent: Mapped[str] = mapped_column(String(300), default="")
    way: Mapped[str] = mapped_column(String(10), default="password")

    officer: Mapped[Officer] = relationship()


class HalfSignIn(Base):
    """A sign-in that waits for the code of the second factor. Only its token's hash is kept."""

    __tablename__ = "half_sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    created_at: Mapped[datetime]


class SecondFactor(Base):
    """What a person has beside her password. `confirmed_at`: None until a first code was right.

    `secret`: the key that her telephone has, in base 32, closed by `storage.seal`. `last_step`: of
    the newest code that was taken. `recovery_hashes`: of the recovery codes that are left.
    """

    __tablename__ = "second_factors"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(300))
    begun_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)
    recovery_salt: Mapped[str] = mapped_column(String(32))
    recovery_hashes: Mapped[list[Any]] = mapped_column(default=list)


class SetupLink(Base):
    """A one-time link to set a password. Only the hash of its token is kept.

    `officer_id`: whose password; None: it makes the first administrator.
    """

    __tablename__ = "setup_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class KnownDevice(Base):
    """A browser in which a person signed in before. Only the hash of its token is kept."""

    __tablename__ = "known_devices"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    used_at: Mapped[datetime]


class SignInAttempt(Base):
    """A failed sign-in, or one under way; `subject` names what it counts for (`services.sign_in`).

    A subject is a kind and a hash: neither what was typed nor where it came from is kept.
    """

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime]


class AlertWish(Base):
    """Of what a person wants to be told, and when not; who has no row wants all, in silence.

    `kinds`: of `domain.requests.alert.AlertKind`. `quiet_from`, `quiet_to`: `21:30`.
    """

    __tablename__ = "alert_wishes"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    kinds: Mapped[list[Any]]
    sounds: Mapped[bool]
    quiet_from: Mapped[str] = mapped_column(String(5))
    quiet_to: Mapped[str] = mapped_column(String(5))


class Absence(Base):
    """From its first to its last day, in Vietnam.

    `handing`: a `domain.office.absence.Handing`. `handed_over_at`: when the cases she held were
    passed on or put back, which happens once. `taken_back_at`: she came back, or never went.
    """

    __tablename__ = "absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
    handing: Mapped[str] = mapped_column(String(20))
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    written_by: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    written_at: Mapped[datetime]
    handed_over_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]

    officer: Mapped[Officer] = relationship(foreign_keys=officer_id)
    substitute: Mapped[Officer | None] = relationship(foreign_keys=substitute_id)


class MailBox(Base):
    """Where a person gets mail. `verified_at`: None until she typed the code that was sent there.

    `told`: the keys of the alerts that were mailed. `fresh_since`: since when something waits that
    was not. `summed_on`: the day of the newest morning summary. `code_tries`: wrong ones so far.
    """

    __tablename__ = "mail_boxes"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    address: Mapped[str] = mapped_column(String(200))
    verified_at: Mapped[datetime | None]
    code_hash: Mapped[str] = mapped_column(String(64))
    code_sent_at: Mapped[datetime]
    code_tries: Mapped[int] = mapped_column(default=0)
    mornings: Mapped[bool] = mapped_column(default=True)
    summed_on: Mapped[date | None]
    told: Mapped[list[Any]] = mapped_column(default=list)
    fresh_since: Mapped[datetime | None]


class OutgoingMail(Base):
    """A mail on its way. `state` is a `domain.office.mail_state.MailState`.

    What it said is emptied once it is sent; what may not have arrived keeps it, to be sent again.
    """

    __tablename__ = "outgoing_mails"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    address: Mapped[str] = mapped_column(String(200))
    message_id: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    officer: Mapped[Officer] = relationship()
