"""Where titles stand, and what below them is no enterprise."""

from collections.abc import Sequence

import pytest

from bot.services.enterprises.imports.heading import Heading, heading_of
from bot.services.enterprises.tables.table import Cell, Row, Sheet, TableRefused

HEADS = ("STT", "Tên", "MST", "Lao động")
GAO = (1, "Gạo Ngon", "0100109106", 12)


def table(*rows: Sequence[Cell], name: str = "") -> Sheet:
    return Sheet(name, [Row(number, row) for number, row in enumerate(rows, start=1) if any(row)])


def heading(*rows: Sequence[Cell]) -> Heading:
    return heading_of([table(*rows)])


def uses(found: Heading) -> dict[str, str]:
    return {one.title: str(one.use) for one in found.columns}


def test_titles_stand_below_the_names_of_offices() -> None:
    found = heading(
        ("UBND HUYỆN", "", "CỘNG HÒA"), ("DANH SÁCH",), (), HEADS, (), GAO, (2, "May", "", 3)
    )
    assert [row.number for row in found.rows] == [6, 7]
    assert [one.use for one in found.columns] == ["passed", "name", "tax_code", "staff"]


def test_the_first_sheet_that_is_understood_is_read() -> None:
    cover, other = table(("Kính gửi", "các xã")), table(HEADS, GAO, name="Sau")
    found = heading_of([cover, table(HEADS, GAO, name="DN"), other])
    assert found.sheet == "DN"


def test_rows_that_are_no_enterprises_are_passed_over_and_told() -> None:
    found = heading(
        HEADS,
        ("(1)", "(2)", "(3)", "(4)"),
        ("I. Xã Tân Trụ",),
        ("", "Ví dụ: Công ty A", "9900000016", 4),
        GAO,
        HEADS,
        ("", "Tổng cộng", "", 12),
        ("Tổng số: 1",),
    )
    assert [row.number for row in found.rows] == [5]
    assert [(one.number, one.why) for one in found.passed] == [
        (2, "counts"), (3, "group"), (4, "example"), (6, "heads"), (7, "total"), (8, "total"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Tổng công ty May", "Công ty Cộng Hưởng", "Cộng đồng Xanh"])
def test_a_name_that_begins_like_a_sum_is_an_enterprise(name: str) -> None:
    assert len(heading(HEADS, (1, name, "", 3)).rows) == 1


def test_titles_in_two_lines_are_read_together() -> None:
    found = heading(
        ("Tên", "MST", "Người liên hệ", "", "", "Doanh thu (tỷ đồng)", ""),
        ("", "", "Họ tên", "Điện thoại", "Email", 2024, 2025),
        ("Gạo", "0100109106", "A", "0900000123", "", 1, 2),
    )
    assert [row.number for row in found.rows] == [3]
    assert [one.use for one in found.columns] == [
        "name", "tax_code", "person", "phone", "email", "", "revenue",
    ]  # fmt: skip
    assert (found.columns[6].year, found.columns[6].unit) == (2025, "ty")


def test_of_two_columns_of_one_thing_the_newest_year_counts() -> None:
    found = heading(
        ("Tên", "Doanh thu 2025", "Doanh thu 2024", "Sản phẩm", "Mặt hàng"),
        ("Gạo", 2, 1, "gạo", "bún"),
    )
    assert uses(found) == {
        "Tên": "name", "Doanh thu 2025": "revenue", "Doanh thu 2024": "",
        "Sản phẩm": "products", "Mặt hàng": "",
    }  # fmt: skip


def test_a_unit_said_above_the_table_is_that_of_its_money() -> None:
    found = heading(
        ("", "Đơn vị tính: tỷ đồng"), ("Tên", "Doanh thu", "Vốn (triệu đồng)"), ("Gạo", 2, 3)
    )
    assert [one.unit for one in found.columns] == ["", "ty", "trieu"]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("a", "b"), (1, 2)], "heads"),
        ([("Lao động", "Doanh thu"), (1, 2)], "heads"),
        ([("Tên",), ("Gạo",)], "heads"),
        ([HEADS], "no_rows"),
        ([HEADS, ("", "Tổng cộng", "", 3)], "no_rows"),
        ([*[("x", "y")] * 31, HEADS, GAO], "heads"),
    ],
)
def test_a_table_without_titles_or_without_rows_is_refused(
    rows: list[Sequence[Cell]], reason: str
) -> None:
    with pytest.raises(TableRefused) as refused:
        heading(*rows)
    assert refused.value.reason == reason


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(TableRefused) as refused:
        heading(HEADS, *[(n, f"Cơ sở {n}", "", n) for n in range(20_001)])
    assert refused.value.reason == "rows"
