"""A made file that the browser keeps instead of showing it."""

from urllib.parse import quote

from fastapi import Response

from bot.domain.input.file_kind import PDF, XLSX, FileKind


def table_to_keep(content: bytes, name: str) -> Response:
    """An Excel file under a name of any letters."""
    return _to_keep(content, name, XLSX)


def paper_to_keep(content: bytes, name: str) -> Response:
    """A PDF under a name of any letters."""
    return _to_keep(content, name, PDF)


def kept_as(name: str) -> dict[str, str]:
    """The header that gives a file its name (RFC 6266)."""
    return {"Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}"}


def _to_keep(content: bytes, name: str, kind: FileKind) -> Response:
    return Response(content, media_type=kind.media_type, headers=kept_as(name))
