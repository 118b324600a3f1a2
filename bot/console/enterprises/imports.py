"""Bringing a table of enterprises: looked at, chosen from, taken in, taken back."""

from collections.abc import Callable, Iterable, Sequence

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from bot.console.enterprises.import_choices import columns_chosen, rows_chosen
from bot.console.enterprises.import_template import template_file
from bot.console.enterprises.import_view import Shown, page_values
from bot.console.frame.downloads import table_to_keep
from bot.console.frame.forms import field, row_id, uploads
from bot.console.frame.gate import (
    InHouse,
    SignedIn,
    Submitted,
    Visitor,
    at_this_instant,
    requires,
)
from bot.console.frame.pages import pages_of, path_of
from bot.domain.clock import VIETNAM
from bot.domain.input.cleaning import clean_line
from bot.domain.input.lengths import FILE_NAME
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.enterprises.imports.checked_row import CheckedRow
from bot.services.enterprises.imports.checking import Checking
from bot.services.enterprises.imports.column import Column
from bot.services.enterprises.imports.heading import NAMING, heading_of
from bot.services.enterprises.imports.imports import (
    ImportRefused,
    ImportService,
    ImportState,
    checked_rows,
    columns_of,
)
from bot.services.enterprises.imports.place_reading import PlaceReading
from bot.services.enterprises.imports.row_reading import RowReading
from bot.services.enterprises.imports.sector_reading import SectorReading
from bot.services.enterprises.profiles import ProfileService
from bot.services.enterprises.tables.table import MOST_BYTES, Row, TableRefused
from bot.services.enterprises.tables.table_reading import read_sheets
from bot.storage.models import Officer, ProfileImport

router = APIRouter(
    prefix="/enterprises/imports",
    dependencies=[Depends(requires(Permission.IMPORT_ENTERPRISES))],
)

UNFIT, CONFLICT = 422, 409
LISTED = 30

Step = Callable[[Session, Officer], ProfileImport | Sequence[object] | None]


@router.get("", name="list_imports")
def list_imports(request: Request, house: InHouse, page: int = 1) -> Response:
    """What was brought so far, and the form to bring a table."""
    return _list(request, house, page=page)


@router.post("", name="begin_import")
def begin_import(request: Request, house: InHouse, visitor: SignedIn, form: Submitted) -> Response:
    """Looks a table through; nothing of it is in the register yet."""
    files = uploads(form, "file", limit=MOST_BYTES)
    if not files:
        return _list(request, house, problem="no_file")
    file = files[0]
    try:
        heading = heading_of(read_sheets(file.content))
    except TableRefused as refused:
        return _list(request, house, problem=refused.reason)
    rows = _read(house, heading.columns, heading.rows)
    with house.database.transaction() as session:
        officer, _ = at_this_instant(session, visitor)
        name = clean_line(file.name or "", FILE_NAME)
        found = ImportService(session).begin(name, heading, rows, officer, now=house.clock())
    return _to(request, found.id, "import_checked")


@router.get("/template", name="import_template")
def import_template(house: InHouse) -> Response:
    """An empty table with the titles that are understood, an example and what each means."""
    return table_to_keep(template_file(house), house.texts.say("enterprise.import_template_name"))


@router.get("/{import_id}", name="show_import")
def show_import(
    request: Request, house: InHouse, import_id: int, show: str = "", page: int = 1
) -> Response:
    """A table row by row: what it would do, or what it did."""
    return _page(request, house, import_id, Shown(show, page))


@router.post("/{import_id}/columns", name="choose_columns")
def choose_columns(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, import_id: int
) -> Response:
    """Reads the table again by what was chosen for its columns."""
    with house.database.reading() as session:
        found = _waiting(session, import_id)
        columns = columns_chosen(form, columns_of(found)) if found else []
        kept = [Row(row.number, row.cells) for row in checked_rows(found)] if found else []
    if found is None:
        return _page(request, house, import_id, Shown(), problem="applied")
    if not {column.use for column in columns} & NAMING:
        return _page(request, house, import_id, Shown(), problem="no_name")
    rows = _read(house, columns, kept)

    def step(session: Session, _officer: Officer) -> ProfileImport | None:
        return ImportService(session).read_again(import_id, columns, rows)

    return _take(request, house, visitor, import_id, step, done="import_read_again")


@router.post("/{import_id}/choices", name="choose_rows")
def choose_rows(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, import_id: int
) -> Response:
    """Keeps what was chosen on a page; the register stays as it is."""

    def step(session: Session, _officer: Officer) -> ProfileImport | None:
        return ImportService(session).choose(import_id, rows_chosen(form))

    shown = _shown(form)
    return _take(request, house, visitor, import_id, step, done="import_chosen", shown=shown)


