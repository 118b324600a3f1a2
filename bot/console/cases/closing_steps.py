"""How an officer ends a request: with what came of it, as a duplicate, and on paper."""

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy.orm import Session

from bot.console.cases.asked import (
    MAY_ANSWER,
    WORDS_LIMIT,
    Asked,
    Form,
    cases_of,
    shown_again,
    take,
)
from bot.console.cases.visible import visible_request
from bot.console.frame.forms import cause, field, row_id
from bot.console.frame.gate import InHouse, SignedIn, requires
from bot.console.frame.pages import pages_of
from bot.domain.input.cleaning import clean_line
from bot.domain.input.lengths import AUTHORITY
from bot.domain.office.roles import Permission
from bot.domain.requests.closing import CHOSEN, Closing, Ending
from bot.services.closing.duplicates import DuplicateService
from bot.services.closing.ratings import RatingService
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.case_record import CaseRecord
from bot.services.requests.farewells import reach_lines
from bot.storage.models import Officer
from bot.storage.models import Request as SupportRequest

router = APIRouter(prefix="/requests/{request_id}")

MAY_SEE_ALL = [Depends(requires(Permission.SEE_ALL_OFFICES))]

ANOTHER = "another"
"""What the list of authorities says where the name is written beside it."""


@router.post("/close", name="close", dependencies=MAY_ANSWER)
def close(asked: Form) -> Response:
    """Ends the request with what came of it; the owner hears of it as the ending asks."""
    house, form = asked.house, asked.form
    last_words, shown = field(form, "last_words"), row_id(form, "shown") or 0
    closing = _closing(asked)
    if closing is None:
        return shown_again(asked, asked.visitor, "closing_ending", status=422)
    if len(last_words) > WORDS_LIMIT:
        return shown_again(asked, asked.visitor, "long", status=422)
    named = cause(form, asked.visitor, last_words, closing.ending, closing.authority)
    if closing.ending is Ending.DUPLICATE:
        if last_words:
            return shown_again(asked, asked.visitor, "closing_words_to_duplicate", status=422)
        if closing.kept is None:
            return shown_again(asked, asked.visitor, "closing_kept", status=422)
        return _merge(asked, asked.request_id, closing.kept, named=named, shown=shown)

    def step(session: Session, officer: Officer) -> SupportRequest:
        return cases_of(session, house).close(
            asked.request_id,
            officer,
            last_words=last_words,
            cause=named,
            now=house.clock(),
            shown=shown,
            closing=closing,
        )

    return take(asked, step, done="closed" if closing.ending.asks_rating else "closed_quietly")


@router.post("/merge", name="merge_request", dependencies=MAY_ANSWER)
def merge(asked: Form) -> Response:
    """Closes another request as a duplicate of this one."""
    duplicate = row_id(asked.form, "duplicate")
    if duplicate is None:
        return shown_again(asked, asked.visitor, "closing_duplicate", status=422)
    named = cause(asked.form, asked.visitor, str(duplicate))
    return _merge(asked, duplicate, asked.request_id, named=named, shown=None)


@router.post("/part", name="part_request", dependencies=MAY_ANSWER)
def part(asked: Form) -> Response:
    """Takes the merge of this request, or of a duplicate of it, back."""
    duplicate = row_id(asked.form, "duplicate") or asked.request_id

    def step(session: Session, officer: Officer) -> SupportRequest:
        return _duplicates(asked, session).part(duplicate, officer, now=asked.house.clock())

    other = duplicate if duplicate != asked.request_id else None
    return take(asked, step, done="parted", other=other)


@router.post("/rating-seen", name="rating_seen", dependencies=MAY_SEE_ALL)
def rating_seen(asked: Form) -> Response:
    """A head has read why the request was rated low."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        return RatingService(session).seen(asked.request_id, officer, now=asked.house.clock())

    return take(asked, step, done="rating_read")


@router.get("/slip", name="case_slip")
def slip(request: Request, house: InHouse, visitor: SignedIn, request_id: int) -> Response:
    """The paper for the owner of a request that was passed on: to whom, and what was said."""
    with house.database.reading() as session:
        found = visible_request(session, visitor, request_id)
        if not found.passed_to:
            raise HTTPException(404)
        case = CaseRecord(session).request(found.id)
        said = TranscriptService(session).last_of_officer(found.id)
        words = said.text if said else ""
    authority = house.library.current.office(case.passed_to)
    return pages_of(request).page(
        request,
        "slip.html",
        case=case,
        said=words,
        authority=authority,
        lines=reach_lines(authority, house.texts),
        department=house.library.tables.department.name,
    )


def _closing(asked: Asked) -> Closing | None:
    """The ending that was chosen; None where none was."""
    chosen = field(asked.form, "ending")
    if chosen not in CHOSEN:
        return None
    ending = Ending(chosen)
    return Closing(
        ending,
        authority=_authority(asked) if ending is Ending.PASSED_ON else "",
        kept=row_id(asked.form, "kept") if ending is Ending.DUPLICATE else None,
    )


def _authority(asked: Asked) -> str:
    picked = field(asked.form, "authority")
    if picked == ANOTHER:
        return clean_line(field(asked.form, "authority_name"), AUTHORITY)
    known = asked.house.library.current.offices.get(picked)
    return picked if known is not None and known.external else ""


def _merge(asked: Asked, duplicate: int, kept: int, *, named: str, shown: int | None) -> Response:
    def step(session: Session, officer: Officer) -> SupportRequest:
        return _duplicates(asked, session).merge(
            duplicate, kept, officer, cause=named, now=asked.house.clock(), shown=shown
        )

    other = kept if duplicate == asked.request_id else duplicate
    return take(asked, step, done="merged", other=other)


def _duplicates(asked: Asked, session: Session) -> DuplicateService:
    return DuplicateService(session, asked.house.texts, asked.house.library.current)
