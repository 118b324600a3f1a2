"""Reads the fields of a form; what is missing or odd is refused."""

import hashlib
import re
from datetime import datetime

from fastapi import HTTPException
from starlette.datastructures import FormData, UploadFile

from bot.console.frame.gate import Visitor
from bot.domain.clock import VIETNAM
from bot.domain.input.cleaning import clean_words, storable
from bot.domain.input.row_id import read_row_id
from bot.domain.talk import causes
from bot.services.messaging.files import Upload

DIGEST_LENGTH = 16
_FORM_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")

FIELD_LIMIT = 1024 * 1024
"""Characters of a field: as many as the parser lets through, so that nothing typed is cut here."""


def field(form: FormData, name: str) -> str:
    """The text of a field, cleaned, without spaces around it; empty where missing."""
    value = form.get(name, "")
    return clean_words(value, FIELD_LIMIT).strip() if isinstance(value, str) else ""


def every_field(form: FormData) -> dict[str, list[str]]:
    """All texts of a form by the name of their field, as they came."""
    return {
        name: [value for value in form.getlist(name) if isinstance(value, str)] for name in form
    }


def row_id(form: FormData, name: str) -> int | None:
    """The id in a field, or None where no row can have it."""
    return read_row_id(field(form, name))


def instant(form: FormData, name: str) -> datetime | None:
    """The instant in a field of date and time, which is Vietnam's; None where it is none."""
    try:
        typed = datetime.fromisoformat(field(form, name))
    except ValueError:
        return None
    return typed.replace(tzinfo=VIETNAM) if typed.tzinfo is None else None


def secret(form: FormData, name: str) -> str:
    """A password as typed."""
    value = form.get(name, "")
    return storable(value) if isinstance(value, str) else ""


def cause(form: FormData, visitor: Visitor, *said: str | bytes) -> str:
    """The name of this form with what it says, so that it acts once however often it is sent.

    Sent again with other words or files it is another one: what was typed is never dropped.

    Raises:
        HTTPException: 400, the form has no id.
    """
    form_id = field(form, "form_id")
    if _FORM_ID.fullmatch(form_id) is None:
        raise HTTPException(400)
    digest = hashlib.sha256()
    for part in said:
        digest.update(hashlib.sha256(part.encode() if isinstance(part, str) else part).digest())
    return causes.of_form(visitor.id, form_id, digest.hexdigest()[:DIGEST_LENGTH])


def uploads(form: FormData, name: str, *, limit: int) -> list[Upload]:
    """The files chosen in a field, each at most one byte over the limit."""
    return [
        Upload(file.filename, file.file.read(limit + 1))
        for file in form.getlist(name)
        if isinstance(file, UploadFile) and file.filename
    ]