@router.post("/{import_id}/apply", name="apply_import")
def apply_import(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, import_id: int
) -> Response:
    """Takes the rows in as they are chosen; a second press finds it done."""

    def step(session: Session, officer: Officer) -> Sequence[object] | None:
        service = ImportService(session)
        profiles = ProfileService(session, house.library.tables.sectors)
        service.choose(import_id, rows_chosen(form))
        return service.apply(import_id, officer, profiles, now=house.clock())

    return _take(request, house, visitor, import_id, step, done="import_applied")


@router.post("/{import_id}/undo", name="undo_import")
def undo_import(request: Request, house: InHouse, visitor: SignedIn, import_id: int) -> Response:
    """Takes an import back, once."""

    def step(session: Session, officer: Officer) -> Sequence[object] | None:
        profiles = ProfileService(session, house.library.tables.sectors)
        return ImportService(session).undo(import_id, officer, profiles, now=house.clock())

    return _take(request, house, visitor, import_id, step, done="import_undone")


@router.post("/{import_id}/discard", name="discard_import")
def discard_import(request: Request, house: InHouse, visitor: SignedIn, import_id: int) -> Response:
    """Forgets a table that was not taken in."""
    try:
        with house.database.transaction() as session:
            at_this_instant(session, visitor)
            if not ImportService(session).discard(import_id):
                raise HTTPException(404)
    except ImportRefused as refused:
        return _page(request, house, import_id, Shown(), problem=refused.reason)
    return RedirectResponse(f"{path_of(request, 'list_imports')}?done=import_discarded", 303)


def _read(house: House, columns: Sequence[Column], rows: Iterable[Row]) -> list[CheckedRow]:
    """Reads the rows and holds them against the register."""
    tables, kept = house.library.tables, list(rows)
    sectors = [row.cell(one.place) for one in columns if one.use == "sector" for row in kept]
    reading = RowReading(
        columns,
        PlaceReading(tables.places),
        SectorReading(tables.sectors, sectors),
        today=house.clock().astimezone(VIETNAM).date(),
    )
    checked = [CheckedRow(reading.read(row), list(row.cells)) for row in kept]
    with house.database.reading() as session:
        return Checking(session, columns).check(checked)


def _take(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    import_id: int,
    step: Step,
    *,
    done: str,
    shown: Shown = Shown(),  # noqa: B008  (frozen)
) -> Response:
    """Takes a step in one transaction and shows the table again.

    A step is refused before it touches the register; what was chosen with it is kept.
    """
    problem = ""
    with house.database.transaction() as session:
        officer, _ = at_this_instant(session, visitor)
        try:
            if step(session, officer) is None:
                raise HTTPException(404)
        except ImportRefused as refused:
            problem = refused.reason
    if problem:
        return _page(request, house, import_id, shown, problem=problem)
    return _to(request, import_id, done, shown)


def _waiting(session: Session, import_id: int) -> ProfileImport | None:
    found = ImportService(session).get(import_id)
    if found is None:
        raise HTTPException(404)
    return found if found.state == ImportState.CHECKED else None


def _shown(form: FormData) -> Shown:
    return Shown(field(form, "show"), row_id(form, "page") or 1)


def _to(request: Request, import_id: int, done: str, shown: Shown = Shown()) -> Response:  # noqa: B008
    target = path_of(request, "show_import", import_id=import_id)
    return RedirectResponse(f"{target}?{shown.query}done={done}", status_code=303)


def _page(
    request: Request, house: House, import_id: int, shown: Shown, *, problem: str = ""
) -> Response:
    with house.database.reading() as session:
        found = ImportService(session).get(import_id)
        if found is None:
            raise HTTPException(404)
        values = page_values(house, found, shown)
    return pages_of(request).page(
        request,
        "import.html",
        status=CONFLICT if problem else 200,
        problem=problem,
        **values,
    )


def _list(request: Request, house: House, *, page: int = 1, problem: str = "") -> Response:
    with house.database.reading() as session:
        service = ImportService(session)
        pages = max(1, -(-service.count() // LISTED))
        number = min(max(page, 1), pages)
        imports = service.page(limit=LISTED, offset=(number - 1) * LISTED)
    return pages_of(request).page(
        request,
        "imports.html",
        status=UNFIT if problem else 200,
        problem=problem,
        imports=imports,
        page=number,
        pages=pages,
    )
