"""The page on which a person says of what she wants to be told."""

import pytest

from bot.house import House
from bot.services.alerts.alert_wishes import AlertWishes, AlertWishService
from bot.services.staff.officers import OfficerService
from tests.support.stands.officer_browser import OfficerBrowser

PATH = "/account/alerts"


def kept(house: House) -> AlertWishes:
    with house.database.transaction() as session:
        lan = OfficerService(session).by_username("lan")
        assert lan is not None
        return AlertWishService(session).of(lan.id)


def test_wishes_are_kept_and_shown_again(lan: OfficerBrowser, staffed: House) -> None:
    page = lan.get(PATH).text
    assert page.count(" checked") == 4
    wanted = {"kind": "due", "sounds": "1", "quiet_from": "21:30", "quiet_to": "06:00"}
    page = lan.post(PATH, wanted).text
    assert "Đã lưu cách báo việc" in page
    assert page.count(" checked") == 2
    assert 'value="21:30"' in page
    wishes = kept(staffed)
    assert [kind.value for kind in wishes.kinds] == ["due"]
    assert wishes.sounds


def test_no_tick_at_all_is_a_wish_too(lan: OfficerBrowser, staffed: House) -> None:
    lan.get(PATH)
    assert lan.post(PATH, {}).status_code == 200
    assert kept(staffed).kinds == frozenset()


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to"),
    [("21:30", ""), ("", "06:00"), ("25:00", "06:00"), ("chín giờ", "x"), ("\0", "06:00")],
)
def test_half_or_odd_quiet_hours_are_refused_and_the_rest_stays(
    lan: OfficerBrowser, staffed: House, quiet_from: str, quiet_to: str
) -> None:
    lan.get(PATH)
    fields = {"kind": "new", "sounds": "1", "quiet_from": quiet_from, "quiet_to": quiet_to}
    answer = lan.post(PATH, fields)
    assert answer.status_code == 422
    assert "Giờ yên lặng ghi theo dạng" in answer.text
    assert answer.text.count(" checked") == 2
    assert kept(staffed) == AlertWishes()


def test_the_number_of_what_waits_stands_in_the_header_as_wanted(
    lan: OfficerBrowser, request_id: int
) -> None:
    assert request_id
    assert 'chờ anh/chị">' in lan.get("/").text
    lan.get(PATH)
    lan.post(PATH, {})
    assert 'chờ anh/chị" hidden>0<' in lan.get("/").text
