"""Takes an import back: values as they were, and what it brought goes, where nobody touched it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Column, delete, func, select
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import (
    CONTACT_FIELDS,
    CONTACT_GONE,
    ChangeSource,
    ProfileField,
    Value,
)
from bot.services.enterprises.contact_history import ContactHistory
from bot.services.enterprises.imports.applying import held_enterprises, held_profiles
from bot.services.enterprises.imports.known_enterprises import in_parts
from bot.services.enterprises.imports.outcome import LEFT, NEW, Outcome
from bot.services.enterprises.profile_contacts import mark_of
from bot.services.enterprises.profiles import HistoryLine, ProfileService, WrittenBy, values_of
from bot.services.enterprises.typed_fields import NOTHING
from bot.storage.base import Base
from bot.storage.models import (
    Enterprise,
    EnterpriseProfile,
    ProfileChange,
    ProfileContact,
    ProfileImport,
)

GONE, BACK, STAYED = "gone", "back", "stayed"

PERSON = "person"
"""What a row names beside its fields where the person it brought stays."""

_OWN_TABLES = frozenset(
    {
        EnterpriseProfile.__tablename__,
        ProfileChange.__tablename__,
        ProfileContact.__tablename__,
    }
)


class Undoing:
    """Undoes one import."""

    def __init__(
        self, session: Session, profiles: ProfileService, *, by: WrittenBy, now: datetime
    ) -> None:
        self._session = session
        self._profiles = profiles
        self._by = by
        self._now = now
        self._lines: list[HistoryLine] = []
        self._people_lines = ContactHistory(session)

    def undo(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """What became of each row."""
        done = [one for one in outcomes if one.did != LEFT]
        ids = [one.id for one in done]
        self._enterprises = held_enterprises(self._session, ids)
        self._held = held_profiles(self._session, ids)
        self._touched = self._touched_fields(ids)
        self._people = self._untouched_people(done)
        wanted = self._pointed_to(ids)
        going = [one for one in done if self._may_go(one, wanted)]
        self._remove(going)
        gone = {one.number for one in going}
        undone = [one.forgotten(GONE) if one.number in gone else self._back(one) for one in done]
        self._profiles.keep(self._lines)
        left = [one for one in outcomes if one.did == LEFT]
        return sorted([*undone, *left], key=lambda outcome: outcome.number)

    def _may_go(self, one: Outcome, wanted: Collection[int]) -> bool:
        return (
            one.did == NEW
            and one.id in self._enterprises
            and one.id not in wanted
            and not self._touched.get(one.id)
            and not self._changed(one)
            and (not one.person or one.person in self._people)
        )

    def _changed(self, one: Outcome) -> list[ProfileField]:
        """The fields that are not as the import left them."""
        profile = self._held.get(one.id)
        if profile is None:
            return list(one.now)
        touched = self._touched.get(one.id, set())
        return [
            field
            for field, value in one.now.items()
            if field in touched or getattr(profile, field) != value
        ]

    def _back(self, one: Outcome) -> Outcome:
        profile = self._held.get(one.id)
        if one.id not in self._enterprises or profile is None:
            return one.taken_back(STAYED, [*one.now])
        stayed: list[ProfileField | str] = [*self._changed(one)]
        values: dict[ProfileField, Value] = {
            field: value for field, value in one.was.items() if field not in stayed
        }
        self._lines += self._profiles.put(profile, values, by=self._by, now=self._now)
        if one.person and one.person in self._people:
            self._people_lines.removed(self._people[one.person], by=self._by, now=self._now)
            self._session.delete(self._people[one.person])
        elif one.person:
            stayed.append(PERSON)
        is_bare = values_of(profile) == NOTHING and not self._touched.get(one.id)
        if one.opened and is_bare:
            self._session.delete(profile)
        return one.taken_back(STAYED if stayed else BACK, stayed)

    def _touched_fields(self, ids: Iterable[int]) -> dict[int, set[str]]:
        """The fields that somebody changed after the import, by enterprise."""
        own: dict[tuple[int, str], int] = {}
        last: dict[tuple[int, str], int] = {}
        newest = func.max(ProfileChange.id)
        is_own = (ProfileChange.import_id == self._by.import_id) & (
            ProfileChange.source == ChangeSource.IMPORT
        )
        grouped = (ProfileChange.enterprise_id, ProfileChange.field)
        # What another import did and took back again is as if it had not been.
        undone = select(ProfileImport.id).where(ProfileImport.undone_at.is_not(None))
        counts = ProfileChange.import_id.is_(None) | ProfileChange.import_id.not_in(undone)
        of_profile = ProfileChange.field.not_in([*CONTACT_FIELDS, CONTACT_GONE])
        for some in in_parts(sorted(set(ids))):
            query = select(*grouped, newest).where(
                ProfileChange.enterprise_id.in_(some), of_profile
            )
            for id_, field, line in self._session.execute(query.where(counts).group_by(*grouped)):
                last[id_, field] = line
            for id_, field, line in self._session.execute(query.where(is_own).group_by(*grouped)):
                own[id_, field] = line
        touched: dict[int, set[str]] = {}
        first: dict[int, int] = {}
        for (id_, _), line in own.items():
            first[id_] = min(first.get(id_, line), line)
        for (id_, field), line in last.items():
            if line > own.get((id_, field), first.get(id_, 0)):
                touched.setdefault(id_, set()).add(field)
        return touched

    def _untouched_people(self, outcomes: Sequence[Outcome]) -> dict[int, ProfileContact]:
        """The people whom the import brought and who are as they were, asked by nobody."""
        marks = {one.person: one.person_mark for one in outcomes if one.person}
        columns = [
            one
            for one in _columns_to(ProfileContact.__tablename__)
            if one.table.name != ProfileChange.__tablename__
        ]
        found: dict[int, ProfileContact] = {}
        for some in in_parts(sorted(marks)):
            named = self._named_in(columns, some)
            query = select(ProfileContact).where(ProfileContact.id.in_(some))
            for person in self._session.scalars(query):
                is_own = mark_of(person) == marks[person.id] and person.contact_id is None
                if is_own and person.id not in named:
                    found[person.id] = person
        return found

    def _pointed_to(self, ids: Iterable[int]) -> set[int]:
        """The enterprises of which something else speaks: a request, a survey, a run, a person."""
        columns = [
            one
            for one in _columns_to(Enterprise.__tablename__)
            if one.table.name not in _OWN_TABLES
        ]
        found: set[int] = set()
        for some in in_parts(sorted(set(ids))):
            found |= self._named_in(columns, some)
            others = select(ProfileContact.enterprise_id, ProfileContact.id)
            for id_, person in self._session.execute(
                others.where(ProfileContact.enterprise_id.in_(some))
            ):
                if person not in self._people:
                    found.add(id_)
        return found

    def _named_in(self, columns: Iterable["Column[int]"], ids: Sequence[int]) -> set[int]:
        return {
            id_
            for column in columns
            for id_ in self._session.scalars(select(column).where(column.in_(ids)).distinct())
        }

    def _remove(self, outcomes: Sequence[Outcome]) -> None:
        """Everything of enterprises that the import brought, of which nothing else speaks."""
        for some in in_parts([one.id for one in outcomes]):
            for model in (ProfileChange, ProfileContact, EnterpriseProfile):
                self._session.execute(
                    delete(model)
                    .where(model.enterprise_id.in_(some))
                    .execution_options(synchronize_session=False)
                )
            self._session.execute(
                delete(Enterprise)
                .where(Enterprise.id.in_(some))
                .execution_options(synchronize_session=False)
            )


def _columns_to(table: str) -> list["Column[int]"]:
    """The columns of all tables that name rows of a table."""
    return [
        key.parent
        for other in Base.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table.name == table
    ]
