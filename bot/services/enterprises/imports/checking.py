"""Holds the rows of a table against the register: who is known, who may be, who is new."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import FieldProblem, ProfileField, legal_form_in
from bot.services.enterprises.imports.checked_row import CheckedRow, Known, RowKind
from bot.services.enterprises.imports.column import Beside, Column
from bot.services.enterprises.imports.known_enterprises import (
    Held,
    KnownEnterprises,
    may_be_one,
)
from bot.services.enterprises.imports.read_row import Person, ReadRow, Remark, Values
from bot.services.enterprises.merges import name_key
from bot.storage.models import ProfileContact

CODE_TWICE = "tax_code_twice"
FORM_BY_NAME = "form_by_name"

MOST_OTHERS = 20
"""Enterprises of one name that a row may be: a name that more have says nothing."""


class Checking:
    """Checks the rows of one table."""

    def __init__(self, session: Session, columns: Sequence[Column]) -> None:
        self._known = KnownEnterprises(session)
        self._places = {one.use: one.place for one in columns if one.use}

    def check(self, rows: Iterable[CheckedRow]) -> list[CheckedRow]:
        """The rows, each with what it is to the register."""
        checked = list(rows)
        self._mark_codes_twice(checked)
        fit = [row for row in checked if not row.read.faults]
        by_code = self._known.by_codes({row.read.code for row in fit if row.read.code})
        by_name = self._known.by_names({row.read.name for row in fit if not row.read.code})
        taken: dict[int, int] = {}
        for row in fit:
            if row.read.code in by_code:
                self._is_known(row, by_code[row.read.code], taken)
            elif not row.read.name:
                place = self._places.get(ProfileField.NAME, self._places.get(Beside.TAX_CODE, 0))
                row.read.faults.append(Remark(place, FieldProblem.MISSING, ""))
            elif not row.read.code:
                self._may_be(row, by_name.get(name_key(row.read.name), []))
        self._mark_twins(row for row in fit if row.kind is not RowKind.KNOWN)
        self._compare_people(fit)
        for row in checked:
            if row.read.faults:
                row.kind = RowKind.WRONG
            elif row.kind is RowKind.NEW:
                self._take_form_from_name(row.read)
            elif row.kind is RowKind.KNOWN and not changes(row.read.values, row.to):
                row.kind = RowKind.KNOWN if row.adds_person else RowKind.SAME
        return checked

    def _mark_codes_twice(self, rows: Sequence[CheckedRow]) -> None:
        first: dict[str, int] = {}
        for row in rows:
            code = row.read.code
            if code and first.setdefault(code, row.number) != row.number:
                self._add_twice(row, first[code])

    def _add_twice(self, row: CheckedRow, first: int) -> None:
        place = self._places[Beside.TAX_CODE]
        row.read.faults.append(Remark(place, CODE_TWICE, row.read.code, str(first)))

    def _is_known(self, row: CheckedRow, held: Held, taken: dict[int, int]) -> None:
        row.kind, row.to = RowKind.KNOWN, known(held, row.read.values)
        if taken.setdefault(held.id, row.number) != row.number:
            # Two codes of which one was merged into the other.
            self._add_twice(row, taken[held.id])

    def _may_be(self, row: CheckedRow, others: Sequence[Held]) -> None:
        commune = str(row.read.values.get(ProfileField.COMMUNE) or "")
        row.others = [
            known(one, row.read.values) for one in others if may_be_one(commune, one.commune)
        ][:MOST_OTHERS]
        if row.others:
            row.kind = RowKind.ALIKE

    def _mark_twins(self, rows: Iterable[CheckedRow]) -> None:
        """Two rows of one name without a code may be one enterprise that stands there twice."""
        above: dict[str, list[CheckedRow]] = {}
        for row in rows:
            if row.read.code or not row.read.name:
                continue
            same = above.setdefault(name_key(row.read.name), [])
            twin = next((one for one in same if may_be_one(_commune(one), _commune(row))), None)
            if twin is not None:
                row.kind, row.twin = RowKind.ALIKE, twin.number
            same.append(row)

    def _compare_people(self, rows: Sequence[CheckedRow]) -> None:
        ids = [row.to.id for row in rows if row.to is not None and row.read.person.is_named]
        people = self._known.people(ids)
        for row in rows:
            there = people.get(row.to.id, []) if row.to is not None else []
            row.adds_person = row.read.person.is_named and not is_noted(row.read.person, there)

    def _take_form_from_name(self, read: ReadRow) -> None:
        form = legal_form_in(read.name)
        if form is not None and ProfileField.LEGAL_FORM not in read.values:
            place = self._places.get(ProfileField.NAME, 0)
            read.values[ProfileField.LEGAL_FORM] = form
            read.notes.append(Remark(place, FORM_BY_NAME, read.name, form))


def known(held: Held, values: Values) -> Known:
    """An enterprise with its values in the fields that a row fills."""
    return Known(held.id, held.title, held.code, {one: held.values[one] for one in values})


def changes(values: Values, known: Known | None) -> dict[ProfileField, object]:
    """What a row would change."""
    was: Mapping[ProfileField, object] = known.was if known is not None else {}
    return {one: value for one, value in values.items() if was.get(one) != value}


def is_noted(person: Person, there: Iterable[ProfileContact]) -> bool:
    """Whether a person is among those that are noted; by her name alone where it is all we have."""
    return any(
        (person.phone and person.phone == one.phone)
        or (person.email and person.email.lower() == one.email.lower())
        or (not (person.phone or person.email) and name_key(person.name) == name_key(one.name))
        for one in there
    )


def _commune(row: CheckedRow) -> str:
    return str(row.read.values.get(ProfileField.COMMUNE) or "")
