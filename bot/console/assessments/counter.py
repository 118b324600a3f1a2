"""The counter: an officer fills in a self-assessment for an enterprise, and hands out its paper."""

from typing import Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot.console.assessments.counter_view import (
    counter_of,
    onlooker,
    run_paper,
    run_result,
    shown_name,
)
from bot.console.frame.downloads import paper_to_keep
from bot.console.frame.forms import cause, every_field, field
from bot.console.frame.gate import (
    InHouse,
    SignedIn,
    Submitted,
    Visitor,
    at_this_instant,
    requires,
)
from bot.console.frame.pages import pages_of, path_of
from bot.domain.assessments.attempt import AttemptState
from bot.domain.input.lengths import OPINION
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.assessments.answer_page import AnswerPages, Taken
from bot.services.assessments.kept_attempts import keep_opinion
from bot.services.enterprises.counter_runs import CounterRuns
from bot.services.enterprises.enterprise_list import EnterpriseList
from bot.storage.models import Attempt


def sees_runs(visitor: SignedIn) -> None:
    """Lets those pass who may see what was filled in at the counter."""
    if not (visitor.may(Permission.EDIT_ENTERPRISES) or visitor.may(Permission.SEE_ASSESSMENTS)):
        raise HTTPException(403)


router = APIRouter(dependencies=[Depends(sees_runs)])

MAY_FILL_IN = [Depends(requires(Permission.EDIT_ENTERPRISES))]


@router.get("/enterprises/{enterprise_id}/counter", name="show_counter")
def show_counter(
    request: Request, house: InHouse, visitor: SignedIn, enterprise_id: int, assessment: str = ""
) -> Response:
    """The runs of an enterprise, and the form that begins one; `assessment`: chosen there."""
    return _counter(request, house, enterprise_id, visitor, chosen=assessment)


@router.post("/enterprises/{enterprise_id}/counter", name="begin_run", dependencies=MAY_FILL_IN)
def begin_run(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, enterprise_id: int
) -> Response:
    """Begins a run, where the owner agreed to what becomes of the answers."""
    chosen = field(form, "assessment")
    if chosen not in house.library.tables.assessments:
        return _counter(request, house, enterprise_id, visitor, problem="unchosen", chosen="")
    if field(form, "agreed") != "1":
        return _counter(request, house, enterprise_id, visitor, problem="unagreed", chosen=chosen)
    named = cause(form, visitor, chosen)
    with house.database.transaction() as session:
        officer, visitor = at_this_instant(session, visitor)
        enterprise = EnterpriseList(session).named(enterprise_id)
        if enterprise is None:
            raise HTTPException(404)
        attempt = _answering(session, house).begin(
            chosen,
            enterprise_id=enterprise.id,
            key=named,
            officer_id=officer.id,
            campaign_id=None,
            consent_version=house.texts.say("assessment.counter_consent_version"),
            now=house.clock(),
        )
        target = path_of(request, "answer_run", attempt_id=attempt.id)
    return RedirectResponse(target, status_code=303)


@router.get("/runs/{attempt_id}", name="show_run")
def show_run(request: Request, house: InHouse, visitor: SignedIn, attempt_id: int) -> Response:
    """What a finished run came to; one that is not finished is gone on with."""
    with house.database.reading() as session:
        attempt = _known(session, house, attempt_id, visitor)
        if attempt.state == AttemptState.FINISHED:
            return _result(request, session, house, attempt, visitor)
    return RedirectResponse(path_of(request, "answer_run", attempt_id=attempt_id), status_code=303)


@router.get("/runs/{attempt_id}/answers", name="answer_run", dependencies=MAY_FILL_IN)
def answer_run(request: Request, house: InHouse, visitor: SignedIn, attempt_id: int) -> Response:
    """The page of questions; also of a finished run, to put an answer right."""
    with house.database.reading() as session:
        attempt = _known(session, house, attempt_id, visitor)
        return _questions(request, session, house, attempt, visitor)


@router.post("/runs/{attempt_id}/answers", name="save_run", dependencies=MAY_FILL_IN)
def save_run(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, attempt_id: int
) -> Response:
    """Saves the page; the result follows once all is answered and the officer says so."""
    given = every_field(form)
    named = cause(form, visitor, repr(sorted(given.items())))
    with house.database.transaction() as session:
        officer, visitor = at_this_instant(session, visitor)
        attempt = _known(session, house, attempt_id, visitor)
        taken = _answering(session, house).take(attempt, given, cause=named, now=house.clock())
        if taken.problems:
            return _questions(request, session, house, attempt, visitor, taken=taken, given=given)
        if taken.finished:
            _runs(session, house, visitor).hand_over(attempt, officer)
    return RedirectResponse(_onward(request, attempt_id, taken), status_code=303)


