"""Enterprises: remembered by tax code, or by name while they have none."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.models import Contact, Enterprise


class EnterpriseService:
    """Remembers which enterprise a contact acts for."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def remember(
        self, contact: Contact, *, tax_code: str, name: str, now: datetime
    ) -> Enterprise | None:
        """The enterprise of a tax code or a name, tied to the contact; None without either."""
        if not tax_code and not name:
            return None
        enterprise = self.by_tax_code(tax_code) if tax_code else self._named(contact, name)
        if enterprise is None:
            enterprise = Enterprise(tax_code=tax_code or None, name=name, created_at=now)
            self._session.add(enterprise)
        elif name and not enterprise.name:
            enterprise.name = name
        self._session.flush()
        contact.enterprise_id = enterprise.id
        return enterprise

    def by_tax_code(self, tax_code: str) -> Enterprise | None:
        """The enterprise of a tax code, or None."""
        return self._session.scalar(select(Enterprise).where(Enterprise.tax_code == tax_code))

    def _named(self, contact: Contact, name: str) -> Enterprise | None:
        # Names are not unique: only the contact's own enterprise is taken for the same.
        own = contact.enterprise
        return own if own is not None and own.name.casefold() == name.casefold() else None
