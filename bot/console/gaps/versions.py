"""A later version of what was decided: its form, and taking a decision back."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame.forms import field
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor, at_this_instant, requires
from bot.console.frame.offices import answering_offices
from bot.console.frame.pages import pages_of, path_of
from bot.console.gaps.article_form import article_fields, blank, drafted, lines, problems, typed
from bot.console.gaps.gaps import FOUND_TITLES, SOURCE_ROWS, GapPage, gap_page, sorted_documents
from bot.domain.clock import VIETNAM
from bot.domain.office.roles import Permission
from bot.domain.talk.gap import CHANGEABLE, ConclusionKind, ConclusionState
from bot.house import House
from bot.knowledge.articles.titled import titled
from bot.services.gaps.conclusions import ConclusionRefused, ConclusionService, Proposal
from bot.services.gaps.gap_list import GapListService
from bot.storage.models import GapConclusion

router = APIRouter(
    prefix="/gaps/{group_id}/versions/{conclusion_id}",
    dependencies=[Depends(requires(Permission.CLOSE_GAPS))],
)

WHY_LIMIT = 500

OF_THE_FORM = frozenset({"texts", "why", "ground", "article"})
"""Reasons that what was typed gives."""


@dataclass(frozen=True)
class Version:
    """What an address names."""

    group_id: int
    conclusion_id: int


Addressed = Annotated[Version, Depends()]


@router.get("", name="edit_conclusion")
def edit_conclusion(
    request: Request,
    house: InHouse,
    visitor: SignedIn,
    version: Addressed,
    q: str = "",
) -> Response:
    """What was decided, filled in to be changed or put back, and the step that withdraws it."""
    shown = GapPage(search=q.strip()[:200])
    return _version_page(request, house, visitor, version, shown)


@router.post("", name="propose_version")
def propose_version(
    request: Request,
    house: InHouse,
    visitor: SignedIn,
    form: Submitted,
    version: Addressed,
) -> Response:
    """Proposes a later version; the one before is served until somebody else approves."""
    house.library.refresh()
    with house.database.reading() as session:
        before = _known(GapListService(session, now=house.clock()), version)
        kind, article_id = ConclusionKind(before.kind), before.article
    draft = typed(form, SOURCE_ROWS) | {
        name: field(form, name) for name in ("texts", "why", "article")
    }
    fields = None
    if kind is ConclusionKind.LINK:
        article_id = draft["article"]
        if article_id not in house.library.current.articles:
            return _refused(request, house, visitor, version, ("article", draft))
    if kind is ConclusionKind.ARTICLE:
        fields = article_fields(
            draft,
            house.library.current,
            source_rows=SOURCE_ROWS,
            author=visitor.full_name,
            today=house.clock().astimezone(VIETNAM).date(),
            article_id=article_id,
        )
        wrong = problems(fields, house.library.current)
        if wrong:
            says = " ".join(house.texts.say(f"gaps.field_{name}") for name in wrong)
            return _version_page(request, house, visitor, version, GapPage(says, 422, "", draft))
    texts, why = tuple(lines(draft["texts"])), draft["why"][:WHY_LIMIT]
    proposal = Proposal(kind, texts, article_id, fields, version.conclusion_id, why)
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            service = ConclusionService(session, house.library)
            service.propose(version.group_id, proposal, officer, now=house.clock())
    except ConclusionRefused as refused:
        return _refused(request, house, visitor, version, (refused.reason, draft))
    return _back(request, version.group_id, "gap_proposed")


@router.post("/withdraw", name="withdraw_conclusion")
def withdraw_conclusion(
    request: Request,
    house: InHouse,
    visitor: SignedIn,
    form: Submitted,
    version: Addressed,
) -> Response:
    """Stops serving what was approved, at once, with a reason."""
    why = field(form, "remark")[:WHY_LIMIT]
    house.library.refresh()
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            service = ConclusionService(session, house.library)
            at = (version.group_id, version.conclusion_id)
            service.withdraw(*at, officer, why, now=house.clock())
    except ConclusionRefused as refused:
        return _refused(request, house, visitor, version, (refused.reason, {"remark": why}))
    house.library.refresh()
    return _back(request, version.group_id, "gap_withdrawn")


def _version_page(
    request: Request, house: House, visitor: Visitor, version: Version, shown: GapPage
) -> Response:
    """The form of a later version.

    Raises:
        HTTPException: 404, there is no such version.
    """
    knowledge = house.library.current
    with house.database.reading() as session:
        service = GapListService(session, now=house.clock())
        conclusion = _known(service, version)
        group = service.group(version.group_id)
        begun = _returned(service, conclusion) or conclusion
        kept = drafted(begun, SOURCE_ROWS) | {"article": begun.article, "why": begun.why}
        if begun is conclusion:
            kept["why"] = ""
        decisions = ConclusionService(session, house.library)
        article = knowledge.articles.get(conclusion.article)
        return pages_of(request).page(
            request,
            "gap_version.html",
            status=shown.status,
            problem=shown.problem,
            group=group,
            conclusion=conclusion,
            article=article,
            is_open=conclusion.state in CHANGEABLE and decisions.proposed(version.group_id) is None,
            is_editors=decisions.is_editors(conclusion),
            may_decide=decisions.looks_after(conclusion, visitor.role, visitor.office),
            texts=[str(text) for text in begun.texts],
            search=shown.search,
            found=(found := titled(knowledge.articles.values(), shown.search, FOUND_TITLES)),
            offered=found or ([article] if article else []),
            draft=blank(SOURCE_ROWS) | kept | (shown.draft or {}),
            offices=answering_offices(house),
            documents=sorted_documents(knowledge),
            source_rows=SOURCE_ROWS,
        )


def _known(service: GapListService, version: Version) -> GapConclusion:
    versions = service.versions(version.group_id)
    found = next((one for one in versions if one.id == version.conclusion_id), None)
    if found is None:
        raise HTTPException(404)
    return found


def _returned(service: GapListService, conclusion: GapConclusion) -> GapConclusion | None:
    """The later version of it that was returned last: nobody types it again."""
    found = (one for one in service.versions(conclusion.group_id) if one.replaces is conclusion)
    return next((one for one in found if one.state == ConclusionState.RETURNED), None)


def _refused(
    request: Request,
    house: House,
    visitor: Visitor,
    version: Version,
    why: tuple[str, dict[str, str]],
) -> Response:
    """Why a step was not taken, with what was typed."""
    reason, draft = why
    says = house.texts.say(f"gaps.refused_{reason}")
    if reason in OF_THE_FORM:
        return _version_page(request, house, visitor, version, GapPage(says, 422, "", draft))
    return gap_page(request, house, visitor, version.group_id, GapPage(says, 409, "", draft))


def _back(request: Request, group_id: int, done: str) -> Response:
    target = path_of(request, "show_gap", group_id=group_id)
    return RedirectResponse(f"{target}?done={done}", status_code=303)
