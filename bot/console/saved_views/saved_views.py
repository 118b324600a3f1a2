"""Filters are kept under a name from the list of requests, renamed and removed on a page."""

from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot.console.cases.request_wish import Wish, read_wish
from bot.console.frame.forms import field
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor, at_this_instant
from bot.console.frame.offices import is_answering
from bot.console.frame.pages import pages_of, path_of
from bot.domain.input.lengths import VIEW_NAME
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.desk.saved_views import SavedViews, ViewRefused
from bot.storage.models import SavedView

router = APIRouter(prefix="/views")


@router.get("", name="list_views")
def list_views(request: Request, house: InHouse, visitor: SignedIn) -> Response:
    """One's own views, to be renamed or removed."""
    return _page(request, house, visitor)


@router.post("", name="keep_view")
def keep_view(request: Request, house: InHouse, visitor: SignedIn, form: Submitted) -> Response:
    """Keeps the filters that the list shows."""
    name = " ".join(field(form, "name").split())
    wish = read_wish(house, dict(parse_qsl(field(form, "query").removeprefix("?")))).wish
    query = wish.address()
    if wish == Wish():
        return _page(request, house, visitor, problem="nothing", name=name)
    office = field(form, "office")
    if office and not (visitor.may(Permission.ASSIGN) and is_answering(house, office)):
        raise HTTPException(403)
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            SavedViews(session).keep(officer, name, query, office=office, now=house.clock())
    except ViewRefused as refused:
        return _page(request, house, visitor, problem=refused.reason, name=name, query=query)
    address = f"{path_of(request, 'list_requests')}{query}&done=view_kept"
    return RedirectResponse(address, status_code=303)


@router.post("/{view_id}", name="rename_view")
def rename_view(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, view_id: int
) -> Response:
    """Gives one of one's own views another name."""
    name = " ".join(field(form, "name").split())
    try:
        with house.database.transaction() as session:
            officer, seen_as = at_this_instant(session, visitor)
            row = _own(session, seen_as, view_id)
            SavedViews(session).rename(row, officer, name)
    except ViewRefused as refused:
        return _page(request, house, visitor, problem=refused.reason)
    return _back(request, "view_renamed")


@router.post("/{view_id}/remove", name="remove_view")
def remove_view(request: Request, house: InHouse, visitor: SignedIn, view_id: int) -> Response:
    """Removes one of one's own views; gone already: a no-op."""
    with house.database.transaction() as session:
        at_this_instant(session, visitor)
        views = SavedViews(session)
        if not views.is_gone(view_id):
            views.remove(_own(session, visitor, view_id))
    return _back(request, "view_gone")


def _back(request: Request, done: str) -> Response:
    return RedirectResponse(f"{path_of(request, 'list_views')}?done={done}", status_code=303)


def _own(session: Session, visitor: Visitor, view_id: int) -> SavedView:
    row = SavedViews(session).own(view_id, visitor.id)
    if row is None:
        raise HTTPException(404)
    return row


def _page(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    *,
    problem: str = "",
    name: str = "",
    query: str = "",
) -> Response:
    with house.database.reading() as session:
        views = SavedViews(session).of(visitor.id, visitor.office)
        return pages_of(request).page(
            request,
            "saved_views.html",
            status=422 if problem else 200,
            own=[one for one in views if one.officer_id == visitor.id],
            problem=problem,
            name=name,
            query=query,
            limit=VIEW_NAME,
        )
