"""What the owner of a case is told while officers work on it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.requests.new_hour import NewHour
from bot.domain.talk import causes
from bot.domain.talk.messages import OutgoingMessage
from bot.knowledge.library import Knowledge
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.requests.farewells import Farewells
from bot.services.requests.owner_language import texts_of, writes_english
from bot.storage.models import Officer, Request, RequestEvent
from bot.texts import Texts


class OwnerNotices:
    """Says each step's sentence under the name of its line of history, or of its form: once."""

    def __init__(self, session: Session, texts: Texts, knowledge: Knowledge) -> None:
        self._texts = texts
        self._knowledge = knowledge
        self._transcript = TranscriptService(session)
        self._farewells = Farewells(texts, knowledge)

    @property
    def office_gone(self) -> str:
        """Why the house moves a case by itself."""
        return self._texts.say("console.office_gone")

    def claimed(self, request: Request, line: RequestEvent, officer: Officer) -> None:
        """Who has taken the case."""
        who = self._who(request, officer)
        text = self._of(request).say("console.claimed", code=request.code, **who)
        self._step(request, line, text, officer)

    def assigned(
        self, request: Request, line: RequestEvent, officer: Officer, *, goes_on: bool
    ) -> None:
        """Who has it now; `goes_on`: in the place of a colleague."""
        who, name = self._who(request, officer), "goes_on" if goes_on else "claimed"
        text = self._of(request).say(f"console.{name}", code=request.code, **who)
        self._step(request, line, text, officer)

    def reopened(self, request: Request, line: RequestEvent, officer: Officer) -> None:
        """Who has taken it up again."""
        who = self._who(request, officer)
        text = self._of(request).say("console.reopened", code=request.code, **who)
        self._step(request, line, text, officer)

    def released(self, request: Request, line: RequestEvent, officer: Officer | None) -> None:
        """That another one will answer."""
        text = self._of(request).say("console.released", code=request.code)
        self._step(request, line, text, officer)

    def rehoused(self, request: Request, line: RequestEvent) -> None:
        """Where the case lies now that its office is gone."""
        office = self._office(request)
        text = self._of(request).say("console.rehoused", code=request.code, office=office)
        self._step(request, line, text, None)

    def new_hour(self, request: Request, line: RequestEvent, told: NewHour) -> None:
        """That the answer will take longer, or who goes on with what was answered; until when."""
        office, hours = self._office(request), {"due": told.after, "promised": told.before}
        goes_on = request.first_reply_at is not None and told.before < line.created_at
        name = "next_hour" if goes_on else "new_hour"
        text = self._of(request).say(f"console.{name}", code=request.code, office=office, **hours)
        self._step(request, line, text, None)

    def transferred(
        self, request: Request, officer: Officer | None, *, cause: str, now: datetime
    ) -> None:
        """Where the case lies now."""
        office = self._office(request)
        text = self._of(request).say("console.transferred", code=request.code, office=office)
        self._say(request, OutgoingMessage(text=text), officer, cause=cause, now=now)

    def reminded(self, request: Request, line: RequestEvent, closes_at: datetime | None) -> None:
        """That his answer is waited for, and until when where that is so."""
        office = self._office(request)
        told = {"code": request.code, "office": office, "closes": closes_at}
        self._step(request, line, self._of(request).say("closing.reminded", **told), None)

    def silent(self, request: Request, line: RequestEvent) -> None:
        """The farewell of a case whose owner said nothing."""
        self.closed(request, None, cause=causes.of_step(line.id), now=line.created_at)

    def closed(
        self, request: Request, officer: Officer | None, *, cause: str, now: datetime
    ) -> None:
        """The farewell by the ending; nothing where nothing is to be said."""
        farewell = self._farewells.of(request)
        if farewell is not None:
            self._say(request, farewell, officer, cause=cause, now=now)

    def _of(self, request: Request) -> Texts:
        """The sentences in the language of the owner."""
        return texts_of(request, self._texts)

    def _office(self, request: Request) -> str:
        office = self._knowledge.office(request.office)
        return (office.english if writes_english(request) else "") or office.title

    def _who(self, request: Request, officer: Officer) -> dict[str, str]:
        office = self._knowledge.office(officer.office)
        named = (office.english if writes_english(request) else "") or office.short
        return {"officer": officer.full_name, "office": named}

    def _step(
        self, request: Request, line: RequestEvent, text: str, officer: Officer | None
    ) -> None:
        cause, now = causes.of_step(line.id), line.created_at
        self._say(request, OutgoingMessage(text=text), officer, cause=cause, now=now)

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
