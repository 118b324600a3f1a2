"""Kept replies: an office's own list, and the same filled for a case to be put into its reply."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot.console.cases.visible import visible_request
from bot.console.frame.forms import cause, field, row_id
from bot.console.frame.gate import (
    InHouse,
    SignedIn,
    Submitted,
    Visitor,
    at_this_instant,
    requires,
)
from bot.console.frame.offices import answering_offices, is_answering
from bot.console.frame.pages import pages_of, path_of
from bot.domain.input.cleaning import clean_words
from bot.domain.input.lengths import CANNED_TEXT, CANNED_TITLE
from bot.domain.office.canned_reply import Field, filled
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.desk.canned_replies import CannedRefused, CannedReplies, Written
from bot.storage.models import CannedReply
from bot.storage.models import Request as SupportRequest
from bot.texts.filters import moment

router = APIRouter(dependencies=[Depends(requires(Permission.ANSWER))])

QUERY_LIMIT = 200
Search = Annotated[str, Query(max_length=2000)]


@router.get("/replies", name="list_canned")
def list_canned(
    request: Request, house: InHouse, visitor: SignedIn, q: Search = "", office: str = ""
) -> Response:
    """The replies of the visitor's office; who sees all offices chooses one."""
    return _list(request, house, visitor, chosen=_office(house, visitor, office), q=q)


@router.get("/replies/{reply_id}", name="show_canned")
def show_canned(request: Request, house: InHouse, visitor: SignedIn, reply_id: int) -> Response:
    """One reply, to be changed or removed."""
    return _one(request, house, visitor, reply_id)


@router.post("/replies", name="add_canned")
def add_canned(request: Request, house: InHouse, visitor: SignedIn, form: Submitted) -> Response:
    """Keeps a new reply."""
    written = _written(form)
    named = cause(form, visitor, "canned", written.title, written.text)
    office = _office(house, visitor, field(form, "office"))
    try:
        with house.database.transaction() as session:
            officer, seen_as = at_this_instant(session, visitor)
            if not seen_as.sees(office):
                raise HTTPException(404)
            CannedReplies(session).add(office, officer, written, cause=named, now=house.clock())
    except CannedRefused as refused:
        return _list(request, house, visitor, chosen=office, refused=refused, written=written)
    address = f"{path_of(request, 'list_canned')}?office={office}&done=canned_kept"
    return RedirectResponse(address, status_code=303)


@router.post("/replies/{reply_id}", name="change_canned")
def change_canned(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, reply_id: int
) -> Response:
    """Another wording of a reply."""
    written, edition = _written(form), row_id(form, "edition") or 0
    try:
        with house.database.transaction() as session:
            officer, seen_as = at_this_instant(session, visitor)
            row = _seen(session, seen_as, reply_id)
            CannedReplies(session).change(row, officer, written, edition=edition, now=house.clock())
            office = row.office
    except CannedRefused as refused:
        return _one(request, house, visitor, reply_id, refused=refused, written=written)
    address = f"{path_of(request, 'list_canned')}?office={office}&done=canned_kept"
    return RedirectResponse(address, status_code=303)


@router.post("/replies/{reply_id}/remove", name="remove_canned")
def remove_canned(request: Request, house: InHouse, visitor: SignedIn, reply_id: int) -> Response:
    """The reply goes; what was sent with it stays. Gone already: a no-op."""
    with house.database.transaction() as session:
        _, seen_as = at_this_instant(session, visitor)
        row = CannedReplies(session).get(reply_id)
        if row is not None:
            CannedReplies(session).remove(_seen(session, seen_as, reply_id))
    return RedirectResponse(f"{path_of(request, 'list_canned')}?done=canned_gone", status_code=303)


@router.get("/requests/{request_id}/replies", name="case_canned")
def case_canned(
    request: Request, house: InHouse, visitor: SignedIn, request_id: int, q: Search = ""
) -> Response:
    """The replies of a case's office with the values of the case."""
    asked = clean_words(q, QUERY_LIMIT).strip()
    with house.database.reading() as session:
        found = visible_request(session, visitor, request_id)
        values = _values(house, found, visitor)
        rows = CannedReplies(session).of(found.office, asked)
        return pages_of(request).page(
            request,
            "case_canned.html",
            case=found,
            q=asked,
            rows=[(row, filled(row.text, values)) for row in rows],
        )


def _values(house: House, found: SupportRequest, visitor: Visitor) -> Mapping[Field, str]:
    name = found.enterprise_name or found.contact.display_name
    return {
        Field.NAME: name or house.texts.say("console.nameless"),
        Field.CODE: found.code,
        Field.OFFICER: visitor.full_name,
        Field.OFFICE: house.library.current.office(found.office).short,
        Field.HOUR: moment(found.promised_at),
    }


def _office(house: House, visitor: Visitor, office: str) -> str:
    """The office that is asked for where she sees it; else her own."""
    return office if is_answering(house, office) and visitor.sees(office) else visitor.office


def _written(form: Submitted) -> Written:
    return Written(title=" ".join(field(form, "title").split()), text=field(form, "text"))


def _seen(session: Session, visitor: Visitor, reply_id: int) -> CannedReply:
    row = CannedReplies(session).get(reply_id)
    if row is None or not visitor.sees(row.office):
        raise HTTPException(404)
    return row


def _list(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    *,
    chosen: str,
    q: str = "",
    refused: CannedRefused | None = None,
    written: Written | None = None,
) -> Response:
    asked = clean_words(q, QUERY_LIMIT).strip()
    with house.database.reading() as session:
        return pages_of(request).page(
            request,
            "canned.html",
            status=200 if refused is None else 422,
            rows=CannedReplies(session).of(chosen, asked),
            q=asked,
            chosen=chosen,
            offices=[one for one in answering_offices(house) if visitor.sees(one.id)],
            refused=refused,
            written=written or Written("", ""),
            limits=(CANNED_TITLE, CANNED_TEXT),
        )


def _one(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    reply_id: int,
    *,
    refused: CannedRefused | None = None,
    written: Written | None = None,
) -> Response:
    with house.database.reading() as session:
        row = _seen(session, visitor, reply_id)
        return pages_of(request).page(
            request,
            "canned_one.html",
            status=200 if refused is None else 422,
            row=row,
            refused=refused,
            written=written or Written(row.title, row.text),
            limits=(CANNED_TITLE, CANNED_TEXT),
        )
