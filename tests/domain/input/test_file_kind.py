"""What a file is, says its content; its name is what a stranger wrote on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.input import file_kind as kinds
from bot.domain.input.file_kind import FileKind, kind_of
from tests.support.data import files

HEIC = files.pictures_box(b"heic", b"mif1")

TAKEN: list[tuple[bytes, FileKind]] = [
    (files.PDF, kinds.PDF),
    (b"\xef\xbb\xbf\r\n" + files.PDF, kinds.PDF),
    (b"\0\0" + files.PDF, kinds.PDF),
    (b"\x1b%-12345X@PJL\r\n" + files.PDF, kinds.PDF),
    (b"\x01" * 100 + files.PDF, kinds.PDF),
    (files.PNG, kinds.PNG),
    (files.JPEG, kinds.JPEG),
    (b"\xff\xd8\xff\xe1\0\x10Exif\0", kinds.JPEG),
    (files.GIF, kinds.GIF),
    (files.WEBP, kinds.WEBP),
    (HEIC, kinds.HEIC),
    (files.pictures_box(b"mif1", b"heic"), kinds.HEIC),
    (files.pictures_box(b"mif1"), kinds.HEIF),
    (files.compound("Root Entry", "WordDocument"), kinds.DOC),
    (files.compound("Root Entry", "Workbook"), kinds.XLS),
    (files.compound("Root Entry", "Book"), kinds.XLS),
    (files.office_open(files.WORD), kinds.DOCX),
    (files.office_open(files.EXCEL), kinds.XLSX),
    (files.open_document("text"), kinds.ODT),
    (files.open_document("spreadsheet"), kinds.ODS),
]

REFUSED = {
    "a program": files.PROGRAM,
    "a program with a PDF behind it": files.PROGRAM + files.PDF,
    "a script with a PDF behind it": b"\r\n#!/bin/sh\n" + files.PDF,
    "a page with a PDF in it": b"<!doctype html><script>alert(1)</script>" + files.PDF,
    "an archive with a PDF in it": files.archive({"a.pdf": files.PDF}),
    "a film with a PDF in it": files.pictures_box(b"isom") + files.PDF,
    "a PDF that no reader finds": b"\x01" * 1024 + files.PDF,
    "a program that unpacks a document": files.PROGRAM + files.office_open(files.WORD),
    "a program of Linux": b"\x7fELF\x02\x01\x01\0",
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "a film": files.pictures_box(b"isom", b"mp42"),
    "a picture of a kind that few can open": files.pictures_box(b"avif", b"mif1"),
    "the same, by its brands": files.pictures_box(b"mif1", b"avif"),
    "an archive": files.archive({"a.exe": b"MZ"}),
    "a Word document with macros": files.office_open(files.WORD_WITH_MACROS),
    "an Excel sheet with macros": files.office_open(files.EXCEL_WITH_MACROS),
    "a document that hides its macros": files.office_open(
        files.WORD, **{"word/vbaProject.bin": b"\0"}
    ),
    "slides": files.office_open(files.SLIDES),
    "a text of LibreOffice with macros": files.open_document(
        "text", **{"Basic/Standard/x.xml": "<x/>"}
    ),
    "an old Word document with macros": files.compound("WordDocument", "_VBA_PROJECT"),
    "a setup of Windows": files.compound("Root Entry", "\u4840\u3f3f"),
    "half an archive": files.office_open(files.WORD)[:60],
    "an empty archive": b"PK\x05\x06" + b"\0" * 18,
    "nothing": b"",
    "a box without an end": b"\0\0\0\0ftyp",
}


@pytest.mark.parametrize(("content", "kind"), TAKEN)
@pytest.mark.parametrize("suffix", ["", ".exe", ".txt", ".pdf"])
def test_the_content_tells_the_kind_whatever_the_name_says(
    content: bytes, kind: FileKind, suffix: str
) -> None:
    assert kind_of(content, suffix) == kind


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("suffix", ["", ".pdf", ".png", ".docx", ".jpg"])
def test_nothing_that_runs_is_taken_whatever_the_name_says(what: str, suffix: str) -> None:
    assert kind_of(REFUSED[what], suffix) is None


def test_an_archive_that_unpacks_without_end_is_not_taken() -> None:
    honest = files.office_open(files.WORD, **{"word/media/a.png": b"\0" * 54_321})
    said, boasted = (54_321).to_bytes(4, "little"), (4_000_000_000).to_bytes(4, "little")
    bomb = honest.replace(said, boasted)

    assert kind_of(honest) == kinds.DOCX
    assert kind_of(bomb) is None


@pytest.mark.parametrize(
    "content",
    [
        "Tên,Số lượng\r\nBánh pía,5\r\n".encode(),
        "Tên,Số lượng\n".encode("utf-8-sig"),
        "Tên\tSố lượng\n".encode("utf-16"),
        "Tên,Số".encode("utf-16-le"),
        "Công ty".encode("cp1258", "ignore"),
        "C\u00abng ty".encode("latin-1"),
        b"=cmd",
    ],
)
@pytest.mark.parametrize(("suffix", "kind"), [(".txt", kinds.TXT), (".CSV", kinds.CSV)])
def test_text_is_taken_where_the_name_says_so(content: bytes, suffix: str, kind: FileKind) -> None:
    # UTF-16 without its mark is full of NULs and cannot be told from a program.
    wanted = None if b"\0" in content and content[:2] != b"\xff\xfe" else kind

    assert kind_of(content, suffix) == wanted
    assert kind_of(content, ".png") is None
    assert kind_of(content) is None


def test_a_text_that_speaks_of_pdf_is_a_text() -> None:
    assert kind_of(b"A PDF begins with %PDF-1.7.", ".txt") == kinds.TXT


@pytest.mark.parametrize(
    "content", [files.PROGRAM, b"\x7fELF\x01", b"#!/bin/sh\n", b"a\0b", "a\0".encode("utf-16")]
)
def test_a_program_is_no_text(content: bytes) -> None:
    assert kind_of(content, ".txt") is None


@given(
    start=st.sampled_from([content for content, _ in TAKEN] + [*REFUSED.values()]),
    cut=st.integers(0, 200),
    more=st.binary(max_size=60),
    suffix=st.sampled_from(["", ".txt", ".pdf"]),
)
def test_no_bytes_make_it_stumble(start: bytes, cut: int, more: bytes, suffix: str) -> None:
    kind = kind_of(start[:cut] + more, suffix)

    assert kind is None or kind in kinds.KINDS
