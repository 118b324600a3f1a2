"""What an officer does with a request: each step is one form, one transaction, one notice."""

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot.console.case import case_page, visible_request
from bot.console.forms import cause, field, row_id, uploads
from bot.console.gate import InHouse, SignedIn, Submitted, Visitor, at_this_instant, requires
from bot.console.offices import is_answering
from bot.console.pages import path_of
from bot.domain.roles import Permission
from bot.flow import signals
from bot.house import House
from bot.services.after_close import AfterCloseService
from bot.services.cases import CaseService, ReplyService
from bot.services.files import FileRefused
from bot.services.lost_messages import LostMessages
from bot.services.requests import RequestRefused
from bot.storage.models import Officer
from bot.storage.models import Request as SupportRequest

router = APIRouter(prefix="/requests/{request_id}")

MAY_ANSWER = [Depends(requires(Permission.ANSWER))]
MAY_TRANSFER = [Depends(requires(Permission.TRANSFER))]

WORDS_LIMIT = 3500
"""Characters of one reply: below Telegram's 4,096, with room for formatting."""

REASON_LIMIT = 500
FILES_LIMIT = 5
MEBIBYTE = 1024 * 1024

Step = Callable[[Session, Officer], SupportRequest]


@router.post("/claim", name="claim", dependencies=MAY_ANSWER)
def claim(request: Request, house: InHouse, visitor: SignedIn, request_id: int) -> Response:
    """Takes the request."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        office = house.library.current.office(officer.office)
        return CaseService(session, house.texts).claim(
            request_id, officer, office, now=house.clock()
        )

    return _take(request, house, visitor, request_id, step, done="claimed")


@router.post("/reply", name="reply", dependencies=MAY_ANSWER)
def reply(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, request_id: int
) -> Response:
    """Sends words and files to the owner; the button `ask_back` makes the request wait."""
    limit = house.settings.max_upload_mb * MEBIBYTE
    text = field(form, "text")
    files = uploads(form, "files", limit=limit)
    asks_back = field(form, "step") == "ask_back"
    named = cause(form, visitor)
    problem = _unfit(text, files)
    if problem:
        return _shown_again(
            request, house, visitor, request_id, problem, status=422, draft={"reply": text}
        )

    def step(session: Session, officer: Officer) -> SupportRequest:
        service = ReplyService(session, house.settings.files_dir, file_limit=limit)
        return service.reply(
            request_id, officer, text, files, cause=named, now=house.clock(), asks_back=asks_back
        )

    done = "asked_back" if asks_back else "replied"
    return _take(request, house, visitor, request_id, step, done=done, draft={"reply": text})


@router.post("/transfer", name="transfer", dependencies=MAY_TRANSFER)
def transfer(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, request_id: int
) -> Response:
    """Moves the request to another office, with a reason."""
    office, reason = field(form, "office"), field(form, "reason")[:REASON_LIMIT]
    if not is_answering(house, office) or not reason:
        return _shown_again(
            request,
            house,
            visitor,
            request_id,
            "transfer",
            status=422,
            draft={"office": office, "reason": reason},
        )

    def step(session: Session, officer: Officer) -> SupportRequest:
        target = house.library.current.office(office)
        return CaseService(session, house.texts).transfer(
            request_id, officer, target, reason, now=house.clock()
        )

    return _take(request, house, visitor, request_id, step, done="transferred")


@router.post("/release", name="release", dependencies=MAY_ANSWER)
def release(request: Request, house: InHouse, visitor: SignedIn, request_id: int) -> Response:
    """Puts the request back into the queue; heads also do it for whoever is away."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        return CaseService(session, house.texts).release(
            request_id,
            officer,
            now=house.clock(),
            of_anybody=visitor.may(Permission.SEE_ALL_OFFICES),
        )

    return _take(request, house, visitor, request_id, step, done="released")


@router.post("/close", name="close", dependencies=MAY_ANSWER)
def close(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, request_id: int
) -> Response:
    """Ends the request; the owner is asked for a rating."""
    last_words, shown = field(form, "last_words"), row_id(form, "shown") or 0
    named = cause(form, visitor)
    if len(last_words) > WORDS_LIMIT:
        return _shown_again(
            request,
            house,
            visitor,
            request_id,
            "long",
            status=422,
            draft={"last_words": last_words},
        )

    def step(session: Session, officer: Officer) -> SupportRequest:
        return CaseService(session, house.texts).close(
            request_id, officer, last_words=last_words, cause=named, now=house.clock(), shown=shown
        )

    return _take(
        request, house, visitor, request_id, step, done="closed", draft={"last_words": last_words}
    )


@router.post("/reopen", name="reopen", dependencies=MAY_ANSWER)
def reopen(request: Request, house: InHouse, visitor: SignedIn, request_id: int) -> Response:
    """Takes up a closed request again."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        office = house.library.current.office(officer.office)
        return CaseService(session, house.texts).reopen(
            request_id, officer, office, now=house.clock()
        )

    return _take(request, house, visitor, request_id, step, done="reopened")


@router.post("/seen", name="late_seen", dependencies=MAY_ANSWER)
def late_seen(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, request_id: int
) -> Response:
    """What came after the close has been read, and nothing is to be done."""
    shown = row_id(form, "shown") or 0

    def step(session: Session, officer: Officer) -> SupportRequest:
        return AfterCloseService(session).seen(request_id, officer, now=house.clock(), shown=shown)

    return _take(request, house, visitor, request_id, step, done="seen")


@router.post("/messages/{message_id}/again", name="send_again", dependencies=MAY_ANSWER)
def send_again(
    request: Request, house: InHouse, visitor: SignedIn, request_id: int, message_id: int
) -> Response:
    """Sends a message anew of which nobody knows whether it arrived."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        return LostMessages(session).send_again(request_id, officer, message_id, now=house.clock())

    return _take(request, house, visitor, request_id, step, done="sent_again")


def _take(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    request_id: int,
    step: Step,
    *,
    done: str,
    draft: dict[str, str] | None = None,
) -> Response:
    """Takes a step in one transaction, wakes who waits, and shows the request again."""
    try:
        with house.database.transaction() as session:
            officer, visitor = at_this_instant(session, visitor)
            visible_request(session, visitor, request_id)
            changed = step(session, officer)
    except RequestRefused as refused:
        return _shown_again(request, house, visitor, request_id, refused.reason, draft=draft)
    except FileRefused as refused:
        problem = f"file_{refused.reason}"
        return _shown_again(request, house, visitor, request_id, problem, status=422, draft=draft)
    house.signals.notify(
        signals.CONSOLE, signals.OUTBOX, signals.conversation(changed.conversation_id)
    )
    sees_it = visitor.offices is None or changed.office in visitor.offices
    target = (
        path_of(request, "show_case", request_id=request_id)
        if sees_it
        else path_of(request, "list_requests")
    )
    return RedirectResponse(f"{target}?done={done}", status_code=303)


def _shown_again(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    request_id: int,
    problem: str,
    *,
    status: int = 409,
    draft: dict[str, str] | None = None,
) -> Response:
    return case_page(
        request, house, visitor, request_id, status=status, problem=problem, draft=draft
    )


def _unfit(text: str, files: list[tuple[str, bytes]]) -> str:
    if not text and not files:
        return "empty"
    if len(text) > WORDS_LIMIT:
        return "long"
    return "many" if len(files) > FILES_LIMIT else ""
