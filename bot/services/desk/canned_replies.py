"""The replies that an office keeps: written by its officers, found by words, filled for a case."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.domain.input.lengths import CANNED_TEXT, CANNED_TITLE
from bot.domain.office.canned_reply import wrong_fields
from bot.domain.text.search_text import Term, search_text, terms_of
from bot.storage.models import CannedReply, Officer


@dataclass(frozen=True)
class Written:
    """What is typed of a reply."""

    title: str
    text: str


class CannedRefused(Exception):
    """The reply is not kept. `reason`: title, length, field, changed; `name`: the wrong field."""

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.name = name


class CannedReplies:
    """Keeps replies; what is wrong with one is said now, and not when it is sent."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, office: str, search: str = "") -> list[CannedReply]:
        """Those of an office by their titles; with words, those that hold all of them."""
        rows = self._session.scalars(
            select(CannedReply)
            .where(CannedReply.office == office)
            .options(joinedload(CannedReply.officer))
            .order_by(CannedReply.title, CannedReply.id)
        ).all()
        terms = terms_of(search)
        return [row for row in rows if all(_holds(row, term) for term in terms)]

    def get(self, reply_id: int) -> CannedReply | None:
        """A reply by id, or None."""
        return self._session.get(CannedReply, reply_id)

    def add(
        self, office: str, officer: Officer, written: Written, *, cause: str, now: datetime
    ) -> CannedReply:
        """Keeps a new reply, once a cause.

        Raises:
            CannedRefused: it has no title or no words, is too long, or names a wrong field.
        """
        _check(written)
        kept = self._session.scalar(select(CannedReply).where(CannedReply.cause == cause))
        if kept is not None:
            return kept
        row = CannedReply(
            office=office,
            title=written.title,
            text=written.text,
            officer_id=officer.id,
            cause=cause,
            written_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return row

    def change(
        self, row: CannedReply, officer: Officer, written: Written, *, edition: int, now: datetime
    ) -> None:
        """Another wording, where nobody has changed the edition that was before the writer.

        Changed to the same already: a no-op.

        Raises:
            CannedRefused: as in `add`, or somebody else changed it meanwhile.
        """
        _check(written)
        self._session.refresh(row, with_for_update=True)
        if (row.title, row.text) == (written.title, written.text):
            return
        if row.edition != edition:
            raise CannedRefused("changed")
        row.title, row.text, row.officer_id = written.title, written.text, officer.id
        row.edition, row.written_at = edition + 1, now
        self._session.flush()

    def remove(self, row: CannedReply) -> None:
        """Nobody finds it any more."""
        self._session.delete(row)


def _check(written: Written) -> None:
    if not 0 < len(written.title) <= CANNED_TITLE:
        raise CannedRefused("title")
    if not 0 < len(written.text) <= CANNED_TEXT:
        raise CannedRefused("length")
    if wrong := wrong_fields(written.text):
        raise CannedRefused("field", wrong[0])


def _holds(row: CannedReply, term: Term) -> bool:
    words = f" {search_text(row.title, row.text)}"
    return all(f" {beginning}" in words for beginning in term.beginnings)
