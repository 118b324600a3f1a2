"""Survey campaigns: the list, a new one, and the steps of one."""

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame.gate import InHouse, SignedIn, Submitted, at_this_instant, requires
from bot.console.frame.pages import pages_of, path_of
from bot.console.surveys.campaign_form import Typed, form_page, read_form
from bot.console.surveys.campaign_page import campaign_page
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.surveys.campaigns import PAGE_SIZE, CampaignRefused, CampaignService
from bot.services.surveys.figures import progress_of

router = APIRouter(prefix="/surveys", dependencies=[Depends(requires(Permission.RUN_SURVEYS))])

OF_WHAT_IS_TYPED = 422


@router.get("", name="list_surveys")
def list_surveys(request: Request, house: InHouse, page: int = 1) -> Response:
    """All campaigns, the newest first, with how far each has come."""
    with house.database.reading() as session:
        service = CampaignService(session, house.library.tables.surveys)
        pages = max(1, -(-service.count() // PAGE_SIZE))
        shown = min(max(page, 1), pages)
        campaigns = service.page(shown)
        return pages_of(request).page(
            request,
            "surveys.html",
            campaigns=campaigns,
            progress=progress_of(session, [one.id for one in campaigns]),
            has_questionnaires=bool(house.library.tables.surveys),
            page=shown,
            pages=pages,
        )


@router.get("/new", name="new_survey")
def new_survey(request: Request, house: InHouse) -> Response:
    """The form of a campaign."""
    surveys = house.library.tables.surveys
    begun = Typed(questionnaire=next(iter(surveys), ""))
    with house.database.reading() as session:
        return form_page(request, house, session, begun)


@router.post("", name="create_survey")
def create_survey(request: Request, house: InHouse, visitor: SignedIn, form: Submitted) -> Response:
    """Counts whom it would ask, or keeps it as a draft."""
    with house.database.transaction() as session:
        officer, _ = at_this_instant(session, visitor)
        given = read_form(form, session, house)
        reason = given.problem
        if form.get("step") == "count" and reason != "codes":
            return form_page(request, house, session, given, counted=True)
        service = CampaignService(session, house.library.tables.surveys)
        try:
            campaign = (
                service.create(given.draft(), officer, now=house.clock()) if not reason else None
            )
        except CampaignRefused as refused:
            campaign, reason = None, refused.reason
        if campaign is None:
            says = house.texts.say(f"survey.refused_{reason}")
            return form_page(request, house, session, given, problem=says)
        target = path_of(request, "show_survey", campaign_id=campaign.id)
    return RedirectResponse(f"{target}?done=survey_created", status_code=303)


@router.get("/{campaign_id}", name="show_survey")
def show_survey(request: Request, house: InHouse, campaign_id: int, part: str = "") -> Response:
    """One campaign: whom it asks, how far it has come, what was said to a part of it."""
    return campaign_page(request, house, campaign_id, part=part)


@router.post("/{campaign_id}/open", name="open_survey")
def open_survey(request: Request, house: InHouse, visitor: SignedIn, campaign_id: int) -> Response:
    """Lets it ask."""

    def step(service: CampaignService) -> object:
        calendar = house.library.tables.calendar
        return service.open(campaign_id, calendar, now=house.clock())

    house.library.refresh()
    return _take(request, house, visitor, campaign_id, step, done="survey_opened")


@router.post("/{campaign_id}/stop", name="stop_survey")
def stop_survey(request: Request, house: InHouse, visitor: SignedIn, campaign_id: int) -> Response:
    """Ends it before its time."""

    def step(service: CampaignService) -> object:
        return service.stop(campaign_id, now=house.clock())

    return _take(request, house, visitor, campaign_id, step, done="survey_stopped")


@router.post("/{campaign_id}/retry", name="retry_survey")
def retry_survey(request: Request, house: InHouse, visitor: SignedIn, campaign_id: int) -> Response:
    """Lets the asking that was given up go on."""

    def step(service: CampaignService) -> None:
        service.try_again(campaign_id, now=house.clock())

    return _take(request, house, visitor, campaign_id, step, done="survey_retried")


def _take(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: SignedIn,
    campaign_id: int,
    step: Callable[[CampaignService], object],
    *,
    done: str,
) -> Response:
    """Takes a step in one transaction and shows the campaign again."""
    try:
        with house.database.transaction() as session:
            at_this_instant(session, visitor)
            step(CampaignService(session, house.library.tables.surveys))
    except CampaignRefused as refused:
        says = house.texts.say(f"survey.refused_{refused.reason}")
        return campaign_page(request, house, campaign_id, problem=says, status=409)
    target = path_of(request, "show_survey", campaign_id=campaign_id)
    return RedirectResponse(f"{target}?done={done}", status_code=303)
