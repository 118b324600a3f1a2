"""Mails of what waits: gathered, in office time, once each, and none of what is done."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.office.quiet_hours import QuietHours
from bot.knowledge.library import Library
from bot.services.alerts.alert_wishes import AlertWishes, AlertWishService
from bot.services.alerts.digests import GATHERED, MOST_LINES, Digests
from bot.services.alerts.mail_box import MailBoxRefused, MailBoxService
from bot.services.upkeep.demo_rows import DemoKind, DemoRows
from bot.storage.database import Database
from bot.storage.models import Job, MailBox, Officer, OutgoingMail, Request
from bot.texts import default_texts
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

CONSOLE = "https://dh.example.vn/console"
ADDRESS = "lan@so.example.vn"


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def now(now: datetime) -> datetime:
    # The 24th of November is a day off.
    return now + timedelta(days=1)


@pytest.fixture
def seed(session: Session, now: datetime) -> Seed:
    seed = Seed(session, now)
    seed.request(office="shtt", due=timedelta(0))
    return seed


@pytest.fixture
def lan(seed: Seed, now: datetime) -> Officer:
    """A person whose address is hers since yesterday, and whose day has begun."""
    lan = seed.officer("lan")
    box = MailBox(
        officer_id=lan.id,
        address=ADDRESS,
        verified_at=now - timedelta(days=1),
        code_hash="",
        code_sent_at=now - timedelta(days=1),
        summed_on=now.date(),
        told=[],
    )
    seed.session.add(box)
    seed.session.flush()
    return lan


class Desk:
    """Looks at instants, and reads what was written."""

    def __init__(self, session: Session, library: Library, officer: Officer) -> None:
        self.session = session
        self.digests = Digests(session, default_texts(), library, CONSOLE)
        self.officer = officer

    def look(self, at: datetime) -> None:
        for officer_id in self.digests.people():
            self.digests.look(officer_id, now=at)
        self.session.flush()

    def look_until_told(self, at: datetime) -> datetime:
        self.look(at)
        self.look(at + GATHERED)
        return at + GATHERED

    @property
    def mails(self) -> Sequence[OutgoingMail]:
        return self.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()


@pytest.fixture
def desk(session: Session, library: Library, lan: Officer) -> Desk:
    return Desk(session, library, lan)


def code_of(request: Request) -> str:
    return request.code


def test_what_comes_within_minutes_is_one_mail_and_is_told_once(
    seed: Seed, desk: Desk, now: datetime
) -> None:
    first = seed.request(enterprise=("Công ty Bí Mật", ""), question="Chuyện riêng")
    desk.look(now)
    second = seed.request()
    desk.look(now + GATHERED - timedelta(seconds=1))
    assert desk.mails == []
    desk.look(now + GATHERED)
    [mail] = desk.mails
    assert mail.address == ADDRESS
    assert mail.subject.startswith("2 yêu cầu")
    assert all(case.code in mail.text for case in (first, second))
    assert f"{CONSOLE}/requests/{first.id}" in mail.text
    assert "Bí Mật" not in mail.text
    assert "Chuyện riêng" not in mail.text
    assert [job.given for job in seed.session.scalars(select(Job))] == [{"mail": mail.id}]
    desk.look_until_told(now + timedelta(hours=0, minutes=20))
    assert len(desk.mails) == 1


def test_nobody_is_written_to_for_a_case_that_is_made_up(
    session: Session, seed: Seed, desk: Desk, now: datetime
) -> None:
    made_up = seed.request()
    DemoRows(session).mark(DemoKind.CONVERSATION, [made_up.conversation_id], now=now)
    desk.look_until_told(now)
    assert desk.mails == []
    real = seed.request()
    desk.look_until_told(now)
    [mail] = desk.mails
    assert (code_of(real) in mail.text, code_of(made_up) in mail.text) == (True, False)


def test_what_is_done_meanwhile_is_in_no_mail(
    seed: Seed, desk: Desk, lan: Officer, now: datetime
) -> None:
    case = seed.request()
    desk.look(now)
    cases(seed.session).claim(case.id, lan, now=now)
    desk.look(now + GATHERED)
    assert desk.mails == []
    # And what comes about anew is told.
    cases(seed.session).release(case.id, lan, now=now + GATHERED)
    desk.look_until_told(now + GATHERED)
    assert len(desk.mails) == 1


def test_outside_of_office_time_and_in_quiet_hours_nothing_is_written(
    seed: Seed, desk: Desk, lan: Officer, now: datetime
) -> None:
    seed.request()
    desk.look_until_told(now + timedelta(hours=9))
    desk.look_until_told(now - timedelta(days=1))
    quiet = AlertWishes(quiet=QuietHours(time(9), time(11)))
    AlertWishService(seed.session).keep(lan.id, quiet)
    seed.session.flush()
    desk.look_until_told(now)
    assert desk.mails == []
    desk.look_until_told(now + timedelta(hours=4))
    assert len(desk.mails) == 1


def test_a_day_begins_with_one_summary_where_it_is_wanted(
    seed: Seed, desk: Desk, lan: Officer, now: datetime
) -> None:
    seed.request()
    desk.look_until_told(now)
    tomorrow = now + timedelta(days=1)
    for _ in range(2):
        desk.look_until_told(tomorrow)
    assert [mail.subject.split(":")[0] for mail in desk.mails[1:]] == ["Đầu ngày"]
    box = seed.session.get_one(MailBox, lan.id)
    box.mornings = False
    desk.look_until_told(now + timedelta(days=2))
    assert len(desk.mails) == 2


def test_who_may_not_come_in_or_has_not_shown_that_it_is_hers_gets_none(
    seed: Seed, desk: Desk, lan: Officer, now: datetime
) -> None:
    seed.request()
    lan.active = False
    seed.session.flush()
    desk.look_until_told(now)
    lan.active = True
    seed.session.get_one(MailBox, lan.id).verified_at = None
    seed.session.flush()
    desk.look_until_told(now)
    assert desk.mails == []


def test_a_long_mail_says_how_many_more_there_are(seed: Seed, desk: Desk, now: datetime) -> None:
    for _ in range(MOST_LINES + 3):
        seed.request()
    desk.look_until_told(now)
    [mail] = desk.mails
    assert "Và 3 việc khác" in mail.text


def test_an_address_is_hers_once_the_code_is_typed(seed: Seed, desk: Desk, now: datetime) -> None:
    minh = seed.officer("minh")
    service = MailBoxService(seed.session, default_texts())
    with pytest.raises(MailBoxRefused, match="address"):
        service.ask(minh.id, "minh", now=now)
    service.ask(minh.id, "minh@so.example.vn", now=now)
    with pytest.raises(MailBoxRefused, match="again"):
        service.ask(minh.id, "minh@so.example.vn", now=now)
    code = desk.mails[-1].text.split(": ")[1][:6]
    assert minh.id not in desk.digests.people()
    assert service.confirm(minh.id, "x", [], now=now) is None
    assert service.confirm(minh.id, code, [], now=now + timedelta(minutes=31)) is None
    assert service.confirm(minh.id, code, [], now=now) is not None
    seed.session.flush()
    assert minh.id in desk.digests.people()
    service.drop(minh.id)
    seed.session.flush()
    assert service.of(minh.id) is None


def test_a_code_cannot_be_guessed_for_long(seed: Seed, desk: Desk, now: datetime) -> None:
    minh = seed.officer("minh")
    service = MailBoxService(seed.session, default_texts())
    service.ask(minh.id, "minh@so.example.vn", now=now)
    code = desk.mails[-1].text.split(": ")[1][:6]
    for _ in range(5):
        assert service.confirm(minh.id, "000", [], now=now) is None
    assert service.confirm(minh.id, code, [], now=now) is None
