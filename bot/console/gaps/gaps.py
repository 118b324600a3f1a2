"""What the assistant could not answer: the groups, and the page of one."""

from dataclasses import dataclass

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from bot.console.frame.gate import InHouse, SignedIn, Visitor, requires
from bot.console.frame.offices import answering_offices
from bot.console.frame.pages import pages_of
from bot.console.gaps.article_form import blank, drafted
from bot.domain.office.roles import Permission
from bot.domain.talk.gap import GroupState
from bot.domain.text.masking import is_masked
from bot.domain.text.plain import plain
from bot.house import House
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.titled import titled
from bot.knowledge.library import Knowledge
from bot.knowledge.register import LegalDocument
from bot.services.gaps.conclusions import ConclusionService
from bot.services.gaps.gap_list import PAGE_SIZE, GapListService, GroupRow
from bot.services.gaps.regressions import RegressionService
from bot.services.gaps.version_changes import version_changes
from bot.services.upkeep.broken_files import broken_places

router = APIRouter(prefix="/gaps", dependencies=[Depends(requires(Permission.CLOSE_GAPS))])

FOUND_TITLES = 12
SOURCE_ROWS = 4
"""Legal bases that the form of a new article has room for."""


@dataclass(frozen=True)
class GapPage:
    """What is shown beside the group. `draft`: what was typed, by field."""

    problem: str = ""
    status: int = 200
    search: str = ""
    draft: dict[str, str] | None = None
    open_form: str = ""


@router.get("", name="list_gaps")
def list_gaps(
    request: Request,
    house: InHouse,
    tab: GroupState = GroupState.OPEN,
    page: int = 1,
) -> Response:
    """The groups of one state, the largest first; what no longer holds stands above them."""
    with house.database.reading() as session:
        service = GapListService(session, now=house.clock())
        numbers = service.numbers()
        pages = max(1, -(-numbers[tab] // PAGE_SIZE))
        shown = min(max(page, 1), pages)
        rows = service.page(tab, page=shown)
        failing = RegressionService(session).failing()
        return pages_of(request).page(
            request,
            "gaps.html",
            tab=tab,
            numbers=numbers,
            rows=rows,
            page=shown,
            pages=pages,
            failing=failing,
            broken=broken_places(house.library, house.texts),
        )


@router.get("/{group_id}", name="show_gap")
def show_gap(
    request: Request, house: InHouse, visitor: SignedIn, group_id: int, q: str = ""
) -> Response:
    """One group: its questions, the nearest articles, and what can be done."""
    return gap_page(request, house, visitor, group_id, GapPage(search=q.strip()[:200]))


def gap_page(
    request: Request, house: House, visitor: Visitor, group_id: int, shown: GapPage
) -> Response:
    """The page of a group.

    Raises:
        HTTPException: 404, there is no such group.
    """
    knowledge = house.library.current
    with house.database.reading() as session:
        service = GapListService(session, now=house.clock())
        group = service.group(group_id)
        if group is None:
            raise HTTPException(404)
        returned = service.returned(group_id)
        words = service.words(group_id)
        # So that nobody types them again; a later version has its own form.
        is_first = returned is not None and returned.replaces_id is None
        kept = drafted(returned, SOURCE_ROWS) if returned is not None and is_first else {}
        return pages_of(request).page(
            request,
            "gap.html",
            status=shown.status,
            problem=shown.problem,
            group=group,
            words_of_group=words,
            texts=[text for text in words if not is_masked(text)] or words,
            nearest=_articles(knowledge, group.nearest),
            search=shown.search,
            found=titled(knowledge.articles.values(), shown.search, FOUND_TITLES),
            returned=returned,
            history=[(one, version_changes(one)) for one in service.versions(group_id)],
            article=_concluded(knowledge, group),
            is_own=_is_own(group, visitor),
            may_decide=_may_decide(ConclusionService(session, house.library), group, visitor),
            typed=shown.draft or {},
            draft=blank(SOURCE_ROWS) | kept | (shown.draft or {}),
            open_form=shown.open_form or ("article" if kept else ""),
            offices=answering_offices(house),
            documents=sorted_documents(knowledge),
            source_rows=SOURCE_ROWS,
        )


def sorted_documents(knowledge: Knowledge) -> list[LegalDocument]:
    """The register in the order of its names, as a list to choose from."""
    return sorted(knowledge.documents.values(), key=lambda one: plain(one.short))


def _may_decide(service: ConclusionService, group: GroupRow, visitor: Visitor) -> bool:
    one = group.conclusion
    return one is None or service.looks_after(one, visitor.role, visitor.office)


def _articles(knowledge: Knowledge, ids: list[str]) -> list[Article]:
    return [knowledge.articles[id_] for id_ in ids if id_ in knowledge.articles]


def _concluded(knowledge: Knowledge, group: GroupRow) -> Article | None:
    conclusion = group.conclusion
    return knowledge.articles.get(conclusion.article) if conclusion is not None else None


def _is_own(group: GroupRow, visitor: Visitor) -> bool:
    return group.conclusion is not None and group.conclusion.proposed_by == visitor.id
