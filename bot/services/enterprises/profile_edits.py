"""An edit of a profile by form: only what was changed is written, and nothing of another's is lost.

A form knows the newest line of history that it showed (`shown`). What came since is another
person's: a field that both changed is shown to the second of them, who decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.enterprise.profile import ProfileField, Value
from bot.services.enterprises.profiles import ProfileService, WrittenBy, values_of
from bot.services.enterprises.typed_fields import NOTHING, Reading, TypedFields, nameless
from bot.storage.models import Enterprise, EnterpriseProfile, ProfileChange


class EnterpriseMoved(Exception):
    """The enterprise was merged into another one; `kept_id`: that one's."""

    def __init__(self, kept_id: int) -> None:
        super().__init__(kept_id)
        self.kept_id = kept_id


@dataclass(frozen=True)
class Edit:
    """What came of an edit. With problems or conflicts nothing was written.

    `current`: the values as they stand; `conflicts`: another's newest change of a field that this
    edit changes too, to something else; `beside`: of a field that it leaves alone.
    """

    reading: Reading
    current: Mapping[ProfileField, Value]
    conflicts: Mapping[ProfileField, ProfileChange]
    beside: Mapping[ProfileField, ProfileChange]

    @property
    def is_fit(self) -> bool:
        """Whether it can be written."""
        return not self.reading.problems and not self.conflicts


class ProfileEdits:
    """Brings what was typed together with what stands there now."""

    def __init__(self, session: Session, profiles: ProfileService, typed: TypedFields) -> None:
        self._session = session
        self._profiles = profiles
        self._typed = typed

    def newest_line(self, enterprise_id: int) -> int:
        """The newest line of history; 0 where there is none."""
        query = select(func.max(ProfileChange.id)).where(
            ProfileChange.enterprise_id == enterprise_id
        )
        return self._session.scalar(query) or 0

    def held(self, enterprise_id: int) -> Enterprise | None:
        """The enterprise, which nobody merges or edits until the transaction ends.

        Raises:
            EnterpriseMoved: it was merged into another one.
        """
        found = self._session.get(
            Enterprise, enterprise_id, with_for_update=True, populate_existing=True
        )
        if found is not None and found.merged_into_id is not None:
            raise EnterpriseMoved(found.merged_into_id)
        return found

    def weigh(
        self,
        enterprise: Enterprise,
        typed: Mapping[ProfileField, str],
        *,
        shown: int,
        is_given_code: bool = False,
    ) -> Edit:
        """What an edit would do; the enterprise is held.

        `is_given_code`: it gets a tax code beside, so that it may go without a name.
        """
        profile = self._profiles.held(enterprise.id)
        current = values_of(profile) if profile is not None else dict(NOTHING)
        later = self._since(enterprise.id, shown)
        base = dict(current)
        for field, changes in later.items():
            base[field] = self._typed.kept(field, changes[0].before)
        reading = self._typed.read(typed, base)
        name = reading.values.get(ProfileField.NAME, current[ProfileField.NAME])
        if not (name or enterprise.tax_code or is_given_code):
            reading = nameless(reading)
        moved = {
            field: changes[-1] for field, changes in later.items() if current[field] != base[field]
        }
        conflicts = {
            field: change
            for field, change in moved.items()
            if field in reading.problems
            or (field in reading.values and reading.values[field] != current[field])
        }
        hers = {*conflicts, *reading.values}
        beside = {field: change for field, change in moved.items() if field not in hers}
        return Edit(reading, current, conflicts, beside)

    def write(
        self, enterprise: Enterprise, edit: Edit, *, by: WrittenBy, now: datetime
    ) -> EnterpriseProfile:
        """Writes a fit edit; opens the profile where there is none."""
        profile = self._profiles.open(enterprise, now=now)
        self._profiles.write(profile, edit.reading.values, by=by, now=now)
        return profile

    def _since(self, enterprise_id: int, shown: int) -> dict[ProfileField, list[ProfileChange]]:
        query = (
            select(ProfileChange)
            .where(
                ProfileChange.enterprise_id == enterprise_id,
                ProfileChange.id > shown,
                ProfileChange.field.in_(list(ProfileField)),
            )
            .options(joinedload(ProfileChange.officer))
            .order_by(ProfileChange.id)
        )
        found: dict[ProfileField, list[ProfileChange]] = {}
        for change in self._session.scalars(query):
            found.setdefault(ProfileField(change.field), []).append(change)
        return found
