"""A result on paper: A4 pages with a picture, tables and a place to sign, as PDF.

Drawn by fpdf2 (LGPL): pure Python, no system libraries, fonts embedded as subsets, so that words
can be searched and copied. The same content at the same instant gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from bot.charts import BOLD_FONT_FILE, PLAIN_FONT_FILE

FONT = "DejaVu"
_FACES = {"": PLAIN_FONT_FILE, "B": BOLD_FONT_FILE}

MARGIN, WIDTH = 18, 174
"""Millimetres of an A4 page."""

TITLE, HEADING, BODY, SMALL = 16, 12, 10, 8
"""Points."""

LINE = 5.2
INK, QUIET, ACCENT, RULE = (31, 41, 51), (92, 104, 117), (31, 94, 82), (208, 215, 222)

SIGNATURE_HEIGHT = 32


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs below; each may begin with a bold part."""

    heading: str
    paragraphs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper. `blanks`: labels before dotted lines; `signers`: at the end.

    `known`: lines that stand filled in, above the blanks. `rows`: the answers, each a question and
    what was said; `foot`: on every page.
    """

    house: str
    title: str
    headline: str
    meaning: str
    blanks: Sequence[str]
    picture: bytes | None
    sections: Sequence[Section]
    rows_heading: str
    rows: Sequence[tuple[str, str]]
    signers: Sequence[str]
    signing: str
    foot: str
    page: str
    notes: Sequence[str] = field(default=())
    known: Sequence[str] = field(default=())


class _Paper(FPDF):
    """A4 with a foot: `foot` on the left, the number of the page on the right."""

    def __init__(self, foot: str, page: str) -> None:
        super().__init__(format="A4", unit="mm")
        self._foot, self._page = foot, page
        for style, file in _FACES.items():
            self.add_font(FONT, style, str(file))
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.alias_nb_pages()

    def footer(self) -> None:
        """Draws the foot of a page."""
        self.set_y(-MARGIN + 4)
        self.set_font(FONT, size=SMALL)
        self.set_text_color(*QUIET)
        self.cell(WIDTH - 30, 5, self._foot)
        self.cell(30, 5, f"{self._page} {self.page_no()}/{{nb}}", align="R")

    def words(
        self, text: str, *, size: int = BODY, bold: bool = False, ink: tuple[int, int, int] = INK
    ) -> None:
        """A paragraph over the whole width."""
        self.set_font(FONT, "B" if bold else "", size)
        self.set_text_color(*ink)
        height = LINE * size / BODY
        self.multi_cell(WIDTH, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def draw_sheet(sheet: Sheet, *, made_at: datetime) -> bytes:
    """The PDF of a sheet."""
    paper = _Paper(sheet.foot, sheet.page)
    paper.set_creation_date(made_at)
    paper.set_title(sheet.title)
    paper.set_lang("vi")
    paper.add_page()
    _draw_head(paper, sheet)
    _draw_picture(paper, sheet)
    for section in sheet.sections:
        _draw_section(paper, section)
    _draw_rows(paper, sheet)
    _draw_signing(paper, sheet)
    return bytes(paper.output())


def _draw_head(paper: _Paper, sheet: Sheet) -> None:
    if sheet.house:
        paper.words(sheet.house, size=SMALL, ink=QUIET)
    paper.words(sheet.title, size=TITLE, bold=True, ink=ACCENT)
    paper.ln(1)
    if sheet.headline:
        paper.words(sheet.headline, size=HEADING, bold=True)
    if sheet.meaning:
        paper.words(sheet.meaning)
    paper.ln(2)
    for line in sheet.known:
        paper.words(line)
        paper.ln(1.5)
    for label in sheet.blanks:
        _draw_blank(paper, label)
    for note in sheet.notes:
        paper.ln(1)
        paper.words(note, ink=QUIET)


def _draw_blank(paper: _Paper, label: str) -> None:
    paper.set_font(FONT, size=BODY)
    paper.set_text_color(*INK)
    start = paper.get_string_width(f"{label} ") + 2
    y = paper.get_y() + LINE
    paper.cell(WIDTH, LINE + 1.5, label, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_draw_color(*QUIET)
    paper.set_dash_pattern(dash=0.4, gap=0.8)
    paper.line(MARGIN + start, y, MARGIN + WIDTH, y)
    paper.set_dash_pattern()


def _draw_picture(paper: _Paper, sheet: Sheet) -> None:
    if sheet.picture is None:
        return
    paper.ln(2)
    paper.image(BytesIO(sheet.picture), x=MARGIN + 12, w=WIDTH - 24)
    paper.ln(2)


def _draw_section(paper: _Paper, section: Section) -> None:
    if paper.will_page_break(4 * LINE):
        paper.add_page()
    paper.ln(3)
    paper.words(section.heading, size=HEADING, bold=True, ink=ACCENT)
    paper.set_draw_color(*RULE)
    paper.line(MARGIN, paper.get_y() + 0.6, MARGIN + WIDTH, paper.get_y() + 0.6)
    paper.ln(2)
    for bold, text in section.paragraphs:
        if bold:
            paper.words(bold, bold=True)
        if text:
            paper.words(text)
        paper.ln(1.2)


def _draw_rows(paper: _Paper, sheet: Sheet) -> None:
    if not sheet.rows:
        return
    _draw_section(paper, Section(sheet.rows_heading, ()))
    paper.set_font(FONT, size=SMALL + 1)
    paper.set_text_color(*INK)
    paper.set_draw_color(*RULE)
    with paper.table(
        col_widths=(10, 118, 46),
        line_height=4.6,
        first_row_as_headings=False,
        borders_layout="HORIZONTAL_LINES",
        text_align=("RIGHT", "LEFT", "LEFT"),
    ) as table:
        for number, (question, answer) in enumerate(sheet.rows, start=1):
            row = table.row()
            row.cell(str(number), style=FontFace(color=QUIET))
            row.cell(question)
            row.cell(answer, style=FontFace(emphasis="BOLD"))


def _draw_signing(paper: _Paper, sheet: Sheet) -> None:
    if not sheet.signers:
        return
    if paper.will_page_break(SIGNATURE_HEIGHT + 14):
        paper.add_page()
    paper.ln(6)
    paper.words(sheet.signing, ink=QUIET)
    paper.ln(2)
    width, y = WIDTH / len(sheet.signers), paper.get_y()
    paper.set_font(FONT, "B", BODY)
    paper.set_text_color(*INK)
    for place, signer in enumerate(sheet.signers):
        paper.set_xy(MARGIN + place * width, y)
        paper.cell(width, LINE, signer, align="C")
    paper.set_xy(MARGIN, y + SIGNATURE_HEIGHT)
