"""A form as a sheet of Excel: one page wide, with the dates and sums that it works out."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from bot.forms.packing import made_on, packed_alike
from bot.forms.words import FormWords
from bot.knowledge.forms.form import Block, Column, Form, FormTable, Holds

FONT = "Times New Roman"
LETTERS, SMALL, IN_TITLES = 12, 10, 15
SHADE = "#E7EEF5"
A4 = 9
WIDTH = 118
"""Letters of a page that lies on its side."""

LETTERS_OF_TITLES = 0.8
"""Share of a column's letters that its bold title fills before it breaks."""

NUMBER_WIDTH = 6
DOTS = "…" * 40
ROW_HEIGHT = 18
LINE_LETTERS = 130
"""Small letters of a line across the page, for the height of the notes."""

FORMATS: Mapping[Holds, Mapping[str, Any]] = {
    Holds.DATE: {"num_format": "dd/mm/yyyy", "align": "center"},
    Holds.NUMBER: {"num_format": "#,##0.##", "align": "right"},
    Holds.TEXT: {"text_wrap": True},
}


def sheet_form(form: Form, words: FormWords) -> bytes:
    """The file of a form."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": form.title,
                "author": words.department,
                "created": made_on(form.reviewed_on).replace(tzinfo=None),
            }
        )
        _Sheet(book, form, words).write()
    return packed_alike(made.getvalue())


class _Sheet:
    """Written from top to bottom; every table begins in the first column."""

    def __init__(self, book: Any, form: Form, words: FormWords) -> None:
        self._book = book
        self._form = form
        self._words = words
        self._page = book.add_worksheet(words.texts.say("form.sheet"))
        tables = [block.table for block in form.blocks if block.table is not None]
        self._last = max((_columns(one) for one in tables), default=2) - 1
        self._row = 0
        self._set_up(tables)

    def write(self) -> None:
        title = self._look(size=IN_TITLES, bold=True, align="center")
        self._across(self._form.title.upper(), title, height=26)
        for note in filter(None, (self._words.sample, self._words.official)):
            self._note(note)
        for block in self._form.blocks:
            self._block(block)
        for note in filter(None, (self._words.unsure, self._words.ground)):
            self._note(note)

    def _set_up(self, tables: Sequence[FormTable]) -> None:
        page = self._page
        page.set_paper(A4)
        page.set_landscape()
        page.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        footer = self._words.texts.say("form.footer", department=self._words.department)
        page.set_footer(f'&C&"{FONT}"&{SMALL}{footer} &P/&N')
        widest = max(tables, key=_columns, default=None)
        if widest is None:
            return
        shift = 1 if widest.numbered else 0
        if shift:
            page.set_column(0, 0, NUMBER_WIDTH)
        shares = sum(column.width for column in widest.columns)
        for place, column in enumerate(widest.columns, shift):
            page.set_column(place, place, (WIDTH - shift * NUMBER_WIDTH) * column.width / shares)

    def _block(self, block: Block) -> None:
        if block.heading:
            self._across(block.heading, self._look(bold=True), height=22)
        elif block.text:
            self._across(block.text.replace("**", ""), self._look(wrap=True))
        elif block.note:
            self._note(block.note)
        elif block.table is not None:
            self._table(block.table)
        elif block.signatures:
            self._signatures(block.signatures)
        for item in block.items:
            self._across(f"• {item.replace('**', '')}", self._look(wrap=True))
        for blank in block.fields:
            for number in range(blank.lines):
                self._across(f"{blank.label}: {DOTS}" if number == 0 else DOTS, self._look())

    def _table(self, table: FormTable) -> None:
        shift = 1 if table.numbered else 0
        head = self._look(bold=True, align="center", wrap=True, border=True, fill=SHADE)
        titles = [self._words.texts.say("form.row_number")] if shift else []
        for place, title in enumerate([*titles, *(column.title for column in table.columns)]):
            self._page.write_string(self._row, place, title, head)
        self._page.set_row(self._row, self._lines_of_titles(table) * ROW_HEIGHT)
        self._row += 1
        first = self._row
        for number, row in enumerate([*table.rows, *([[]] * table.blank)], 1):
            if shift:
                number_look = self._look(align="center", border=True)
                self._page.write_number(self._row, 0, number, number_look)
            for place, column in enumerate(table.columns):
                text = row[place] if place < len(row) else ""
                self._cell(place + shift, column, text)
            self._page.set_row(self._row, ROW_HEIGHT)
            self._row += 1
        if any(column.total for column in table.columns):
            self._total(table, first)
        self._row += 1

    def _lines_of_titles(self, table: FormTable) -> int:
        shares = sum(column.width for column in table.columns)
        letters = [WIDTH * LETTERS_OF_TITLES * column.width / shares for column in table.columns]
        titles = [len(column.title) for column in table.columns]
        return max(1 + int(title / room) for title, room in zip(titles, letters, strict=True))

    def _cell(self, place: int, column: Column, text: str) -> None:
        look = self._look(border=True, **FORMATS[column.holds])
        if column.formula:
            formula = column.formula.replace("{row}", str(self._row + 1))
            self._page.write_formula(self._row, place, f"={formula}", look, "")
        elif text:
            self._page.write_string(self._row, place, text, look)
        else:
            self._page.write_blank(self._row, place, None, look)

    def _total(self, table: FormTable, first: int) -> None:
        shift = 1 if table.numbered else 0
        for place in range(_columns(table)):
            look = self._look(bold=True, border=True, **FORMATS[Holds.NUMBER])
            column = table.columns[place - shift] if place >= shift else None
            if column is not None and column.total:
                name = xl_col_to_name(place)
                formula = f"=SUM({name}{first + 1}:{name}{self._row})"
                self._page.write_formula(self._row, place, formula, look, 0)
            elif place == shift:
                self._page.write_string(
                    self._row,
                    place,
                    self._words.texts.say("form.total"),
                    self._look(bold=True, border=True),
                )
            else:
                self._page.write_blank(self._row, place, None, look)
        self._row += 1

    def _signatures(self, signers: Sequence[str]) -> None:
        self._row += 1
        bold, italic = (
            self._look(bold=True, align="center"),
            self._look(italic=True, align="center"),
        )
        step = max(1, (self._last + 1) // len(signers))
        for place, signer in enumerate(signers):
            self._page.write_string(self._row, place * step + step // 2, signer.upper(), bold)
            sign = self._words.texts.say("form.sign")
            self._page.write_string(self._row + 1, place * step + step // 2, sign, italic)
        self._row += 6

    def _note(self, text: str) -> None:
        lines = -(-len(text) // LINE_LETTERS)
        look = self._look(size=SMALL, italic=True, wrap=True)
        self._across(text.replace("**", ""), look, height=14 * lines + 2)

    def _across(self, text: str, look: Any, *, height: int = ROW_HEIGHT) -> None:
        self._page.merge_range(self._row, 0, self._row, self._last, text, look)
        self._page.set_row(self._row, height)
        self._row += 1

    def _look(
        self,
        *,
        size: int = LETTERS,
        wrap: bool = False,
        border: bool = False,
        fill: str = "",
        **more: Any,
    ) -> Any:
        given = {"font_name": FONT, "font_size": size, "valign": "vcenter", **more}
        given |= {"text_wrap": True} if wrap else {}
        given |= {"border": 1} if border else {}
        given |= {"bg_color": fill} if fill else {}
        return self._book.add_format(given)


def _columns(table: FormTable) -> int:
    return len(table.columns) + (1 if table.numbered else 0)
