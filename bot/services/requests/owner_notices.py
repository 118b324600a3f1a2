"""What the owner of a case is told while officers work on it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from bot.domain.requests.request import MOST_STARS
from bot.domain.talk import causes
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import payload
from bot.knowledge.library import Knowledge
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.models import Officer, Request, RequestEvent
from bot.texts import Texts


class OwnerNotices:
    """Says each step's sentence under the name of its line of history, or of its form: once."""

    def __init__(self, session: Session, texts: Texts, knowledge: Knowledge) -> None:
        self._texts = texts
        self._knowledge = knowledge
        self._transcript = TranscriptService(session)

    @property
    def office_gone(self) -> str:
        """Why the house moves a case by itself."""
        return self._texts.say("console.office_gone")

    def claimed(self, request: Request, line: RequestEvent, officer: Officer) -> None:
        """Who has taken the case."""
        self._step("claimed", request, line, officer, self._who(officer))

    def reopened(self, request: Request, line: RequestEvent, officer: Officer) -> None:
        """Who has taken it up again."""
        self._step("reopened", request, line, officer, self._who(officer))

    def released(self, request: Request, line: RequestEvent, officer: Officer | None) -> None:
        """That another one will answer."""
        self._step("released", request, line, officer)

    def rehoused(self, request: Request, line: RequestEvent) -> None:
        """Where the case lies now that its office is gone."""
        self._step("rehoused", request, line, None, {"office": self._title(request)})

    def transferred(
        self, request: Request, officer: Officer | None, *, cause: str, now: datetime
    ) -> None:
        """Where the case lies now."""
        text = self._text("transferred", request, office=self._title(request))
        self._say(request, OutgoingMessage(text=text), officer, cause=cause, now=now)

    def closed(self, request: Request, officer: Officer, *, cause: str, now: datetime) -> None:
        """The farewell, which asks for a rating."""
        stars = [
            Choice(
                title=self._texts.say("console.stars", stars=count),
                payload=payload("rate_request", code=request.code, stars=str(count)),
            )
            for count in range(MOST_STARS, 0, -1)
        ]
        farewell = OutgoingMessage(text=self._text("closed", request), choices=stars)
        self._say(request, farewell, officer, cause=cause, now=now)

    def _who(self, officer: Officer) -> dict[str, str]:
        office = self._knowledge.office(officer.office)
        return {"officer": officer.full_name, "office": office.short}

    def _title(self, request: Request) -> str:
        return self._knowledge.office(request.office).title

    def _step(
        self,
        name: str,
        request: Request,
        line: RequestEvent,
        officer: Officer | None,
        values: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        message = OutgoingMessage(text=self._text(name, request, **values))
        self._say(request, message, officer, cause=causes.of_step(line.id), now=line.created_at)

    def _text(self, name: str, request: Request, **values: str) -> str:
        return self._texts.say(f"console.{name}", code=request.code, **values)

    def _say(
        self,
        request: Request,
        message: OutgoingMessage,
        officer: Officer | None,
        *,
        cause: str,
        now: datetime,
    ) -> None:
        self._transcript.say(
            request.conversation,
            message,
            author=Author.SYSTEM,
            cause=cause,
            now=now,
            officer_id=officer.id if officer else None,
            request_id=request.id,
        )
