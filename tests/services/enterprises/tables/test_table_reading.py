"""Files that people bring: read as what they are, or refused by name; nothing breaks the house."""

import io
import zipfile
from contextlib import suppress
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.input.cleaning import storable
from bot.services.enterprises.tables.separated import read_separated
from bot.services.enterprises.tables.table import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    TableRefused,
    column_letters,
)
from bot.services.enterprises.tables.table_reading import read_sheets
from tests.support.data.tables import (
    CODES,
    in_old_windows,
    opendocument,
    separated,
    with_part,
    workbook,
)

ROWS = [["Tên", "Mã số thuế", "Ghi chú"], ["Công ty Nguyễn Thị Huệ", "0100109106", "đã nghỉ; ít"]]


def cells(content: bytes) -> list[list[object]]:
    return [list(row.cells) for row in read_sheets(content)[0].rows]


def reason(content: bytes) -> str:
    with pytest.raises(TableRefused) as refused:
        read_sheets(content)
    return refused.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1258"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_whatever_its_letters_and_whatever_parts_it(
    encoding: str, delimiter: str
) -> None:
    text = separated(ROWS, delimiter)
    content = in_old_windows(text) if encoding == "windows-1258" else text.encode(encoding)
    assert cells(content) == ROWS


def test_signs_that_no_database_keeps_are_no_part_of_a_cell_or_a_name() -> None:
    plain = workbook([["Tên", "MST"], ["Gỗ VVV Đại Phát", CODES[0]]], sheets=["Danh VVV sách"])
    odd = plain
    for part in ("xl/sharedStrings.xml", "xl/workbook.xml"):
        odd = with_part(odd, part, (b"VVV", b"_x0000__xD800_"))
    (sheet,) = read_sheets(odd)
    assert "Đại Phát" in str(sheet.rows[1].cells[0])
    for said in (sheet.name, *map(str, sheet.rows[1].cells)):
        assert storable(said) == said


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Zs", "Cn")),
    max_size=12,
)


@given(
    rows=st.lists(st.lists(WORDS, min_size=2, max_size=5), min_size=2, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_is_written_comes_back(
    rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    width = max(map(len, rows))
    table = [
        ["Tên", *["cột"] * (width - 1)],
        *([*row, *["x"] * (width - len(row))] for row in rows),
    ]
    content = separated(table, delimiter).encode(encoding)

    found = read_separated(content)[0].rows

    assert [list(row.cells) for row in found] == [_stripped(row) for row in table if any(row)]


def _stripped(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(TableRefused):
        assert all(row.cells for row in read_separated(content)[0].rows)


@given(st.binary(max_size=200))
def test_any_bytes_behind_the_mark_of_a_workbook_are_refused(content: bytes) -> None:
    assert reason(b"PK\x03\x04" + content) == "broken"


def test_a_workbook_gives_values_of_formulas_days_and_numbers() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(1, 1, ["Tên", 100109106, 2.5, True])
        sheet.write_formula(2, 1, "=1+1", None, 2)
        sheet.write_datetime(2, 2, datetime(2025, 12, 31), day)  # noqa: DTZ001
        sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")
        sheet.write_blank(9000, 200, None, day)

    rows = read_sheets(made.getvalue())[0].rows

    assert [row.number for row in rows] == [2, 3]
    assert list(rows[0].cells) == ["", "Tên", 100109106, 2.5, True]
    assert list(rows[1].cells) == ["", 2, "31/12/2025"]


def test_a_file_of_libreoffice_and_one_of_another_library_are_read() -> None:
    table = [["Tên", "Lao động"], ["Gạo & Bún <ngon>", 12]]
    assert cells(opendocument(table)) == table
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    assert cells(made.getvalue()) == table


def test_hidden_sheets_are_passed_over() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        shown, hidden = book.add_worksheet("Có"), book.add_worksheet("Ẩn")
        shown.write(0, 0, "a")
        hidden.write(0, 0, "b")
        hidden.hide()
    assert [sheet.name for sheet in read_sheets(made.getvalue())] == ["Có"]


@pytest.mark.parametrize("content", [b"", b" \r\n\t", "\ufeff\r\n".encode(), b"\0" * 40])
def test_nothing_is_refused_as_empty(content: bytes) -> None:
    assert reason(content) == "empty"
    assert reason(workbook([[""]])) == "empty"


def test_pictures_and_documents_are_named() -> None:
    for content in (b"\x89PNG\r\n\x1a\n" + bytes(50), b"%PDF-1.7\n", b"GIF89a" + bytes(20)):
        assert reason(content) == "kind"
    assert reason("\ufeff <html><table></table></html>".encode()) == "web_page"


def test_a_cell_beyond_all_memory_ends_no_more_than_its_own_process() -> None:
    book = workbook([["a", "b"], ["c", "d"]])
    part = "xl/worksheets/sheet1.xml"
    far = with_part(book, part, (b'r="B2"', b'r="XFD1048576"'))
    far = with_part(far, part, (b'<row r="2"', b'<row r="1048576"'))
    assert reason(far) in {"broken", "columns"}
    assert cells(book) == [["a", "b"], ["c", "d"]]


def test_an_archive_that_unpacks_without_end_is_not_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(bytes(1024 * 1024))
    assert len(made.getvalue()) < MOST_BYTES
    assert reason(made.getvalue()) == "large"


def test_a_workbook_with_a_password_is_named() -> None:
    stream = "EncryptedPackage".encode("utf-16-le") + b"\0\0"
    assert reason(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream) == "password"


def test_what_is_too_much_is_named() -> None:
    assert reason(b"x" * (MOST_BYTES + 1)) == "large"
    assert reason(workbook([["a"] * (MOST_COLUMNS + 1)])) == "columns"
    assert reason((";".join("a" * 61) + "\n").encode()) == "columns"
    assert reason(b"a;b\n" * (MOST_ROWS + 100)) == "rows"


@pytest.mark.parametrize(
    "content",
    [
        "Tªn doanh nghiÖp;§Þa chØ\nC«ng ty S÷a;Êp B×nh Th¹nh\n".encode(),
        "Tªn doanh nghiÖp;§Þa chØ\nC«ng ty S÷a;Êp B×nh Th¹nh\n".encode("latin-1"),
        b"T?n doanh nghi?p;M? s?\nC?ng ty;Huy?n\n",
        b"\xff\xfea\0b",
        b"a\0b\0c\0",
    ],
)
def test_letters_that_cannot_be_read_are_said_plainly(content: bytes) -> None:
    assert reason(content) == "letters"


def test_old_fonts_within_a_workbook_are_noticed() -> None:
    rows = [["Tªn doanh nghiÖp", "§Þa chØ"], ["C«ng ty S÷a", "Êp B×nh Th¹nh"]]
    assert reason(workbook(rows)) == "letters"


def test_quotation_marks_and_foreign_names_are_no_strange_letters() -> None:
    rows = [["Tên", "Thị trường"], ["“Gạo Ngon” – cơ sở…", "Curaçao, São Paulo, Köln, Zürich"]]
    assert cells(workbook(rows)) == rows


def test_a_line_that_names_what_parts_the_cells_is_followed() -> None:
    assert cells(b"sep=|\r\na|b,c\r\nd|e,f\r\n") == [["a", "b,c"], ["d", "e,f"]]


def test_columns_are_called_as_sheets_call_them() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 59, 701, 702)] == [
        "A", "Z", "AA", "BH", "ZZ", "AAA",
    ]  # fmt: skip
