"""A person's e-mail address: hers once she typed the code sent there, or set for her."""

import hmac
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.office.address import (
    CODE_AGAIN,
    CODE_HOLDS,
    CODE_TRIES,
    new_mail_code,
    read_address,
)
from bot.domain.requests.alert import Alert
from bot.services.alerts.mails import MailService
from bot.services.staff.secret_tokens import token_hash
from bot.storage.models import MailBox
from bot.texts import Texts


class MailBoxRefused(Exception):
    """The step is not open. `reason`: address, again, code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MailBoxService:
    """Keeps where people get mail."""

    def __init__(self, session: Session, texts: Texts) -> None:
        self._session = session
        self._texts = texts

    def of(self, officer_id: int) -> MailBox | None:
        """A person's, verified or not; None where she has given no address."""
        return self._session.get(MailBox, officer_id)

    def ask(self, officer_id: int, typed: str, *, now: datetime) -> None:
        """Sends a code to an address, which from then on is hers alone once the code is typed.

        Raises:
            MailBoxRefused: it is no address, or a code went out just now.
        """
        address = read_address(typed)
        if address is None:
            raise MailBoxRefused("address")
        box = self._locked(officer_id)
        if box is not None and now - box.code_sent_at < CODE_AGAIN:
            raise MailBoxRefused("again")
        code = new_mail_code()
        box = box or MailBox(officer_id=officer_id, mornings=True, told=[])
        box.address, box.verified_at = address, None
        box.code_hash, box.code_sent_at, box.code_tries = token_hash(code), now, 0
        self._session.add(box)
        say = self._texts.say
        MailService(self._session).put(
            officer_id,
            address,
            say("mail.code_subject"),
            say("mail.code_text", code=code),
            now=now,
        )

    def confirm(
        self, officer_id: int, code: str, alerts: list[Alert], *, now: datetime
    ) -> MailBox | None:
        """Takes the code; what waits already is no news. None: wrong, too late, or tried too often.

        A wrong code counts, so the caller's transaction must end well.
        """
        box = self._locked(officer_id)
        if box is None or now - box.code_sent_at > CODE_HOLDS or box.code_tries >= CODE_TRIES:
            return None
        if not hmac.compare_digest(box.code_hash, token_hash(code)):
            box.code_tries += 1
            return None
        box.verified_at, box.code_hash = now, ""
        box.told = [alert.key for alert in alerts]
        return box

    def set_for(
        self, officer_id: int, typed: str, alerts: list[Alert], *, now: datetime
    ) -> MailBox | None:
        """What an administrator says is her address, and answers for: no code is asked; None: none.

        Raises:
            MailBoxRefused: it is no address.
        """
        if not typed.strip():
            self.drop(officer_id)
            return None
        address = read_address(typed)
        if address is None:
            raise MailBoxRefused("address")
        box = self._locked(officer_id)
        if box is not None and box.address == address and box.verified_at is not None:
            return box
        box = box or MailBox(officer_id=officer_id, mornings=True, code_sent_at=now)
        box.address, box.verified_at, box.code_hash, box.code_tries = address, now, "", 0
        box.told, box.fresh_since = [alert.key for alert in alerts], None
        self._session.add(box)
        return box

    def drop(self, officer_id: int) -> None:
        """No mail any more; the address is forgotten."""
        box = self._locked(officer_id)
        if box is not None:
            self._session.delete(box)

    def _locked(self, officer_id: int) -> MailBox | None:
        return self._session.scalar(
            select(MailBox).where(MailBox.officer_id == officer_id).with_for_update()
        )
