"""Every value that the fields of a profile had, with who gave it."""

from typing import TypeVarTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.enterprise.profile import CONTACT_FIELDS, CONTACT_GONE
from bot.storage.models import ProfileChange

PEOPLE = "people"
"""Stands as the field for all that was noted of people."""

Columns = TypeVarTuple("Columns")


class ProfileHistory:
    """The changes of one profile, newest first. `field`: of one field, or `PEOPLE`; empty: all."""

    def __init__(self, session: Session, enterprise_id: int, *, field: str = "") -> None:
        self._session = session
        self._id = enterprise_id
        self._field = field

    def count(self) -> int:
        """How many changes there are."""
        query = self._of(select(func.count()).select_from(ProfileChange))
        return self._session.scalar(query) or 0

    def page(self, *, limit: int, offset: int = 0) -> list[ProfileChange]:
        """Some of them, with who made them."""
        query = (
            self._of(select(ProfileChange))
            .options(joinedload(ProfileChange.officer), joinedload(ProfileChange.person))
            .order_by(ProfileChange.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return list(self._session.scalars(query))

    def _of(self, query: Select[*Columns]) -> Select[*Columns]:
        query = query.where(ProfileChange.enterprise_id == self._id)
        if self._field == PEOPLE:
            return query.where(ProfileChange.field.in_([*CONTACT_FIELDS, CONTACT_GONE]))
        return query.where(ProfileChange.field == self._field) if self._field else query
