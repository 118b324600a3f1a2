"""Tables as departments keep them, made as real files, with noise around the enterprises."""

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import xlsxwriter

from bot.services.enterprises.tables.table import Cell

HEADS = (
    "STT",
    "Tên doanh nghiệp",
    "MST",
    "Xã/phường",
    "Mã ngành",
    "Lao động",
    "Doanh thu (tỷ đồng)",
)

CODES = ("0100109106", "0101243150", "0312345678")


def workbook(
    rows: Sequence[Sequence[Cell]], *, noise: bool = False, sheets: Sequence[str] = ("DN",)
) -> bytes:
    """A file of Excel. `noise`: a cover sheet, titles above, an empty row, a sum below."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        if noise:
            cover = book.add_worksheet("Bìa")
            cover.write(0, 0, "Kính gửi Ủy ban nhân dân các xã, phường")
        for name in sheets:
            sheet, above = book.add_worksheet(name), 0
            if noise:
                sheet.merge_range(0, 0, 0, 6, "DANH SÁCH DOANH NGHIỆP TRÊN ĐỊA BÀN")
                sheet.write(1, 5, "(Kèm theo công văn)")
                above = 3
            sheet.write_row(above, 0, rows[0])
            for number, row in enumerate(rows[1:], start=above + 1 + noise):
                sheet.write_row(number, 0, row)
            if noise:
                sheet.write_row(above + 2 + len(rows), 0, ["", "Tổng cộng", "", "", "", 120])
    return made.getvalue()


def separated(rows: Sequence[Sequence[Cell]], delimiter: str = ";") -> str:
    """The same as text."""
    return "".join(delimiter.join(map(_quoted, row)) + "\r\n" for row in rows)


def in_old_windows(text: str) -> bytes:
    """Text in windows-1258: a tone stands behind its vowel."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    return b"".join(_letter(letter, tones) for letter in text)


def opendocument(rows: Sequence[Sequence[Cell]]) -> bytes:
    """A file of LibreOffice."""
    cells = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="DN">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return made.getvalue()


def with_part(book: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    """A workbook in one of whose parts some bytes were replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in given.infolist():
            content = given.read(part)
            archive.writestr(
                part.filename, content.replace(*change) if part.filename == name else content
            )
    return made.getvalue()


def _quoted(cell: Cell) -> str:
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if any(one in text for one in ';,\t"\n\r|') else text


def _letter(letter: str, tones: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(one for one in parts if one not in tones))
        return (base + "".join(one for one in parts if one in tones)).encode("cp1258")


def _ods_cell(cell: Cell) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(cell)}</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
