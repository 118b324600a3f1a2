"""What a file is, by its content: documents and pictures are taken, nothing that runs.

The name is what a stranger wrote on it. Each of the twelve kinds is recognised by its own marks,
within an archive by the type that it declares; what bears no known mark is not taken. Libraries
that guess among hundreds of kinds take any archive for a document and tell none with macros.
"""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

LEADING_BLANKS = b"\xef\xbb\xbf\0 \t\r\n"
"""What scanners and mail programs put before the first mark of a PDF."""

PDF_WITHIN = 1024
"""So far readers look for that mark: printers put orders of their own before it."""

COMPOUND, ARCHIVE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"

OTHER_MARKS = (b"MZ", b"\x7fELF", b"#!", b"<", b"PK", b"RIFF", COMPOUND)
"""Programs, scripts, pages and archives: a PDF that is hidden in one does not make it a PDF."""

LONGEST_TYPE_BYTES = 256 * 1024
"""Of the part of an archive that declares its type: a true one is a few thousand bytes."""

MOST_PARTS = 20_000
MOST_UNPACKED_BYTES = 1024**3
"""A larger one is made to fill the disk of whoever opens it."""


@dataclass(frozen=True)
class FileKind:
    """A kind that is taken. The first of `suffixes` is given to a file that bears none of them.

    `shown` is the word that tells people of it.
    """

    media_type: str
    suffixes: tuple[str, ...]
    shown: str


PDF = FileKind("application/pdf", (".pdf",), "PDF")
DOC = FileKind("application/msword", (".doc",), "Word")
DOCX = FileKind(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",), "Word"
)
XLS = FileKind("application/vnd.ms-excel", (".xls",), "Excel")
XLSX = FileKind(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",), "Excel"
)
ODT = FileKind("application/vnd.oasis.opendocument.text", (".odt",), "ODF")
ODS = FileKind("application/vnd.oasis.opendocument.spreadsheet", (".ods",), "ODF")
TXT = FileKind("text/plain", (".txt",), "TXT")
CSV = FileKind("text/csv", (".csv",), "CSV")
PNG = FileKind("image/png", (".png",), "PNG")
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"), "JPG")
WEBP = FileKind("image/webp", (".webp",), "WEBP")
GIF = FileKind("image/gif", (".gif",), "GIF")
HEIC = FileKind("image/heic", (".heic",), "HEIC")
HEIF = FileKind("image/heif", (".heif",), "HEIC")

KINDS = (PDF, DOC, DOCX, XLS, XLSX, ODT, ODS, TXT, CSV, PNG, JPEG, WEBP, GIF, HEIC, HEIF)

SUFFIXES = (*(suffix for kind in KINDS for suffix in kind.suffixes), ".jfif")
"""What a page lets people choose; what such a file is, its content says."""

WORD_TYPE = b"wordprocessingml.document.main+xml"
EXCEL_TYPE = b"spreadsheetml.sheet.main+xml"
MACRO_TYPE = b"macroenabled"
MACRO_PARTS = ("vbaproject.bin", "basic/", "scripts/")

HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
HEIF_BRANDS = frozenset({b"mif1", b"msf1"})

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_SCRIPT = b"#!"


def kind_of(content: bytes, suffix: str = "") -> FileKind | None:
    """The kind of a content; None where it is not taken.

    Text bears no mark: it is taken where the name says so (`suffix`, such as `.csv`).
    """
    if content.lstrip(LEADING_BLANKS).startswith(b"%PDF"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    return _boxed(content) or _text(content, suffix.lower()) or _late_pdf(content)


def _late_pdf(content: bytes) -> FileKind | None:
    """A PDF behind what its readers pass over."""
    if content[4:8] == b"ftyp" or content.lstrip(LEADING_BLANKS).startswith(OTHER_MARKS):
        return None
    return PDF if b"%PDF-" in content[:PDF_WITHIN] else None


def _boxed(content: bytes) -> FileKind | None:
    """What names its kind behind its first bytes."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp":
        return _heif(content)
    if content.startswith(COMPOUND):
        return _compound(content)
    if content.startswith(ARCHIVE):
        return _archive(content)
    return None


def _heif(content: bytes) -> FileKind | None:
    size = int.from_bytes(content[:4], "big")
    box = content[8 : min(size, len(content))]
    major, others = box[:4], {box[at : at + 4] for at in range(8, len(box), 4)}
    if major in HEIC_BRANDS:
        return HEIC
    if major not in HEIF_BRANDS:
        return None
    return HEIC if others & HEIC_BRANDS else HEIF if b"avif" not in others else None


def _compound(content: bytes) -> FileKind | None:
    """Word and Excel as they were saved until 2007, by the names of their streams."""
    if _named(content, "_VBA_PROJECT"):
        return None
    if _named(content, "WordDocument"):
        return DOC
    return XLS if _named(content, "Workbook") or _named(content, "Book") else None


def _named(content: bytes, stream: str) -> bool:
    # A name in the directory is UTF-16 and ends with a NUL.
    return f"{stream}\0".encode("utf-16-le") in content


def _archive(content: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _document(archive)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return None


def _document(archive: zipfile.ZipFile) -> FileKind | None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        return None
    if any(name.lower().endswith(MACRO_PARTS[0]) for name in names) or any(
        name.lower().startswith(MACRO_PARTS[1:]) for name in names
    ):
        return None
    if "[Content_Types].xml" in names:
        return _office_open(_start_of(archive, "[Content_Types].xml").lower())
    if "mimetype" in names:
        declared = _start_of(archive, "mimetype").strip().decode("ascii", "replace")
        return next((kind for kind in (ODT, ODS) if kind.media_type == declared), None)
    return None


def _office_open(types: bytes) -> FileKind | None:
    if MACRO_TYPE in types:
        return None
    if WORD_TYPE in types:
        return DOCX
    return XLSX if EXCEL_TYPE in types else None


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(LONGEST_TYPE_BYTES)


def _text(content: bytes, suffix: str) -> FileKind | None:
    kind = next((one for one in (TXT, CSV) if suffix in one.suffixes), None)
    if kind is None or content.startswith(_SCRIPT):
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return kind if _is_utf16(content) else None
    # UTF-8, or an older encoding of Vietnamese: any byte but those that no text holds.
    return None if _CONTROL.search(content) else kind


def _is_utf16(content: bytes) -> bool:
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError:
        return False
    return not any(
        unicodedata.category(letter) == "Cc" and letter not in "\t\r\n\f" for letter in text
    )
