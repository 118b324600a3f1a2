"""What officers do with a case, and what its owner is told of it, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role, answers_for
from bot.domain.requests.request import MOST_STARS, RequestState, Step
from bot.domain.talk import causes
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import payload
from bot.knowledge.office import Office
from bot.services.messaging.files import FileService, Upload
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.holding import HoldingService
from bot.services.requests.requests import RequestService
from bot.storage.models import Conversation, Officer, Request, RequestEvent
from bot.texts import Texts


class CaseService:
    """Walks a case and speaks to its owner.

    Notices are idempotent by their line of history, and steps with a `cause` by that. A case is
    locked before it is looked at: of two presses at once the second sees what the first did.
    """

    def __init__(self, session: Session, texts: Texts) -> None:
        self._session = session
        self._texts = texts
        self._requests = RequestService(session)
        self._holding = HoldingService(session)
        self._transcript = TranscriptService(session)

    def claim(self, request_id: int, officer: Officer, office: Office, *, now: datetime) -> Request:
        """The officer takes the request; its owner learns who.

        Raises:
            RequestRefused: closed, or taken by another officer.
        """
        request = self._requests.claim(request_id, officer, now=now)
        text = self._texts.say(
            "console.claimed", code=request.code, officer=officer.full_name, office=office.short
        )
        self._tell(request, Step.CLAIMED, text, officer, now=now)
        return request

    def transfer(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        office: Office,
        reason: str,
        *,
        cause: str,
        now: datetime,
    ) -> Request:
        """Moves the request to another office; its owner learns where. Is there already: a no-op.

        `cause` names the submitted form, so that a form sent twice moves once.

        Raises:
            RequestRefused: closed, or held by another officer.
        """
        request, conversation = self._holding.lock(request_id)
        if request.office == office.id or self._transcript.said(cause) is not None:
            return request
        self._requests.transfer(request_id, officer, office.id, reason, now=now)
        text = self._texts.say("console.transferred", code=request.code, office=office.title)
        self._notify(conversation, request, text, officer, cause=cause, now=now)
        return request

    def rehouse(self, request: Request, office: Office, *, now: datetime) -> Request:
        """Moves a request whose own office is gone; its owner is told where somebody held it."""
        held = request.officer_id is not None
        reason = self._texts.say("console.office_gone")
        if request.state == RequestState.CLOSED:
            return self._requests.rehouse_closed(request.id, office.id, reason, now=now)
        request = self._requests.transfer(request.id, None, office.id, reason, now=now)
        if held:
            text = self._texts.say("console.rehoused", code=request.code, office=office.title)
            self._tell(request, Step.TRANSFERRED, text, None, now=now)
        return request

    def release(
        self,
        request_id: int,
        officer: Officer | None,
        *,
        now: datetime,
        holder: int | None = None,
    ) -> Request:
        """Puts a held request back into the queue; its owner learns that another will answer.

        `holder`: who holds it as far as the officer knows, where it is not herself. `officer`: None
        where the house does it by itself, whoever holds the request.

        Raises:
            RequestRefused: closed, or held by another than that.
        """
        request, _ = self._holding.lock(request_id)
        if request.officer_id is None:
            return request
        self._requests.release(request_id, officer, now=now, holder=holder)
        text = self._texts.say("console.released", code=request.code)
        self._tell(request, Step.RELEASED, text, officer, now=now)
        return request

    def held_by(self, holder: Officer) -> list[Request]:
        """The open requests that a person holds, oldest first."""
        return list(
            self._session.scalars(
                select(Request)
                .where(Request.officer_id == holder.id, Request.state != RequestState.CLOSED)
                .order_by(Request.id)
            )
        )

    def let_go(self, holder: Officer, by: Officer | None, *, now: datetime) -> list[Request]:
        """Puts back what a person holds and may no longer answer; returns those requests.

        `by`: who changed what the person may do; None where the house does it by itself.

        To be called after each change of what a person may do: else her cases would be out of
        her sight, and nobody else's to take.
        """
        return [
            self.release(request.id, by, now=now, holder=holder.id)
            for request in self.held_by(holder)
            if not (holder.active and answers_for(Role(holder.role), holder.office, request.office))
        ]

    def close(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        *,
        last_words: str,
        cause: str,
        now: datetime,
        shown: int | None = None,
    ) -> Request:
        """Ends the request, after the officer's last words if any, and asks for a rating.

        Raises:
            RequestRefused: as `RequestService.close`.
        """
        if last_words:
            self._requests.reply(
                request_id,
                officer,
                OutgoingMessage(text=last_words),
                cause=causes.of_last_word(cause),
                now=now,
            )
        code = self._session.get_one(Request, request_id).code
        return self._requests.close(
            request_id, officer, self._farewell(code), cause=cause, now=now, shown=shown
        )

    def reopen(
        self, request_id: int, officer: Officer, office: Office, *, now: datetime
    ) -> Request:
        """The officer takes up a closed request again; its owner learns who.

        Raises:
            RequestRefused: taken up by another officer, or its owner had his data erased.
        """
        request = AfterCloseService(self._session).reopen(request_id, officer, now=now)
        text = self._texts.say(
            "console.reopened", code=request.code, officer=officer.full_name, office=office.short
        )
        self._tell(request, Step.REOPENED, text, officer, now=now)
        return request

    def _farewell(self, code: str) -> OutgoingMessage:
        return OutgoingMessage(
            text=self._texts.say("console.closed", code=code),
            choices=[
                Choice(
                    title=self._texts.say("console.stars", stars=stars),
                    payload=payload("rate_request", code=code, stars=str(stars)),
                )
                for stars in range(MOST_STARS, 0, -1)
            ],
        )

    def _tell(
        self, request: Request, kind: Step, text: str, officer: Officer | None, *, now: datetime
    ) -> None:
        line = self._session.scalars(
            select(RequestEvent.id)
            .where(RequestEvent.request_id == request.id, RequestEvent.kind == kind)
            .order_by(RequestEvent.id.desc())
            .limit(1)
        ).one()
        cause = causes.of_step(line)
        self._notify(request.conversation, request, text, officer, cause=cause, now=now)

    def _notify(  # noqa: PLR0913
        self,
        conversation: Conversation,
        request: Request,
        text: str,
        officer: Officer | None,
        *,
        cause: str,
        now: datetime,
    ) -> None:
        self._transcript.say(
            conversation,
            OutgoingMessage(text=text),
            author=Author.SYSTEM,
            cause=cause,
            now=now,
            officer_id=officer.id if officer else None,
            request_id=request.id,
        )


class ReplyService:
    """Sends an officer's words and files."""

    def __init__(self, session: Session, files_dir: Path, *, file_limit: int) -> None:
        self._session = session
        self._files = FileService(session, files_dir)
        self._limit = file_limit

    def reply(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        text: str,
        files: Sequence[Upload],
        *,
        cause: str,
        now: datetime,
        asks_back: bool,
    ) -> Request:
        """Sends words and files to the owner. Sent already for this cause: a no-op.

        Raises:
            RequestRefused: closed, or held by another officer or by nobody.
            FileRefused: a file is empty, too large or of a kind that is not taken.
        """
        request, _ = HoldingService(self._session).lock(request_id)
        if TranscriptService(self._session).said(cause) is not None:
            return request
        kept = self._files.keep_all(
            files, conversation_id=request.conversation_id, limit=self._limit, now=now
        )
        return RequestService(self._session).reply(
            request_id,
            officer,
            OutgoingMessage(text=text, attachments=kept),
            cause=cause,
            now=now,
            asks_back=asks_back,
        )
