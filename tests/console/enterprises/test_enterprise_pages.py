"""The register and the page of one enterprise, as each of the department's people sees them."""

import re
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO

import openpyxl
import pytest

from bot.house import House
from bot.services.enterprises.merges import MergeService
from bot.services.enterprises.profiles import ProfileService
from tests.console.enterprises.conftest import SignIn
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

CODE, PERSONAL = "0101243150", "001199000123"


@pytest.fixture
def wood(staffed: House, now: datetime) -> int:
    """An enterprise of ours among the noise."""
    with staffed.database.transaction() as session:
        there = Enterprises(session, now, seed=8)
        profile = there.known(
            "Công ty TNHH Gỗ Đại Phát",
            tax_code=CODE,
            legal_form="limited",
            commune="25459",
            province="80",
            sector="10",
            revenue=12_500_000_000,
        )
        return profile.enterprise_id


def words_in(page: str) -> str:
    """What a page says, without marks."""
    main = page.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def listed(browser: OfficerBrowser, query: str = "") -> list[str]:
    page = browser.get(f"/enterprises{query}").text.partition('id="enterprises"')[2]
    return [unescape(name) for name in re.findall(r"<strong>([^<]*)</strong>", page)]


def test_the_list_shows_name_code_place_sector_size_and_what_happened_last(
    lan: OfficerBrowser, wood: int
) -> None:
    page = lan.get("/enterprises?q=go+dai+phat").text
    said = words_in(page.partition('id="enterprises"')[2].join(["<main", ""]))
    assert f'href="/console/enterprises/{wood}"' in page
    for one in (CODE, "nhỏ", "Phường Tân Ninh", "10 · Sản xuất", "Sửa hồ sơ 24/11/2026"):
        assert one in said


