"""The smallest files of each kind, as their programs write them."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0"
GIF = b"GIF89a\x01\0\x01\0"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8 "

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504

PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + b"\0" * 48

OPEN_XML = "application/vnd.openxmlformats-officedocument."
WORD = f"{OPEN_XML}wordprocessingml.document.main+xml"
EXCEL = f"{OPEN_XML}spreadsheetml.sheet.main+xml"
SLIDES = f"{OPEN_XML}presentationml.presentation.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
EXCEL_WITH_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def pictures_box(major: bytes, *others: bytes) -> bytes:
    """The first box of a picture of a phone, with its brands."""
    body = b"ftyp" + major + b"\0\0\0\0" + b"".join((major, *others))
    return (len(body) + 4).to_bytes(4, "big") + body + b"\0\0\0\x08meta"


def compound(*streams: str) -> bytes:
    """A file of Word or Excel up to 2003 with these streams."""
    return COMPOUND + b"".join(f"{one}\0".encode("utf-16-le") for one in streams)


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive, the same whenever it is made: tests are named after what they are given."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def office_open(main_type: str, **more: str | bytes) -> bytes:
    """A document of Word or Excel whose main part has this type."""
    types = f'<?xml version="1.0"?><Types><Override ContentType="{main_type}"/></Types>'
    return archive({"[Content_Types].xml": types, "_rels/.rels": "<x/>", **more})


def open_document(kind: str, **more: str | bytes) -> bytes:
    """A document of LibreOffice: `text` or `spreadsheet`."""
    declared = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": declared, "content.xml": "<x/>", **more})
