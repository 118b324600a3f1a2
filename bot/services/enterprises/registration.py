"""Enterprises that an officer enters by hand: by tax code, or by name where none is known."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import ProfileField, Value
from bot.domain.enterprise.tax_code import CodeFault, discreet, typed_codes
from bot.domain.input.cleaning import clean_line
from bot.services.enterprises.enterprise_list import (
    EnterpriseFilter,
    EnterpriseList,
    ListedEnterprise,
    Order,
)
from bot.services.enterprises.merges import name_key
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.services.requests.enterprises import EnterpriseService
from bot.storage.models import Enterprise, EnterpriseProfile, ProfileChange

TAX_CODE = "tax_code"
"""How the history calls the code, which is no field of a profile."""

MOST_ALIKE = 5
"""Enterprises of the same name that are shown."""

LOOKED_AT = 50


class AlreadyKnown(Exception):
    """A tax code is another enterprise's already."""

    def __init__(self, enterprise_id: int) -> None:
        super().__init__(enterprise_id)
        self.enterprise_id = enterprise_id


def read_tax_code(text: str, *, today: date) -> str | CodeFault:
    """The digits of a tax code; empty where nothing was typed."""
    typed = clean_line(text)
    if not typed:
        return ""
    codes = typed_codes(typed, today=today)
    if len(codes) != 1:
        return CodeFault.LENGTH
    return codes[0].fault or codes[0].code or CodeFault.LENGTH


def code_line(
    enterprise_id: int, before: str, after: str, *, by: WrittenBy, now: datetime
) -> ProfileChange:
    """The line of history of a tax code; a personal number is not kept whole in it."""
    return ProfileChange(
        enterprise_id=enterprise_id,
        field=TAX_CODE,
        before=discreet(before),
        after=discreet(after),
        source=by.source,
        officer_id=by.officer.id if by.officer is not None else None,
        at=now,
    )


class RegistrationService:
    """Enters enterprises, each tax code once."""

    def __init__(self, session: Session, profiles: ProfileService) -> None:
        self._session = session
        self._profiles = profiles

    def known(self, tax_code: str) -> Enterprise | None:
        """The enterprise of a code, or None."""
        return EnterpriseService(self._session).by_tax_code(tax_code) if tax_code else None

    def alike(self, name: str, *, tax_code: str = "") -> list[ListedEnterprise]:
        """Enterprises of the same name, legal form aside, that may be the one typed.

        One with a code of its own is none of them where another code was typed.
        """
        key = name_key(name)
        if not key:
            return []
        listing = EnterpriseList(self._session)
        rows = [
            *listing.page(EnterpriseFilter(text=key), Order.NAME, limit=LOOKED_AT),
            *listing.page_without_profile(key, limit=LOOKED_AT),
        ]
        return [
            row
            for row in rows
            if name_key(row.name) == key and not (tax_code and row.enterprise.tax_code)
        ][:MOST_ALIKE]

    def enter(
        self,
        tax_code: str,
        values: Mapping[ProfileField, Value],
        *,
        by: WrittenBy,
        now: datetime,
    ) -> EnterpriseProfile:
        """A new enterprise with a profile.

        Raises:
            AlreadyKnown: somebody entered the code meanwhile.
        """
        name = str(values.get(ProfileField.NAME, ""))
        enterprise = Enterprise(
            tax_code=tax_code or None, name="" if tax_code else name, created_at=now
        )
        try:
            with self._session.begin_nested():
                self._session.add(enterprise)
        except IntegrityError:
            raise self._taken(tax_code) from None
        profile = self._profiles.open(enterprise, now=now)
        self._profiles.write(profile, values, by=by, now=now)
        return profile

    def give_code(
        self, enterprise: Enterprise, tax_code: str, *, by: WrittenBy, now: datetime
    ) -> None:
        """The tax code of an enterprise that had none; nothing where none is given.

        Raises:
            AlreadyKnown: it is another one's.
        """
        if not tax_code:
            return
        known = self.known(tax_code)
        if known is not None:
            raise AlreadyKnown(known.id)
        try:
            with self._session.begin_nested():
                enterprise.tax_code = tax_code
        except IntegrityError:
            raise self._taken(tax_code) from None
        self._session.add(code_line(enterprise.id, "", tax_code, by=by, now=now))
        self._session.flush()

    def _taken(self, tax_code: str) -> AlreadyKnown:
        known = self.known(tax_code)
        # Only the code is unique.
        return AlreadyKnown(known.id if known is not None else 0)
