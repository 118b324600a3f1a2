"""What an officer does with a request: each step is one form, one transaction, one notice."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from bot import signals
from bot.console.cases.case import case_page
from bot.console.frame.forms import cause, field, row_id, uploads
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor, at_this_instant, requires
from bot.console.frame.offices import is_answering
from bot.console.frame.pages import path_of
from bot.domain.office.roles import Permission
from bot.domain.talk.messages import FILES_A_MESSAGE, Attachment
from bot.services.messaging.files import FileRefused, FileService, Upload
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.cases import CaseService, RequestRefused
from bot.services.requests.holding import HoldingService
from bot.services.requests.lost_messages import LostMessages
from bot.storage.models import Officer
from bot.storage.models import Request as SupportRequest

router = APIRouter(prefix="/requests/{request_id}")

MAY_ANSWER = [Depends(requires(Permission.ANSWER))]
MAY_TRANSFER = [Depends(requires(Permission.TRANSFER))]

WORDS_LIMIT = 3500
"""Characters of one reply: below Telegram's 4,096, with room for formatting."""

REASON_LIMIT = 500

DONE = {"ask_back": "asked_back", "close": "closed"}
"""What is said after a reply, by its button."""

DRAFT = ("text", "last_words", "reason", "office", "hour", "why", "note")
"""Fields that a page shows again where a step was refused."""

Step = Callable[[Session, Officer], SupportRequest]


@dataclass(frozen=True)
class Asked:
    """What was sent, by whom, and for which request."""

    request: Request
    house: InHouse
    visitor: SignedIn
    form: Submitted
    request_id: int


Form = Annotated[Asked, Depends()]


@router.post("/claim", name="claim", dependencies=MAY_ANSWER)
def claim(asked: Form) -> Response:
    """Takes the request."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        return _cases(session, asked.house).claim(
            asked.request_id, officer, now=asked.house.clock()
        )

    return take(asked, step, done="claimed")


@router.post("/reply", name="reply", dependencies=MAY_ANSWER)
def reply(asked: Form) -> Response:
    """Sends words and files to the owner.

    The button `ask_back` makes the request wait, `close` ends it with these as the last words.
    """
    house, form = asked.house, asked.form
    limit = house.settings.max_upload_bytes
    text = field(form, "text")
    files = uploads(form, "files", limit=limit)
    button, shown = field(form, "step"), row_id(form, "shown") or 0
    # With another button it is another wish: an answer that went out closes nothing.
    closing = ["close"] if button == "close" else []
    named = cause(form, asked.visitor, text, *closing, *(file.content for file in files))
    problem = _unfit(text, files)
    if problem:
        return shown_again(asked, asked.visitor, problem, status=422)

    def attach(session: Session, request: SupportRequest) -> list[Attachment]:
        return FileService(session, house.settings.files_dir).keep_all(
            files, conversation_id=request.conversation_id, limit=limit, now=house.clock()
        )

    def step(session: Session, officer: Officer) -> SupportRequest:
        cases, now, keep = _cases(session, house), house.clock(), partial(attach, session)
        if button == "close":
            return cases.close(
                asked.request_id,
                officer,
                last_words=text,
                cause=named,
                now=now,
                shown=shown,
                attach=keep,
            )
        return cases.reply(
            asked.request_id,
            officer,
            text,
            cause=named,
            now=now,
            asks_back=button == "ask_back",
            attach=keep,
        )

    return take(asked, step, done=DONE.get(button, "replied"))


@router.post("/transfer", name="transfer", dependencies=MAY_TRANSFER)
def transfer(asked: Form) -> Response:
    """Moves the request to another office, with a reason."""
    house, form = asked.house, asked.form
    office, reason = field(form, "office"), field(form, "reason")[:REASON_LIMIT]
    named = cause(form, asked.visitor, office, reason)
    if not is_answering(house, office) or not reason:
        return shown_again(asked, asked.visitor, "transfer", status=422)

    def step(session: Session, officer: Officer) -> SupportRequest:
        return _cases(session, house).transfer(
            asked.request_id, officer, office, reason, cause=named, now=house.clock()
        )

    return take(asked, step, done="transferred", cause=named)


@router.post("/release", name="release", dependencies=MAY_ANSWER)
def release(asked: Form) -> Response:
    """Puts the request back into the queue; heads also do it for whoever is away."""
    house = asked.house
    # Her page may be old: only the hold that it showed ends.
    anybodys = asked.visitor.may(Permission.SEE_ALL_OFFICES)
    holder = row_id(asked.form, "holder") if anybodys else None

    def step(session: Session, officer: Officer) -> SupportRequest:
        return _cases(session, house).release(
            asked.request_id, officer, now=house.clock(), holder=holder
        )

    return take(asked, step, done="released")


@router.post("/close", name="close", dependencies=MAY_ANSWER)
def close(asked: Form) -> Response:
    """Ends the request; the owner is asked for a rating."""
    house = asked.house
    last_words, shown = field(asked.form, "last_words"), row_id(asked.form, "shown") or 0
    named = cause(asked.form, asked.visitor, last_words)
    if len(last_words) > WORDS_LIMIT:
        return shown_again(asked, asked.visitor, "long", status=422)

    def step(session: Session, officer: Officer) -> SupportRequest:
        return _cases(session, house).close(
            asked.request_id,
            officer,
            last_words=last_words,
            cause=named,
            now=house.clock(),
            shown=shown,
        )

    return take(asked, step, done="closed")


@router.post("/reopen", name="reopen", dependencies=MAY_ANSWER)
def reopen(asked: Form) -> Response:
    """Takes up a closed request again."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        return _cases(session, asked.house).reopen(
            asked.request_id, officer, now=asked.house.clock()
        )

    return take(asked, step, done="reopened")


