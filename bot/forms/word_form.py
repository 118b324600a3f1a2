"""A form as a Word file: A4, Times New Roman 13, dotted lines to write on."""

import io
import re

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.forms.packing import made_on, packed_alike
from bot.forms.words import FormWords
from bot.knowledge.forms.form import Blank, Block, Form, FormTable

FONT = "Times New Roman"
LETTERS = Pt(13)
SMALL = Pt(10)
IN_TABLES = Pt(12)
IN_TITLES = Pt(15)
IN_LETTERHEADS = Pt(12)

PAGE = (Cm(21), Cm(29.7))
LEFT, RIGHT, ABOVE, BELOW = Cm(3), Cm(2), Cm(2), Cm(2)
TEXT_WIDTH = Emu(PAGE[0] - LEFT - RIGHT)

NUMBER_WIDTH = Cm(1.2)
SHADE = "E7EEF5"
ROOM_TO_SIGN = 3
"""Empty lines under the name of who signs."""

_BOLD = re.compile(r"\*\*(.+?)\*\*")


def word_form(form: Form, words: FormWords) -> bytes:
    """The file of a form."""
    document = Document()
    _set_up(document, form, words)
    if form.letterhead:
        _letterhead(document, words)
    _title(document, form.title)
    _note(document, words.sample)
    if words.official:
        _note(document, words.official)
    for block in form.blocks:
        _block(document, block, words)
    for note in filter(None, (words.unsure, words.ground)):
        _note(document, note)
    made = io.BytesIO()
    document.save(made)
    return packed_alike(made.getvalue())


def _set_up(document: WordDocument, form: Form, words: FormWords) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = PAGE
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.top_margin, section.bottom_margin = ABOVE, BELOW
    for name in ("Normal", "Heading 1", "Heading 2", "List Bullet"):
        style = document.styles[name]
        style.font.name = FONT
        style.font.size = LETTERS
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.line_spacing = 1.15
    about = document.core_properties
    about.title, about.author, about.last_modified_by = form.title, words.department, ""
    about.comments = ""
    about.language = "vi-VN"
    about.created = about.modified = made_on(form.reviewed_on).replace(tzinfo=None)
    about.revision = 1
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    told = words.texts.say("form.footer", department=words.department)
    _run(footer, f"{told} ", size=SMALL)
    for instruction, between in (("PAGE", "/"), ("NUMPAGES", "")):
        _field(footer, instruction)
        _run(footer, between, size=SMALL)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """What Word counts by itself: the page, the number of pages."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), instruction)
    run = _run(paragraph, "1", size=SMALL)
    element.append(run._r)  # noqa: SLF001  (a field has no name in the library)
    paragraph._p.append(element)  # noqa: SLF001


def _letterhead(document: WordDocument, words: FormWords) -> None:
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = (Emu(int(TEXT_WIDTH * 0.42)), Emu(int(TEXT_WIDTH * 0.58)))
    sides = (
        ("form.enterprise", "form.number"),
        ("form.nation", "form.motto", "form.place_and_day"),
    )
    for cell, width, lines in zip(table.rows[0].cells, widths, sides, strict=True):
        cell.width = width
        table.columns[cell._tc.grid_offset].width = width  # noqa: SLF001
        for place, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = _run(paragraph, words.texts.say(line), size=IN_LETTERHEADS)
            run.bold = line in {"form.enterprise", "form.nation", "form.motto"}
            run.italic = line == "form.place_and_day"


def _title(document: WordDocument, title: str) -> None:
    paragraph = document.add_paragraph(style="Heading 1")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(10)
    run = _run(paragraph, title.upper(), size=IN_TITLES)
    run.bold = True


def _note(document: WordDocument, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for run in _runs(paragraph, text):
        run.font.size = SMALL
        run.italic = True


def _block(document: WordDocument, block: Block, words: FormWords) -> None:
    if block.heading:
        paragraph = document.add_paragraph(style="Heading 2")
        paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, block.heading).bold = True
    elif block.text:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        _runs(paragraph, block.text)
    elif block.note:
        _note(document, block.note)
    elif block.table is not None:
        _table(document, block.table, words)
    elif block.signatures:
        _signatures(document, block.signatures, words)
    for item in block.items:
        _runs(document.add_paragraph(style="List Bullet"), item)
    for blank in block.fields:
        _blank(document, blank)


def _blank(document: WordDocument, blank: Blank) -> None:
    """The label, and dots up to the margin; each further line is of dots alone."""
    for number in range(blank.lines):
        paragraph = document.add_paragraph()
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.paragraph_format.keep_with_next = number < blank.lines - 1
        _run(paragraph, f"{blank.label}: \t" if number == 0 else "\t")


def _table(document: WordDocument, given: FormTable, words: FormWords) -> None:
    titles = [column.title for column in given.columns]
    rows = [*given.rows, *([[]] * given.blank)]
    head = [words.texts.say("form.row_number"), *titles] if given.numbered else titles
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = _widths(given)
    for cell, title in zip(table.rows[0].cells, head, strict=True):
        _write(cell, title, centred=True, bold=True)
        _shade(cell)
    _repeat(table)
    for number, row in enumerate(rows, 1):
        cells = table.add_row().cells
        first = [str(number)] if given.numbered else []
        for place, text in enumerate([*first, *row]):
            _write(cells[place], text, centred=given.numbered and place == 0)
    for line in table.rows:
        _keep_whole(line._tr)  # noqa: SLF001
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = width
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _gap(document)


def _gap(document: WordDocument) -> None:
    """A little room behind a table, which has none of its own."""
    gap = document.add_paragraph().paragraph_format
    gap.space_after = Pt(0)
    gap.line_spacing = Pt(8)


def _widths(given: FormTable) -> list[Emu]:
    room = TEXT_WIDTH - (NUMBER_WIDTH if given.numbered else 0)
    shares = sum(column.width for column in given.columns)
    widths = [Emu(int(room * column.width / shares)) for column in given.columns]
    return [Emu(NUMBER_WIDTH), *widths] if given.numbered else widths


def _write(cell: _Cell, text: str, *, centred: bool = False, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in _runs(paragraph, text):
        run.font.size = IN_TABLES
        run.bold = bold or run.bold


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _repeat(table: Table) -> None:
    """The head stands again on each page."""
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001


def _keep_whole(row: object) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]


def _signatures(document: WordDocument, signers: list[str], words: FormWords) -> None:
    _gap(document)
    table = document.add_table(rows=1, cols=len(signers))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, signer in zip(table.rows[0].cells, signers, strict=True):
        first = cell.paragraphs[0]
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
        first.paragraph_format.keep_with_next = True
        _run(first, signer.upper()).bold = True
        how = cell.add_paragraph()
        how.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(how, words.texts.say("form.sign")).italic = True
        for _ in range(ROOM_TO_SIGN):
            cell.add_paragraph()
    _keep_whole(table.rows[0]._tr)  # noqa: SLF001


def _runs(paragraph: Paragraph, text: str) -> list[Run]:
    """The text with its bold words."""
    made = []
    for place, piece in enumerate(_BOLD.split(text)):
        if piece:
            run = _run(paragraph, piece)
            run.bold = place % 2 == 1
            made.append(run)
    return made


def _run(paragraph: Paragraph, text: str, *, size: Pt | None = None) -> Run:
    run = paragraph.add_run(text)
    if size is not None:
        run.font.size = size
    return run
