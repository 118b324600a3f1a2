"""The register as a list, and as a table to take away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from bot.console.frame.downloads import table_to_keep
from bot.console.frame.gate import InHouse, SignedIn, Visitor, requires
from bot.console.frame.pages import pages_of
from bot.domain.enterprise.profile import MILLION, MONEY, Ownership, ProfileField, Value
from bot.domain.enterprise.size_class import SizeClass
from bot.domain.input.cleaning import clean_line
from bot.domain.office.roles import Permission
from bot.services.enterprises.enterprise_list import (
    EnterpriseFilter,
    EnterpriseList,
    ListedEnterprise,
    Order,
)
from bot.services.enterprises.profile_words import ProfileWords
from bot.table_file import Cell, table_file
from bot.texts.filters import day

router = APIRouter(
    prefix="/enterprises", dependencies=[Depends(requires(Permission.SEE_ENTERPRISES))]
)

PAGE_SIZE = 50
LONGEST_SEARCH = 200


EXPORTS: Mapping[str, bool] = {"yes": True, "no": False}


@dataclass(frozen=True)
class Wish:
    """What the address of the list asks for; odd values narrow nothing."""

    tab: str
    order: Order
    page: int
    text: str
    sector: str
    province: str
    commune: str
    size: str
    ownership: str
    exports: str
    run: bool
    open: bool

    def filter(self, visitor: Visitor) -> EnterpriseFilter:
        """The wish within what the visitor may see."""
        return EnterpriseFilter(
            text=self.text,
            sector=self.sector,
            province=self.province,
            commune=self.commune,
            size=self.size,
            ownership=self.ownership,
            exports=EXPORTS.get(self.exports),
            has_run=self.run,
            has_open_request=self.open,
            sees_runs=visitor.may(Permission.SEE_ASSESSMENTS),
        )

    @property
    def narrows(self) -> bool:
        """Whether more is asked for than everything."""
        return bool(self.text) or self.is_filtered

    @property
    def is_filtered(self) -> bool:
        """Whether anything beside the words is chosen."""
        chosen = (self.sector, self.province, self.commune, self.size, self.ownership, self.exports)
        return any(chosen) or self.run or self.open

    def address(self, **changes: str | int | bool) -> str:
        """The query of the same list with some things changed; starts again at page 1."""
        values: dict[str, str | int | bool] = {
            "tab": "" if self.tab == "profiles" else self.tab,
            "order": "" if self.order is Order.NAME else self.order,
            "q": self.text,
            "sector": self.sector,
            "province": self.province,
            "commune": self.commune,
            "size": self.size,
            "ownership": self.ownership,
            "exports": self.exports,
            "run": self.run,
            "open": self.open,
        }
        said = {
            name: "1" if value is True else value
            for name, value in (values | changes).items()
            if value
        }
        return f"?{urlencode(said)}"


def _wish(  # noqa: PLR0913  (each is one part of the address)
    house: InHouse,
    *,
    tab: str = "",
    order: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    q: str = "",
    sector: str = "",
    province: str = "",
    commune: str = "",
    size: str = "",
    ownership: str = "",
    exports: str = "",
    run: str = "",
    open: str = "",  # noqa: A002  (as it stands in the address)
) -> Wish:
    tables = house.library.tables
    return Wish(
        tab="unopened" if tab == "unopened" else "profiles",
        order=Order.CHANGED if order == Order.CHANGED else Order.NAME,
        page=page,
        text=clean_line(q, LONGEST_SEARCH),
        sector=sector if tables.sectors.sector(sector) else "",
        province=province if tables.places.province(province) else "",
        commune=commune if tables.places.commune(commune) else "",
        size=size if size in set(SizeClass) else "",
        ownership=ownership if ownership in set(Ownership) else "",
        exports=exports if exports in EXPORTS else "",
        run=run == "1",
        open=open == "1",
    )


Wished = Annotated[Wish, Depends(_wish)]


@router.get("", name="list_enterprises")
def list_enterprises(request: Request, house: InHouse, visitor: SignedIn, wish: Wished) -> Response:
    """The enterprises of the register, or those that owners named and nobody has opened."""
    wanted = wish.filter(visitor)
    offset = (wish.page - 1) * PAGE_SIZE
    with house.database.reading() as session:
        listing = EnterpriseList(session)
        if wish.tab == "profiles":
            rows = listing.page(wanted, wish.order, limit=PAGE_SIZE, offset=offset)
            is_whole = wish.page == 1 and len(rows) < PAGE_SIZE
            count = len(rows) if is_whole else listing.count(wanted)
            others = listing.count_without_profile()
            numbers = {"profiles": count, "unopened": others}
        else:
            rows = listing.page_without_profile(wish.text, limit=PAGE_SIZE, offset=offset)
            count = listing.count_without_profile(wish.text)
            numbers = {"profiles": listing.count(EnterpriseFilter()), "unopened": count}
        last = listing.last(rows, sees_runs=wanted.sees_runs)
        provinces = listing.provinces()
    tables = house.library.tables
    return pages_of(request).page(
        request,
        "enterprises.html",
        wish=wish,
        rows=rows,
        last=last,
        numbers=numbers,
        total=count,
        pages=max(1, -(-count // PAGE_SIZE)),
        profile_words=ProfileWords(house.texts, tables.places, tables.sectors),
        places=tables.places,
        provinces=provinces,
        sectors=tables.sectors,
        sizes=list(SizeClass),
        ownerships=list(Ownership),
    )


@router.get("/table", name="enterprise_table")
def enterprise_table(house: InHouse, visitor: SignedIn, wish: Wished) -> Response:
    """The profiles of the filtered list as an Excel file, with all their fields."""
    with house.database.reading() as session:
        rows = EnterpriseList(session).everything(wish.filter(visitor), wish.order)
    tables = house.library.tables
    words = ProfileWords(house.texts, tables.places, tables.sectors)
    heads = [
        words.title("tax_code"),
        *(words.head(field) for field in ProfileField),
        words.title("size_class"),
        house.texts.say("enterprise.table_changed"),
    ]
    table = table_file(heads, [_cells(words, row) for row in rows])
    return table_to_keep(table, house.texts.say("enterprise.table_name"))


def _cells(words: ProfileWords, row: ListedEnterprise) -> list[Cell]:
    profile = row.profile
    if profile is None:
        return []
    values: dict[ProfileField, Value] = {field: getattr(profile, field) for field in ProfileField}
    return [
        row.enterprise.tax_code or "",
        *(_cell(words, field, value) for field, value in values.items()),
        words.size(profile.size_class),
        day(profile.updated_at),
    ]


def _cell(words: ProfileWords, field: ProfileField, value: Value) -> Cell:
    """A number as one, money in million đồng, everything else in words."""
    if value is None or value == "":
        return ""
    if field in MONEY:
        return int(value) / MILLION
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return words.shown(field, value)