@router.post("/seen", name="late_seen", dependencies=MAY_ANSWER)
def late_seen(asked: Form) -> Response:
    """What came after the close has been read, and nothing is to be done."""
    shown = row_id(asked.form, "shown") or 0

    def step(session: Session, officer: Officer) -> SupportRequest:
        return _cases(session, asked.house).seen(
            asked.request_id, officer, now=asked.house.clock(), shown=shown
        )

    return take(asked, step, done="seen")


@router.post("/messages/{message_id}/again", name="send_again", dependencies=MAY_ANSWER)
def send_again(asked: Form, message_id: int) -> Response:
    """Sends a message anew of which nobody knows whether it arrived."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        now = asked.house.clock()
        return LostMessages(session).send_again(asked.request_id, officer, message_id, now=now)

    return take(asked, step, done="sent_again")


def _cases(session: Session, house: InHouse) -> CaseService:
    return CaseService(session, house.texts, house.library.current)


def take(asked: Asked, step: Step, *, done: str, cause: str = "") -> Response:
    """Takes a step in one transaction, wakes who waits, and shows the request again.

    `cause`: of a step after which she may not see the request any more.
    """
    request, house, visitor = asked.request, asked.house, asked.visitor
    try:
        with house.database.transaction() as session:
            officer, visitor = at_this_instant(session, visitor)
            _hold(session, visitor, asked.request_id, cause)
            changed = step(session, officer)
    except RequestRefused as refused:
        return shown_again(asked, visitor, refused.reason, status=409)
    except FileRefused as refused:
        return shown_again(asked, visitor, f"file_{refused.reason}", status=422)
    house.signals.notify(
        signals.CONSOLE, signals.OUTBOX, signals.conversation(changed.conversation_id)
    )
    if not visitor.sees(changed.office):
        return RedirectResponse(f"{path_of(request, 'list_requests')}?done={done}", status_code=303)
    page = path_of(request, "show_case", request_id=asked.request_id)
    return RedirectResponse(f"{page}?done={done}#newest", status_code=303)


def _hold(session: Session, visitor: Visitor, request_id: int, cause: str) -> None:
    """The request stays as it is until the step is taken.

    Raises:
        HTTPException: 404, there is none, or she does not see it, and no step of hers is why.
    """
    try:
        held, _ = HoldingService(session).lock(request_id)
    except NoResultFound:
        raise HTTPException(404) from None
    if not visitor.sees(held.office) and TranscriptService(session).said(cause) is None:
        raise HTTPException(404)


def shown_again(asked: Asked, visitor: Visitor, problem: str, *, status: int) -> Response:
    """The request with why a step was not taken, and what was typed."""
    draft = {name: field(asked.form, name) for name in DRAFT}
    return case_page(
        asked.request,
        asked.house,
        visitor,
        asked.request_id,
        status=status,
        problem=problem,
        draft=draft,
    )


def _unfit(text: str, files: list[Upload]) -> str:
    if not text and not files:
        return "empty"
    if len(text) > WORDS_LIMIT:
        return "long"
    return "many" if len(files) > FILES_A_MESSAGE else ""
