"""Live pages: server-sent events while a page is open. Without scripts the pages work too."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import StreamingResponse

from bot.console.case import visible_request
from bot.console.case_view import message_views
from bot.console.gate import InHouse, SignedIn, recognise
from bot.console.pages import pages_of
from bot.flow import signals
from bot.house import House
from bot.services.case_record import CaseRecord
from bot.services.request_list import RequestList
from bot.services.sight import Sight

router = APIRouter(prefix="/live")

LOOK_SECONDS = 4.0
"""How often a page looks by itself: another process may have written."""

LONGEST_FRAGMENTS = 200


@dataclass(frozen=True)
class Event:
    """One server-sent event. `id` comes back as `Last-Event-ID` when the browser reconnects."""

    name: str
    id: str = ""
    data: str = ""

    def encode(self) -> str:
        """The wire format; every line of the data gets its own `data:`."""
        lines = [f"event: {self.name}"]
        if self.id:
            lines.append(f"id: {self.id}")
        lines.extend(f"data: {line}" for line in self.data.splitlines() or [""])
        return "\n".join(lines) + "\n\n"


SIGNED_OUT = Event("signed_out")
Look = Callable[[str], list[Event]]
"""Looks at the database; events since the id given, the last of them with the newest id."""


@router.get("/requests", name="watch_list")
async def watch_list(
    request: Request, house: InHouse, visitor: SignedIn, seen: str = ""
) -> StreamingResponse:
    """Tells the list that it is no longer what the database holds."""

    def look(last: str) -> list[Event]:
        watching = recognise(request, touch=False)
        if watching is None or watching.offices != visitor.offices:
            return [SIGNED_OUT]
        with house.database.transaction() as session:
            newest = RequestList(session).fingerprint(watching.offices)
        return [Event("changed", newest)] if newest != last else []

    return _stream(request, house, signals.CONSOLE, look, seen)


@router.get("/requests/{request_id}", name="watch_case")
async def watch_case(
    request: Request, house: InHouse, visitor: SignedIn, request_id: int, seen: str = ""
) -> StreamingResponse:
    """Sends the new messages of a request's conversation, and tells when the rest has changed."""

    def subject() -> str:
        with house.database.transaction() as session:
            return visible_request(session, visitor, request_id).conversation_id

    def look(last: str) -> list[Event]:
        return _case_events(request, house, request_id, last)

    conversation = await asyncio.to_thread(subject)
    return _stream(request, house, signals.conversation(conversation), look, seen)


def _case_events(request: Request, house: House, request_id: int, last: str) -> list[Event]:
    watching = recognise(request, touch=False)
    if watching is None:
        return [SIGNED_OUT]
    with house.database.transaction() as session:
        try:
            found = visible_request(session, watching, request_id)
        except HTTPException:
            return [Event("gone")]
        sight = Sight(session, found, watching.offices)
        newest = CaseRecord(session).fingerprint(found, sight)
        if newest == last:
            return []
        known = _message_id(last)
        rows = [row for row in sight.messages(limit=LONGEST_FRAGMENTS) if row.id > known]
        views = message_views(session, house.library.current, rows)
    pages = pages_of(request)
    # A fragment names no id: where the stream breaks among them, all come again, and the page
    # knows by the element's own id which it has.
    events = [
        Event(
            "message",
            data=pages.fragment(request, "_message.html", view=view, request_id=request_id),
        )
        for view in views
    ]
    return [*events, Event("changed", newest)]


def _message_id(fingerprint: str) -> int:
    head = fingerprint.partition(".")[0]
    return int(head) if head.isascii() and head.isdigit() and len(head) < 18 else 0  # noqa: PLR2004


def _stream(
    request: Request, house: House, subject: str, look: Look, seen: str
) -> StreamingResponse:
    start = request.headers.get("last-event-id") or seen
    return StreamingResponse(
        events(house, subject, look, start),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def events(
    house: House, subject: str, look: Look, start: str, *, pause: float = LOOK_SECONDS
) -> AsyncIterator[str]:
    """The stream: looks at once, after each signal, and every `pause` seconds by itself."""
    last = start
    yield "retry: 2000\n\n"
    while True:
        count = house.signals.count(subject)
        for event in await asyncio.to_thread(look, last):
            last = event.id or last
            yield event.encode()
            if event.name in {"signed_out", "gone"}:
                return
        await house.signals.wait(subject, since=count, timeout=pause)
        # A comment keeps proxies from closing the line, and finds out whether anybody listens.
        yield ": \n\n"
