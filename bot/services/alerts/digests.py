"""What waits for a person, as mails: gathered for some minutes, in office time, once each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.requests.alert import Alert, cases_of
from bot.knowledge.library import Library
from bot.services.alerts.alert_wishes import AlertWishService
from bot.services.alerts.alerts import AlertService
from bot.services.alerts.mails import MailService
from bot.services.upkeep.demo_rows import DemoRows
from bot.storage.models import MailBox, Officer
from bot.texts import Texts

GATHERED = timedelta(minutes=10)
"""What comes within is one mail; what is done meanwhile is in none."""

MOST_LINES = 30


class Digests:
    """Looks what is to be mailed. `console`: the address of the console, without a slash."""

    def __init__(self, session: Session, texts: Texts, library: Library, console: str) -> None:
        self._session = session
        self._texts = texts
        self._library = library
        self._console = console

    def people(self) -> list[int]:
        """Who may come in and has an address that is hers."""
        return list(
            self._session.scalars(
                select(MailBox.officer_id)
                .join(Officer, Officer.id == MailBox.officer_id)
                .where(Officer.active, MailBox.verified_at.is_not(None))
            )
        )

    def look(self, officer_id: int, *, now: datetime) -> None:
        """Writes a person's mail where one is due; outside of office and quiet hours a no-op."""
        box = self._session.scalar(
            select(MailBox)
            .where(MailBox.officer_id == officer_id, MailBox.verified_at.is_not(None))
            .with_for_update(skip_locked=True)
        )
        officer = self._session.get(Officer, officer_id)
        wishes = AlertWishService(self._session).of(officer_id)
        is_open = self._library.tables.calendar.is_open(now)
        if box is None or officer is None or not is_open or wishes.is_quiet(now):
            return
        alerts = self._real(AlertService(self._session).of(officer, wishes, now=now))
        today = now.astimezone(VIETNAM).date()
        if box.mornings and box.summed_on != today:
            box.summed_on = today
            if alerts:
                self._write(box, "mail.morning_subject", alerts, alerts, now)
            return
        fresh = [alert for alert in alerts if alert.key not in box.told]
        if not fresh:
            box.fresh_since = None
            self._note(box, [key for key in box.told if key in {a.key for a in alerts}])
        elif box.fresh_since is None:
            box.fresh_since = now
        elif now - box.fresh_since >= GATHERED:
            self._write(box, "mail.alerts_subject", fresh, alerts, now)

    def _real(self, alerts: Sequence[Alert]) -> list[Alert]:
        """Nobody gets mail for a case that is made up."""
        made_up = DemoRows(self._session).made_up(alert.request_id for alert in alerts)
        return [alert for alert in alerts if alert.request_id not in made_up]

    def _write(
        self,
        box: MailBox,
        subject: str,
        told: Sequence[Alert],
        alerts: Sequence[Alert],
        now: datetime,
    ) -> None:
        say = self._texts.say
        lines = [
            say(
                "mail.line",
                why=say(f"alert.{alert.kind}"),
                code=alert.code,
                topic=self._library.current.topic(alert.topic).title,
                link=f"{self._console}/requests/{alert.request_id}",
            )
            for alert in told[:MOST_LINES]
        ]
        text = say(
            "mail.alerts_text", lines=lines, more=len(told) - len(lines), console=self._console
        )
        head = say(subject, count=cases_of(told))
        MailService(self._session).put(box.officer_id, box.address, head, text, now=now)
        box.fresh_since = None
        self._note(box, [alert.key for alert in alerts])

    def _note(self, box: MailBox, keys: list[str]) -> None:
        if box.told != keys:
            box.told = keys
