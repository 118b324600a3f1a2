"""A mail is handed over once, whatever dies, and one that does not go out is seen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.jobs import JobState
from bot.flow.caretaker import Caretaker
from bot.flow.job_runner import JobRunner
from bot.flow.works import preparations_of, works_of
from bot.house import House
from bot.services.alerts.mails import MailService
from bot.services.upkeep.trouble import TroubleService
from bot.storage.models import Job, MailBox, OutgoingMail
from tests.support.data.seed import Seed
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.mail_server import TAKEN, MailServer, mail_server


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def clock(now: object) -> MovableClock:
    # The 24th of November is a day off.
    return MovableClock(now + timedelta(days=1))  # type: ignore[operator]


@pytest.fixture
def house(house: House, server: MailServer) -> House:
    return replace(house, settings=server.heard_by(house.settings))


@pytest.fixture
def runner(house: House) -> JobRunner:
    return JobRunner(house, works_of(house), frozenset(), "a", preparations_of(house))


@pytest.fixture
def mail_id(house: House) -> int:
    with house.database.transaction() as session:
        lan = Seed(session, house.clock()).officer("lan")
        mails = MailService(session)
        return mails.put(lan.id, "lan@so.example.vn", "Có việc", "Mã", now=house.clock()).id


def mail(house: House) -> OutgoingMail:
    with house.database.reading() as session:
        row = session.scalars(select(OutgoingMail)).one()
        session.expunge(row)
        return row


def test_it_is_sent_once_and_its_words_are_forgotten(
    house: House, runner: JobRunner, server: MailServer, mail_id: int
) -> None:
    assert mail_id
    assert runner.step()
    assert not runner.step()
    assert len(server.mails) == 1
    assert (mail(house).state, mail(house).text) == ("sent", "")


def test_one_whose_sender_died_may_have_arrived_and_is_not_sent_again(
    house: House, runner: JobRunner, server: MailServer, mail_id: int
) -> None:
    with house.database.transaction() as session:
        assert MailService(session).begin(mail_id, now=house.clock()) is not None
    assert runner.step()
    assert server.mails == []
    assert mail(house).state == "unknown"


def test_a_line_that_broke_behind_the_words_is_not_tried_again(
    house: House, runner: JobRunner, server: MailServer, mail_id: int
) -> None:
    assert mail_id
    server.answer = ""
    assert runner.step()
    assert not runner.step()
    assert len(server.mails) == 1
    assert mail(house).state == "unknown"


def test_an_administrator_sends_what_may_be_lost_again_once(
    house: House, runner: JobRunner, server: MailServer, mail_id: int, clock: MovableClock
) -> None:
    server.answer = ""
    assert runner.step()
    server.answer = TAKEN
    with house.database.transaction() as session:
        trouble = TroubleService(session, now=house.clock())
        assert trouble.count() == 1
        for _ in range(2):
            MailService(session).send_again(mail_id, now=house.clock())
        assert trouble.count() == 0
    assert runner.step()
    assert not runner.step()
    assert len(server.mails) == 2
    assert (mail(house).state, mail(house).text) == ("sent", "")


def test_who_was_written_to_about_what_is_forgotten_after_thirty_days(
    house: House, runner: JobRunner, mail_id: int, clock: MovableClock
) -> None:
    assert runner.step()
    for days, kept in ((30, 1), (1, 0)):
        clock.now += timedelta(days=days)
        with house.database.transaction() as session:
            MailService(session).forget_old(now=house.clock())
            assert session.query(OutgoingMail).count() == kept, mail_id


def test_what_is_refused_is_tried_again_and_in_the_end_stands_among_the_troubles(
    house: House, runner: JobRunner, server: MailServer, mail_id: int, clock: MovableClock
) -> None:
    assert mail_id
    server.answer = "452 later"
    for _ in range(5):
        assert runner.step()
        assert "452" in mail(house).error
        clock.now += timedelta(hours=3)
    with house.database.reading() as session:
        assert session.scalars(select(Job.state)).all() == [JobState.FAILED]
        [failed] = TroubleService(session, now=house.clock()).failed_jobs()
    assert failed.kind == "send_mail"


def test_what_waits_goes_from_the_case_to_the_mail_server(
    house: House, runner: JobRunner, server: MailServer, clock: MovableClock
) -> None:
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        lan = seed.officer("lan")
        session.add(
            MailBox(
                officer_id=lan.id,
                address="lan@so.example.vn",
                verified_at=house.clock(),
                code_hash="",
                code_sent_at=house.clock(),
                summed_on=house.clock().date(),
                told=[],
            )
        )
        code = seed.request().code
    caretaker = Caretaker(house)
    caretaker.look()
    clock.now += timedelta(minutes=10)
    caretaker.look()
    caretaker.look()
    while runner.step():
        pass
    [got] = server.mails
    assert code in got.get_content()
