"""Cells as people fill them in, each read by what its column holds."""

from datetime import date

import pytest

from bot.knowledge.places.place import Commune, Province
from bot.knowledge.places.places import Places
from bot.knowledge.sectors.sector import Sector
from bot.services.enterprises.imports.column import column_of
from bot.services.enterprises.imports.place_reading import PlaceReading
from bot.services.enterprises.imports.read_row import ReadRow
from bot.services.enterprises.imports.row_reading import RowReading
from bot.services.enterprises.imports.sector_reading import SectorReading
from bot.services.enterprises.imports.typed_code import code_in
from bot.services.enterprises.tables.table import Cell, Row
from tests.support.data.enterprises import SECTORS

TODAY = date(2026, 11, 24)
FARMS = Sector(code="01", section="C", name="Nông nghiệp")
PLACES = Places(
    (
        Province(code="80", name="Tỉnh Tây Ninh", former=["Tỉnh Long An"]),
        Province(code="79", name="Thành phố Hồ Chí Minh", called=["TP HCM"]),
    ),
    (
        Commune(
            code="27694",
            name="Xã Tân Trụ",
            former=["Xã Bình Trinh Đông, Huyện Tân Trụ, Tỉnh Long An"],
        ),
        Commune(
            code="25510", name="Xã Trà Vong", parts=["Xã Mỏ Công, Huyện Tân Biên, Tỉnh Tây Ninh"]
        ),
        Commune(
            code="25516", name="Xã Tân Phú", parts=["Xã Mỏ Công, Huyện Tân Biên, Tỉnh Tây Ninh"]
        ),
    ),
    "80",
)


def read(**cells: Cell) -> ReadRow:
    """A row by titles, `_` for a space."""
    columns = [column_of(place, title.replace("_", " ")) for place, title in enumerate(cells)]
    reading = RowReading(
        columns,
        PlaceReading(PLACES),
        SectorReading(
            SECTORS.__class__(SECTORS.sections, (*SECTORS.sectors, FARMS)),
            [cells.get("Mã_ngành", ""), "1061"],
        ),
        today=TODAY,
    )
    return reading.read(Row(7, list(cells.values())))


def faults(row: ReadRow) -> list[str]:
    return [fault.code for fault in row.faults]


def value(title: str, cell: Cell) -> object:
    row = read(Tên="Gạo", **{title: cell})
    assert not row.faults, row.faults
    return next((value for field, value in row.values.items() if field != "name"), None)


@pytest.mark.parametrize(
    ("title", "cell", "amount"),
    [
        ("Doanh_thu_(tỷ_đồng)", 2.5, 2_500_000_000),
        ("Doanh_thu_(tỷ_đồng)", 12.345, 12_345_000_000),
        ("Doanh_thu_(tỷ_đồng)", "2,5", 2_500_000_000),
        ("Doanh_thu_(tỷ_đồng)", "300 triệu", 300_000_000),
        ("Doanh_thu_(triệu_đồng)", 3200, 3_200_000_000),
        ("Doanh_thu_(triệu_đồng)", "3.200", 3_200_000_000),
        ("Doanh_thu_(triệu_đồng)", "1 234 567", 1_234_567_000_000),
        ("Doanh_thu_(triệu_đồng)", 1_500_000, 1_500_000_000_000),
        ("Doanh_thu_(nghìn_đồng)", 3_200_000, 3_200_000_000),
        ("Doanh_thu_(đồng)", 3_200_000_000, 3_200_000_000),
        ("Doanh_thu_(đồng)", 999, 999),
        ("Doanh_thu", 3200, 3_200_000_000),
        ("Doanh_thu", 3_200_000_000, 3_200_000_000),
        ("Vốn_(tỷ)", 0, 0),
        ("Vốn_(tỷ)", "1.234.567,5 đồng", 1_234_567),
    ],
)
def test_money_is_read_in_the_unit_of_its_title(title: str, cell: Cell, amount: int) -> None:
    assert value(title, cell) == amount


@pytest.mark.parametrize(
    ("title", "cell", "expected"),
    [
        ("Lao_động", 12, 12),
        ("Lao_động", "12 người", 12),
        ("Lao_động", "1.200", 1200),
        ("Năm", "31/12/2025", 2025),
        ("Năm", 2024, 2024),
        ("Loại_hình", "Công ty TNHH một thành viên", "limited"),
        ("Loại_hình", "Khác", "other"),
        ("Xuất_khẩu", True, True),
        ("Xuất_khẩu", "chưa", False),
        ("FDI", "x", "foreign"),
        ("FDI", 51, "foreign"),
        ("FDI", "100%", "foreign"),
        ("FDI", "không", None),
        ("Sở_hữu", "Doanh nghiệp có vốn nước ngoài", "foreign"),
        ("Mã_ngành", 1061, "10"),
        ("Mã_ngành", "C10", "10"),
        ("Mã_ngành", 118, "01"),
        ("Mã_ngành", "Sản xuất trang phục", "14"),
        ("Sản_phẩm", "gạo, bún", "gạo, bún"),
        ("Sản_phẩm", "-", None),
    ],
)
def test_a_cell_is_read_by_its_column(title: str, cell: Cell, expected: object) -> None:
    assert value(title, cell) == expected


