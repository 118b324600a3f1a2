"""The Word files, opened again: what a department would hand out, and every field with its dots."""

import io
import re

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_LEADER
from docx.shared import Cm, Pt

from bot.forms.made_forms import MadeForms
from bot.knowledge.forms.form import Form, FormKind
from bot.knowledge.library import Library, read_knowledge
from bot.settings import ROOT

OURS = read_knowledge(ROOT / "knowledge_base")
FORMS = [form for form in OURS.forms.by_id.values() if form.kind is FormKind.WORD]
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)


def opened(made: MadeForms, form: Form) -> WordDocument:
    found = made.file(form.file_name)
    assert found is not None
    return Document(io.BytesIO(found.content))


def texts(document: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@each_form
def test_its_page_is_that_of_an_office(made: MadeForms, form: Form) -> None:
    document = opened(made, form)
    (section,) = document.sections
    assert abs(section.page_width - Cm(21)) < Cm(0.01)
    assert abs(section.page_height - Cm(29.7)) < Cm(0.01)
    assert section.left_margin >= Cm(2.9)
    assert section.right_margin >= Cm(1.4)
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(13))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert {run.font.name for run in runs} == {None}


@each_form
def test_it_says_what_it_is_and_whose(made: MadeForms, form: Form) -> None:
    document = opened(made, form)
    said = texts(document)
    assert form.title.upper() in said
    assert any(one.startswith("Mẫu tham khảo do Sở Khoa học và Công nghệ") for one in said)
    assert any("không phải mẫu do văn bản nào bắt buộc" in one for one in said)
    assert "Rà soát ngày 29/11/2026." in said[-1]
    note = OURS.articles[form.articles[0]].verify_note
    assert (said[-2] == f"Chưa xác nhận: {note}") == bool(note)
    footer = document.sections[0].footer.paragraphs[0]
    assert footer.text.startswith("Mẫu tham khảo của Sở Khoa học và Công nghệ")
    assert "NUMPAGES" in footer._p.xml
    assert any("Mẫu chính thức khi nộp: " in one for one in said) == (form.official is not None)


@each_form
def test_its_headings_stand_in_their_order(made: MadeForms, form: Form) -> None:
    document = opened(made, form)
    found = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    assert found == [block.heading for block in form.blocks if block.heading]


@each_form
def test_every_empty_field_has_its_dots(made: MadeForms, form: Form) -> None:
    document = opened(made, form)
    lines = [one for one in document.paragraphs if "\t" in one.text]
    fields = [blank for block in form.blocks for blank in block.fields]
    assert len(lines) == sum(blank.lines for blank in fields)
    for line in lines:
        (stop,) = line.paragraph_format.tab_stops
        assert stop.leader is WD_TAB_LEADER.DOTS
        assert abs(stop.position - Cm(16)) < Cm(0.1)
    labels = [one.text.removesuffix(": \t") for one in lines if one.text != "\t"]
    assert labels == [blank.label for blank in fields]
    # A colon with nothing behind it is a field that somebody forgot.
    loose = [one for one in texts(document) if re.search(r":\s*$", one) and "\t" not in one]
    asked = {block.text for block in form.blocks} | {block.heading for block in form.blocks}
    assert [one for one in loose if one not in {text.replace("**", "") for text in asked}] == []


@each_form
def test_its_tables_hold_what_is_written_and_room_to_write(made: MadeForms, form: Form) -> None:
    document = opened(made, form)
    tables = [block.table for block in form.blocks if block.table is not None]
    shown = [one for one in document.tables if one.style.name == "Table Grid"]
    assert len(shown) == len(tables)
    for table, given in zip(shown, tables, strict=True):
        head = [cell.text for cell in table.rows[0].cells]
        titles = [column.title for column in given.columns]
        assert head == (["STT", *titles] if given.numbered else titles)
        assert len(table.rows) == 1 + len(given.rows) + given.blank
        for number, row in enumerate(given.rows, 1):
            cells = [cell.text for cell in table.rows[number].cells]
            own = cells[1:] if given.numbered else cells
            assert own[: len(row)] == row
            assert set(own[len(row) :]) <= {""}
            assert not given.numbered or cells[0] == str(number)


def test_a_decision_bears_the_name_of_the_state_and_who_signs(
    made: MadeForms, library: Library
) -> None:
    document = opened(made, library.current.forms.by_id["tccs-quyet-dinh"])
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in cell for cell in cells)
    assert any("Độc lập - Tự do - Hạnh phúc" in cell for cell in cells)
    assert any(cell.startswith("NGƯỜI ĐỨNG ĐẦU CƠ SỞ") for cell in cells)
    assert any("Điều 1. Công bố tiêu chuẩn cơ sở" in one for one in texts(document))


def test_the_label_of_food_has_the_contents_that_the_decree_asks_for(
    made: MadeForms, library: Library
) -> None:
    document = opened(made, library.current.forms.by_id["nhan-thuc-pham"])
    first = document.tables[0]
    asked = [row.cells[1].text.lower() for row in first.rows[1:]]
    for content in (
        "tên hàng hóa", "tên và địa chỉ", "xuất xứ", "định lượng", "ngày sản xuất", "hạn sử dụng",
        "thành phần", "dinh dưỡng", "cảnh báo", "hướng dẫn sử dụng",
    ):  # fmt: skip
        assert any(content in one for one in asked), content
    assert {row.cells[3].text for row in first.rows[1:]} == {"……………………"}


def test_marks_of_bold_are_no_letters(made: MadeForms) -> None:
    for form in FORMS:
        document = opened(made, form)
        assert not [one for one in texts(document) if "**" in one]
