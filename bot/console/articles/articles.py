"""All articles, of the files and added ones: found, read as owners read them, and reviewed."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from bot.audit.expiry import Due, warned
from bot.console.frame.forms import field
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor, at_this_instant, requires
from bot.console.frame.offices import answering_offices
from bot.console.frame.pages import pages_of, path_of
from bot.domain.clock import VIETNAM
from bot.domain.office.roles import Permission
from bot.domain.text.plain import plain
from bot.house import House
from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge
from bot.services.answering.groundwork.answer_replies import AnswerReplies
from bot.services.reviews.reviews import ReviewRefused, ReviewService, Thumbs

router = APIRouter(prefix="/articles", dependencies=[Depends(requires(Permission.CLOSE_GAPS))])

PAGE_SIZE = 30

STATES = ("served", "silent", "review", "unverified", "added")
"""What an article may be, beside its words: several at once."""


@dataclass(frozen=True)
class Row:
    """A line of the list. `states`: of `STATES`; `due`: why somebody must look at it, soonest."""

    article: Article
    states: frozenset[str]
    due: Due | None


@dataclass(frozen=True)
class Wish:
    """Which articles are looked for; empty: any."""

    q: str = ""
    topic: str = ""
    office: str = ""
    state: str = ""


@router.get("", name="list_articles")
def list_articles(  # noqa: PLR0913
    request: Request,
    house: InHouse,
    *,
    q: str = "",
    topic: str = "",
    office: str = "",
    state: str = "",
    page: int = 1,
) -> Response:
    """The articles that fit, those that are due first."""
    wish = Wish(q.strip()[:200], topic, office, state)
    knowledge = house.library.current
    rows = [row for row in _rows(house, _today(house)) if _fits(row, wish, knowledge)]
    rows.sort(key=lambda row: (row.due is None, row.due.on if row.due else row.article.review_due))
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    shown = min(max(page, 1), pages)
    with house.database.reading() as session:
        thumbs = ReviewService(session).thumbs()
    return pages_of(request).page(
        request,
        "articles.html",
        wish=wish,
        total=len(rows),
        rows=rows[(shown - 1) * PAGE_SIZE : shown * PAGE_SIZE],
        thumbs=thumbs,
        offices=answering_offices(house),
        page=shown,
        pages=pages,
        today=_today(house),
    )


@router.get("/{article}", name="show_article")
def show_article(request: Request, house: InHouse, visitor: SignedIn, article: str) -> Response:
    """One article as the owner reads it, its grounds, its reviews and its thumbs."""
    return _article_page(request, house, visitor, article)


@router.post("/{article}/review", name="review_article")
def review_article(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, article: str
) -> Response:
    """Notes that the person has read the article again and found it right."""
    house.library.refresh()
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            ReviewService(session).review(
                house.library.current, article, field(form, "mark"), officer, now=house.clock()
            )
    except ReviewRefused as refused:
        says = house.texts.say(f"upkeep.review_refused_{refused.reason}")
        return _article_page(request, house, visitor, article, problem=says)
    house.library.refresh()
    target = path_of(request, "show_article", article=article)
    return RedirectResponse(f"{target}?done=article_reviewed", status_code=303)


def _article_page(
    request: Request, house: House, visitor: Visitor, article_id: str, *, problem: str = ""
) -> Response:
    knowledge, today = house.library.current, _today(house)
    article = knowledge.articles.get(article_id)
    if article is None:
        raise HTTPException(404)
    wording = AnswerReplies(knowledge, house.texts)
    with house.database.reading() as session:
        service = ReviewService(session)
        return pages_of(request).page(
            request,
            "article.html",
            status=409 if problem else 200,
            problem=problem,
            article=article,
            row=next(row for row in _rows(house, today) if row.article is article),
            reply=wording.short(article, today),
            detail=wording.detail(article, today) if article.detail or article.next_steps else None,
            sources=knowledge.sources(article, today),
            reviews=service.of(article_id),
            thumbs=service.thumbs().get(article_id, Thumbs()),
            may_review=visitor.sees(knowledge.looked_after_by(article)),
            today=today,
        )


def _rows(house: House, today: date) -> list[Row]:
    knowledge, files = house.library.current, house.library.files
    due: dict[str, Due] = {}
    for one in warned(knowledge, today, None):
        due.setdefault(one.article.id, one)
    return [
        Row(article, _states(knowledge, files, article, due.get(article.id), today), due.get(id_))
        for id_, article in knowledge.articles.items()
    ]


def _states(
    knowledge: Knowledge, files: Knowledge, article: Article, due: Due | None, today: date
) -> frozenset[str]:
    is_served = knowledge.is_served(article, today)
    found = {
        "served": is_served,
        "silent": not is_served,
        "review": due is not None,
        "unverified": knowledge.is_unverified(article, today),
        "added": article.id not in files.articles,
    }
    return frozenset(name for name, is_so in found.items() if is_so)


def _fits(row: Row, wish: Wish, knowledge: Knowledge) -> bool:
    article = row.article
    if wish.topic and article.topic != wish.topic:
        return False
    if wish.office and knowledge.looked_after_by(article) != wish.office:
        return False
    if wish.state in STATES and wish.state not in row.states:
        return False
    words = plain(wish.q).split()
    said = plain(" ".join((article.title, article.id, article.answer, *article.phrasings)))
    return all(word in said for word in words)


def _today(house: House) -> date:
    return house.clock().astimezone(VIETNAM).date()
