"""The self-assessment that an owner sent with a request: on its page, and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi import Request as WebRequest
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot.console.cases.visible import visible_request
from bot.console.frame.downloads import paper_to_keep
from bot.console.frame.forms import field
from bot.console.frame.gate import InHouse, SignedIn, Submitted, at_this_instant, requires
from bot.console.frame.pages import path_of
from bot.domain.assessments.path import asked
from bot.domain.clock import VIETNAM
from bot.domain.input.lengths import OPINION
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.kept_attempts import keep_opinion
from bot.services.assessments.sheet import sheets_of
from bot.services.assessments.told_answer import told_answer
from bot.services.enterprises.peers import PeerService
from bot.storage.models import Attempt, Request

router = APIRouter()


@dataclass(frozen=True)
class CaseResult:
    """What the page shows of a finished run. `opinion`: what an officer says to it on its paper."""

    title: str
    percent: int | None
    level: str
    finished_at: datetime | None
    gaps: Sequence[str]
    dimensions: Sequence[tuple[str, int]]
    answers: Sequence[tuple[str, str]]
    opinion: str
    opinion_officer: str
    opinion_at: datetime | None


def case_result(session: Session, house: House, request: Request) -> CaseResult | None:
    """The run that was sent with a request; None where none was, or it is open again."""
    attempts = AttemptService(session, house.library.tables.assessments)
    attempt = sent_run(attempts, request)
    if attempt is None:
        return None
    step = attempts.stand(attempt)
    result = step.result
    return CaseResult(
        title=step.assessment.title,
        percent=result.percent,
        level=result.level.title if result.level is not None else "",
        finished_at=attempt.finished_at,
        gaps=[question.text.rstrip(".") for question in result.gaps],
        dimensions=[(one.dimension.title, one.percent) for one in result.dimensions],
        answers=[
            (one.text, told_answer(house.texts.say, step.assessment, one, step.answers[one.id]))
            for one in asked(step.assessment, step.answers)
            if one.id in step.answers
        ],
        opinion=attempt.opinion,
        opinion_officer=attempt.opinion_officer.full_name if attempt.opinion_officer else "",
        opinion_at=attempt.opinion_at,
    )


def sent_run(attempts: AttemptService, request: Request) -> Attempt | None:
    """The run as it was sent; None where its owner put something right since.

    What he answers later is not for the office; what he sent stands in the request's own words.
    """
    attempt = attempts.finished(request.attempt_id) if request.attempt_id is not None else None
    if attempt is None or attempt.finished_at is None:
        return None
    return attempt if attempt.finished_at <= request.created_at else None


@router.get("/requests/{request_id}/result.pdf", name="case_result_sheet")
def case_result_sheet(house: InHouse, visitor: SignedIn, request_id: int) -> Response:
    """The paper of the run, as its owner gets it."""
    now = house.clock()
    sheets = sheets_of(house.library, house.texts, today=now.astimezone(VIETNAM).date())
    with house.database.reading() as session:
        found = visible_request(session, visitor, request_id)
        attempts = AttemptService(session, house.library.tables.assessments)
        attempt = sent_run(attempts, found)
        if attempt is None:
            raise HTTPException(404)
        step = attempts.stand(attempt)
        paper = sheets.pdf(step, None, made_at=now, peers=PeerService(session).compare(attempt))
        name = house.texts.say("assessment.sheet_name", id=step.assessment.id)
    return paper_to_keep(paper, name)


@router.post(
    "/requests/{request_id}/opinion",
    name="write_opinion",
    dependencies=[Depends(requires(Permission.ANSWER))],
)
def write_opinion(
    request: WebRequest, house: InHouse, visitor: SignedIn, form: Submitted, request_id: int
) -> Response:
    """Keeps what the officer says to the result; it stands on the paper under her name."""
    text = field(form, "opinion")
    if len(text) > OPINION:
        raise HTTPException(422)
    with house.database.transaction() as session:
        officer, seen_as = at_this_instant(session, visitor)
        found = visible_request(session, seen_as, request_id)
        attempt = sent_run(AttemptService(session, house.library.tables.assessments), found)
        if attempt is None:
            raise HTTPException(404)
        keep_opinion(attempt, text, officer=officer, now=house.clock())
    page = path_of(request, "show_case", request_id=request_id)
    return RedirectResponse(f"{page}?done=opinion_kept#opinion", status_code=303)