@pytest.mark.parametrize(
    ("title", "cell", "fault"),
    [
        ("Lao_động", "mười", "number"),
        ("Lao_động", 12.5, "number"),
        ("Lao_động", -3, "number"),
        ("Doanh_thu_(tỷ)", "cao", "number"),
        ("Doanh_thu_(tỷ)", 10**9, "range"),
        ("Năm", 2030, "range"),
        ("Loại_hình", "vui vẻ", "choice"),
        ("Xuất_khẩu", "có lẽ", "choice"),
        ("Mã_ngành", "99999", "sector"),
        ("Ghi_chú", "x" * 4001, "long"),
        ("Điện_thoại", "12", "phone"),
        ("Email", "a@", "email"),
        ("Người_liên_hệ", "x" * 201, "long"),
        ("Xã/phường", "Xã Không Có", "place"),
        ("Tỉnh", "Tỉnh Không Có", "place"),
    ],
)
def test_what_cannot_be_kept_is_named_with_its_cell(title: str, cell: Cell, fault: str) -> None:
    row = read(Tên="Gạo", **{title: cell})
    assert [(one.place, one.code) for one in row.faults] == [(1, fault)]


def test_a_year_of_the_titles_is_that_of_the_figures() -> None:
    row = read(Tên="Gạo", Lao_động_2025=12)
    assert row.values["figures_year"] == 2025
    assert "figures_year" not in read(Tên="Gạo", Lao_động_2025="").values


def test_an_empty_cell_says_nothing() -> None:
    row = read(Tên="Gạo", Lao_động="", Doanh_thu="-", Xuất_khẩu="")
    assert set(row.values) == {"name"}


@pytest.mark.parametrize(
    ("cells", "commune", "notes"),
    [
        ({"Xã/phường": "Tân Trụ"}, "27694", []),
        ({"Xã": "Tân Trụ"}, "27694", []),
        ({"Xã/phường": "xa tan tru"}, "27694", []),
        ({"Xã/phường": "27694"}, "27694", []),
        ({"Xã/phường": "Xã Bình Trinh Đông"}, "27694", ["place_moved"]),
        ({"Xã/phường": "Bình Trinh Đông", "Huyện": "Tân Trụ", "Tỉnh": "Long An"}, "27694",
         ["place_moved", "place_moved"]),
    ],
)  # fmt: skip
def test_old_names_become_those_of_today_with_a_note(
    cells: dict[str, Cell], commune: str, notes: list[str]
) -> None:
    row = read(Tên="Gạo", **cells)
    assert not row.faults
    assert (row.values["commune"], row.values["province"]) == (commune, "80")
    assert [note.code for note in row.notes] == notes


def test_an_old_commune_that_was_divided_is_an_error_with_its_candidates() -> None:
    row = read(Tên="Gạo", **{"Xã/phường": "Xã Mỏ Công"})
    assert faults(row) == ["place_twice"]
    assert row.faults[0].more == "Xã Trà Vong, Xã Tân Phú"


def test_a_commune_of_another_province_is_kept_with_the_address() -> None:
    row = read(Tên="Gạo", Địa_chỉ="12 Lê Lợi", **{"Xã/phường": "Phường Sài Gòn", "Tỉnh": "TP HCM"})
    assert not row.faults
    assert (row.values["province"], row.values["address"]) == ("79", "12 Lê Lợi, Phường Sài Gòn")
    assert "commune" not in row.values


def test_the_person_of_a_row() -> None:
    row = read(
        Tên="Gạo", Người_liên_hệ="Nguyễn Văn A", Chức_vụ="Giám đốc",
        Điện_thoại=900000123, Email="a@vi-du.example; b@vi-du.example",
    )  # fmt: skip
    person = row.person
    assert (person.name, person.role, person.phone, person.email) == (
        "Nguyễn Văn A", "Giám đốc", "0900000123", "a@vi-du.example",
    )  # fmt: skip
    assert [note.code for note in row.notes] == ["first_email"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0100109106", "0100109106"),
        ("MST: 0100109106", "0100109106"),
        ("0100 109 106", "0100109106"),
        ("'0100109106", "0100109106"),
        ("0100109106-001", "0100109106001"),
        (100109106, "0100109106"),
        ("100109106", "0100109106"),
        (100109106001, "0100109106001"),
        (1100598642, "1100598642"),
        (79093001234, "079093001234"),
    ],
)
def test_a_tax_code_gets_its_first_zeros_back(cell: Cell, code: str) -> None:
    found = code_in(cell, today=TODAY)
    assert (found.code, found.fault) == (code, "")
    assert found.is_mended == (len(str(cell)) < len(code) and "-" not in str(cell))


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("0100109107", "tax_code_wrong"),
        ("12345", "tax_code_length"),
        ("chưa có", "tax_code_letters"),
        ("1.00109E+08", "tax_code_rounded"),
        (100109106.5, "tax_code_rounded"),
        ("999999999999", "tax_code_personal"),
    ],
)
def test_a_wrong_tax_code_is_named(cell: Cell, fault: str) -> None:
    found = code_in(cell, today=TODAY)
    assert (found.code, found.fault) == ("", fault)


def test_of_a_household_a_number_that_may_be_two_codes_is_asked_for() -> None:
    both = next(
        number
        for number in range(1_090_000_000, 1_090_001_000)
        if code_in(number, today=TODAY).code == str(number)
    )
    assert code_in(both, today=TODAY, is_personal=True).fault == "tax_code_unsure"
