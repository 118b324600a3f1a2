"""Internal notes on a case: written, and read by whom they name."""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from bot import signals
from bot.console.cases.case import case_page
from bot.console.cases.visible import visible_request
from bot.console.frame.forms import cause, field, row_id
from bot.console.frame.gate import InHouse, SignedIn, Submitted, at_this_instant, requires
from bot.console.frame.pages import path_of
from bot.domain.input.lengths import NOTE
from bot.domain.office.roles import Permission
from bot.services.desk.notes import NoteRefused, NoteService

router = APIRouter(prefix="/requests/{request_id}/notes")

MAY_ANSWER = [Depends(requires(Permission.ANSWER))]


@router.post("", name="write_note", dependencies=MAY_ANSWER)
def write_note(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, request_id: int
) -> Response:
    """Keeps a note for colleagues."""
    text = field(form, "note")
    named = cause(form, visitor, "note", text)
    problem, name = ("", "") if 0 < len(text) <= NOTE else ("note_length", "")
    if not problem:
        try:
            with house.database.transaction() as session:
                officer, seen_as = at_this_instant(session, visitor)
                visible_request(session, seen_as, request_id)
                NoteService(session).write(
                    request_id, officer, text, cause=named, now=house.clock()
                )
        except NoteRefused as refused:
            problem, name = f"note_{refused.reason}", refused.name
    if problem:
        draft = {"note": text, "named": name}
        return case_page(
            request, house, visitor, request_id, status=422, problem=problem, draft=draft
        )
    house.signals.notify(signals.CONSOLE)
    return _back(request, request_id, "noted")


@router.post("/seen", name="notes_seen", dependencies=MAY_ANSWER)
def notes_seen(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, request_id: int
) -> Response:
    """The visitor has read the notes that name her, up to the newest one that her page showed."""
    shown = row_id(form, "shown_note") or 0
    with house.database.transaction() as session:
        officer, seen_as = at_this_instant(session, visitor)
        visible_request(session, seen_as, request_id)
        NoteService(session).seen(request_id, officer, shown=shown, now=house.clock())
    house.signals.notify(signals.CONSOLE)
    return _back(request, request_id, "notes_read")


def _back(request: Request, request_id: int, done: str) -> Response:
    page = path_of(request, "show_case", request_id=request_id)
    return RedirectResponse(f"{page}?done={done}#case-notes", status_code=303)
