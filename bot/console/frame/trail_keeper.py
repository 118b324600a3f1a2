"""Leaves a line in the trail for every answer that hands something out or changes something.

No route does it by itself, so none can forget it: what is no page to look at is a change, and what
the browser keeps as a file is a download. Only what needs another word is named here.
"""

import asyncio
import logging
from collections.abc import Mapping

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.console.frame.address import client_address
from bot.console.frame.forms import field
from bot.console.frame.gate import PAST_GATE, READING, the_house
from bot.domain.office.trail import Deed, TrailKind
from bot.services.staff.officers import OfficerService
from bot.services.staff.trail import Trail

log = logging.getLogger(__name__)

REFUSED_FROM = 400

KINDS: Mapping[str, TrailKind] = {
    "sign_in": TrailKind.SIGN_IN,
    "enter_code": TrailKind.SIGN_IN,
    "provider_back": TrailKind.SIGN_IN,
    "sign_out": TrailKind.SIGN_OUT,
    "set_up": TrailKind.PEOPLE,
    "use_password_link": TrailKind.PEOPLE,
    "change_password": TrailKind.PEOPLE,
    "add_person": TrailKind.PEOPLE,
    "change_person": TrailKind.PEOPLE,
    "reset_password": TrailKind.PEOPLE,
    "make_password_link": TrailKind.PEOPLE,
    "unlock_person": TrailKind.PEOPLE,
    "disable_person": TrailKind.PEOPLE,
    "enable_person": TrailKind.PEOPLE,
    "write_absence": TrailKind.PEOPLE,
    "take_back_absence": TrailKind.PEOPLE,
    "begin_second_factor": TrailKind.PEOPLE,
    "confirm_second_factor": TrailKind.PEOPLE,
    "renew_recovery_codes": TrailKind.PEOPLE,
    "drop_second_factor": TrailKind.PEOPLE,
    "take_second_factor": TrailKind.PEOPLE,
    "set_mail_box": TrailKind.PEOPLE,
    "end_session": TrailKind.PEOPLE,
    "end_sessions_of_person": TrailKind.PEOPLE,
    "begin_import": TrailKind.IMPORT,
    "choose_columns": TrailKind.IMPORT,
    "choose_rows": TrailKind.IMPORT,
    "apply_import": TrailKind.IMPORT,
    "undo_import": TrailKind.IMPORT,
    "discard_import": TrailKind.IMPORT,
    "show_case": TrailKind.VIEW,
    "show_run": TrailKind.VIEW,
    "show_enterprise": TrailKind.VIEW,
    "show_invitation": TrailKind.VIEW,
    "show_person": TrailKind.VIEW,
    "list_trail": TrailKind.VIEW,
}
"""Of routes that are neither a plain change nor a file to keep, or that are looked for apart."""

SUBJECTS: Mapping[str, str] = {
    "request_id": "request",
    "person_id": "person",
    "group_id": "gap",
    "correction_id": "correction",
    "article": "article",
    "attempt_id": "run",
    "assessment": "assessment",
    "import_id": "import",
    "merge_id": "merge",
    "invitation_id": "invitation",
    "contact_id": "contact",
    "enterprise_id": "enterprise",
    "campaign_id": "survey",
    "update_id": "set_aside",
    "absence_id": "absence",
    "reply_id": "canned",
    "view_id": "view",
}
"""What the ids in an address name, the nearest first."""

DETAILS = ("file_id", "message_id", "question", "mail_id")

SIGNING_IN = frozenset({"sign_in", "set_up"})

AWAIT_CODE = "await_code"
"""What a sign-in did whose password was right and that waits for its code."""

KNOWN = "person_known"
"""Under this a step leaves the id of the person whom it is about, where no address names her."""

ACT, IS_WRONG = "act_told", "secret_wrong"
"""Under these a step leaves what it did, where its route does not say it; and that a secret was
wrong, which is kept although the step was refused."""


class TrailKeeper:
    """Writes the line before the first byte goes out; a line that fails is logged, and no more."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on, and looks at what is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                kind = _kind(scope, message)
                if kind is not None:
                    await asyncio.to_thread(_write, scope, kind)
            await send(message)

        await self._app(scope, receive, watched)


def note_person(request: Request, officer_id: int) -> None:
    """Says whom a step was about where its address does not."""
    setattr(request.state, KNOWN, officer_id)


def note_act(request: Request, act: str) -> None:
    """Says what a step did where its route does not."""
    setattr(request.state, ACT, act)


def note_wrong_secret(request: Request) -> None:
    """Says that a password or a code was wrong, or not even looked at after too many."""
    setattr(request.state, IS_WRONG, True)


def _kind(scope: Scope, message: Message) -> TrailKind | None:
    """What sort of line an answer leaves; None: none."""
    if not scope["state"].get(PAST_GATE):
        return None
    act = scope["route"].name
    if message["status"] >= REFUSED_FROM:
        return TrailKind.REFUSED if scope["state"].get(IS_WRONG) else None
    if act in KINDS:
        return KINDS[act]
    disposition = Headers(raw=message["headers"]).get("content-disposition", "")
    if disposition.startswith("attachment"):
        return TrailKind.DOWNLOAD
    return None if scope["method"] in READING else TrailKind.CHANGE


def _write(scope: Scope, kind: TrailKind) -> None:
    request = Request(scope)
    try:
        house = the_house(request)
        with house.database.transaction() as session:
            deed = _deed(request, kind, OfficerService(session))
            Trail(session).write(deed, now=house.clock())
    except Exception:
        # Whoever waits for the page has done nothing wrong: the log says that the line is missing.
        log.exception("no line in the trail for %s", scope["route"].name)


def _deed(request: Request, kind: TrailKind, people: OfficerService) -> Deed:
    act, state = request.scope["route"].name, request.scope["state"]
    told = state.get(ACT, act)
    visitor, known = state.get("visitor"), state.get(KNOWN)
    by = visitor.id if visitor is not None else known
    if act in SIGNING_IN:
        # Who is not known leaves no name: a password is typed into that field now and then.
        named = people.by_username(field(state["form"], "username"))
        by = named.id if named is not None else None
    subject = next(
        ((word, value) for name, word in SUBJECTS.items() if (value := _part(request, name))),
        ("person", str(known)) if known is not None else ("", ""),
    )
    return Deed(
        kind=kind,
        act=told,
        officer_id=by,
        address=client_address(request),
        subject_kind=subject[0],
        subject=subject[1],
        detail=next((value for name in DETAILS if (value := _part(request, name))), ""),
    )


def _part(request: Request, name: str) -> str:
    return str(request.path_params.get(name, ""))
