"""What changed since it was given, the corrections so far, and the page of each."""

from dataclasses import dataclass

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from bot.console.frame.gate import InHouse, SignedIn, Visitor, requires
from bot.console.frame.pages import pages_of
from bot.domain.correction import REMEMBERED, TEXT_LIMIT, Audience, came_after
from bot.domain.office.roles import Permission
from bot.house import House
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.titled import titled
from bot.services.corrections.correction_list import (
    PAGE_SIZE,
    CorrectionListService,
    Recipients,
)

router = APIRouter(
    prefix="/corrections", dependencies=[Depends(requires(Permission.CORRECT_ANSWERS))]
)

FOUND_TITLES = 12


@dataclass(frozen=True)
class Refusal:
    """Why a step was not taken, above the page on which it was asked for."""

    says: str = ""
    status: int = 200


NOTHING = Refusal()


@dataclass(frozen=True)
class Written:
    """What stands in the form: as it was typed, or what it begins with."""

    text: str
    english: str
    audience: Audience


@router.get("", name="list_corrections")
def list_corrections(request: Request, house: InHouse, q: str = "", page: int = 1) -> Response:
    """Articles that changed since they were given, any other by its title, and what was written."""
    return list_page(request, house, search=q.strip()[:200], page=page)


@router.get("/articles/{article}", name="write_correction")
def write_correction(request: Request, house: InHouse, article: str) -> Response:
    """The form of a correction of an article, begun with what is known of its change."""
    return form_page(request, house, article)


@router.get("/{correction_id}", name="show_correction")
def show_correction(
    request: Request, house: InHouse, visitor: SignedIn, correction_id: int
) -> Response:
    """One correction: what is told to whom, and how far it has come."""
    return correction_page(request, house, visitor, correction_id)


def list_page(
    request: Request,
    house: House,
    *,
    search: str = "",
    page: int = 1,
    refusal: Refusal = NOTHING,
) -> Response:
    """The list."""
    knowledge = house.library.current
    with house.database.reading() as session:
        service = CorrectionListService(session, knowledge, now=house.clock())
        changed = service.changed()
        pages = max(1, -(-service.count() // PAGE_SIZE))
        shown = min(max(page, 1), pages)
        corrections = service.page(shown)
        return pages_of(request).page(
            request,
            "corrections.html",
            status=refusal.status,
            problem=refusal.says,
            changed=changed,
            waiting=service.waiting_for([row.article.id for row in changed]),
            search=search,
            found=titled(knowledge.articles.values(), search, FOUND_TITLES),
            corrections=corrections,
            progress=service.progress(corrections),
            page=shown,
            pages=pages,
            days=REMEMBERED.days,
        )


def form_page(
    request: Request,
    house: House,
    article_id: str,
    *,
    typed: Written | None = None,
    refusal: Refusal = NOTHING,
) -> Response:
    """The form; an article that is not there leads to the list, which says so."""
    knowledge = house.library.current
    article = knowledge.articles.get(article_id)
    if article is None:
        unknown = Refusal(house.texts.say("correction.refused_article"), 404)
        return list_page(request, house, refusal=unknown)
    with house.database.reading() as session:
        service = CorrectionListService(session, knowledge, now=house.clock())
        recipients = service.recipients(article)
        is_served = service.is_served(article)
        waiting = service.waiting_for([article.id]).get(article.id)
    return pages_of(request).page(
        request,
        "correction_form.html",
        status=refusal.status,
        problem=refusal.says,
        article=article,
        is_served=is_served,
        recipients=recipients,
        waiting=waiting,
        written=typed or _begun(house, article, recipients),
        limit=TEXT_LIMIT,
        days=REMEMBERED.days,
    )


def correction_page(
    request: Request,
    house: House,
    visitor: Visitor,
    correction_id: int,
    *,
    refusal: Refusal = NOTHING,
) -> Response:
    """The page of a correction.

    Raises:
        HTTPException: 404, there is no such correction.
    """
    knowledge = house.library.current
    with house.database.reading() as session:
        service = CorrectionListService(session, knowledge, now=house.clock())
        found = service.find(correction_id)
        if found is None:
            raise HTTPException(404)
        article = knowledge.articles.get(found.article)
        return pages_of(request).page(
            request,
            "correction.html",
            status=refusal.status,
            problem=refusal.says,
            correction=found,
            article=article,
            is_served=article is not None and service.is_served(article),
            is_given_up=service.is_given_up(found),
            progress=service.progress([found])[found.id],
            is_own=found.written_by == visitor.id,
        )


def _begun(house: House, article: Article, recipients: Recipients) -> Written:
    """What is known of the change; what is not is a blank that must be filled.

    In English only where somebody who would hear has it in English, and the article is told so as
    it is now.
    """
    english = house.library.current.english.get(article.id)
    is_told = english is not None and english.made_from == article.mark
    is_news = came_after(article.changed_on, recipients.oldest)
    return Written(
        text=house.texts.say(
            "correction.draft",
            subject=article.subject,
            changed=article.changed if is_news else "",
        ),
        english=house.texts.english.say(
            "correction.english_draft",
            subject=english.subject,
            changed_on=article.changed_on if is_news else None,
        )
        if english is not None and is_told and recipients.in_english
        else "",
        audience=Audience.OLD_TEXT if recipients.older else Audience.EVERYONE,
    )
