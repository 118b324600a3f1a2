"""Reads the cells of a row, each by what its column holds."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain.enterprise.email import emails_in
from bot.domain.enterprise.profile import (
    NUMBERS,
    LegalForm,
    Ownership,
    ProfileField,
    Unreadable,
    Value,
    legal_form_in,
    read_field,
)
from bot.domain.enterprise.reach import typed_phones
from bot.domain.input.cleaning import clean_line
from bot.domain.input.lengths import CONTACT_ROLE, PERSON_NAME, PHONE
from bot.domain.text.plain import folded, plain
from bot.services.enterprises.imports.column import Beside, Column, unit_in
from bot.services.enterprises.imports.place_reading import PlaceReading
from bot.services.enterprises.imports.read_row import ReadRow, Remark
from bot.services.enterprises.imports.sector_reading import SectorReading
from bot.services.enterprises.imports.typed_code import code_in
from bot.services.enterprises.tables.table import CELL_LENGTH, Cell, Row

LONGEST_TYPED = 80
"""Characters of a cell that a remark repeats."""

_NOTHING = re.compile(r"[-–—./\s]*")
"""How tables write that there is nothing."""

_BARE_NUMBER = re.compile(r"[\d.,\s\xa0]+")
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[\s\xa0](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LOST_ZERO = re.compile(r"[235789]\d{8,9}")
"""A phone number of which a spreadsheet took the first zero."""

_THOUSANDS = 3
_DECIMALS = 6


class RowReading:
    """Reads the rows of one table."""

    def __init__(
        self,
        columns: Sequence[Column],
        places: PlaceReading,
        sectors: SectorReading,
        *,
        today: date,
    ) -> None:
        self._columns = [one for one in columns if one.use and one.use != Beside.PASSED]
        self._places = places
        self._sectors = sectors
        self._today = today
        self._year = _year_of_titles(self._columns)
        self._readers: Mapping[str, Callable[[ReadRow, Column, Cell], None]] = {
            Beside.FOREIGN: self._foreign,
            Beside.PERSON: self._person,
            Beside.ROLE: self._role,
            Beside.PHONE: self._phone,
            Beside.EMAIL: self._email,
            ProfileField.SECTOR: self._sector,
        }

    def read(self, row: Row) -> ReadRow:
        """What a row says."""
        found = ReadRow(row.number)
        cells = {
            one.use: (one, cell)
            for one in self._columns
            if (cell := row.cell(one.place)) != "" and not _NOTHING.fullmatch(str(cell))
        }
        for use, (column, cell) in cells.items():
            if use in self._readers:
                self._readers[use](found, column, cell)
            elif use in set(ProfileField) and use not in self._places.FIELDS:
                self._field(found, column, cell)
        self._places.read(found, {use: (one, _text(cell)) for use, (one, cell) in cells.items()})
        if Beside.TAX_CODE in cells:
            self._code(found, *cells[Beside.TAX_CODE])
        found.faults.sort(key=lambda fault: fault.place)
        figures = found.values.keys() & (NUMBERS - {ProfileField.FIGURES_YEAR})
        if self._year and figures:
            found.values.setdefault(ProfileField.FIGURES_YEAR, self._year)
        return found

    def _field(self, row: ReadRow, column: Column, cell: Cell) -> None:
        field = ProfileField(column.use)
        value = read_field(field, _typed(field, column, cell), this_year=self._today.year)
        if isinstance(value, Unreadable):
            row.faults.append(_remark(column, cell, value.problem))
        elif value not in ("", None):
            row.values[field] = value

    def _code(self, row: ReadRow, column: Column, cell: Cell) -> None:
        form = row.values.get(ProfileField.LEGAL_FORM) or legal_form_in(row.name)
        found = code_in(cell, today=self._today, is_personal=form == LegalForm.HOUSEHOLD)
        row.code = found.code
        if found.fault:
            row.faults.append(_remark(column, cell, found.fault))
        elif found.is_mended:
            row.notes.append(_remark(column, cell, "tax_code_mended", found.code))

    def _sector(self, row: ReadRow, column: Column, cell: Cell) -> None:
        found = self._sectors.read(_text(cell))
        if found.code:
            row.values[ProfileField.SECTOR] = found.code
        else:
            fault = "sector_twice" if found.candidates else "sector"
            row.faults.append(_remark(column, cell, fault, ", ".join(found.candidates)))

    def _foreign(self, row: ReadRow, column: Column, cell: Cell) -> None:
        said = read_field(ProfileField.EXPORTS, _text(cell), this_year=self._today.year)
        if isinstance(said, Unreadable):
            said = _is_share(cell)
        if said is None:
            row.faults.append(_remark(column, cell, "choice"))
        elif said:
            row.values.setdefault(ProfileField.OWNERSHIP, Ownership.FOREIGN)

    def _person(self, row: ReadRow, column: Column, cell: Cell) -> None:
        name = clean_line(_text(cell), CELL_LENGTH)
        if len(name) > PERSON_NAME:
            row.faults.append(_remark(column, cell, "long"))
        else:
            row.person = replace(row.person, name=name)

    def _role(self, row: ReadRow, column: Column, cell: Cell) -> None:
        role = clean_line(_text(cell), CELL_LENGTH)
        if len(role) > CONTACT_ROLE:
            row.faults.append(_remark(column, cell, "long"))
        else:
            row.person = replace(row.person, role=role)

    def _phone(self, row: ReadRow, column: Column, cell: Cell) -> None:
        said = _text(cell)
        if _LOST_ZERO.fullmatch(said):
            said = f"0{said}"
        numbers = list(dict.fromkeys(one.number for one in typed_phones(said)))
        if not numbers or len(numbers[0]) > PHONE:
            row.faults.append(_remark(column, cell, "phone"))
            return
        row.person = replace(row.person, phone=numbers[0])
        if len(numbers) > 1:
            row.notes.append(_remark(column, cell, "first_phone", numbers[0]))

    def _email(self, row: ReadRow, column: Column, cell: Cell) -> None:
        found = [one.address for one in emails_in(clean_line(_text(cell), CELL_LENGTH))]
        if not found or None in found:
            row.faults.append(_remark(column, cell, "email"))
            return
        row.person = replace(row.person, email=found[0] or "")
        if len(set(found)) > 1:
            row.notes.append(_remark(column, cell, "first_email", found[0] or ""))


def _year_of_titles(columns: Sequence[Column]) -> int | None:
    """The one year that the titles of figures name, where no column holds it."""
    if any(one.use == ProfileField.FIGURES_YEAR for one in columns):
        return None
    years = {one.year for one in columns if one.use in NUMBERS and one.year}
    return years.pop() if len(years) == 1 else None


def _typed(field: ProfileField, column: Column, cell: Cell) -> str:
    """The words that `read_field` reads."""
    if field is ProfileField.FIGURES_YEAR:
        years = set(_YEAR.findall(_text(cell)))
        return years.pop() if len(years) == 1 else _text(cell)
    if field not in NUMBERS:
        return _text(cell)
    said = _text(cell)
    if not isinstance(cell, str) or _BARE_NUMBER.fullmatch(said):
        said = _BETWEEN_THOUSANDS.sub("", said)
    is_bare = column.is_money and not unit_in(said)
    return f"{said} {column.unit}".strip() if is_bare else said


def _text(cell: Cell) -> str:
    """A cell as a person would type it."""
    if isinstance(cell, bool):
        return "co" if cell else "khong"
    if not isinstance(cell, float):
        return str(cell)
    whole, _, rest = format(round(Decimal(repr(cell)), _DECIMALS).normalize(), "f").partition(".")
    # Three digits behind a comma would be thousands.
    return f"{whole},{rest.ljust(_THOUSANDS + 1, '0')}" if rest else whole


def _is_share(cell: Cell) -> Value:
    """Whether a share of foreign capital is more than nothing; None where it is no share."""
    if not isinstance(cell, str):
        return bool(cell)
    said = folded(cell).replace("%", "").strip()
    if re.search(r"\b(?:fdi|nuoc ngoai)\b", plain(cell)):
        return True
    return float(said) > 0 if said.isdigit() else None


def _remark(column: Column, cell: Cell, code: str, more: str = "") -> Remark:
    return Remark(column.place, str(code), clean_line(_text(cell), LONGEST_TYPED), more)
