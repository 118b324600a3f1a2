"""Signing in by an identity provider that is really asked, over loopback."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import select

from bot.house import House
from bot.services.staff.officers import OfficerService
from bot.services.staff.trail import Trail, TrailFilter
from bot.storage.models import MailBox, Officer
from tests.support.data.seed import PASSWORD
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.identity_provider import ProviderStand, provider_stand
from tests.support.stands.officer_browser import OfficerBrowser

ADDRESS = "lan@so.example.vn"
START, BACK = "/sign-in/provider", "/sign-in/provider/back"

Given = Callable[..., House]


@pytest.fixture
def provider(clock: MovableClock) -> Iterator[ProviderStand]:
    with provider_stand(clock()) as stand:
        stand.says = {"email": ADDRESS.upper(), "email_verified": True, "preferred_username": "LAN"}
        yield stand


@pytest.fixture
def given(staffed: House, provider: ProviderStand) -> Given:
    """Makes a house that asks the provider; Lan has an address that was confirmed."""
    box(staffed, "lan")

    def made(**settings: Any) -> House:
        changed = staffed.settings.model_copy(update={**provider.settings, **settings})
        return replace(staffed, settings=changed)

    return made


def box(house: House, username: str, *, confirmed: bool = True) -> None:
    now = house.clock()
    with house.database.transaction() as session:
        officer = session.scalars(select(Officer).filter_by(username=username)).one()
        session.add(
            MailBox(
                officer_id=officer.id,
                address=ADDRESS,
                verified_at=now if confirmed else None,
                code_hash="",
                code_sent_at=now,
            )
        )


def there_and_back(browser: OfficerBrowser, path: str = START) -> str:
    """Sets out, and the address under which the provider sends the browser back."""
    there = browser.get(path, follow=False).headers["location"]
    back = httpx.get(there).headers["location"]
    return back.partition("/console")[2]


def enter(browser: OfficerBrowser, path: str = START) -> int:
    return browser.get(there_and_back(browser, path)).status_code


def where(browser: OfficerBrowser) -> str:
    assert browser.page is not None
    return browser.page.url.path


def text(browser: OfficerBrowser) -> str:
    assert browser.page is not None
    return browser.page.text


def acts(house: House) -> list[tuple[str, str, str]]:
    with house.database.reading() as session:
        lines = Trail(session).page(TrailFilter(), before=None, limit=100)
        return [
            (line.kind, line.act, line.officer.username if line.officer else "") for line in lines
        ]


def test_who_is_known_by_her_address_is_led_to_the_page_that_was_asked_for(given: Given) -> None:
    house = given()
    browser = OfficerBrowser(house)
    page = browser.get("/absences").text
    assert "/console/sign-in/provider?next=%2Fconsole%2Fabsences" in page
    assert enter(browser, f"{START}?next=/console/absences") == 200
    assert where(browser) == "/console/absences"
    assert acts(house) == [("sign_in", "provider_back", "lan")]
    # A known browser from now on; the way back opens nothing a second time.
    assert "donghanh_device" in browser.client.cookies
    assert "donghanh_trip" not in browser.client.cookies


def test_another_claim_names_a_user(given: Given) -> None:
    browser = OfficerBrowser(given(oidc_claim="preferred_username"))
    assert enter(browser) == 200
    assert where(browser) == "/console/"


@pytest.mark.parametrize(
    "says",
    [
        {"email": "la@so.example.vn"},
        {"email": ""},
        {"email": None},
        {"email": ["lan@so.example.vn"]},
        {"email_verified": False},
        {"email": "x" * 100_00},
    ],
)
def test_nobody_else_gets_in_nor_an_account(
    given: Given, provider: ProviderStand, says: dict[str, Any]
) -> None:
    house = given()
    provider.says |= says
    browser = OfficerBrowser(house)
    assert enter(browser) == 403
    assert "chưa có trong danh sách" in text(browser)
    assert browser.get("/", follow=False).status_code == 303
    assert acts(house) == [("refused", "provider_back", "")]
    with house.database.reading() as session:
        assert len(OfficerService(session).everybody()) == 5


def test_an_address_of_two_people_an_unconfirmed_one_and_a_locked_person_open_nothing(
    given: Given,
) -> None:
    house = given()
    box(house, "minh")
    assert enter(OfficerBrowser(house)) == 403
    with house.database.transaction() as session:
        minh = session.scalars(select(Officer).filter_by(username="minh")).one()
        session.get_one(MailBox, minh.id).verified_at = None
    assert enter(OfficerBrowser(house)) == 200
    with house.database.transaction() as session:
        lan = session.scalars(select(Officer).filter_by(username="lan")).one()
        OfficerService(session).disable(lan)
    assert enter(OfficerBrowser(house)) == 403


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "other"},
        {"aud": ["other", "third"]},
        {"aud": ["donghanh", "other"]},
        {"aud": ["donghanh", "other"], "azp": "other"},
        {"azp": "other"},
        {"nonce": "other"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"iat": 9_999_999_999},
        {"sub": None},
    ],
)
def test_what_is_not_for_us_now_is_not_believed(
    given: Given, provider: ProviderStand, lies: dict[str, Any]
) -> None:
    house = given()
    provider.lies = lies
    browser = OfficerBrowser(house)
    assert enter(browser) == 401
    assert "không xác nhận" in text(browser)
    assert acts(house) == [("refused", "provider_back", "")]


def test_several_audiences_are_fine_where_we_are_the_party(
    given: Given, provider: ProviderStand
) -> None:
    provider.lies = {"aud": ["donghanh", "other"], "azp": "donghanh"}
    assert enter(OfficerBrowser(given())) == 200


def test_a_new_key_is_taken_at_once_and_one_that_is_gone_no_longer(
    given: Given, provider: ProviderStand
) -> None:
    house = given()
    assert enter(OfficerBrowser(house)) == 200
    provider.rotate()
    assert enter(OfficerBrowser(house)) == 200
    provider.published = provider.keys[:1]
    assert enter(OfficerBrowser(house)) == 401


def test_a_token_without_a_signature_is_not_believed(given: Given, provider: ProviderStand) -> None:
    provider.is_unsigned = True
    assert enter(OfficerBrowser(given())) == 401


def test_a_code_comes_back_to_the_browser_that_set_out_and_once(given: Given) -> None:
    house = given()
    browser, stranger = OfficerBrowser(house), OfficerBrowser(house)
    back = there_and_back(browser)
    # Somebody is led to another's way back: she is not signed in as him.
    assert stranger.get(back).status_code == 400
    there_and_back(stranger)
    assert stranger.get(back).status_code == 400
    cookie = browser.client.cookies["donghanh_trip"]
    assert browser.get(back).status_code == 200
    browser.post("/sign-out")
    browser.client.cookies.set("donghanh_trip", cookie, path="/console")
    assert browser.get(back).status_code == 401


def test_the_way_back_loaded_again_goes_on(given: Given) -> None:
    browser = OfficerBrowser(given())
    back = there_and_back(browser, f"{START}?next=/console/absences")
    assert browser.get(back).url.path == "/console/absences"
    assert browser.get(back).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?code=x",
        "?state=x",
        "?error=access_denied&state=S",
        "?code=x&state=S",
        "?code=%00&state=S",
    ],
)
def test_an_odd_way_back_opens_nothing(given: Given, query: str) -> None:
    browser = OfficerBrowser(given())
    there = browser.get(START, follow=False).headers["location"]
    state = parse_qs(urlsplit(there).query)["state"][0]
    assert browser.get(f"{BACK}{query.replace('S', state)}").status_code in (400, 401)
    assert browser.get("/", follow=False).status_code == 303


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "/other", "x" * 5000]
)
def test_it_leads_nowhere_else(given: Given, onward: str) -> None:
    browser = OfficerBrowser(given())
    enter(browser, f"{START}?next={onward}")
    assert where(browser) == "/console/"


def test_while_it_is_down_the_password_opens(given: Given, provider: ProviderStand) -> None:
    house = given()
    browser = OfficerBrowser(house)
    back = there_and_back(browser)
    provider.is_down = True
    for path in (back, START):
        assert browser.get(path).status_code == 503
        assert "đang không trả lời" in text(browser)
    browser.post("/sign-in", {"username": "lan", "password": PASSWORD})
    assert where(browser) == "/console/"
    assert acts(house) == [("sign_in", "sign_in", "lan")]


def test_a_provider_that_calls_itself_otherwise_is_none(
    given: Given, provider: ProviderStand
) -> None:
    provider.calls_itself = "https://other.example"
    assert OfficerBrowser(given()).get(START).status_code == 503


def test_passwords_of_administrators_alone(given: Given) -> None:
    house = given(password_sign_in="administrators")
    browser = OfficerBrowser(house)
    assert 'name="password"' not in browser.get("/sign-in").text
    browser.get("/sign-in?by=password")
    assert browser.post("/sign-in", {"username": "lan", "password": PASSWORD}).status_code == 401
    browser.get("/sign-in?by=password")
    browser.post("/sign-in", {"username": "quan.tri", "password": PASSWORD})
    assert where(browser) == "/console/"


def test_who_comes_by_the_provider_needs_no_password_and_no_second_factor_of_ours(
    given: Given,
) -> None:
    house = given(second_factor="all")
    with house.database.transaction() as session:
        officer = session.scalars(select(Officer).filter_by(username="lan")).one()
        OfficerService(session).set_password(officer, "mot cau khac rat dai day", temporary=True)
    browser = OfficerBrowser(house)
    assert enter(browser) == 200
    assert where(browser) == "/console/"


def test_a_clock_that_differs_by_a_minute_is_no_reason(
    given: Given, provider: ProviderStand
) -> None:
    for minutes in (-1, 1):
        provider.now += timedelta(minutes=minutes)
        assert enter(OfficerBrowser(given())) == 200


def test_without_the_setting_nothing_is_there(staffed: House) -> None:
    browser = OfficerBrowser(staffed)
    assert "sign-in/provider" not in browser.get("/sign-in").text
    assert browser.get(START).status_code == 404
    assert browser.get(BACK).status_code == 404
