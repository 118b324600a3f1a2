"""What owners' self-assessments come to: by assessment, by part, run by run."""

from datetime import timedelta
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy.orm import Session

from bot.console.frame.gate import InHouse, requires
from bot.console.frame.pages import pages_of
from bot.domain.assessments.assessment import Assessment
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.assessments.figures import PAGE_SIZE, AssessmentFigures, FinishedRun
from bot.table_file import Cell, table_file
from bot.texts.filters import day

router = APIRouter(
    prefix="/assessments", dependencies=[Depends(requires(Permission.SEE_ASSESSMENTS))]
)

PERIODS = {"30": 30, "90": 90, "365": 365, "all": None}
"""Days behind, by their name in an address; all where none."""

DEFAULT_PERIOD = "90"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("", name="list_assessments")
def list_assessments(request: Request, house: InHouse, period: str = DEFAULT_PERIOD) -> Response:
    """Every assessment with how often it was begun and finished, and its mean."""
    chosen = _period(period)
    with house.database.reading() as session:
        figures = _figures(session, house, chosen)
        return pages_of(request).page(
            request, "assessments.html", rows=figures.taken(), period=chosen, periods=PERIODS
        )


@router.get("/{assessment}", name="show_assessment")
def show_assessment(
    request: Request, house: InHouse, assessment: str, period: str = DEFAULT_PERIOD, page: int = 1
) -> Response:
    """One assessment: its levels, the mean of each part, and the runs behind them."""
    chosen = _period(period)
    found = _known(house, assessment)
    with house.database.reading() as session:
        figures = _figures(session, house, chosen)
        count = figures.count(found)
        pages = max(1, -(-count // PAGE_SIZE))
        shown = min(max(page, 1), pages)
        return pages_of(request).page(
            request,
            "assessment.html",
            assessment=found,
            period=chosen,
            periods=PERIODS,
            levels=figures.levels(found),
            dimensions=figures.dimensions(found),
            runs=figures.runs(found, page=shown),
            finished=count,
            page=shown,
            pages=pages,
        )


@router.get("/{assessment}/table", name="assessment_table")
def assessment_table(house: InHouse, assessment: str, period: str = DEFAULT_PERIOD) -> Response:
    """The finished runs as an Excel file, a row each."""
    chosen = _period(period)
    found = _known(house, assessment)
    with house.database.reading() as session:
        figures = _figures(session, house, chosen)
        rows = [_row(found, run) for run in figures.every_run(found)]
    say = house.texts.say
    heads = [
        *(say(f"assessment.table_{name}") for name in COLUMNS),
        *(dimension.title for dimension in found.dimensions if dimension.is_scored),
    ]
    name = quote(say("assessment.table_name", id=found.id))
    return Response(
        table_file(heads, rows),
        media_type=XLSX,
        headers={"Content-Disposition": f"attachment; filename*=utf-8''{name}"},
    )


COLUMNS = ("finished", "version", "percent", "level", "channel", "request", "enterprise")


def _row(assessment: Assessment, run: FinishedRun) -> list[Cell]:
    attempt = run.attempt
    scores = {score.dimension: score.percent for score in attempt.scores}
    return [
        day(attempt.finished_at) if attempt.finished_at is not None else "",
        attempt.version,
        attempt.percent,
        attempt.level,
        run.channel,
        run.request_code,
        run.enterprise,
        *(scores.get(one.id) for one in assessment.dimensions if one.is_scored),
    ]


def _known(house: House, id_: str) -> Assessment:
    found = house.library.tables.assessments.get(id_)
    if found is None:
        raise HTTPException(404)
    return found


def _period(asked: str) -> str:
    return asked if asked in PERIODS else DEFAULT_PERIOD


def _figures(session: Session, house: House, period: str) -> AssessmentFigures:
    days = PERIODS[period]
    since = house.clock() - timedelta(days=days) if days is not None else None
    return AssessmentFigures(session, house.library.tables.assessments, since=since)
