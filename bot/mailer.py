"""Sends a mail over SMTP, and says what is known of it where that fails."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from bot.settings import Settings

PATIENCE_SECONDS = 20.0
"""For each answer of the server: far below the lease of a job."""


class NotSent(Exception):
    """The mail has surely not been taken: it may be sent again."""


class MaybeSent(Exception):
    """The line broke while the mail was handed over: sent again, it might come twice."""


@dataclass(frozen=True)
class Mail:
    """Plain words to one address. `message_id`: the same however often it is sent."""

    address: str
    subject: str
    text: str
    message_id: str


class Mailer:
    """The mail server of the settings; a connection for each mail. Blocking."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def is_on(self) -> bool:
        """Whether a server is set."""
        return bool(self._settings.smtp_host)

    def send(self, mail: Mail) -> None:
        """Hands a mail over.

        Raises:
            NotSent: no server is set, it cannot be reached, or it refused.
            MaybeSent: it may have been taken.
        """
        if not self.is_on:
            raise NotSent("no mail server is set")
        try:
            server = self._signed_in()
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_said(error)) from error
        try:
            server.send_message(self._message(mail))
        except (
            smtplib.SMTPSenderRefused,
            smtplib.SMTPRecipientsRefused,
            smtplib.SMTPDataError,
        ) as error:
            raise NotSent(_said(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MaybeSent(_said(error)) from error
        finally:
            # It is handed over: how the farewell goes changes nothing.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()

    def _signed_in(self) -> smtplib.SMTP:
        given = self._settings
        if given.smtp_security == "tls":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                given.smtp_host, given.smtp_port, timeout=PATIENCE_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(given.smtp_host, given.smtp_port, timeout=PATIENCE_SECONDS)
        try:
            if given.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if given.smtp_user:
                server.login(given.smtp_user, given.smtp_password.get_secret_value())
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._settings.smtp_sender
        message["To"] = mail.address
        message["Subject"] = mail.subject
        message["Message-ID"] = mail.message_id
        # Nobody's holiday reply is to come back.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        return message


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
