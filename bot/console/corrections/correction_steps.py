"""Steps of a correction: written, approved by another, withdrawn."""

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.corrections.corrections import Refusal, Written, correction_page, form_page
from bot.console.frame.forms import field
from bot.console.frame.gate import (
    InHouse,
    SignedIn,
    Submitted,
    Visitor,
    at_this_instant,
    requires,
)
from bot.console.frame.pages import path_of
from bot.domain.correction import Audience
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.corrections.corrections import (
    CorrectionDraft,
    CorrectionRefused,
    CorrectionService,
)
from bot.storage.models import Officer

router = APIRouter(
    prefix="/corrections", dependencies=[Depends(requires(Permission.CORRECT_ANSWERS))]
)

OF_THE_TEXT = frozenset({"empty", "long", "blank"})
"""Reasons that what was typed gives."""

Step = Callable[[CorrectionService, Officer], object]


@router.post("/articles/{article}", name="propose_correction")
def propose_correction(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, article: str
) -> Response:
    """Saves a correction, which waits for somebody else."""
    audience = (
        Audience.EVERYONE if field(form, "audience") == Audience.EVERYONE else Audience.OLD_TEXT
    )
    typed = Written(field(form, "text"), field(form, "english"), audience)
    draft = CorrectionDraft(article, field(form, "mark"), audience, typed.text, typed.english)
    house.library.refresh()
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            service = CorrectionService(session, house.library.current)
            correction_id = service.propose(draft, officer, now=house.clock()).id
    except CorrectionRefused as refused:
        return form_page(request, house, article, typed=typed, refusal=_why(house, refused))
    return _back(request, correction_id, "correction_proposed")


@router.post("/{correction_id}/approve", name="approve_correction")
def approve_correction(
    request: Request, house: InHouse, visitor: SignedIn, correction_id: int
) -> Response:
    """Lets a correction of somebody else be told."""

    def step(service: CorrectionService, officer: Officer) -> object:
        return service.approve(correction_id, officer, now=house.clock())

    house.library.refresh()
    return _take(request, house, visitor, correction_id, step, done="correction_approved")


@router.post("/{correction_id}/withdraw", name="withdraw_correction")
def withdraw_correction(
    request: Request, house: InHouse, visitor: SignedIn, correction_id: int
) -> Response:
    """Gives a correction up before anybody was told."""

    def step(service: CorrectionService, officer: Officer) -> object:
        return service.withdraw(correction_id, officer, now=house.clock())

    return _take(request, house, visitor, correction_id, step, done="correction_withdrawn")


@router.post("/{correction_id}/retry", name="retry_correction")
def retry_correction(
    request: Request, house: InHouse, visitor: SignedIn, correction_id: int
) -> Response:
    """Lets a telling that was given up begin again where it stopped."""

    def step(service: CorrectionService, _officer: Officer) -> None:
        service.try_again(correction_id, now=house.clock())

    return _take(request, house, visitor, correction_id, step, done="correction_retried")


def _take(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    correction_id: int,
    step: Step,
    *,
    done: str,
) -> Response:
    """Takes a step in one transaction and shows the correction again."""
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            step(CorrectionService(session, house.library.current), officer)
    except CorrectionRefused as refused:
        return correction_page(request, house, visitor, correction_id, refusal=_why(house, refused))
    return _back(request, correction_id, done)


def _why(house: House, refused: CorrectionRefused) -> Refusal:
    says = house.texts.say(f"correction.refused_{refused.reason}")
    return Refusal(says, 422 if refused.reason in OF_THE_TEXT else 409)


def _back(request: Request, correction_id: int, done: str) -> Response:
    target = path_of(request, "show_correction", correction_id=correction_id)
    return RedirectResponse(f"{target}?done={done}", status_code=303)
