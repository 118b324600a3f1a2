"""What helps to answer a case: what was tried, articles, what is known of its owner, like cases.

A page of its own, which the page of the case fetches when somebody unfolds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from bot.console.assessments.counter_view import onlooker
from bot.console.cases.article_search import ArticleSearch
from bot.console.cases.case_view import NEWEST, Tried, message_views
from bot.console.cases.visible import visible_request
from bot.console.frame.gate import InHouse, SignedIn, Visitor
from bot.console.frame.pages import pages_of
from bot.domain.clock import VIETNAM
from bot.domain.input.cleaning import clean_words
from bot.domain.talk.understanding import Outcome
from bot.house import House
from bot.services.desk.insertion import insertion
from bot.services.desk.similar_cases import SimilarCases
from bot.services.enterprises.enterprise_timeline import EnterpriseTimeline, RowKind, TimelineRow
from bot.services.requests.sight import Sight
from bot.storage.models import Request as SupportRequest

router = APIRouter()

NEAREST = 3
FOUND = 6
QUERY_LIMIT = 300
"""Characters of what is searched for; more is cut, as nobody types it."""

TRIED = frozenset(
    {
        Outcome.ANSWER,
        Outcome.CLARIFY,
        Outcome.OUT_OF_SCOPE,
        Outcome.HANDOVER,
        Outcome.WRONG_OFFICE,
    }
)
MOST_TRIED = 4
PAST = 6
LOOKED_THROUGH = 30
"""Rows of what happened with an enterprise, among which its requests and runs are looked for."""


@dataclass(frozen=True)
class Found:
    """An article, and the words of it for a reply; empty where it may not be given today."""

    id: str
    title: str
    words: str


@router.get("/requests/{request_id}/opening", name="case_opening")
def case_opening(
    request: Request, house: InHouse, visitor: SignedIn, request_id: int, q: str = ""
) -> Response:
    """All that helps; `q` searches all articles beside it."""
    asked = clean_words(q, QUERY_LIMIT).strip()
    search: ArticleSearch = request.app.state.article_search
    with house.database.reading() as session:
        question = visible_request(session, visitor, request_id).question
    # No transaction stands open while the words of the knowledge base are counted.
    nearest = _found(house, search, question, NEAREST)
    with house.database.reading() as session:
        found = visible_request(session, visitor, request_id)
        return pages_of(request).page(
            request,
            "opening.html",
            case=found,
            tried=_tried(session, house, found, visitor),
            nearest=nearest,
            q=asked,
            found=_found(house, search, asked, FOUND) if asked else [],
            past=_past(session, found, visitor),
            similar=SimilarCases(session, visitor.offices).of(found),
            assessments=house.library.tables.assessments,
        )


def _tried(
    session: Session, house: House, found: SupportRequest, visitor: Visitor
) -> Sequence[Tried]:
    rows = Sight(session, found, visitor.offices).messages(limit=NEWEST)
    views = message_views(session, house.library.current, rows)
    tried = [view.tried for view in views if view.tried is not None]
    told = [one for one in tried if one.outcome in TRIED and (one.article or one.alternatives)]
    return told[-MOST_TRIED:]


def _found(house: House, search: ArticleSearch, text: str, limit: int) -> list[Found]:
    today = house.clock().astimezone(VIETNAM).date()
    knowledge = house.library.current
    return [
        Found(one.id, one.title, insertion(knowledge, house.texts, one, today))
        for one in search.nearest(text, limit=limit)
    ]


def _past(session: Session, found: SupportRequest, visitor: Visitor) -> Sequence[TimelineRow]:
    """Requests and results of its enterprise before this one, newest first."""
    if found.enterprise_id is None:
        return []
    timeline = EnterpriseTimeline(session, found.enterprise_id, onlooker(visitor))
    rows = timeline.page(limit=LOOKED_THROUGH)
    return [
        row
        for row in rows
        if row.kind in (RowKind.REQUEST, RowKind.RUN)
        and (row.request is None or row.kind is RowKind.RUN or row.request.id != found.id)
    ][:PAST]
