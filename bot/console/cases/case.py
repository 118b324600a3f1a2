"""The page of one request, and its files."""

from math import ceil
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import FileResponse
from sqlalchemy.orm import Session

from bot.console.cases.case_result import case_result
from bot.console.cases.case_view import case_view
from bot.console.cases.closing_view import closing_view
from bot.console.cases.visible import visible_request
from bot.console.frame.downloads import kept_as
from bot.console.frame.gate import InHouse, SignedIn, Visitor
from bot.console.frame.offices import answering_offices
from bot.console.frame.onlooker_words import onlooker_words
from bot.console.frame.pages import pages_of
from bot.domain.input.lengths import NOTE, OPINION
from bot.domain.office.roles import Permission
from bot.domain.requests.request import RequestState
from bot.house import House
from bot.services.assigning.assignments import Assignments, Candidate
from bot.services.clocks.case_clocks import clocks_of
from bot.services.closing.silent_owners import SilentOwners
from bot.services.desk.notes import NoteService
from bot.services.messaging.files import FileService
from bot.services.replying.held_replies import HeldOfCase
from bot.services.requests.sight import Sight
from bot.storage.models import Request as SupportRequest

router = APIRouter()


@router.get("/requests/{request_id}", name="show_case")
def show_case(
    request: Request, house: InHouse, visitor: SignedIn, request_id: int, messages: str = ""
) -> Response:
    """Everything about a request; `messages=all` shows the conversation from its beginning."""
    return case_page(request, house, visitor, request_id, whole=messages == "all")


@router.get("/requests/{request_id}/files/{file_id}", name="download_file")
def download_file(house: InHouse, visitor: SignedIn, request_id: int, file_id: str) -> FileResponse:
    """A file that the visitor sees through the request, always as a download."""
    with house.database.reading() as session:
        found = visible_request(session, visitor, request_id)
        is_seen = Sight(session, found, visitor.offices).shows_file(file_id)
        files = FileService(session, house.settings.files_dir)
        row = files.whole(file_id) if is_seen else None
    if row is None:
        raise HTTPException(404)
    return FileResponse(
        files.path(row),
        media_type=row.media_type,
        headers=kept_as(row.name),
    )


def case_page(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    request_id: int,
    *,
    whole: bool = False,
    status: int = 200,
    problem: str = "",
    draft: dict[str, str] | None = None,
) -> Response:
    """The page, perhaps with why a step was refused and what was typed.

    `problem`: a key of `_problems.html`; `draft`: fields as they were sent.
    """
    with house.database.reading() as session:
        found = visible_request(session, visitor, request_id)
        sight = Sight(session, found, visitor.offices)
        view: dict[str, Any] = case_view(session, house.library.current, found, sight, whole=whole)
        now, calendar = house.clock(), house.library.tables.calendar
        clocks = clocks_of(house.library, session).of([view["case"]], now=now)
        view["clocks"] = clocks.get(found.id, [])
        view["next_day"] = calendar.add(max(now, found.promised_at), calendar.day_length)
        view["silence"] = SilentOwners(session, house.texts, house.library).of(found)
        view["closing"] = closing_view(session, house, found, visitor.offices)
        view["candidates"] = _candidates(session, house, visitor, found)
        view["result"] = case_result(session, house, found)
        view |= _held(session, house, visitor, found)
        here = request.app.state.onlookers.of(found.id, visitor.id)
        view["onlookers"] = onlooker_words(session, house, here)
        noting = NoteService(session)
        view["notes"], view["readers"] = noting.of(found), noting.readers(found)
    return pages_of(request).page(
        request,
        "case.html",
        status=status,
        problem=problem,
        draft=draft or {},
        offices=answering_offices(house),
        limit_mb=house.settings.max_upload_mb,
        opinion_limit=OPINION,
        note_limit=NOTE,
        remind_days=house.library.tables.routing.measures.remind_days,
        **view,
    )


def _held(
    session: Session, house: House, visitor: Visitor, request: SupportRequest
) -> dict[str, Any]:
    """A reply that can still be taken back, for how many seconds, and what was taken back."""
    replies = HeldOfCase(session)
    held = replies.held(request)
    left = (held.due_at - house.clock()).total_seconds() if held else 0
    return {
        "held": held,
        "seconds_left": max(ceil(left), 0),
        "taken_back": replies.taken_back(request, visitor.id),
    }


def _candidates(
    session: Session, house: House, visitor: Visitor, request: SupportRequest
) -> list[Candidate]:
    """To whom the visitor may give an open request."""
    if not visitor.may(Permission.ASSIGN) or request.state == RequestState.CLOSED:
        return []
    assignments = Assignments(session, house.texts, house.library.current)
    return assignments.candidates(request, now=house.clock())
