"""The console as one application, to be mounted under `/console`."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute

from bot.console import live, set_aside, trouble
from bot.console.articles import articles
from bot.console.assessments import assessments, counter
from bot.console.cases import (
    canned,
    case,
    case_assigning,
    case_hours,
    case_result,
    case_steps,
    closing_steps,
    notes,
    opening,
    requests,
)
from bot.console.cases.article_search import ArticleSearch
from bot.console.corrections import correction_steps, corrections
from bot.console.entering import entry, told
from bot.console.enterprises import (
    contacts,
    doubles,
    enterprise,
    enterprises,
    imports,
    profile_steps,
    proposals,
    tax_code,
)
from bot.console.figures import figures
from bot.console.frame.address import CleanAddress
from bot.console.frame.gate import (
    FormRefused,
    OfficeGone,
    PasswordOwed,
    SecondFactorOwed,
    SignInNeeded,
    guard,
)
from bot.console.frame.headers import SecurityHeaders
from bot.console.frame.onlookers import Onlookers
from bot.console.frame.pages import Pages
from bot.console.frame.route_paths import RoutePaths
from bot.console.frame.streams import Streams
from bot.console.frame.trail_keeper import TrailKeeper
from bot.console.gaps import gap_steps, gaps, versions
from bot.console.people import (
    absences,
    account,
    alert_wishes,
    mail_box,
    password_link,
    people,
    places,
    provider,
    second_factor,
    setup,
    sign_in,
    sign_in_code,
    trail,
)
from bot.console.refusals import (
    form_refused,
    http_error,
    invalid,
    office_gone,
    password_owed,
    second_factor_owed,
    sign_in_needed,
)
from bot.console.replying import onlooking, reply_steps
from bot.console.saved_views import saved_views
from bot.console.surveys import paper, survey_rows, surveys
from bot.domain.talk.messages import FILES_A_MESSAGE
from bot.house import House
from bot.search.vectors.embedder import Embedder, load_embedder
from bot.services.gaps.rehearsal import Rehearsal
from bot.settings import MEBIBYTE

STATIC = Path(__file__).resolve().parent / "static"

ROUTERS = (
    sign_in.router,
    sign_in_code.router,
    provider.router,
    setup.router,
    password_link.router,
    requests.router,
    # Before the addresses that name a request.
    entry.router,
    case.router,
    case_result.router,
    case_steps.router,
    reply_steps.router,
    onlooking.router,
    opening.router,
    case_hours.router,
    notes.router,
    closing_steps.router,
    case_assigning.router,
    told.router,
    canned.router,
    saved_views.router,
    live.router,
    figures.router,
    articles.router,
    gaps.router,
    gap_steps.router,
    versions.router,
    corrections.router,
    correction_steps.router,
    assessments.router,
    counter.router,
    enterprises.router,
    imports.router,
    doubles.router,
    profile_steps.router,
    # Behind all addresses under /enterprises that name no row.
    enterprise.router,
    contacts.router,
    tax_code.router,
    proposals.router,
    surveys.router,
    survey_rows.router,
    paper.router,
    people.router,
    places.router,
    trail.router,
    set_aside.router,
    trouble.router,
    absences.router,
    account.router,
    second_factor.router,
    alert_wishes.router,
    mail_box.router,
)


def console(house: House, embedder: Callable[[], Embedder | None] | None = None) -> FastAPI:
    """The console of a house; every route of it is guarded.

    `embedder` is asked for when a proposal is first tried; the machine's own unless given.
    """
    app = FastAPI(
        title="donghanh console",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        max_body_size=FILES_A_MESSAGE * house.settings.max_upload_bytes + MEBIBYTE,
    )
    app.state.house = house
    app.state.pages = Pages(house)
    app.state.streams = Streams(house.signals)
    app.state.onlookers = Onlookers(house.signals, house.clock)
    app.state.article_search = ArticleSearch(house.library)
    own = embedder or _own_embedder(house)
    app.state.topic_search = ArticleSearch(house.library, own)
    app.state.rehearsal = Rehearsal(own)
    app.add_middleware(TrailKeeper)
    app.add_middleware(CleanAddress)
    app.add_middleware(SecurityHeaders)
    app.add_exception_handler(SignInNeeded, sign_in_needed)
    app.add_exception_handler(PasswordOwed, password_owed)
    app.add_exception_handler(SecondFactorOwed, second_factor_owed)
    app.add_exception_handler(FormRefused, form_refused)
    app.add_exception_handler(OfficeGone, office_gone)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http_error)
    app.router.routes.extend(_guarded_routes())
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.state.paths = RoutePaths(app.routes)
    return app


@cache
def _guarded_routes() -> Sequence[BaseRoute]:
    """Every route behind the gate, the same for all houses.

    What FastAPI reads from a route at its first request it keeps with the route: a second console
    in the process does not pay for it again.
    """
    guarded = APIRouter(dependencies=[Depends(guard)])
    for router in ROUTERS:
        guarded.include_router(router)
    return guarded.routes


def _own_embedder(house: House) -> Callable[[], Embedder | None]:
    @cache
    def load() -> Embedder | None:
        return load_embedder(house.settings.cache) if house.settings.sentence_vectors else None

    return load
