"""Where the titles of a table stand, and which rows below them are enterprises."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.enterprise.profile import ProfileField
from bot.domain.text.plain import plain
from bot.services.enterprises.imports.column import Beside, Column, MoneyUnit, column_of, unit_in
from bot.services.enterprises.tables.table import MOST_ROWS, Row, Sheet, TableRefused

ROWS_ABOVE = 30
"""So deep the titles may lie: names of offices and of the list stand above them."""

FEWEST_KNOWN = 2
NAMING = frozenset({ProfileField.NAME, Beside.TAX_CODE})
"""One of the two says whose row it is."""

_UNIT_ABOVE = re.compile(r"\b(?:don vi(?: tinh)?|dvt)\b(.*)")
_TOTAL = re.compile(r"(?:tong(?: cong| so)?|cong)(?: (?:so|toan|ca|doanh nghiep|dn|co so|\d).*)?")
_EXAMPLE = re.compile(r"vi du\b.*")
_COUNTED = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?", re.IGNORECASE)
_FEWEST_COUNTED = 3
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Passed:
    """A row that is no enterprise. `why`: total, group, example, counts, heads."""

    number: int
    why: str


@dataclass(frozen=True)
class Heading:
    """The table of a sheet: its columns, its rows, and those that were passed over."""

    sheet: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    passed: Sequence[Passed]


def heading_of(sheets: Sequence[Sheet]) -> Heading:
    """The table of the first sheet whose titles are understood.

    Raises:
        TableRefused: heads, none is; no_rows, nothing stands below; rows, too much does.
    """
    for sheet in sheets:
        found = _best_head(sheet.rows)
        if found is None:
            continue
        columns, below = found
        rows, passed = _sorted_out(columns, sheet.rows[below:], sheet.rows[below - 1])
        if not rows:
            continue
        if len(rows) > MOST_ROWS:
            raise TableRefused("rows")
        unit = _unit_above(sheet.rows[:below])
        return Heading(sheet.name, [_with_unit(one, unit) for one in columns], rows, passed)
    raise TableRefused("no_rows" if any(_best_head(sheet.rows) for sheet in sheets) else "heads")


def once_each(columns: Sequence[Column]) -> list[Column]:
    """Each thing read from one column alone: that of the newest year, or the first."""
    chosen: dict[str, Column] = {}
    for one in columns:
        before = chosen.get(one.use)
        if before is None or (one.year or 0) > (before.year or 0):
            chosen[one.use] = one
    return [
        one if one.use == Beside.PASSED or chosen[one.use] is one else replace(one, use="", unit="")
        for one in columns
    ]


def _best_head(rows: Sequence[Row]) -> tuple[list[Column], int] | None:
    """The columns by the row of titles that says most, and how many rows it and those above are."""
    best: tuple[int, list[Column], int] | None = None
    for place, row in enumerate(rows[:ROWS_ABOVE]):
        columns = [column_of(one, str(cell)) for one, cell in row.filled]
        uses = {one.use for one in columns if one.is_known}
        if not uses & NAMING or len(uses - {Beside.PASSED}) < FEWEST_KNOWN:
            continue
        if best is None or len(uses) > best[0]:
            best = (len(uses), columns, place + 1)
    if best is None:
        return None
    _, columns, below = best
    second = _second_line(columns, rows[below]) if below < len(rows) else None
    return (once_each(second), below + 1) if second else (once_each(columns), below)


def _second_line(columns: Sequence[Column], row: Row) -> list[Column] | None:
    """The columns where the next row names the parts of titles above it; else None."""
    above = {one.place: one for one in columns}
    naming = [one.place for one in columns if one.use in NAMING]
    cells = dict(row.filled)
    if any(place in cells for place in naming):
        return None
    if any(not isinstance(cell, str) and not _YEAR.fullmatch(str(cell)) for cell in cells.values()):
        return None
    merged = dict(above)
    for place, cell in cells.items():
        group = above.get(place) or _group_before(above, cells, place)
        merged[place] = _part(place, group, str(cell))
    is_understood = any(merged[place].is_known for place in cells)
    return [merged[place] for place in sorted(merged)] if is_understood else None


def _group_before(
    above: Mapping[int, Column], cells: Mapping[int, object], place: int
) -> Column | None:
    """The title to the left that was merged over this column."""
    before = [one for one in above if one < place]
    return above[max(before)] if before and max(before) in cells else None


def _part(place: int, group: Column | None, title: str) -> Column:
    own = column_of(place, title)
    if group is None or own.is_known:
        return own
    return column_of(place, f"{group.title} {title}")


def _sorted_out(
    columns: Sequence[Column], rows: Sequence[Row], head: Row
) -> tuple[list[Row], list[Passed]]:
    kept: list[Row] = []
    passed: list[Passed] = []
    for row in rows:
        why = _why_passed(columns, row, head, is_first=not kept)
        if why:
            passed.append(Passed(row.number, why))
        else:
            kept.append(row)
    return kept, passed


def _why_passed(columns: Sequence[Column], row: Row, head: Row, *, is_first: bool) -> str:
    cells = list(row.filled)
    words = [plain(str(cell)) for _, cell in cells]
    named = [place for place, _ in cells if place in _naming_places(columns)]
    if is_first and len(cells) >= _FEWEST_COUNTED and all(map(_is_count, cells)):
        return "counts"
    if list(head.cells) == list(row.cells):
        return "heads"
    if _has_code(columns, row):
        return "example" if any(map(_EXAMPLE.fullmatch, _names(columns, row))) else ""
    if _TOTAL.fullmatch(words[0]) or any(map(_TOTAL.fullmatch, _names(columns, row))):
        return "total"
    if any(map(_EXAMPLE.fullmatch, _names(columns, row))):
        return "example"
    return "group" if len(cells) == 1 and not named else ""


def _is_count(cell: tuple[int, object]) -> bool:
    return _COUNTED.fullmatch(str(cell[1]).strip()) is not None


def _naming_places(columns: Sequence[Column]) -> set[int]:
    return {one.place for one in columns if one.use in NAMING}


def _has_code(columns: Sequence[Column], row: Row) -> bool:
    return any(one.use == Beside.TAX_CODE and row.cell(one.place) != "" for one in columns)


def _names(columns: Sequence[Column], row: Row) -> Iterator[str]:
    for one in columns:
        if one.use == ProfileField.NAME:
            yield plain(str(row.cell(one.place)))


def _unit_above(rows: Sequence[Row]) -> MoneyUnit:
    """The unit that is said once for the whole table: “Đơn vị tính: triệu đồng”."""
    for row in rows:
        for _, cell in row.filled:
            said = _UNIT_ABOVE.search(plain(str(cell)))
            if said and (unit := unit_in(said[1])):
                return unit
    return MoneyUnit.UNSAID


def _with_unit(column: Column, unit: MoneyUnit) -> Column:
    return replace(column, unit=unit) if column.is_money and not column.unit else column
