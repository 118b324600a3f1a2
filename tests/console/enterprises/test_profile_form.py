"""The form of a profile: opened, edited, refused with what was typed, shared by two officers."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from html import unescape

import pytest
from httpx2 import Response

from bot.domain.enterprise.profile import ProfileField
from bot.house import House
from bot.services.enterprises.profile_history import ProfileHistory
from bot.services.enterprises.profiles import ProfileService
from bot.services.requests.enterprises import EnterpriseService
from bot.storage.models import EnterpriseProfile
from tests.console.enterprises.conftest import SignIn
from tests.support.data.enterprises import Enterprises
from tests.support.data.hostile import TEXTS
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

CODE, OTHER_CODE = "0101243150", "0100109106"


@pytest.fixture
def wood(staffed: House, now: datetime) -> int:
    with staffed.database.transaction() as session:
        there = Enterprises(session, now, seed=8)
        return there.known("Công ty TNHH Gỗ Đại Phát", tax_code=CODE).enterprise_id


def shown(page: str) -> dict[str, str]:
    """What stands in the boxes of the form."""
    form = page.partition('<form class="card"')[2].partition("</form>")[0]
    boxes = dict(re.findall(r'<input name="(\w+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        boxes[name] = chosen[1] if chosen else ""
    remark = re.search(r'<textarea name="remark"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    return {name: unescape(text) for name, text in boxes.items()} | {
        "remark": unescape(remark[1]) if remark else ""
    }


def edit(browser: OfficerBrowser, enterprise_id: int, **typed: str) -> Response:
    """Changes some boxes of the form that is open and sends all of them."""
    assert browser.page is not None
    return browser.post(f"/enterprises/{enterprise_id}/edit", shown(browser.page.text) | typed)


def profile_of(house: House, enterprise_id: int) -> EnterpriseProfile:
    with house.database.reading() as session:
        found = ProfileService(session, house.library.tables.sectors).get(enterprise_id)
    assert found is not None
    return found


def enter(browser: OfficerBrowser, **typed: str) -> Response:
    browser.get("/enterprises/new")
    return browser.post("/enterprises", typed)


# — a new one —


def test_an_enterprise_is_entered_and_shown(lan: OfficerBrowser, staffed: House) -> None:
    answer = enter(
        lan,
        tax_code="0101 243 150",
        name="Công ty TNHH Gỗ Đại Phát",
        commune="xã Bình Lãng, huyện Tân Trụ",
        sector="16",
        staff="40",
        revenue="3,2 tỷ",
        exports="co",
    )
    assert answer.status_code == 200
    assert "Đã lưu hồ sơ. Xã, phường được ghi theo tên hiện nay" in answer.text
    assert "Xã Tân Trụ" in answer.text
    enterprise_id = int(answer.url.path.rpartition("/")[2])
    profile = profile_of(staffed, enterprise_id)
    assert (profile.staff, profile.revenue, profile.province) == (40, 3_200_000_000, "80")
    assert (profile.exports, profile.size_class) == (True, "small")


def test_a_known_code_leads_to_its_enterprise_and_writes_nothing(
    lan: OfficerBrowser, staffed: House, wood: int
) -> None:
    answer = enter(lan, tax_code=CODE, name="Tên gõ lại", staff="999")
    assert answer.url.path == f"/console/enterprises/{wood}"
    assert "đã có trong danh sách" in answer.text
    assert profile_of(staffed, wood).staff == 40


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0101243151", "không khớp số kiểm tra"),
        ("010124315", "10 số"),
        ("O1O1243150", "chỉ gồm chữ số"),
        ("099199000123", "số định danh cá nhân"),
    ],
)
def test_a_wrong_code_is_told_and_everything_typed_stays(
    lan: OfficerBrowser, typed: str, said: str
) -> None:
    answer = enter(lan, tax_code=typed, name="Gỗ Tân", address="ấp 3", remark="a\nb", staff="7")
    assert answer.status_code == 422
    assert said in answer.text
    boxes = shown(answer.text)
    assert (boxes["tax_code"], boxes["name"], boxes["address"]) == (typed, "Gỗ Tân", "ấp 3")
    assert (boxes["remark"].split(), boxes["staff"]) == (["a", "b"], "7")


def test_without_code_and_name_nothing_is_entered(lan: OfficerBrowser) -> None:
    answer = enter(lan, staff="7")
    assert answer.status_code == 422
    assert "Cần ít nhất mã số thuế hoặc tên" in answer.text


def test_one_of_the_same_name_is_shown_before_another_is_entered(
    lan: OfficerBrowser, staffed: House, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        known = Enterprises(session, now, seed=8).known("Cơ sở Mắm Cô Tư").enterprise_id
    answer = enter(lan, name="mắm cô tư", staff="3")
    assert answer.status_code == 409
    assert f'href="/console/enterprises/{known}"' in answer.text
    assert shown(answer.text)["staff"] == "3"
    answer = lan.post("/enterprises", shown(answer.text) | {"other": "1"})
    assert answer.status_code == 200
    assert answer.url.path != f"/console/enterprises/{known}"


def test_pressed_twice_an_enterprise_is_entered_once(lan: OfficerBrowser) -> None:
    first = enter(lan, tax_code=CODE, name="Gỗ Đại Phát")
    again = enter(lan, tax_code=CODE, name="Gỗ Đại Phát")
    assert again.url.path == first.url.path
    assert enter(lan, name="Hộ Cô Ba").status_code == 200
    assert enter(lan, name="Hộ Cô Ba").status_code == 409


def test_two_who_enter_one_code_at_once_meet_on_one_page(sign_in: SignIn) -> None:
    browsers = sign_in("lan"), sign_in("minh")
    for browser in browsers:
        browser.get("/enterprises/new")
    with ThreadPoolExecutor(2) as pool:
        sent = [
            pool.submit(one.post, "/enterprises", {"tax_code": CODE, "name": "Gỗ Đại Phát"})
            for one in browsers
        ]
        answers = [one.result(timeout=60) for one in sent]
    assert {one.status_code for one in answers} == {200}
    assert len({one.url.path for one in answers}) == 1


# — one that is there —


def test_a_profile_is_opened_with_what_owners_gave(
    lan: OfficerBrowser, staffed: House, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        request = Seed(session, now, seed=9).request(enterprise=("HTX Rau sạch Cô Ba", ""))
        enterprise_id = request.enterprise_id or 0
    page = lan.get(f"/enterprises/{enterprise_id}/edit").text
    boxes = shown(page)
    assert (boxes["name"], boxes["legal_form"]) == ("HTX Rau sạch Cô Ba", "cooperative")
    assert "đoán theo tên" in page
    answer = edit(lan, enterprise_id, staff="12")
    assert answer.status_code == 200
    assert "không dùng cho hợp tác xã" in answer.text
    assert profile_of(staffed, enterprise_id).legal_form == "cooperative"


def test_only_what_was_changed_is_written(lan: OfficerBrowser, staffed: House, wood: int) -> None:
    lan.get(f"/enterprises/{wood}/edit")
    answer = edit(lan, wood, staff="41", products="ghế")
    assert "Đã lưu hồ sơ." in answer.text
    with staffed.database.reading() as session:
        newest = ProfileHistory(session, wood).page(limit=2)
    assert sorted(one.field for one in newest) == ["products", "staff"]
    assert {one.officer.full_name for one in newest if one.officer} == {"Nguyễn Thị Lan"}
    lan.get(f"/enterprises/{wood}/edit")
    edit(lan, wood)
    with staffed.database.reading() as session:
        assert ProfileHistory(session, wood).page(limit=2)[0].id == newest[0].id


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "x" * 301, "Dài quá 300 ký tự"),
        ("staff", "khoảng chục người", "số nguyên"),
        ("revenue", "nhiều", "3,2 tỷ"),
        ("figures_year", "1900", "từ 1990 đến 2026"),
        ("commune", "xã Không Có", "Không thấy tên này"),
        ("remark", "x" * 10_000, "Dài quá 4000 ký tự"),
    ],
)
def test_a_problem_stands_beside_its_field_with_what_was_typed(
    lan: OfficerBrowser, wood: int, name: str, typed: str, said: str
) -> None:
    lan.get(f"/enterprises/{wood}/edit")
    answer = edit(lan, wood, **{name: typed, "address": "ấp 3"})
    assert answer.status_code == 422
    beside = answer.text.partition(f'id="{name}-wrong"')[2].partition("</span>")[0]
    assert said in unescape(beside)
    assert shown(answer.text)[name] == typed
    assert shown(answer.text)["address"] == "ấp 3"
    assert profile_of(lan.house, wood).address == ""


def test_of_a_divided_commune_both_are_offered(
    lan: OfficerBrowser, staffed: House, wood: int
) -> None:
    lan.get(f"/enterprises/{wood}/edit")
    answer = edit(lan, wood, commune="xã Thái Bình, huyện Châu Thành")
    assert answer.status_code == 422
    assert "Phường Tân Ninh</option>" in answer.text
    assert "Xã Châu Thành</option>" in answer.text
    answer = edit(lan, wood, commune="25459")
    assert answer.status_code == 200
    assert profile_of(staffed, wood).commune == "25459"


def test_two_officers_edit_at_once_and_nothing_is_written_over_unseen(
    sign_in: SignIn, staffed: House, wood: int
) -> None:
    lan, minh = sign_in("lan"), sign_in("minh")
    for browser in (lan, minh):
        browser.get(f"/enterprises/{wood}/edit")
    edit(minh, wood, staff="50", products="tủ bếp")
    answer = edit(lan, wood, staff="45", address="ấp 3")
    assert answer.status_code == 409
    said = unescape(answer.text)
    assert "Lê Văn Minh vừa ghi “50 người”" in said
    assert "Sản phẩm, dịch vụ: chưa ghi → tủ bếp" in said
    boxes = shown(answer.text)
    assert (boxes["staff"], boxes["address"], boxes["products"]) == ("45", "ấp 3", "tủ bếp")
    assert profile_of(staffed, wood).staff == 50
    answer = edit(lan, wood)
    assert answer.status_code == 200
    profile = profile_of(staffed, wood)
    assert (profile.staff, profile.address, profile.products) == (45, "ấp 3", "tủ bếp")


def test_who_changes_other_fields_is_told_and_both_stay(
    sign_in: SignIn, staffed: House, wood: int
) -> None:
    lan, minh = sign_in("lan"), sign_in("minh")
    for browser in (lan, minh):
        browser.get(f"/enterprises/{wood}/edit")
    edit(minh, wood, products="tủ bếp")
    answer = edit(lan, wood, address="ấp 3")
    assert answer.status_code == 200
    assert "người khác đã đổi 1 mục khác" in answer.text
    profile = profile_of(staffed, wood)
    assert (profile.address, profile.products) == ("ấp 3", "tủ bếp")


def test_two_at_the_same_instant_lose_nothing(sign_in: SignIn, staffed: House, wood: int) -> None:
    browsers = [sign_in("lan"), sign_in("minh")]
    for round_ in range(4):
        for browser in browsers:
            browser.get(f"/enterprises/{wood}/edit")
        with ThreadPoolExecutor(2) as pool:
            sent = [
                pool.submit(
                    edit, browsers[0], wood, address=f"ấp {round_}", staff=f"{100 + round_}"
                ),
                pool.submit(
                    edit, browsers[1], wood, markets=f"chợ {round_}", staff=f"{200 + round_}"
                ),
            ]
            statuses = sorted(one.result(timeout=60).status_code for one in sent)
        assert statuses == [200, 409]
        profile = profile_of(staffed, wood)
        first = profile.staff == 100 + round_
        assert first or profile.staff == 200 + round_
        assert (profile.address == f"ấp {round_}") == first
        assert (profile.markets == f"chợ {round_}") == (not first)


def test_a_code_is_added_to_one_that_had_none_and_another_ones_is_not(
    lan: OfficerBrowser, staffed: House, now: datetime, wood: int
) -> None:
    with staffed.database.transaction() as session:
        bare = Enterprises(session, now, seed=9).known("Cơ sở Mắm Cô Tư").enterprise_id
    lan.get(f"/enterprises/{bare}/edit")
    answer = edit(lan, bare, tax_code=CODE, staff="41")
    assert answer.status_code == 422
    assert f'<a href="/console/enterprises/{wood}">một hồ sơ khác</a>' in answer.text
    assert profile_of(staffed, bare).staff == 40
    answer = edit(lan, bare, tax_code=OTHER_CODE)
    assert answer.status_code == 200
    with staffed.database.reading() as session:
        known = EnterpriseService(session).by_tax_code(OTHER_CODE)
    assert known is not None
    assert known.id == bare
    assert profile_of(staffed, bare).staff == 41
    assert 'name="tax_code"' not in lan.get(f"/enterprises/{bare}/edit").text


def test_a_form_that_says_not_what_it_showed_overwrites_nothing(
    lan: OfficerBrowser, staffed: House, wood: int
) -> None:
    lan.get(f"/enterprises/{wood}/edit")
    for line in ("", "x", "-1"):
        answer = edit(lan, wood, shown=line, staff="77")
        # To a form that knows of nothing everything that stands there is new.
        assert answer.status_code == 409
        assert profile_of(staffed, wood).staff == 40
        lan.get(f"/enterprises/{wood}/edit")


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_hostile_words_in_every_box_are_kept_clean_or_refused(
    lan: OfficerBrowser, text: str
) -> None:
    typed = {field.value: text.encode("utf-8", "replace").decode() for field in ProfileField}
    answer = enter(lan, tax_code=typed["name"], **typed)
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in answer.text
    assert "\0" not in answer.text


def test_a_script_in_a_name_is_only_words(lan: OfficerBrowser) -> None:
    name = '<script>alert("Gỗ")</script> & Con'
    answer = enter(lan, name=name, tax_code=CODE, products="<b>ghế</b>")
    assert answer.status_code == 200
    for path in (answer.url.path, "/console/enterprises?q=alert", f"{answer.url.path}/history"):
        page = lan.get(path.removeprefix("/console")).text
        assert "<script>alert" not in page
        assert "<b>ghế" not in page
        assert name in unescape(page)
