"""The people of an enterprise, as the department noted them."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import ChangeSource
from bot.domain.input.lengths import PERSON_NAME
from bot.services.enterprises.contact_history import (
    NOBODY,
    ContactDetails,
    ContactHistory,
    details_of,
)
from bot.services.enterprises.profiles import WrittenBy
from bot.storage.models import (
    Contact,
    Enterprise,
    Invitation,
    Officer,
    ProfileContact,
    Request,
)

MARK_LENGTH = 16


class ProfileContactService:
    """Keeps the people of enterprises; what is noted of them leaves lines of history."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._history = ContactHistory(session)

    def of(self, enterprise_id: int) -> list[ProfileContact]:
        """Those of an enterprise, in the order in which they were noted."""
        query = select(ProfileContact).where(ProfileContact.enterprise_id == enterprise_id)
        return list(self._session.scalars(query.order_by(ProfileContact.id)))

    def get(self, enterprise_id: int, contact_id: int) -> ProfileContact | None:
        """One of an enterprise, or None."""
        return self._one(enterprise_id, contact_id, held=False)

    def held(self, enterprise_id: int, contact_id: int) -> ProfileContact | None:
        """The same, which nobody changes until the transaction ends."""
        return self._one(enterprise_id, contact_id, held=True)

    def hold(self, enterprise_id: int) -> int | None:
        """The enterprise whose people are written, held until the transaction ends.

        It is the one that it was merged into, if it was, also at this instant; None where there is
        none.
        """
        found = self._session.get(Enterprise, enterprise_id)
        while found is not None:
            kept_id = found.merged_into_id or found.id
            found = self._session.get(
                Enterprise, kept_id, with_for_update=True, populate_existing=True
            )
            if found is not None and found.merged_into_id is None:
                return found.id
        return None

    def add(
        self, enterprise_id: int, details: ContactDetails, *, by: WrittenBy, now: datetime
    ) -> ProfileContact:
        """One more person."""
        row = ProfileContact(enterprise_id=enterprise_id, created_at=now)
        self._put(row, details)
        self._session.add(row)
        self._session.flush()
        self._history.note(row, NOBODY, by=by, now=now)
        return row

    def change(
        self, row: ProfileContact, details: ContactDetails, *, by: WrittenBy, now: datetime
    ) -> None:
        """Other details; what was said in a consent stays while the answer stays."""
        before = details_of(row)
        if row.surveys != details.surveys or not details.surveys:
            row.surveys_version = ""
        self._put(row, details)
        self._session.flush()
        self._history.note(row, before, by=by, now=now)

    def remove(self, row: ProfileContact, *, by: WrittenBy, now: datetime) -> None:
        """The person is not theirs any more; what she was sent stays sent."""
        self._session.execute(
            update(Invitation)
            .where(Invitation.profile_contact_id == row.id)
            .values(profile_contact_id=None)
        )
        self._history.removed(row, by=by, now=now)
        self._session.delete(row)
        self._session.flush()

    def offered(self, enterprise_id: int, offices: frozenset[str] | None) -> Sequence[Contact]:
        """People who wrote for the enterprise and are not noted yet, with a way to reach them.

        `offices`: those whose requests the person sees who asks; None for all.
        """
        wrote = [
            Request.contact_id == Contact.id,
            Request.enterprise_id == enterprise_id,
        ]
        if offices is not None:
            wrote.append(Request.office.in_(sorted(offices)))
        noted = exists().where(
            ProfileContact.contact_id == Contact.id, ProfileContact.enterprise_id == enterprise_id
        )
        query = (
            select(Contact)
            .where(
                Contact.enterprise_id == enterprise_id,
                (Contact.phone != "") | (Contact.email != ""),
                exists().where(*wrote),
                ~noted,
            )
            .order_by(Contact.id)
        )
        return self._session.scalars(query).all()

    def take(
        self,
        enterprise_id: int,
        contact_id: int,
        offices: frozenset[str] | None,
        *,
        officer: Officer,
        now: datetime,
    ) -> ProfileContact | None:
        """Notes a person who is offered, as she gave herself; None where she is not, any more.

        Whether surveys may reach her is another matter: she wrote for a request.
        """
        # Two who press at once: the second finds her noted.
        self._session.get(Enterprise, enterprise_id, with_for_update=True)
        offered = {one.id: one for one in self.offered(enterprise_id, offices)}
        contact = offered.get(contact_id)
        if contact is None:
            return None
        name = contact.display_name[:PERSON_NAME]
        details = ContactDetails(name, phone=contact.phone, email=contact.email)
        by = WrittenBy(ChangeSource.REQUEST, officer)
        row = self.add(enterprise_id, details, by=by, now=now)
        row.contact_id = contact.id
        self._session.flush()
        return row

    def _put(self, row: ProfileContact, details: ContactDetails) -> None:
        row.name, row.role = details.name, details.role
        row.phone, row.email = details.phone, details.email
        row.surveys = details.surveys
        row.surveys_at = details.surveys_at if details.surveys else None
        row.surveys_how = details.surveys_how if details.surveys else ""

    def _one(self, enterprise_id: int, contact_id: int, *, held: bool) -> ProfileContact | None:
        row = self._session.get(
            ProfileContact, contact_id, with_for_update=held or None, populate_existing=held
        )
        return row if row is not None and row.enterprise_id == enterprise_id else None


def mark_of(row: ProfileContact) -> str:
    """Names what stands in a row: another one once anything of it changes."""
    said = (row.name, row.role, row.phone, row.email, row.surveys, row.surveys_how)
    when = row.surveys_at.isoformat() if row.surveys_at is not None else ""
    digest = hashlib.sha256()
    for part in (*said, when):
        digest.update(hashlib.sha256(part.encode()).digest())
    return digest.hexdigest()[:MARK_LENGTH]
