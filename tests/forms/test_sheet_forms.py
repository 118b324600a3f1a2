"""The sheets, opened again by another library: headings, dates, sums, a page to print."""

import io

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.forms.made_forms import MadeForms
from bot.knowledge.forms.form import Form, FormKind
from bot.knowledge.library import read_knowledge
from bot.settings import ROOT

FORMS = {
    form.id: form
    for form in read_knowledge(ROOT / "knowledge_base").forms.by_id.values()
    if form.kind is FormKind.SHEET
}
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))


def opened(made: MadeForms, form: Form) -> Worksheet:
    found = made.file(form.file_name)
    assert found is not None
    (sheet,) = load_workbook(io.BytesIO(found.content)).worksheets
    return sheet


def first_column(sheet: Worksheet) -> list[str]:
    return [str(row[0].value) for row in sheet.iter_rows() if row[0].value is not None]


@each_form
def test_it_says_what_it_is_and_prints_one_page_wide(made: MadeForms, form: Form) -> None:
    sheet = opened(made, form)
    said = first_column(sheet)
    assert said[0] == form.title.upper()
    assert said[1].startswith("Mẫu tham khảo do Sở Khoa học và Công nghệ")
    assert "Rà soát ngày 29/11/2026." in said[-1]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # One page wide is what is not written.
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {
        "Times New Roman"
    }


@each_form
def test_every_heading_field_and_table_is_there(made: MadeForms, form: Form) -> None:
    sheet = opened(made, form)
    said = first_column(sheet)
    for block in form.blocks:
        assert not block.heading or block.heading in said
        for blank in block.fields:
            (line,) = [one for one in said if one.startswith(f"{blank.label}: ")]
            assert line.endswith("…" * 40)
    heads = [row for row in sheet.iter_rows() if row[0].value == "STT"]
    tables = [block.table for block in form.blocks if block.table is not None]
    assert len(heads) == len(tables)
    for head, table in zip(heads, tables, strict=True):
        titles = [cell.value for cell in head[1 : 1 + len(table.columns)]]
        assert titles == [column.title for column in table.columns]
        row = head[0].row
        numbers = [sheet.cell(row + n, 1).value for n in range(1, 1 + len(table.rows))]
        assert numbers == list(range(1, 1 + len(table.rows)))
        assert sheet.cell(row + 1, 2).border.left.style == "thin"


def test_the_day_of_the_next_verification_is_worked_out(made: MadeForms) -> None:
    sheet = opened(made, FORMS["danh-muc-phuong-tien-do"])
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "STT")
    titles = [cell.value for cell in sheet[head]]
    assert titles[5:9] == ["Kiểm định, hiệu chuẩn ngày", "Chu kỳ (tháng)", "Đến hạn", "Còn (ngày)"]
    first = head + 1
    assert (
        sheet.cell(first, 8).value
        == f'=IF(OR(F{first}="",G{first}=""),"",EDATE(F{first},G{first}))'
    )
    assert sheet.cell(first, 9).value == f'=IF(H{first}="","",H{first}-TODAY())'
    assert sheet.cell(first, 8).number_format == "dd/mm/yyyy"


def test_points_of_5s_are_added_up_over_all_twenty_five_lines(made: MadeForms) -> None:
    sheet = opened(made, FORMS["phieu-cham-5s"])
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "STT")
    rows = range(head + 1, head + 26)
    by_s = [sheet.cell(row, 2).value for row in rows]
    assert [by_s.count(one) for one in dict.fromkeys(by_s)] == [5] * 5
    total = sheet.cell(head + 26, 4)
    assert sheet.cell(head + 26, 2).value == "Tổng cộng"
    assert total.value == f"=SUM(D{head + 1}:D{head + 25})"


def test_a_lot_leads_one_step_back_and_one_step_on(made: MadeForms) -> None:
    said = first_column(opened(made, FORMS["so-truy-xuat-lo"]))
    assert [one for one in said if "một bước" in one] == [
        "B. Nguyên liệu vào lô (một bước trước)", "D. Nơi đã giao (một bước sau)",
    ]  # fmt: skip