def test_a_personal_number_is_not_shown_whole_in_the_list(
    lan: OfficerBrowser, staffed: House, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        Enterprises(session, now, seed=8).known("Hộ Cô Tư", tax_code=PERSONAL)
    page = lan.get("/enterprises?q=ho+co+tu").text
    assert PERSONAL not in page
    assert "001…123" in page


@pytest.mark.parametrize(
    "query",
    [
        "?q=đại phát",
        "?q=0101243150",
        "?q=dai&sector=10",
        "?commune=25459",
        "?q=dai&sector=10&size=small&order=changed",
    ],
)
@pytest.mark.usefixtures("wood")
def test_the_list_is_narrowed(lan: OfficerBrowser, query: str) -> None:
    assert listed(lan, query) == ["Công ty TNHH Gỗ Đại Phát"]


@pytest.mark.usefixtures("wood")
def test_odd_addresses_narrow_nothing(lan: OfficerBrowser) -> None:
    everything = listed(lan)
    for query in (
        "?sector=00",
        "?commune=x%00y",
        "?size=huge",
        "?order=odd",
        "?exports=maybe",
        "?tab=nothing",
        "?ownership=%F0%9F%99%82",
    ):
        assert listed(lan, query) == everything
    for query in (f"?q={'x' * 5000}", "?q=%25%25", "?q=<script>alert(1)</script>", "?q=%00"):
        answer = lan.get(f"/enterprises{query}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
    assert lan.get("/enterprises?page=999").status_code == 200
    assert lan.get("/enterprises?page=0").status_code == 404


def test_pages_of_fifty_follow_one_another(
    lan: OfficerBrowser, staffed: House, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        there = Enterprises(session, now, seed=8)
        for number in range(60):
            there.known(f"Xưởng số {number:02}")
    first, second = listed(lan, "?q=xuong+so"), listed(lan, "?q=xuong+so&page=2")
    assert first + second == [f"Xưởng số {number:02}" for number in range(60)]
    assert len(first) == 50


def test_enterprises_that_only_requests_name_wait_for_a_profile(
    lan: OfficerBrowser, staffed: House, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, now, seed=9)
        named = seed.request(enterprise=("Cơ sở Mắm Cô Tư", "")).enterprise_id
    assert "Cơ sở Mắm Cô Tư" in listed(lan, "?tab=unopened")
    assert listed(lan, "?tab=unopened&q=mam+co+tu") == ["Cơ sở Mắm Cô Tư"]
    page = words_in(lan.get(f"/enterprises/{named}").text)
    assert "Chưa lập hồ sơ" in page
    assert "Lập hồ sơ" in page


@pytest.mark.usefixtures("wood")
def test_the_table_has_every_field_of_what_is_listed(lan: OfficerBrowser) -> None:
    found = lan.get("/enterprises/table?q=dai+phat")
    assert "doanh-nghiep.xlsx" in found.headers["content-disposition"]
    heads, *rows = sheet_rows(found.content)
    row = dict(zip(heads, rows[0], strict=True))
    assert len(rows) == 1
    assert row["Mã số thuế"] == CODE
    assert row["Doanh thu năm (triệu đồng)"] == 12500
    assert row["Lao động"] == 40
    assert row["Xã, phường"] == "Phường Tân Ninh"
    assert row["Loại hình"] == "Công ty TNHH"
    assert row["Quy mô"] == "nhỏ"
    assert len(sheet_rows(lan.get("/enterprises/table").content)) > 2


def sheet_rows(content: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_page_tells_the_fields_and_why_it_is_that_size(lan: OfficerBrowser, wood: int) -> None:
    said = words_in(lan.get(f"/enterprises/{wood}").text)
    assert "Doanh thu năm 12,5 tỷ đồng" in said
    assert "Doanh nghiệp nhỏ theo khoản 2 Điều 5 Nghị định 80/2021/NĐ-CP" in said


def test_everything_that_happened_is_there_as_far_as_the_office_sees(
    sign_in: SignIn, staffed: House, wood: int, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, now + timedelta(days=1), seed=9)
        mine = seed.request(office="tdc", enterprise=("Gỗ Đại Phát", CODE)).code
        other = seed.request(office="shtt", enterprise=("DAI PHAT", CODE)).code
        Enterprises(session, now, seed=9).run(wood, 64)
    lan = sign_in("lan").get(f"/enterprises/{wood}").text
    assert mine in lan
    assert other not in lan
    assert "một yêu cầu ở đơn vị khác" in lan
    assert "64%" not in lan
    assert "DAI PHAT" in lan  # a name that somebody gave
    head = sign_in("lanh.dao").get(f"/enterprises/{wood}").text
    assert mine in head
    assert other in head
    assert "64%" in head
    assert "Tự đánh giá 5S" in head


def test_a_code_that_was_not_found_right_is_shown_where_its_owner_is(
    sign_in: SignIn, staffed: House, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        request = Seed(session, now, seed=9).request(
            enterprise=("Cơ sở Mắm Cô Tư", ""), unchecked_tax_code="0101 243 151"
        )
        enterprise_id = request.enterprise_id
    page = f"/enterprises/{enterprise_id}"
    for username in ("lan", "lanh.dao"):
        assert "0101 243 151" in sign_in(username).get(page).text
    stranger = sign_in("tri.tue")
    assert "Cơ sở Mắm Cô Tư" in stranger.get(page).text
    for path in (page, "/enterprises?tab=unopened"):
        assert "0101 243 151" not in stranger.get(path).text


def test_a_request_leads_to_the_profile_of_its_enterprise(
    lan: OfficerBrowser, staffed: House, now: datetime, wood: int
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, now, seed=9)
        known = seed.request(enterprise=("Gỗ Đại Phát", CODE)).id
        unknown = seed.request().id
    link = f'<a href="/console/enterprises/{wood}">Hồ sơ doanh nghiệp</a>'
    assert link in lan.get(f"/requests/{known}").text
    assert "Hồ sơ doanh nghiệp" not in lan.get(f"/requests/{unknown}").text


def test_one_that_was_merged_leads_to_the_one_that_was_kept(
    lan: OfficerBrowser, staffed: House, wood: int, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        there = Enterprises(session, now + timedelta(days=1), seed=9)
        gone = there.known("Đại Phát cũ").enterprise_id
        officer = Seed(session, now, seed=9).officer("gop", full_name="Người Gộp")
        sectors = staffed.library.tables.sectors
        merges = MergeService(session, ProfileService(session, sectors))
        merges.merge(wood, gone, officer=officer, now=there.now)
    for page in ("", "/edit", "/history"):
        answer = lan.get(f"/enterprises/{gone}{page}", follow=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/console/enterprises/{wood}{page}"
    assert "Gộp hồ sơ Đại Phát cũ" in words_in(lan.get(f"/enterprises/{wood}").text)


def test_a_merge_is_taken_back_where_it_is_told(
    lan: OfficerBrowser, staffed: House, wood: int, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        double = Enterprises(session, now, seed=9).known("Gỗ Đại Phát", sector="10").enterprise_id
    assert f'value="{double}"' in lan.get("/enterprises/doubles").text
    merged = lan.post("/enterprises/merges", {"kept": str(wood), "gone": str(double)})
    assert merged.url.path == f"/console/enterprises/{wood}"
    path = re.search(r'action="/console(/enterprises/merges/\d+/part)"', merged.text)
    assert path is not None
    parted = lan.post(path[1])
    assert "Đã tách hai hồ sơ" in parted.text
    assert "Tách lại hồ sơ" in parted.text
    assert 'action="/console/enterprises/merges' not in parted.text
    assert lan.get(f"/enterprises/{double}", follow=False).status_code == 200


def test_the_history_tells_before_and_after_in_words(lan: OfficerBrowser, wood: int) -> None:
    said = words_in(lan.get(f"/enterprises/{wood}/history").text)
    assert "Doanh thu năm : chưa ghi → 12,5 tỷ đồng" in said
    assert "Xã, phường : chưa ghi → Phường Tân Ninh" in said
    one = words_in(lan.get(f"/enterprises/{wood}/history?field=staff").text)
    assert "chưa ghi → 40 người" in one
    assert "12,5 tỷ" not in one
    assert lan.get(f"/enterprises/{wood}/history?field=%00odd").status_code == 200


@pytest.mark.parametrize("username", ["quan.tri", "lanh.dao", "lan", "tri.tue"])
def test_every_role_sees_the_register(sign_in: SignIn, wood: int, username: str) -> None:
    browser = sign_in(username)
    for path in ("/enterprises", f"/enterprises/{wood}", "/enterprises/new"):
        assert browser.get(path).status_code == 200
    assert '<a href="/console/enterprises">Doanh nghiệp</a>' in browser.get("/").text


@pytest.mark.parametrize("number", ["0", "999999", str(2**31), "x", "-1"])
def test_an_enterprise_that_is_not_there_is_not_found(lan: OfficerBrowser, number: str) -> None:
    for page in ("", "/edit", "/history", "/contacts/new", "/contacts/1"):
        assert lan.get(f"/enterprises/{number}{page}").status_code == 404
