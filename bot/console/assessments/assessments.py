"""What owners' self-assessments come to: by assessment, by part, run by run."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy.orm import Session

from bot.console.frame.downloads import table_to_keep
from bot.console.frame.gate import InHouse, requires
from bot.console.frame.pages import pages_of
from bot.domain.assessments.assessment import Assessment
from bot.domain.enterprise.size_class import SizeClass
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.assessments.figures import PAGE_SIZE, AssessmentFigures, FinishedRun, Slice
from bot.services.enterprises.profile_words import ProfileWords
from bot.table_file import Cell, table_file
from bot.texts.filters import day

router = APIRouter(
    prefix="/assessments", dependencies=[Depends(requires(Permission.SEE_ASSESSMENTS))]
)

PERIODS = {"30": 30, "90": 90, "365": 365, "all": None}
"""Days behind, by their name in an address; all where none."""

DEFAULT_PERIOD = "90"


@dataclass(frozen=True)
class Wish:
    """What the address of a page asks for; odd values narrow nothing."""

    period: str
    slice: Slice

    @property
    def narrowed(self) -> str:
        """The end of an address that keeps the slice."""
        given = {"sector": self.slice.sector, "commune": self.slice.commune}
        given["size"] = self.slice.size
        named = {name: value for name, value in given.items() if value}
        return f"&{urlencode(named)}" if named else ""

    @property
    def address(self) -> str:
        """The end of an address that keeps all of it."""
        return f"?period={self.period}{self.narrowed}"


def wish_of(
    house: InHouse,
    period: str = DEFAULT_PERIOD,
    sector: str = "",
    commune: str = "",
    size: str = "",
) -> Wish:
    """The wish of an address, as far as the knowledge base knows what it names."""
    tables = house.library.tables
    narrowed = Slice(
        sector=sector if tables.sectors.sector(sector) is not None else "",
        commune=commune if tables.places.commune(commune) is not None else "",
        size=size if size in set(SizeClass) else "",
    )
    return Wish(period if period in PERIODS else DEFAULT_PERIOD, narrowed)


Wished = Annotated[Wish, Depends(wish_of)]


@router.get("", name="list_assessments")
def list_assessments(request: Request, house: InHouse, wish: Wished) -> Response:
    """Every assessment with how often it was begun and finished, and its mean."""
    with house.database.reading() as session:
        rows = _figures(session, house, wish).taken()
    return pages_of(request).page(request, "assessments.html", rows=rows, **_shown(house, wish))


@router.get("/{assessment}", name="show_assessment")
def show_assessment(
    request: Request, house: InHouse, assessment: str, wish: Wished, page: int = 1
) -> Response:
    """One assessment: its levels, the mean of each part, and the runs behind them."""
    found = _known(house, assessment)
    with house.database.reading() as session:
        figures = _figures(session, house, wish)
        count = figures.count(found)
        pages = max(1, -(-count // PAGE_SIZE))
        shown = min(max(page, 1), pages)
        return pages_of(request).page(
            request,
            "assessment.html",
            assessment=found,
            levels=figures.levels(found),
            dimensions=figures.dimensions(found),
            runs=figures.runs(found, page=shown),
            finished=count,
            page=shown,
            pages=pages,
            **_shown(house, wish),
        )


@router.get("/{assessment}/table", name="assessment_table")
def assessment_table(house: InHouse, assessment: str, wish: Wished) -> Response:
    """The finished runs as an Excel file, a row each."""
    found = _known(house, assessment)
    with house.database.reading() as session:
        figures = _figures(session, house, wish)
        say = house.texts.say
        rows = [
            _row(found, run, say(f"assessment.channel_{run.channel}"))
            for run in figures.every_run(found)
        ]
    heads = [
        *(say(f"assessment.table_{name}") for name in COLUMNS),
        *(dimension.title for dimension in found.dimensions if dimension.is_scored),
    ]
    return table_to_keep(table_file(heads, rows), say("assessment.table_name", id=found.id))


COLUMNS = ("finished", "version", "percent", "level", "channel", "request", "enterprise")


def _row(assessment: Assessment, run: FinishedRun, channel: str) -> list[Cell]:
    attempt = run.attempt
    scores = {score.dimension: score.percent for score in attempt.scores}
    return [
        day(attempt.finished_at) if attempt.finished_at is not None else "",
        attempt.version,
        attempt.percent,
        attempt.level,
        channel,
        run.request_code,
        run.enterprise,
        *(scores.get(one.id) for one in assessment.dimensions if one.is_scored),
    ]


def _known(house: House, id_: str) -> Assessment:
    found = house.library.tables.assessments.get(id_)
    if found is None:
        raise HTTPException(404)
    return found


def _figures(session: Session, house: House, wish: Wish) -> AssessmentFigures:
    days = PERIODS[wish.period]
    since = house.clock() - timedelta(days=days) if days is not None else None
    assessments = house.library.tables.assessments
    return AssessmentFigures(session, assessments, since=since, narrowed=wish.slice)


def _shown(house: House, wish: Wish) -> dict[str, Any]:
    tables = house.library.tables
    words = ProfileWords(house.texts, tables.places, tables.sectors)
    return {
        "wish": wish,
        "period": wish.period,
        "periods": PERIODS,
        "sectors": tables.sectors.sectors,
        "communes": sorted(tables.places.communes, key=lambda one: one.name),
        "sizes": {str(one): words.size(one) for one in SizeClass},
    }
