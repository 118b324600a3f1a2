"""An invitation: what was answered, or the page on which an officer types what is on paper."""

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot.console.frame.forms import cause, every_field, field
from bot.console.frame.gate import InHouse, SignedIn, Submitted, at_this_instant, requires
from bot.console.frame.pages import pages_of, path_of
from bot.console.surveys.campaign_form import words_of
from bot.domain.assessments.path import asked
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.assessments.answer_page import AnswerPages, Given, Taken
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.told_answer import told_answer
from bot.services.surveys.answering import Asked, Standing, SurveyRuns
from bot.services.surveys.consents import SurveyConsents
from bot.services.surveys.invitation_list import InvitationList
from bot.storage.models import Attempt

router = APIRouter(
    prefix="/surveys/{campaign_id}/invitations/{invitation_id}",
    dependencies=[Depends(requires(Permission.RUN_SURVEYS))],
)


@router.get("", name="show_invitation")
def show_invitation(
    request: Request, house: InHouse, campaign_id: int, invitation_id: int
) -> Response:
    """One enterprise of a campaign: where it stands, and what it answered."""
    return _invitation(request, house, campaign_id, invitation_id)


def _invitation(
    request: Request, house: House, campaign_id: int, invitation_id: int, *, problem: str = ""
) -> Response:
    with house.database.reading() as session:
        found = _known(session, house, campaign_id, invitation_id)
        listed = InvitationList(session, found.campaign).one(invitation_id)
        attempt = found.invitation.attempt
        is_shown = attempt is not None and found.standing is Standing.ANSWERED
        return pages_of(request).page(
            request,
            "survey_invitation.html",
            status=422 if problem else 200,
            problem=problem,
            consent=house.texts.say("survey.paper_consent"),
            campaign=found.campaign,
            row=listed,
            takes_answers=found.standing is Standing.OPEN,
            answers=_answers(session, house, found, attempt) if attempt and is_shown else [],
            profile_words=words_of(house),
        )


@router.post("/paper", name="begin_paper")
def begin_paper(  # noqa: PLR0913
    request: Request,
    house: InHouse,
    visitor: SignedIn,
    form: Submitted,
    *,
    campaign_id: int,
    invitation_id: int,
) -> Response:
    """Begins to type what the enterprise wrote on paper, where it agreed, or goes on with it."""
    with house.database.transaction() as session:
        at_this_instant(session, visitor)
        found = _open(session, house, campaign_id, invitation_id)
        is_agreed = field(form, "agreed") == "1"
        if is_agreed:
            _attempt(session, house, found)
    if not is_agreed:
        return _invitation(request, house, campaign_id, invitation_id, problem="unagreed")
    target = path_of(request, "answer_paper", campaign_id=campaign_id, invitation_id=invitation_id)
    return RedirectResponse(target, status_code=303)


@router.get("/paper", name="answer_paper")
def answer_paper(
    request: Request, house: InHouse, campaign_id: int, invitation_id: int
) -> Response:
    """The page of questions; one that was answered meanwhile shows what was said."""
    with house.database.reading() as session:
        found = _known(session, house, campaign_id, invitation_id)
        attempt = found.invitation.attempt
        if attempt is not None and found.standing is Standing.OPEN:
            return _questions(request, house, session, found, attempt)
    target = path_of(
        request, "show_invitation", campaign_id=campaign_id, invitation_id=invitation_id
    )
    return RedirectResponse(target, status_code=303)


@router.post("/paper/answers", name="save_paper")
def save_paper(  # noqa: PLR0913
    request: Request,
    house: InHouse,
    visitor: SignedIn,
    form: Submitted,
    *,
    campaign_id: int,
    invitation_id: int,
) -> Response:
    """Saves the page; the survey is answered once all is, and the officer says so."""
    given = every_field(form)
    named = cause(form, visitor, repr(sorted(given.items())))
    with house.database.transaction() as session:
        officer, _ = at_this_instant(session, visitor)
        found = _open(session, house, campaign_id, invitation_id)
        if found.invitation.attempt is None:
            raise HTTPException(409)
        attempt = _attempt(session, house, found)
        taken = _pages(session, house, found).take(attempt, given, cause=named, now=house.clock())
        if taken.changed or taken.finished:
            SurveyRuns(session).typed(found.invitation, attempt, officer_id=officer.id)
        if taken.problems:
            return _questions(request, house, session, found, attempt, taken=taken, given=given)
    name = "show_invitation" if taken.finished else "answer_paper"
    target = path_of(request, name, campaign_id=campaign_id, invitation_id=invitation_id)
    done = "survey_answered" if taken.finished else "run_saved"
    return RedirectResponse(f"{target}?done={done}", status_code=303)


@router.post("/erase", name="erase_survey_answers")
def erase_survey_answers(
    request: Request, house: InHouse, visitor: SignedIn, campaign_id: int, invitation_id: int
) -> Response:
    """Erases what was answered, as its enterprise wishes; it is counted no more."""
    with house.database.transaction() as session:
        at_this_instant(session, visitor)
        found = _known(session, house, campaign_id, invitation_id)
        if found.invitation.attempt is None:
            raise HTTPException(409)
        SurveyConsents(session).forget_answers(invitation_id)
    target = path_of(
        request, "show_invitation", campaign_id=campaign_id, invitation_id=invitation_id
    )
    return RedirectResponse(f"{target}?done=survey_erased", status_code=303)


def _known(session: Session, house: House, campaign_id: int, invitation_id: int) -> Asked:
    found = SurveyRuns(session).of_campaign(campaign_id, invitation_id, now=house.clock())
    if found is None:
        raise HTTPException(404)
    return found


def _open(session: Session, house: House, campaign_id: int, invitation_id: int) -> Asked:
    found = _known(session, house, campaign_id, invitation_id)
    if found.standing is not Standing.OPEN:
        raise HTTPException(409)
    return found


def _pages(session: Session, house: House, found: Asked) -> AnswerPages:
    products = house.library.current.products
    return SurveyRuns(session).pages(found, house.texts, products)


def _attempt(session: Session, house: House, found: Asked) -> Attempt:
    attempt = SurveyRuns(session).on_page(
        found,
        _pages(session, house, found),
        consent_version=house.texts.say("survey.paper_consent_version"),
        now=house.clock(),
    )
    if attempt is None:
        raise HTTPException(409)
    return attempt


def _questions(  # noqa: PLR0913
    request: Request,
    house: House,
    session: Session,
    found: Asked,
    attempt: Attempt,
    *,
    taken: Taken | None = None,
    given: Given | None = None,
) -> Response:
    pages = _pages(session, house, found)
    problems = taken.problems if taken is not None else {}
    return pages_of(request).page(
        request,
        "survey_paper.html",
        status=422 if problems else 200,
        campaign=found.campaign,
        row=InvitationList(session, found.campaign).one(found.invitation.id),
        answers=pages.shown(attempt, problems=problems, typed=given or {}),
    )


def _answers(
    session: Session, house: House, found: Asked, attempt: Attempt
) -> list[tuple[str, str]]:
    """Each question of the way with its answer in words."""
    step = AttemptService(session, {found.questions.id: found.questions}).stand(attempt)
    given = step.answers
    return [
        (one.text, told_answer(house.texts.say, found.questions, one, given[one.id]))
        for one in asked(found.questions, given)
        if one.id in given
    ]
