"""Internal notes on a case: for colleagues, never for the owner."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from bot.domain.office.mention import mentioned
from bot.domain.office.roles import Role, sees
from bot.domain.requests.request import Step
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.holding import HoldingService
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import CaseNote, NoteMention, Officer, Request


class NoteRefused(Exception):
    """The note is not kept. `reason`: erased, stranger; `name`: of the person it names in vain."""

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.name = name


class NoteService:
    """Writes notes down, and tells those whom they name."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(
        self, request_id: int, officer: Officer, text: str, *, cause: str, now: datetime
    ) -> Request:
        """Keeps a note, once a cause, and leaves a line in the history.

        Raises:
            NoteRefused: the owner had his data erased, or it names somebody who does not see it.
        """
        request, _ = HoldingService(self._session).lock(request_id)
        if self._session.scalar(select(CaseNote.id).where(CaseNote.cause == cause)) is not None:
            return request
        if AfterCloseService(self._session).is_erased(request):
            raise NoteRefused("erased")
        named = self._named(text, request, officer)
        note = CaseNote(
            request_id=request.id,
            officer_id=officer.id,
            text=text,
            cause=cause,
            created_at=now,
            mentions=[NoteMention(officer_id=one.id) for one in named],
        )
        self._session.add(note)
        RequestHistory(self._session).note(request, Step.NOTED, officer, now=now)
        return request

    def of(self, request: Request) -> list[CaseNote]:
        """The notes of a case with their writers and whom they name, oldest first."""
        return list(
            self._session.scalars(
                select(CaseNote)
                .where(CaseNote.request_id == request.id)
                .options(
                    joinedload(CaseNote.officer),
                    selectinload(CaseNote.mentions).joinedload(NoteMention.officer),
                )
                .order_by(CaseNote.id)
            )
        )

    def readers(self, request: Request) -> list[Officer]:
        """Those who may be named in a note: who sees the case and works here, by name."""
        working = select(Officer).where(Officer.active).order_by(Officer.full_name, Officer.id)
        return [
            one
            for one in self._session.scalars(working)
            if sees(Role(one.role), one.office, request.office)
        ]

    def calling(self, officer_id: int, offices: frozenset[str] | None) -> list[Request]:
        """The cases in which an unread note names a person, as far as she sees them."""
        unread = (
            select(CaseNote.request_id)
            .join(NoteMention, NoteMention.note_id == CaseNote.id)
            .where(NoteMention.officer_id == officer_id, NoteMention.seen_at.is_(None))
        )
        query = select(Request).where(Request.id.in_(unread)).order_by(Request.id)
        if offices is not None:
            query = query.where(Request.office.in_(offices))
        return list(self._session.scalars(query))

    def seen(self, request_id: int, officer: Officer, *, shown: int, now: datetime) -> None:
        """The person has read what names her in a case, up to the note shown last."""
        notes = select(CaseNote.id).where(CaseNote.request_id == request_id, CaseNote.id <= shown)
        self._session.execute(
            update(NoteMention)
            .where(
                NoteMention.note_id.in_(notes),
                NoteMention.officer_id == officer.id,
                NoteMention.seen_at.is_(None),
            )
            .values(seen_at=now)
        )

    def forget(self, conversation_id: str) -> None:
        """The notes on every case of an owner go with his data."""
        cases = select(Request.id).where(Request.conversation_id == conversation_id)
        notes = select(CaseNote.id).where(CaseNote.request_id.in_(cases))
        self._session.execute(delete(NoteMention).where(NoteMention.note_id.in_(notes)))
        self._session.execute(delete(CaseNote).where(CaseNote.request_id.in_(cases)))

    def _named(self, text: str, request: Request, writer: Officer) -> Iterable[Officer]:
        readers = {one.username: one for one in self.readers(request)}
        for name in mentioned(text):
            if name not in readers:
                raise NoteRefused("stranger", name)
        return [readers[name] for name in mentioned(text) if name != writer.username]
