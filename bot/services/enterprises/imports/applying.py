"""Takes the rows of a table into the register, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import ProfileField
from bot.services.enterprises.contact_history import NOBODY, ContactHistory, lines_of
from bot.services.enterprises.imports.checked_row import CheckedRow, Known
from bot.services.enterprises.imports.checking import MOST_OTHERS, is_noted
from bot.services.enterprises.imports.known_enterprises import (
    KnownEnterprises,
    in_parts,
    may_be_one,
)
from bot.services.enterprises.imports.outcome import (
    ALIKE,
    CHANGED,
    GONE,
    KNOWN,
    LEFT,
    NEW,
    UPDATE,
    Outcome,
)
from bot.services.enterprises.imports.plan import Planned
from bot.services.enterprises.imports.read_row import Person
from bot.services.enterprises.merges import name_key
from bot.services.enterprises.profile_contacts import mark_of
from bot.services.enterprises.profiles import HistoryLine, ProfileService, WrittenBy
from bot.services.enterprises.typed_fields import NOTHING
from bot.storage.models import Enterprise, EnterpriseProfile, ProfileContact

MOST_TRIES = 5
"""Each further one only where somebody entered one of the tax codes at that very instant."""


class Applying:
    """Writes many rows at once; a row whose ground has changed since it was looked at is left."""

    def __init__(
        self, session: Session, profiles: ProfileService, *, by: WrittenBy, now: datetime
    ) -> None:
        self._session = session
        self._profiles = profiles
        self._known = KnownEnterprises(session)
        self._by = by
        self._now = now

    def apply(self, rows: Iterable[Planned]) -> list[Outcome]:
        """What became of each of the rows."""
        planned = list(rows)
        updates = [(one.row, one.to) for one in planned if one.to is not None]
        new = [one.row for one in planned if one.to is None]
        return sorted(
            [*self._update(updates), *self._enter(new)], key=lambda outcome: outcome.number
        )

    def _update(self, rows: Sequence[tuple[CheckedRow, Known]]) -> list[Outcome]:
        ids = [to.id for _, to in rows]
        held = held_enterprises(self._session, ids)
        profiles = held_profiles(self._session, ids)
        people = self._known.people(ids)
        by_code = self._known.by_codes(row.read.code for row, _ in rows if row.read.code)
        outcomes: list[Outcome] = []
        lines: list[HistoryLine] = []
        noted: dict[int, ProfileContact] = {}
        for row, to in rows:
            known = by_code.get(row.read.code)
            is_others = bool(row.read.code) and (known is None or known.id != to.id)
            if to.id not in held or is_others:
                outcomes.append(_left(row, to, GONE))
                continue
            profile, opened = profiles.get(to.id), to.id not in profiles
            moved = _moved(to, profile)
            if moved:
                outcomes.append(_left(row, to, CHANGED, moved))
                continue
            if profile is None:
                profile = self._new_profile(to.id)
            changed = self._profiles.put(profile, row.read.values, by=self._by, now=self._now)
            fields = [ProfileField(line["field"]) for line in changed]
            lines += changed
            person = row.read.person
            if person.is_named and not is_noted(person, people.get(to.id, ())):
                noted[row.number] = self._note(to.id, person)
            was = {one: to.was[one] for one in fields}
            now = {one: row.read.values[one] for one in fields}
            outcomes.append(Outcome(row.number, row.title, to.id, UPDATE, was, now, opened=opened))
        self._profiles.keep(lines)
        self._keep_people(noted.values())
        return [_with_person(one, noted.get(one.number)) for one in outcomes]

    def _enter(self, rows: Sequence[CheckedRow]) -> list[Outcome]:
        outcomes, fit = self._without_known_names(rows)
        enterprises: dict[int, Enterprise] = {}
        for _ in range(MOST_TRIES):
            known = self._known.by_codes(row.read.code for row in fit if row.read.code)
            outcomes += [
                _left(row, Known(held.id, held.title), KNOWN)
                for row in fit
                if (held := known.get(row.read.code)) is not None
            ]
            fit = [row for row in fit if row.read.code not in known]
            enterprises = {row.number: self._new_enterprise(row) for row in fit}
            try:
                with self._session.begin_nested():
                    self._session.add_all(enterprises.values())
                break
            except IntegrityError:
                enterprises = {}
        return outcomes + self._fill(fit, enterprises)

    def _fill(
        self, rows: Sequence[CheckedRow], enterprises: Mapping[int, Enterprise]
    ) -> list[Outcome]:
        lines: list[HistoryLine] = []
        noted: dict[int, ProfileContact] = {}
        outcomes: list[Outcome] = []
        for row in rows:
            id_ = enterprises[row.number].id
            lines += self._profiles.put(
                self._new_profile(id_), row.read.values, by=self._by, now=self._now
            )
            if row.read.person.is_named:
                noted[row.number] = self._note(id_, row.read.person)
            was = {one: NOTHING[one] for one in row.read.values}
            outcomes.append(
                Outcome(row.number, row.title, id_, NEW, was, row.read.values, opened=True)
            )
        self._profiles.keep(lines)
        self._keep_people(noted.values())
        return [_with_person(one, noted.get(one.number)) for one in outcomes]

    def _without_known_names(
        self, rows: Sequence[CheckedRow]
    ) -> tuple[list[Outcome], list[CheckedRow]]:
        """Rows without a code whose name somebody entered since they were looked at are left."""
        by_name = self._known.by_names(row.read.name for row in rows if not row.read.code)
        left: list[Outcome] = []
        fit: list[CheckedRow] = []
        for row in rows:
            commune = str(row.read.values.get(ProfileField.COMMUNE) or "")
            is_asked = not row.read.code and len(row.others) < MOST_OTHERS
            others = by_name.get(name_key(row.read.name), []) if is_asked else []
            fresh = next(
                (
                    one
                    for one in others
                    if may_be_one(commune, one.commune) and row.candidate(one.id) is None
                ),
                None,
            )
            if fresh is None:
                fit.append(row)
            else:
                left.append(_left(row, Known(fresh.id, fresh.title), ALIKE))
        return left, fit

    def _new_enterprise(self, row: CheckedRow) -> Enterprise:
        code = row.read.code
        return Enterprise(
            tax_code=code or None, name="" if code else row.read.name, created_at=self._now
        )

    def _new_profile(self, enterprise_id: int) -> EnterpriseProfile:
        profile = EnterpriseProfile(
            enterprise_id=enterprise_id, created_at=self._now, updated_at=self._now
        )
        self._session.add(profile)
        return profile

    def _note(self, enterprise_id: int, person: Person) -> ProfileContact:
        contact = ProfileContact(
            enterprise_id=enterprise_id,
            name=person.name,
            role=person.role,
            phone=person.phone,
            email=person.email,
            surveys="",
            surveys_how="",
            created_at=self._now,
        )
        self._session.add(contact)
        return contact

    def _keep_people(self, people: Iterable[ProfileContact]) -> None:
        """Their lines of history; `keep` of the profiles has stored them."""
        lines = [
            line for one in people for line in lines_of(one, NOBODY, by=self._by, now=self._now)
        ]
        ContactHistory(self._session).keep(lines)


def held_enterprises(session: Session, ids: Iterable[int]) -> dict[int, Enterprise]:
    """Enterprises that nobody merges or edits until the transaction ends, none merged already."""
    held: dict[int, Enterprise] = {}
    for some in in_parts(sorted(set(ids))):
        query = (
            select(Enterprise)
            .where(Enterprise.id.in_(some))
            .order_by(Enterprise.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        held |= {one.id: one for one in session.scalars(query) if one.merged_into_id is None}
    return held


def held_profiles(session: Session, ids: Iterable[int]) -> dict[int, EnterpriseProfile]:
    """The profiles of enterprises, read anew, whose enterprises are held."""
    held: dict[int, EnterpriseProfile] = {}
    for some in in_parts(sorted(set(ids))):
        query = (
            select(EnterpriseProfile)
            .where(EnterpriseProfile.enterprise_id.in_(some))
            .order_by(EnterpriseProfile.enterprise_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        held |= {one.enterprise_id: one for one in session.scalars(query)}
    return held


def _moved(to: Known, profile: EnterpriseProfile | None) -> list[ProfileField]:
    """The fields that have another value now than when the table was looked at."""
    if profile is None:
        return [field for field, value in to.was.items() if value not in ("", None)]
    return [field for field, value in to.was.items() if getattr(profile, field) != value]


def _left(row: CheckedRow, to: Known, why: str, fields: Sequence[ProfileField] = ()) -> Outcome:
    return Outcome(row.number, row.title, to.id, LEFT, why=why, fields=[str(one) for one in fields])


def _with_person(outcome: Outcome, person: ProfileContact | None) -> Outcome:
    if person is None:
        return outcome
    return Outcome(
        outcome.number, outcome.title, outcome.id, outcome.did, outcome.was, outcome.now,
        opened=outcome.opened, person=person.id, person_mark=mark_of(person),
    )  # fmt: skip
