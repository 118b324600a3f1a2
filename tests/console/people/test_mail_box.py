"""The part of the page where a person gives her e-mail address and shows that it is hers."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.house import House
from bot.services.alerts.mails import MailService
from bot.storage.models import MailBox, Officer, OutgoingMail, TrailLine
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser

PATH = "/account/alerts"
ADDRESS = "lan@so.example.vn"

SignIn = Callable[[str], OfficerBrowser]


@pytest.fixture
def house(house: House) -> House:
    given = {"smtp_host": "127.0.0.1", "smtp_sender": "donghanh@so.example.vn"}
    return replace(house, settings=house.settings.model_copy(update=given))


def newest(house: House) -> OutgoingMail:
    with house.database.reading() as session:
        row = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
        assert row is not None
        session.expunge(row)
        return row


def box(house: House) -> MailBox | None:
    with house.database.reading() as session:
        row = session.scalars(select(MailBox)).one_or_none()
        if row is not None:
            session.expunge(row)
        return row


def ask(lan: OfficerBrowser, address: str = ADDRESS) -> str:
    lan.get(PATH)
    return lan.post(f"{PATH}/mail", {"address": address}).text


def test_a_code_goes_to_the_address_and_makes_it_hers(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    assert "Đã gửi mã xác nhận" in ask(lan)
    code = newest(staffed).text.split(": ")[1][:6]
    page = lan.post(f"{PATH}/mail/confirm", {"code": "000"}).text
    assert "Mã không đúng" in page
    page = lan.post(f"{PATH}/mail/confirm", {"code": code}).text
    assert "Địa chỉ thư đã được xác nhận" in page
    kept = box(staffed)
    assert kept is not None
    assert kept.verified_at == staffed.clock()
    # What waits already is on the screen, and no news.
    assert any(key.startswith(f"new:{request_id}:") for key in kept.told)

    lan.post(f"{PATH}/mail/mornings", {})
    assert not getattr(box(staffed), "mornings", True)
    assert "Đã thôi gửi thư" in lan.post(f"{PATH}/mail/drop").text
    assert box(staffed) is None


def test_no_address_is_refused_and_stays_to_be_mended(lan: OfficerBrowser, staffed: House) -> None:
    page = ask(lan, "lan@@so.vn")
    assert "Đây chưa phải một địa chỉ" in page
    assert 'value="lan@@so.vn"' in page
    assert box(staffed) is None


def test_a_second_code_waits_a_minute(lan: OfficerBrowser, clock: MovableClock) -> None:
    ask(lan)
    assert "Hãy đợi một phút" in ask(lan)
    clock.move(minutes=1)
    assert "Đã gửi mã xác nhận" in ask(lan)


def test_one_that_did_not_go_out_is_told_on_the_page(lan: OfficerBrowser, staffed: House) -> None:
    ask(lan)
    assert "mail-trouble" not in lan.get(PATH).text
    with staffed.database.transaction() as session:
        mails, row = MailService(session), newest(staffed)
        mails.begin(row.id, now=staffed.clock())
        mails.not_sent(row.id, "452 later")
    assert "chưa gửi được" in lan.get(PATH).text
    with staffed.database.transaction() as session:
        MailService(session).unknown(row.id, "broke", now=staffed.clock())
    assert "không rõ đã tới hay chưa" in lan.get(PATH).text


def test_without_a_mail_server_nothing_is_offered(staffed: House) -> None:
    given = {"smtp_host": "", "smtp_sender": ""}
    without = replace(staffed, settings=staffed.settings.model_copy(update=given))
    browser = OfficerBrowser(without)
    browser.enter("lan")
    page = browser.get(PATH).text
    assert 'id="mail-box"' not in page
    csrf = browser.hidden(PATH)["csrf"]
    answer = browser.client.post("/console/account/alerts/mail", data={"csrf": csrf})
    assert answer.status_code == 404


# — an administrator sets it —


@pytest.fixture
def lan_path(staffed: House) -> str:
    with staffed.database.reading() as session:
        return f"/people/{session.scalars(select(Officer.id).filter_by(username='lan')).one()}"


def test_an_administrator_sets_the_address_of_an_officer_who_drops_it_again(
    sign_in: SignIn, lan: OfficerBrowser, staffed: House, request_id: int, lan_path: str
) -> None:
    admin = sign_in("quan.tri")
    admin.get(lan_path)
    assert admin.post(f"{lan_path}/mail", {"address": "lan@@so.vn"}).status_code == 422
    assert 'value="lan@@so.vn"' in admin.post(f"{lan_path}/mail", {"address": "lan@@so.vn"}).text
    assert box(staffed) is None
    assert "Đã lưu địa chỉ thư" in admin.post(f"{lan_path}/mail", {"address": ADDRESS}).text
    kept = box(staffed)
    assert kept is not None
    assert (kept.address, kept.verified_at) == (ADDRESS, staffed.clock())
    # What waits already is no news, and the same address again changes nothing.
    assert any(key.startswith(f"new:{request_id}:") for key in kept.told)
    admin.post(f"{lan_path}/mail", {"address": ADDRESS})
    with staffed.database.reading() as session:
        acts = session.scalars(select(TrailLine.act).filter_by(subject="lan")).all()
    assert acts.count("set_mail_box") == 2
    assert ADDRESS in lan.get(PATH).text
    lan.post(f"{PATH}/mail/drop")
    assert box(staffed) is None


def test_an_empty_address_is_no_mail_any_more(
    sign_in: SignIn, staffed: House, lan_path: str
) -> None:
    admin = sign_in("quan.tri")
    for address in (ADDRESS, ""):
        admin.get(lan_path)
        admin.post(f"{lan_path}/mail", {"address": address})
    assert box(staffed) is None


def test_a_code_that_was_sent_elsewhere_confirms_nothing_once_it_is_set(
    sign_in: SignIn, lan: OfficerBrowser, staffed: House, lan_path: str
) -> None:
    ask(lan, "nham@so.example.vn")
    code = newest(staffed).text.split(": ")[1][:6]
    form = lan.hidden(f"{PATH}/mail/confirm") | {"code": code}
    admin = sign_in("quan.tri")
    admin.get(lan_path)
    admin.post(f"{lan_path}/mail", {"address": ADDRESS})
    answer = lan.client.post(f"/console{PATH}/mail/confirm", data=form)
    assert "Mã không đúng" in answer.text
    kept = box(staffed)
    assert kept is not None
    assert kept.address == ADDRESS