@router.post("/runs/{attempt_id}/opinion", name="write_opinion_of_run", dependencies=MAY_FILL_IN)
def write_opinion_of_run(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, attempt_id: int
) -> Response:
    """Keeps what the officer says to the result; it stands on the paper under her name."""
    text = field(form, "opinion")
    with house.database.transaction() as session:
        officer, visitor = at_this_instant(session, visitor)
        attempt = _known(session, house, attempt_id, visitor)
        if attempt.state != AttemptState.FINISHED:
            raise HTTPException(404)
        if len(text) > OPINION:
            return _result(request, session, house, attempt, visitor, opinion=text)
        keep_opinion(attempt, text, officer=officer, now=house.clock())
    target = path_of(request, "show_run", attempt_id=attempt_id)
    return RedirectResponse(f"{target}?done=opinion_kept#opinion", status_code=303)


@router.post("/runs/{attempt_id}/erase", name="erase_run", dependencies=MAY_FILL_IN)
def erase_run(request: Request, house: InHouse, visitor: SignedIn, attempt_id: int) -> Response:
    """Erases the run with its answers: begun by mistake, or because its owner wants it."""
    with house.database.transaction() as session:
        _, visitor = at_this_instant(session, visitor)
        attempt = _known(session, house, attempt_id, visitor)
        target = path_of(request, "show_counter", enterprise_id=attempt.enterprise_id)
        _runs(session, house, visitor).erase(attempt)
    return RedirectResponse(f"{target}?done=run_erased", status_code=303)


@router.get("/runs/{attempt_id}/result.pdf", name="run_sheet")
def run_sheet(house: InHouse, visitor: SignedIn, attempt_id: int) -> Response:
    """The paper, to print and to sign."""
    with house.database.reading() as session:
        attempt = _known(session, house, attempt_id, visitor)
        if attempt.state != AttemptState.FINISHED:
            raise HTTPException(404)
        name, paper = run_paper(session, house, attempt, visitor)
    return paper_to_keep(paper, name)


def _onward(request: Request, attempt_id: int, taken: Taken) -> str:
    """Where a saved page leads: to the result, or to the first question without an answer."""
    if taken.finished:
        return f"{path_of(request, 'show_run', attempt_id=attempt_id)}?done=run_finished"
    page = path_of(request, "answer_run", attempt_id=attempt_id)
    return f"{page}?done=run_saved#{f'q-{taken.waiting}' if taken.waiting else 'answer-end'}"


def _counter(  # noqa: PLR0913
    request: Request,
    house: House,
    enterprise_id: int,
    visitor: Visitor,
    *,
    problem: str = "",
    chosen: str = "",
) -> Response:
    with house.database.reading() as session:
        counter = counter_of(session, house, enterprise_id, visitor)
    if counter is None:
        raise HTTPException(404)
    return pages_of(request).page(
        request,
        "counter.html",
        status=422 if problem else 200,
        counter=counter,
        name=shown_name(counter.enterprise),
        counter_problem=problem,
        chosen=chosen,
    )


def _questions(  # noqa: PLR0913
    request: Request,
    session: Session,
    house: House,
    attempt: Attempt,
    visitor: Visitor,
    *,
    taken: Taken | None = None,
    given: dict[str, list[str]] | None = None,
) -> Response:
    page = _answering(session, house).shown(
        attempt, problems=taken.problems if taken is not None else {}, typed=given or {}
    )
    return pages_of(request).page(
        request,
        "run_answers.html",
        status=422 if taken is not None else 200,
        answers=page,
        **_heading(session, house, attempt, visitor),
    )


def _result(  # noqa: PLR0913
    request: Request,
    session: Session,
    house: House,
    attempt: Attempt,
    visitor: Visitor,
    *,
    opinion: str = "",
) -> Response:
    return pages_of(request).page(
        request,
        "run.html",
        status=422 if opinion else 200,
        result=run_result(session, house, attempt, visitor),
        opinion=opinion or attempt.opinion,
        problem="long" if opinion else "",
        limit=OPINION,
        **_heading(session, house, attempt, visitor),
    )


def _heading(session: Session, house: House, attempt: Attempt, visitor: Visitor) -> dict[str, Any]:
    runs = _runs(session, house, visitor)
    enterprise = EnterpriseList(session).named(attempt.enterprise_id or 0)
    if enterprise is None:
        raise HTTPException(404)
    return {
        "attempt": attempt,
        "enterprise": enterprise,
        "name": shown_name(enterprise),
        "officer": runs.officer(attempt).full_name,
    }


def _known(session: Session, house: House, attempt_id: int, visitor: Visitor) -> Attempt:
    attempt = _runs(session, house, visitor).get(attempt_id)
    if attempt is None:
        raise HTTPException(404)
    return attempt


def _runs(session: Session, house: House, visitor: Visitor) -> CounterRuns:
    return CounterRuns(session, house.library.tables.assessments, onlooker(visitor))


def _answering(session: Session, house: House) -> AnswerPages:
    return AnswerPages(
        session,
        house.library.tables.assessments,
        house.texts,
        products=house.library.current.products,
    )
