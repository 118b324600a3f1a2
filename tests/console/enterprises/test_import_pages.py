"""A head brings a table: she looks at it, chooses, takes it in once, and takes it back once."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.domain.enterprise.profile import ChangeSource, ProfileField
from bot.domain.office.roles import Role
from bot.house import House
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.services.enterprises.tables.table import Cell
from bot.storage.database import Database
from bot.storage.models import (
    Enterprise,
    EnterpriseProfile,
    ProfileChange,
    ProfileContact,
)
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed
from tests.support.data.tables import CODES, HEADS, workbook
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

COMMUNE = "Xã Trà Vong"
GAO: list[Cell] = [1, "Công ty TNHH Gạo Ngon", CODES[0], COMMUNE, 1061, 12, 2.5]
MAY: list[Cell] = [2, "Công ty CP May Đo", CODES[1], COMMUNE, 1410, 80, 40]
HO: list[Cell] = [3, "Hộ kinh doanh Bà Tư", "", COMMUNE, "", 3, ""]


@pytest.fixture
def house(house: House, any_database: Database) -> House:
    return replace(house, database=any_database)


@pytest.fixture
def head(house: House) -> OfficerBrowser:
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.noise(3)
        seed.officer("lanh.dao", role=Role.HEAD, full_name="Phạm Lãnh Đạo")
        seed.officer("lan")
        Enterprises(session, house.clock()).noise(6)
    return browser(house, "lanh.dao")


def browser(house: House, username: str) -> OfficerBrowser:
    made = OfficerBrowser(house)
    assert made.enter(username).status_code == 200
    return made


def bring(head: OfficerBrowser, rows: Sequence[Sequence[Cell]], name: str = "dn.xlsx") -> str:
    """The path of the import."""
    head.get("/enterprises/imports")
    content = workbook([HEADS, *rows], noise=True)
    answer = head.post("/enterprises/imports", files={"file": (name, content)})
    assert answer.status_code == 200, answer.text
    found = re.search(r"/console(/enterprises/imports/\d+)", str(answer.url))
    assert found is not None
    return found[1]


def apply(head: OfficerBrowser, path: str, **fields: str):  # noqa: ANN201
    """Presses the button of the form that is open."""
    hidden = head.hidden(f"{path}/choices")
    return head.client.post(f"/console{path}/apply", data=hidden | fields)


def profile(house: House, code: str) -> EnterpriseProfile | None:
    with house.database.reading() as session:
        return session.scalar(
            select(EnterpriseProfile).join(Enterprise).where(Enterprise.tax_code == code)
        )


def count(house: House, model: type) -> int:
    with house.database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_table_is_looked_at_then_taken_in(head: OfficerBrowser, house: House) -> None:
    before = count(house, Enterprise)
    path = bring(head, [GAO, MAY, HO])
    page = head.get(path).text
    assert "Nhập 3 doanh nghiệp" in page
    assert "dòng cộng" in page
    assert count(house, Enterprise) == before

    done = apply(head, path)

    assert "Đã nhập xong" in done.text
    assert count(house, Enterprise) == before + 3
    found = profile(house, CODES[0])
    assert found is not None
    assert (found.name, found.sector, found.staff) == ("Công ty TNHH Gạo Ngon", "10", 12)
    assert (found.revenue, found.province, found.legal_form) == (2_500_000_000, "80", "limited")
    assert found.search_text.startswith("cong ty tnhh gao ngon")
    with house.database.reading() as session:
        import_id = int(path.rpartition("/")[2])
        lines = session.scalars(
            select(ProfileChange).where(ProfileChange.import_id == import_id)
        ).all()
        assert {line.source for line in lines} == {ChangeSource.IMPORT}
        assert {line.field for line in lines if line.enterprise_id == found.enterprise_id} >= {
            "name", "sector", "staff", "revenue", "commune", "province", "legal_form",
        }  # fmt: skip


def test_a_second_press_and_a_second_tab_do_nothing_twice(
    head: OfficerBrowser, house: House
) -> None:
    path = bring(head, [GAO, HO])
    fields = head.hidden(f"{path}/choices")
    with ThreadPoolExecutor(2) as pool:
        tabs = [browser(house, "lanh.dao") for _ in range(2)]
        for tab in tabs:
            tab.get(path)
        pressed = [pool.submit(apply, tab, path) for tab in tabs]
        codes = sorted(one.result(timeout=60).status_code for one in pressed)
    assert codes == [200, 409]
    again = head.client.post(f"/console{path}/apply", data=fields)
    assert again.status_code == 409
    assert "đã nhập rồi" in again.text
    with house.database.reading() as session:
        named = session.scalars(
            select(EnterpriseProfile).where(EnterpriseProfile.name == HO[1])
        ).all()
    assert len(named) == 1


def test_an_error_is_named_by_its_cell_and_stops_the_whole_table(
    head: OfficerBrowser, house: House
) -> None:
    before = count(house, Enterprise)
    wrong = [2, "Công ty Sai Mã", "0100109107", COMMUNE, 1061, "mười", 1]
    path = bring(head, [GAO, wrong])
    page = head.get(path).text
    assert "C7: mã số thuế sai số kiểm tra (đã gõ 0100109107)" in page
    assert "F7: chưa đọc được con số (đã gõ mười)" in page
    assert "Bỏ qua 1 dòng lỗi" in page

    refused = apply(head, path)
    assert refused.status_code == 409
    assert "còn dòng có lỗi" in refused.text
    assert count(house, Enterprise) == before

    head.get(path)
    assert apply(head, path, skip_wrong="1").status_code == 200
    assert count(house, Enterprise) == before + 1


def test_what_is_known_is_updated_by_filled_cells_alone(head: OfficerBrowser, house: House) -> None:
    with house.database.transaction() as session:
        Enterprises(session, house.clock()).known(
            "Gạo Ngon cũ", tax_code=CODES[0], markets="Lào", staff=7
        )
    path = bring(head, [[1, "", CODES[0], "", "", 12, ""], MAY])
    page = head.get(path).text
    assert "7 người → <strong>12 người</strong>" in page

    assert apply(head, path).status_code == 200

    found = profile(house, CODES[0])
    assert found is not None
    assert (found.name, found.staff, found.markets) == ("Gạo Ngon cũ", 12, "Lào")


@pytest.mark.parametrize("fields", [{"known": "keep"}, {"row_6": "keep"}, {"row_6": "skip"}])
def test_what_is_known_may_be_kept_as_it_is(
    head: OfficerBrowser, house: House, fields: dict[str, str]
) -> None:
    with house.database.transaction() as session:
        Enterprises(session, house.clock()).known("Gạo", tax_code=CODES[0], staff=7)
    path = bring(head, [GAO, MAY])
    head.get(path)
    assert apply(head, path, **fields).status_code == 200
    kept, new = profile(house, CODES[0]), profile(house, CODES[1])
    assert kept is not None
    assert kept.staff == 7
    assert new is not None


def test_choices_of_a_page_are_kept_until_the_button(head: OfficerBrowser, house: House) -> None:
    path = bring(head, [GAO, MAY])
    head.get(path)
    answer = head.post(f"{path}/choices", {"row_7": "skip"})
    assert "Đã lưu lựa chọn" in answer.text
    assert "Nhập 1 doanh nghiệp" in answer.text
    assert apply(head, path).status_code == 200
    assert profile(house, CODES[1]) is None


def test_one_of_the_same_name_is_asked_for(head: OfficerBrowser, house: House) -> None:
    with house.database.transaction() as session:
        other = Enterprises(session, house.clock()).known("HKD bà tư", staff=1).enterprise_id
    path = bring(head, [HO])
    assert apply_refused(head, path) == "còn dòng trùng tên"
    before = count(house, Enterprise)
    head.get(path)
    assert f'value="as:{other}"' in head.get(path).text
    assert apply(head, path, row_6=f"as:{other}").status_code == 200
    assert count(house, Enterprise) == before
    with house.database.reading() as session:
        assert session.get_one(EnterpriseProfile, other).staff == 3


def apply_refused(head: OfficerBrowser, path: str) -> str:
    head.get(path)
    answer = apply(head, path)
    assert answer.status_code == 409
    found = re.search(r"còn dòng trùng tên", answer.text)
    return found[0] if found else answer.text


def test_values_that_changed_since_the_look_are_left(head: OfficerBrowser, house: House) -> None:
    with house.database.transaction() as session:
        Enterprises(session, house.clock()).known("Gạo", tax_code=CODES[0], staff=7)
    path = bring(head, [GAO, MAY])
    write(house, CODES[0], {ProfileField.STAFF: 9})
    with house.database.transaction() as session:
        Enterprises(session, house.clock(), seed=9).known("May khác", tax_code=CODES[1])
    head.get(path)

    done = apply(head, path)

    assert "có người vừa sửa Lao động" in done.text
    assert "mã số thuế vừa có người nhập" in done.text
    found = profile(house, CODES[0])
    assert found is not None
    assert (found.staff, found.name) == (9, "Gạo")


def test_a_second_row_of_one_enterprise_says_which_the_other_is(
    head: OfficerBrowser, house: House
) -> None:
    with house.database.transaction() as session:
        known = Enterprises(session, house.clock()).bare("Hộ kinh doanh Bà Tư").id
    path = bring(head, [HO, GAO, [4, *HO[1:5], 5, ""]])
    first, second = re.findall(r'name="(row_\d+)"', head.get(f"{path}?show=open").text)[:2]
    refused = apply(head, path, **{first: f"as:{known}", second: f"as:{known}"})
    number = first.removeprefix("row_")
    assert f"Dòng này và dòng {number} là cùng một doanh nghiệp" in refused.text
    assert refused.status_code == 409
    assert "Bỏ qua 1 dòng lỗi" in refused.text
    head.get(path)
    done = apply(head, path, **{first: f"as:{known}", second: "skip"})
    assert "Đã nhập" in done.text
    with house.database.reading() as session:
        assert session.get_one(EnterpriseProfile, known).staff == 3


def write(house: House, code: str, values: dict[ProfileField, str | int | bool | None]) -> None:
    with house.database.transaction() as session:
        found = session.scalars(
            select(EnterpriseProfile).join(Enterprise).where(Enterprise.tax_code == code)
        ).one()
        ProfileService(session, house.library.tables.sectors).write(
            found, values, by=WrittenBy(ChangeSource.FORM), now=house.clock()
        )


def test_an_import_is_taken_back_once(head: OfficerBrowser, house: House) -> None:
    with house.database.transaction() as session:
        Enterprises(session, house.clock()).known("Gạo", tax_code=CODES[0], staff=7)
    before = count(house, Enterprise), count(house, EnterpriseProfile)
    path = bring(head, [GAO, MAY, HO])
    apply(head, path)
    head.get(path)
    fields = head.hidden(f"{path}/undo")

    done = head.post(f"{path}/undo")

    assert "Đã bỏ lần nhập này" in done.text
    assert "Đã bỏ cả hồ sơ" in done.text
    assert "May Đo" not in done.text
    assert (count(house, Enterprise), count(house, EnterpriseProfile)) == before
    found = profile(house, CODES[0])
    assert found is not None
    assert (found.staff, found.name, found.commune) == (7, "Gạo", "")
    again = head.client.post(f"/console{path}/undo", data=fields)
    assert again.status_code == 409
    assert "đã bỏ rồi" in again.text


def test_what_somebody_changed_since_stays_when_it_is_taken_back(
    head: OfficerBrowser, house: House
) -> None:
    path = bring(head, [GAO, MAY])
    apply(head, path)
    write(house, CODES[0], {ProfileField.STAFF: 99})
    with house.database.transaction() as session:
        Seed(session, house.clock(), seed=77).request(enterprise=("May", CODES[1]))
    head.get(path)

    done = head.post(f"{path}/undo")

    assert "Giữ lại vì đã có người dùng hoặc sửa sau khi nhập: Lao động" in done.text
    changed, asked = profile(house, CODES[0]), profile(house, CODES[1])
    assert changed is not None
    assert (changed.staff, changed.name) == (99, "")
    assert asked is None
    with house.database.reading() as session:
        assert session.scalar(select(Enterprise.id).where(Enterprise.tax_code == CODES[1]))


def test_the_person_of_a_row_is_noted_without_consent(head: OfficerBrowser, house: House) -> None:
    head.get("/enterprises/imports")
    rows = [
        ["Tên", "MST", "Người liên hệ", "Chức vụ", "Điện thoại", "Email"],
        ["Gạo Ngon", 100109106, "Nguyễn Văn A", "Giám đốc", 900000123, "a@vi-du.example"],
    ]
    answer = head.post("/enterprises/imports", files={"file": ("a.xlsx", workbook(rows))})
    assert "mất số 0 ở đầu, đã thêm lại: 100109106 → 0100109106" in answer.text
    path = str(answer.url.path).removeprefix("/console")
    apply(head, path)
    with house.database.reading() as session:
        person = session.scalars(
            select(ProfileContact).where(ProfileContact.email == "a@vi-du.example")
        ).one()
        assert (person.name, person.phone, person.surveys) == ("Nguyễn Văn A", "0900000123", "")
    head.get("/enterprises/imports")
    answer = head.post("/enterprises/imports", files={"file": ("a.xlsx", workbook(rows))})
    assert "Không đổi" in answer.text
    head.get(path)
    head.post(f"{path}/undo")
    assert count(house, ProfileContact) == 0


def test_a_column_that_is_not_understood_is_given_a_field(
    head: OfficerBrowser, house: House
) -> None:
    head.get("/enterprises/imports")
    rows = [["Tên", "MST", "Tổng người làm"], ["Gạo Ngon", CODES[0], 45]]
    answer = head.post("/enterprises/imports", files={"file": ("a.xlsx", workbook(rows))})
    assert "1 cột chưa hiểu" in answer.text
    path = str(answer.url.path).removeprefix("/console")
    answer = head.post(
        f"{path}/columns", {"column_0": "name", "column_1": "tax_code", "column_2": "staff"}
    )
    assert "Đã đọc lại" in answer.text
    apply(head, path)
    found = profile(house, CODES[0])
    assert found is not None
    assert found.staff == 45


def test_a_table_that_is_not_wanted_is_forgotten(head: OfficerBrowser, house: House) -> None:
    path = bring(head, [GAO])
    head.get(path)
    assert "không nhập gì" in head.post(f"{path}/discard").text
    assert head.get(path).status_code == 404
    assert "Chưa có lần nhập nào" in head.get("/enterprises/imports").text


def test_many_rows_are_shown_a_hundred_a_page(head: OfficerBrowser) -> None:
    rows = [[n, f"Cơ sở số {n}", "", COMMUNE, "", n, ""] for n in range(250)]
    path = bring(head, rows)
    assert head.get(path).text.count('class="row import-row') == 100
    third = head.get(f"{path}?page=3").text
    assert third.count('class="row import-row') == 50
    answer = head.post(f"{path}/choices", {f"row_{n}": "skip" for n in range(206, 256)})
    assert "Nhập 200 doanh nghiệp" in answer.text


def test_the_template_is_understood_and_its_example_is_passed_over(head: OfficerBrowser) -> None:
    made = head.client.get("/console/enterprises/imports/template")
    head.get("/enterprises/imports")
    answer = head.post("/enterprises/imports", files={"file": ("mau.xlsx", made.content)})
    assert answer.status_code == 422
    assert "không có doanh nghiệp nào" in answer.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp này không có dữ liệu"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "không phải bảng tính mà là hình ảnh"),
        (b"PK\x03\x04 nonsense", "Tệp hỏng"),
        (b"<html><table></table>", "trang web"),
        (b"a;b\r\n1;2\r\n", "Không tìm thấy dòng tiêu đề"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    head: OfficerBrowser, content: bytes, said: str
) -> None:
    head.get("/enterprises/imports")
    answer = head.post("/enterprises/imports", files={"file": ("a.xlsx", content)})
    assert answer.status_code == 422
    assert said in answer.text


def test_officers_bring_no_tables(head: OfficerBrowser, house: House) -> None:
    path = bring(head, [GAO])
    lan = browser(house, "lan")
    for address in ("/enterprises/imports", path, "/enterprises/imports/template"):
        assert lan.get(address).status_code == 403
