"""What the register holds of many enterprises at once: by tax code, by name, by id."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import ProfileField, Value
from bot.services.enterprises.merges import name_key
from bot.services.enterprises.typed_fields import NOTHING
from bot.storage.models import Enterprise, EnterpriseProfile, ProfileContact

T = TypeVar("T")

MOST_AT_ONCE = 500
"""Values in one question to the database: SQLite knows a limit."""

_COLUMNS = tuple(getattr(EnterpriseProfile, one) for one in ProfileField)


@dataclass(frozen=True)
class Held:
    """An enterprise with its values; those of nothing where it has no profile."""

    id: int
    code: str
    name: str
    values: Mapping[ProfileField, Value] = field(default_factory=lambda: NOTHING)

    @property
    def title(self) -> str:
        """What it is called: a name, else its tax code."""
        return str(self.values[ProfileField.NAME] or self.name or self.code)

    @property
    def commune(self) -> str:
        """Where it is; empty where nobody said."""
        return str(self.values[ProfileField.COMMUNE] or "")


class KnownEnterprises:
    """Looks up the enterprises of many rows; those merged into another count as that one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_codes(self, codes: Iterable[str]) -> dict[str, Held]:
        """The enterprises of tax codes."""
        ids: dict[str, int] = {}
        for some in in_parts(codes):
            query = select(Enterprise.tax_code, Enterprise.id, Enterprise.merged_into_id)
            for row in self._session.execute(query.where(Enterprise.tax_code.in_(some))):
                ids[row.tax_code] = row.merged_into_id or row.id
        held = self.by_ids(ids.values())
        return {code: held[id_] for code, id_ in ids.items() if id_ in held}

    def by_ids(self, ids: Iterable[int]) -> dict[int, Held]:
        """The enterprises of ids, without those that were merged into another."""
        found: dict[int, Held] = {}
        for some in in_parts(set(ids)):
            query = (
                select(Enterprise.id, Enterprise.tax_code, Enterprise.name.label("key"), *_COLUMNS)
                .outerjoin(EnterpriseProfile, EnterpriseProfile.enterprise_id == Enterprise.id)
                .where(Enterprise.id.in_(some), Enterprise.merged_into_id.is_(None))
            )
            for id_, code, name, *values in self._session.execute(query):
                found[id_] = Held(id_, code or "", name, _values(values))
        return found

    def by_names(self, names: Iterable[str]) -> dict[str, list[Held]]:
        """The enterprises of names, by `merges.name_key`, oldest first."""
        wanted = {name_key(name) for name in names}
        if not wanted:
            return {}
        query = (
            select(Enterprise.id, Enterprise.name, EnterpriseProfile.name)
            .outerjoin(EnterpriseProfile, EnterpriseProfile.enterprise_id == Enterprise.id)
            .where(Enterprise.merged_into_id.is_(None))
        )
        keys = {
            id_: key
            for id_, own, name in self._session.execute(query)
            if (key := name_key(name or own)) in wanted
        }
        held = self.by_ids(keys)
        found: defaultdict[str, list[Held]] = defaultdict(list)
        for id_, key in sorted(keys.items()):
            if id_ in held:
                found[key].append(held[id_])
        return found

    def people(self, ids: Iterable[int]) -> dict[int, list[ProfileContact]]:
        """The people that are noted, by enterprise."""
        found: defaultdict[int, list[ProfileContact]] = defaultdict(list)
        for some in in_parts(set(ids)):
            query = select(ProfileContact).where(ProfileContact.enterprise_id.in_(some))
            for person in self._session.scalars(query.order_by(ProfileContact.id)):
                found[person.enterprise_id].append(person)
        return found


def may_be_one(commune: str, other: str) -> bool:
    """Whether two of one name may be one: not in two communes."""
    return not commune or not other or commune == other


def in_parts(values: Iterable[T], size: int = MOST_AT_ONCE) -> Iterator[list[T]]:
    """The values in lists that one question to the database can hold."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


def _values(row: Iterable[Value]) -> dict[ProfileField, Value]:
    """Of a row without a profile every column is None."""
    pairs = zip(ProfileField, row, strict=True)
    return {one: NOTHING[one] if value is None else value for one, value in pairs}
