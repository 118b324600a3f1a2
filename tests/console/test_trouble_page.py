"""The page of what went wrong, which only administrators open."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.console.frame.pages import TEMPLATES
from bot.domain.jobs import JobKind, JobState
from bot.domain.trouble import Trouble
from bot.house import House
from bot.services.alerts.mails import MailService
from bot.services.inbound.inbox import InboxService
from bot.storage.models import Job, Officer, OutgoingMail
from tests.support.data.events import inbound, reception
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


@pytest.fixture
def dead(staffed: House) -> list[int]:
    ids = []
    with staffed.database.transaction() as session:
        inbox = InboxService(session)
        for trouble in Trouble:
            reception(session).accept(
                inbound("lời riêng tư", now=staffed.clock()), now=staffed.clock()
            )
            taken = inbox.take("w", now=staffed.clock())
            assert taken is not None
            inbox.give_up(taken, f"{trouble}: action_answer", now=staffed.clock())
            ids.append(taken.id)
    return ids


def test_an_administrator_reads_when_where_and_what_but_no_word_of_the_owner(
    sign_in: SignIn, dead: list[int]
) -> None:
    browser = sign_in("quan.tri")
    assert f'Sự cố <span class="badge">{len(dead)}</span>' in browser.get("/").text
    page = browser.get("/trouble").text
    shown = page.split('id="trouble"')[1]
    assert shown.count('<li class="row told">') == len(dead)
    for wanted in (
        "Trợ lý lặp vòng",
        "action_answer",
        "khung chat trên web",
        f"sự kiện {dead[0]}",
        "24/11/2026",
    ):
        assert wanted in shown
    assert "lời riêng tư" not in page


def test_a_job_that_never_ends_well_is_told_too(sign_in: SignIn, staffed: House) -> None:
    with staffed.database.transaction() as session:
        session.add(
            Job(
                kind=JobKind.FORGET_BODIES,
                key="2026-11-24",
                given={},
                due_at=staffed.clock(),
                state=JobState.FAILED,
                error="OperationalError: disk full",
                ended_at=staffed.clock(),
            )
        )
    browser = sign_in("quan.tri")
    assert 'Sự cố <span class="badge">1</span>' in browser.get("/").text
    page = browser.get("/trouble").text
    assert "Việc tự chạy không xong" in page
    assert "Xóa lời trong các tin đã xử lý xong" in page
    assert "OperationalError: disk full" in page
    assert "Không có sự cố nào" not in page


def test_every_kind_of_job_has_its_words() -> None:
    words = (TEMPLATES / "trouble.html").read_text("utf-8")
    assert [kind for kind in JobKind if f'"{kind}":' not in words] == []


def test_without_trouble_no_number_is_shown(sign_in: SignIn) -> None:
    browser = sign_in("quan.tri")
    assert "Sự cố</a>" in browser.get("/").text
    assert "Không có sự cố nào" in browser.get("/trouble").text


@pytest.mark.parametrize("username", ["lan", "lanh.dao"])
def test_nobody_else_sees_it(sign_in: SignIn, dead: list[int], username: str) -> None:
    assert dead
    browser = sign_in(username)
    assert "Sự cố" not in browser.get("/").text
    assert browser.get("/trouble").status_code == 403


def test_a_mail_that_may_be_lost_is_told_and_sent_again_once(
    sign_in: SignIn, staffed: House
) -> None:
    with staffed.database.transaction() as session:
        mails = MailService(session)
        lan = session.scalars(select(Officer).where(Officer.username == "lan")).one()
        row = mails.put(lan.id, "lan@so.example.vn", "2 việc chờ", "Lời", now=staffed.clock())
        mails.begin(row.id, now=staffed.clock())
        mails.unknown(row.id, "broke", now=staffed.clock())
        path = f"/trouble/mails/{row.id}/again"
    browser = sign_in("quan.tri")
    page = browser.get("/trouble").text
    assert "2 việc chờ" in page.split('id="mails"')[1]
    page = browser.post(path).text
    assert "Thư đang được gửi lại." in page
    assert 'id="mails"' not in page
    with staffed.database.transaction() as session:
        assert session.scalars(select(OutgoingMail)).one().state == "waiting"
