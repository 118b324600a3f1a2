"""The one live connection of a browser: server-sent events that name what has changed.

Without scripts the pages work too. All tabs share the stream (`static/live.js`), and each fetches
its own page anew when its subject has changed, through the same doors as any visitor.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from fastapi import APIRouter, HTTPException, Request
from fastapi.sse import EventSourceResponse, format_sse_event
from sqlalchemy.orm import Session

from bot import signals
from bot.console.cases.visible import visible_request
from bot.console.frame.alert_words import alert_words
from bot.console.frame.gate import InHouse, Visitor, recognise
from bot.console.frame.onlooker_words import onlooker_words
from bot.console.frame.onlookers import Onlookers, onlookers_subject
from bot.console.frame.streams import Streams, stream_subject
from bot.domain.input.row_id import read_row_id
from bot.house import House
from bot.services.requests.case_record import CaseRecord
from bot.services.requests.request_list import RequestList
from bot.services.requests.sight import Sight

router = APIRouter()

LOOK_SECONDS = 4.0
"""How often a stream looks by itself: another process may have written."""

RETRY_MILLISECONDS = 2000

MOST_SUBJECTS = 300
"""Subjects of one stream: as many tabs as an address has room to name."""

LIST = "list"
CASE = "case-"


@dataclass(frozen=True)
class Event:
    """One server-sent event; its data is one line."""

    name: str
    data: str = ""

    def encode(self) -> bytes:
        """The wire format."""
        return format_sse_event(event=self.name, data_str=self.data)


SIGNED_OUT = Event("signed_out")
REPLACED = Event("replaced")
ALIVE = Event("alive")
"""Tells proxies and the browser that the line lives, and finds out whether anybody listens."""


@router.get("/live", name="watch")
async def watch(request: Request, house: InHouse) -> EventSourceResponse:
    """Tells which subjects are no longer as the browser's tabs have seen them.

    The address names the `mark` of the session whose pages these are, and as often as there are
    subjects `seen`: `list` or `case-<id>`, a tilde, and the fingerprint that the page carried.
    """
    seen = [one.partition("~") for one in request.query_params.getlist("seen")[:MOST_SUBJECTS]]
    watching = Watch(
        request,
        house,
        mark=request.query_params.get("mark", ""),
        seen={subject: fingerprint for subject, _, fingerprint in seen},
    )
    return EventSourceResponse(
        events(house, request.app.state.streams, watching),
        headers={"X-Accel-Buffering": "no"},
    )


@dataclass
class Watch:
    """What one browser watches. `seen`: subject → the fingerprint that it knows.

    Pages of another session than the one that is signed in are told that theirs has ended.
    `here`: subject → who else was said to have the case open.
    """

    request: Request
    house: House
    mark: str
    seen: dict[str, str]
    conversations: set[str] = field(default_factory=set)
    alerts: str = ""
    cases: set[int] = field(default_factory=set)
    here: dict[str, str] = field(default_factory=dict)

    def look(self) -> list[Event]:
        """What has changed since it was seen, for who is signed in at this moment."""
        visitor = recognise(self.request, touch=False)
        if visitor is None or visitor.mark != self.mark:
            return [SIGNED_OUT]
        with self.house.database.reading() as session:
            self.cases = set()
            found = {subject: self._newest(session, visitor, subject) for subject in self.seen}
            here = self._here(session, visitor)
        told = [
            _told(subject, newest)
            for subject, newest in found.items()
            if newest != self.seen[subject]
        ]
        self.seen = {subject: newest for subject, newest in found.items() if newest is not None}
        return [*told, *here, *self._new_alerts(visitor)]

    def _new_alerts(self, visitor: Visitor) -> list[Event]:
        """What waits for her, at first and whenever it has changed."""
        alerts = json.dumps(alert_words(self.request, self.house, visitor))
        if alerts == self.alerts:
            return []
        self.alerts = alerts
        return [Event("alerts", alerts)]

    def _here(self, session: Session, visitor: Visitor) -> list[Event]:
        """Says that she has her cases open; who else has, where that changed."""
        onlookers: Onlookers = self.request.app.state.onlookers
        told = []
        for request_id in sorted(self.cases):
            onlookers.say(request_id, visitor.id)
            text = onlooker_words(session, self.house, onlookers.of(request_id, visitor.id))
            subject = f"{CASE}{request_id}"
            if text != self.here.get(subject, ""):
                self.here[subject] = text
                told.append(Event("here", json.dumps({"subject": subject, "text": text})))
        return told

    def subjects(self) -> list[str]:
        """What the stream is woken by."""
        conversations = map(signals.conversation, self.conversations)
        cases = map(onlookers_subject, self.cases)
        return [signals.CONSOLE, stream_subject(self.mark), *conversations, *cases]

    def _newest(self, session: Session, visitor: Visitor, subject: str) -> str | None:
        """The fingerprint of a subject as it is; None where the visitor does not see it."""
        if subject == LIST:
            return RequestList(session).fingerprint(visitor.offices)
        request_id = read_row_id(subject.removeprefix(CASE))
        if request_id is None:
            return None
        try:
            found = visible_request(session, visitor, request_id)
        except HTTPException:
            return None
        self.conversations.add(found.conversation_id)
        self.cases.add(found.id)
        return CaseRecord(session).fingerprint(found, Sight(session, found, visitor.offices))


async def events(
    house: House, streams: Streams, watching: Watch, *, pause: float = LOOK_SECONDS
) -> AsyncIterator[bytes]:
    """The stream: looks at once, after each signal, and every `pause` seconds by itself.

    Ends once nobody is signed in any more, or another stream of the session has begun.
    """
    stream = streams.begin(watching.mark)
    try:
        yield format_sse_event(data_str=None, retry=RETRY_MILLISECONDS)
        while True:
            subjects = watching.subjects()
            counts = {subject: house.signals.count(subject) for subject in subjects}
            for event in await asyncio.to_thread(watching.look):
                yield event.encode()
                if event is SIGNED_OUT:
                    return
            if subjects == watching.subjects():
                await house.signals.wait_for_any(counts, timeout=pause)
            if not streams.is_newest(watching.mark, stream):
                yield REPLACED.encode()
                return
            yield ALIVE.encode()
    finally:
        streams.end(watching.mark, stream)


def _told(subject: str, newest: str | None) -> Event:
    if newest is None:
        return Event("gone", json.dumps({"subject": subject}))
    return Event("changed", json.dumps({"subject": subject, "seen": newest}))
