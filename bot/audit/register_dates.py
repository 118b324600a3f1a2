"""The register does not contradict itself: dates, statuses, and what follows on what."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.audit.shelf import Shelf
from bot.knowledge.files.problem import Problem
from bot.knowledge.register import DocumentStatus, LegalDocument

OVER = (DocumentStatus.SUPERSEDED, DocumentStatus.EXPIRED)

WITHOUT_END = "superseded, yet neither `replaced_by` nor `in_force_to` says by what or since when"

_YEAR = re.compile(r"/(\d{4})/")

Documents = dict[str, LegalDocument]
Finding = tuple[str, str]
"""The field where it stands, and what contradicts what."""


def wrong_documents(shelf: Shelf, today: date) -> Iterator[Problem]:
    """Documents that name unknown ones, and dates that contradict each other or a status."""
    if shelf.register is None:
        return
    known = shelf.documents
    for place, document in enumerate(shelf.register.rows.documents):
        found = [
            *_unknown(document, known),
            *_own_dates(document, today),
            *_status(document, today),
            *_amended(document, known),
            *_replaced(document, known, today),
        ]
        for field, message in found:
            yield shelf.register.problem(message, "documents", place, field)


def silent_ends(shelf: Shelf) -> Iterator[Problem]:
    """Superseded documents of which nobody wrote down by what or since when."""
    if shelf.register is None:
        return
    for place, document in enumerate(shelf.register.rows.documents):
        superseded = document.status is DocumentStatus.SUPERSEDED
        if superseded and not document.replaced_by and document.in_force_to is None:
            message = f"{document.id} is {WITHOUT_END}"
            yield shelf.register.problem(message, "documents", place, "status")


def _unknown(document: LegalDocument, known: Documents) -> Iterator[Finding]:
    for field in ("replaced_by", "amends"):
        for other in getattr(document, field):
            if other not in known or other == document.id:
                yield field, f"{field}: {other} is no other document"


def _own_dates(document: LegalDocument, today: date) -> Iterator[Finding]:
    issued, start, end = document.issued_on, document.in_force_from, document.in_force_to
    if start is not None and end is not None and end < start:
        yield "in_force_to", f"{document.id} ends before it begins"
    if issued is not None and start is not None and start < issued:
        yield "in_force_from", f"{document.id} is in force before it was issued"
    if document.checked_on > today:
        yield "checked_on", f"{document.id} was checked on a day that has not come"
    year = _YEAR.search(document.number or "")
    if issued is not None and year is not None and int(year[1]) != issued.year:
        yield "issued_on", f"{document.id} bears the year {year[1]}, yet was issued on {issued}"


def _status(document: LegalDocument, today: date) -> Iterator[Finding]:
    start, end = document.in_force_from, document.in_force_to
    status = document.status
    if status in (DocumentStatus.IN_FORCE, DocumentStatus.UNVERIFIED):
        if end is not None and end < today:
            yield "status", f"{document.id} is called {status}, yet ended on {end}"
    elif status is DocumentStatus.PLANNED:
        if start is not None and start <= today:
            yield "status", f"{document.id} is called planned, yet began on {start}"
    elif status in OVER and end is not None and end >= today:
        yield "status", f"{document.id} is called {status}, yet holds until {end}"


def _amended(document: LegalDocument, known: Documents) -> Iterator[Finding]:
    for other in (known[id_] for id_ in document.amends if id_ in known):
        if _before(document.in_force_from, other.in_force_from):
            yield "amends", f"{document.id} is in force before {other.id}, which it amends"


def _replaced(document: LegalDocument, known: Documents, today: date) -> Iterator[Finding]:
    successors = [known[id_] for id_ in document.replaced_by if id_ in known]
    starts = [other.in_force_from for other in successors if other.in_force_from is not None]
    for other in successors:
        if document.id in other.replaced_by:
            yield "replaced_by", f"{document.id} and {other.id} replace each other"
        elif _before(other.in_force_from, document.in_force_from):
            yield "replaced_by", f"{other.id} is in force before {document.id}, which it replaces"
    all_known = bool(starts) and len(starts) == len(successors)
    if all_known and document.in_force_to is not None:
        end, start = document.in_force_to, min(starts)
        # A transitional rule may keep the old one beside the new one for a while.
        if end + timedelta(days=1) < start:
            message = f"{document.id} holds until {end}, yet what replaces it begins on {start}"
            yield "in_force_to", message
    elif starts and document.holds_on(today) and min(starts) <= today:
        yield "status", f"{document.id} still holds, yet what replaces it began on {min(starts)}"


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other
