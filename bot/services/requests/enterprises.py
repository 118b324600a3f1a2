"""Enterprises: the key that contacts of one tax code share, and what each of them gave."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.text.plain import plain
from bot.storage.models import Contact, Enterprise, Request


@dataclass(frozen=True)
class NameGiven:
    """A name given under a tax code, by how many people, and since when."""

    name: str
    since: datetime
    people: int


class EnterpriseService:
    """Remembers which enterprise a contact acts for, in his own words."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def remember(
        self,
        contact: Contact,
        *,
        tax_code: str,
        name: str,
        unchecked_tax_code: str = "",
        now: datetime,
    ) -> Enterprise | None:
        """The enterprise of a tax code or a name, tied to the contact; None without either.

        What the contact gave is kept with the contact alone: whoever gives a tax code learns
        nothing of the others who gave it.
        """
        enterprise = self._of(contact, tax_code, name, now=now)
        if enterprise is None and not unchecked_tax_code:
            return None
        contact.enterprise_id = enterprise.id if enterprise else None
        contact.enterprise_name = name
        contact.tax_code = tax_code
        contact.unchecked_tax_code = unchecked_tax_code
        return enterprise

    def forget(self, contact: Contact) -> None:
        """The contact acts for none."""
        contact.enterprise_id = None
        contact.enterprise_name = contact.tax_code = contact.unchecked_tax_code = ""

    def by_tax_code(self, tax_code: str) -> Enterprise | None:
        """The enterprise of a tax code, or None; the one that it was merged into, if it was."""
        found = self._session.scalar(select(Enterprise).where(Enterprise.tax_code == tax_code))
        if found is None or found.merged_into_id is None:
            return found
        return self._session.get(Enterprise, found.merged_into_id)

    def get(self, enterprise_id: int) -> Enterprise | None:
        """An enterprise, or None."""
        return self._session.get(Enterprise, enterprise_id)

    def unchecked_tax_codes(self, enterprise_id: int, offices: frozenset[str] | None) -> list[str]:
        """Codes that its owners stand by and that were not found right, as typed, newest first.

        `offices`: those whose requests the person sees who asks; None for all. A wrong code may
        be somebody's personal number.
        """
        query = select(Request.unchecked_tax_code).where(
            Request.enterprise_id == enterprise_id, Request.unchecked_tax_code != ""
        )
        if offices is not None:
            query = query.where(Request.office.in_(sorted(offices)))
        return list(dict.fromkeys(self._session.scalars(query.order_by(Request.id.desc()))))

    def names_given(self, enterprise_id: int) -> list[NameGiven]:
        """The names that people gave for an enterprise, oldest first; for officers only.

        Spellings of one name, with or without accents, are one.
        """
        rows = self._session.execute(
            select(Request.enterprise_name, Request.created_at, Request.contact_id)
            .where(Request.enterprise_id == enterprise_id, Request.enterprise_name != "")
            .order_by(Request.id)
        ).all()
        given: dict[str, list[tuple[str, datetime, int]]] = {}
        for name, at, contact_id in rows:
            given.setdefault(plain(name), []).append((name, at, contact_id))
        return [
            NameGiven(ways[0][0], ways[0][1], len({contact_id for *_, contact_id in ways}))
            for ways in given.values()
        ]

    def _of(
        self, contact: Contact, tax_code: str, name: str, *, now: datetime
    ) -> Enterprise | None:
        if not tax_code and not name:
            return None
        known = self.by_tax_code(tax_code) if tax_code else self._named(contact, name)
        if known is not None:
            return known
        enterprise = Enterprise(
            tax_code=tax_code or None, name="" if tax_code else name, created_at=now
        )
        self._session.add(enterprise)
        self._session.flush()
        return enterprise

    def _named(self, contact: Contact, name: str) -> Enterprise | None:
        # Names are not unique: only the contact's own enterprise is taken for the same. Merged, it
        # has another name or none, and is still the one that he called so.
        own = contact.enterprise
        called = {own.name, contact.enterprise_name} if own is not None else set()
        if own is None or plain(name) not in {plain(one) for one in called}:
            return None
        return self._session.get(Enterprise, own.merged_into_id) if own.merged_into_id else own
