"""What a person does with a group of gaps: propose, approve, return, put aside."""

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame.forms import field, row_id
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor, at_this_instant, requires
from bot.console.frame.pages import path_of
from bot.console.gaps.article_form import article_fields, lines, problems, typed
from bot.console.gaps.gaps import SOURCE_ROWS, GapPage, gap_page
from bot.domain.clock import VIETNAM
from bot.domain.office.roles import Permission
from bot.domain.talk.gap import ConclusionKind
from bot.house import House
from bot.services.gaps.conclusions import ConclusionRefused, ConclusionService, Proposal
from bot.services.gaps.regressions import NOT_OURS, Fall
from bot.services.gaps.rehearsal import Rehearsal, what_would_be
from bot.services.staff.officers import OfficerService
from bot.storage.models import Officer

router = APIRouter(
    prefix="/gaps/{group_id}", dependencies=[Depends(requires(Permission.CLOSE_GAPS))]
)

REMARK_LIMIT = 500

Step = Callable[[ConclusionService, Officer], None]


@router.post("/link", name="link_gap")
def link_gap(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, group_id: int
) -> Response:
    """Proposes an article that is there for the questions of a group."""
    article, texts = field(form, "article"), field(form, "texts")
    draft = {"texts": texts}
    if article not in house.library.current.articles:
        return _refused(request, house, visitor, group_id, GapPage("article", 422, "", draft))
    proposal = Proposal(ConclusionKind.LINK, tuple(lines(texts)), article)
    return _propose(request, house, visitor, group_id, proposal, draft=draft)


@router.post("/out-of-scope", name="gap_out_of_scope")
def gap_out_of_scope(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, group_id: int
) -> Response:
    """Proposes that the questions of a group are not ours."""
    texts = field(form, "texts")
    proposal = Proposal(ConclusionKind.OUT_OF_SCOPE, tuple(lines(texts)))
    return _propose(request, house, visitor, group_id, proposal, draft={"texts": texts})


@router.post("/article", name="write_gap_article")
def write_gap_article(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, group_id: int
) -> Response:
    """Proposes a new article, checked by the rules of the files."""
    draft = typed(form, SOURCE_ROWS) | {"texts": field(form, "texts")}
    article = article_fields(
        draft,
        house.library.current,
        source_rows=SOURCE_ROWS,
        author=visitor.full_name,
        today=house.clock().astimezone(VIETNAM).date(),
    )
    wrong = problems(article, house.library.current)
    if wrong:
        says = " ".join(house.texts.say(f"gaps.field_{name}") for name in wrong)
        return gap_page(request, house, visitor, group_id, GapPage(says, 422, "", draft, "article"))
    proposal = Proposal(
        ConclusionKind.ARTICLE, tuple(lines(draft["texts"])), article["id"], article
    )
    return _propose(request, house, visitor, group_id, proposal, draft=draft)


@router.post("/approve", name="approve_gap")
def approve_gap(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, group_id: int
) -> Response:
    """Serves a proposal of somebody else, once the search was tried with it and gave it first."""
    conclusion_id = row_id(form, "conclusion")
    if conclusion_id is None:
        return _refused(request, house, visitor, group_id, GapPage("changed", 409))
    try:
        tried = _rehearse(request, house, visitor, group_id)
        if tried:
            says = _says(house, tried)
            return gap_page(request, house, visitor, group_id, GapPage(says, 409))
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            service = ConclusionService(session, house.library)
            service.approve(group_id, conclusion_id, officer, now=house.clock())
    except ConclusionRefused as refused:
        return _refused(request, house, visitor, group_id, GapPage(refused.reason, 409))
    house.library.refresh()
    return _back(request, group_id, "gap_approved")


@router.post("/return", name="return_gap")
def return_gap(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, group_id: int
) -> Response:
    """Returns a proposal with a remark; the group is open again."""
    remark = field(form, "remark")[:REMARK_LIMIT]

    def step(service: ConclusionService, officer: Officer) -> None:
        service.send_back(group_id, officer, remark, now=house.clock())

    draft = {"remark": remark}
    return _take(request, house, visitor, group_id, step, done="gap_returned", draft=draft)


@router.post("/dismiss", name="dismiss_gap")
def dismiss_gap(request: Request, house: InHouse, visitor: SignedIn, group_id: int) -> Response:
    """Puts a group aside."""

    def step(service: ConclusionService, _officer: Officer) -> None:
        service.dismiss(group_id)

    return _take(request, house, visitor, group_id, step, done="gap_dismissed")


@router.post("/reopen", name="reopen_gap")
def reopen_gap(request: Request, house: InHouse, visitor: SignedIn, group_id: int) -> Response:
    """Takes up a group that was put aside."""

    def step(service: ConclusionService, _officer: Officer) -> None:
        service.reopen(group_id)

    return _take(request, house, visitor, group_id, step, done="gap_reopened")


def _propose(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    group_id: int,
    proposal: Proposal,
    *,
    draft: dict[str, str],
) -> Response:
    def step(service: ConclusionService, officer: Officer) -> None:
        service.propose(group_id, proposal, officer, now=house.clock())

    return _take(request, house, visitor, group_id, step, done="gap_proposed", draft=draft)


def _take(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    group_id: int,
    step: Step,
    *,
    done: str,
    draft: dict[str, str] | None = None,
) -> Response:
    """Takes a step in one transaction and shows the group again."""
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            step(ConclusionService(session, house.library), officer)
    except ConclusionRefused as refused:
        status = 422 if refused.reason in ("texts", "remark") else 409
        open_form = "article" if draft and "title" in draft else ""
        shown = GapPage(refused.reason, status, "", draft, open_form)
        return _refused(request, house, visitor, group_id, shown)
    return _back(request, group_id, done)


def _rehearse(request: Request, house: House, visitor: Visitor, group_id: int) -> list[Fall]:
    """What would not hold with the proposal in service. Takes a second or two."""
    with house.database.reading() as session:
        officer = OfficerService(session).known(visitor.id)
        conclusion = ConclusionService(session, house.library).approvable(group_id, officer)
        additions, own, earlier = what_would_be(session, conclusion)
    rehearsal: Rehearsal = request.app.state.rehearsal
    house.library.refresh()
    return rehearsal.falls(house.library.files, additions, [*own, *earlier])


def _says(house: House, fallen: list[Fall]) -> str:
    """Which wording would get what instead."""
    articles = house.library.current.articles
    fall = fallen[0]
    found = articles[fall.found].title if fall.found in articles else ""
    wanted = articles[fall.case.article].title if fall.case.article in articles else ""
    return house.texts.say(
        "gaps.not_first",
        text=fall.case.text,
        found=found,
        wanted=wanted,
        not_ours=fall.found == NOT_OURS,
        earlier=fall.case.id > 0,
    )


def _refused(
    request: Request, house: House, visitor: Visitor, group_id: int, shown: GapPage
) -> Response:
    says = house.texts.say(f"gaps.refused_{shown.problem}")
    again = GapPage(says, shown.status, shown.search, shown.draft, shown.open_form)
    return gap_page(request, house, visitor, group_id, again)


def _back(request: Request, group_id: int, done: str) -> Response:
    target = path_of(request, "show_gap", group_id=group_id)
    return RedirectResponse(f"{target}?done={done}", status_code=303)
