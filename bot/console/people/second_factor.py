"""One's second factor: set up with a telephone, renewed and turned off by password and code."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pyotp
import segno
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup
from sqlalchemy.orm import Session

from bot import signals
from bot.console.frame.forms import field, secret
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor
from bot.console.frame.pages import pages_of, path_of
from bot.console.frame.trail_keeper import note_wrong_secret
from bot.console.people.signing_in import prove, prove_code, whence
from bot.domain.access.second_factor import in_fours
from bot.house import House
from bot.services.staff.second_factors import SecondFactorRefused, SecondFactorService
from bot.services.staff.sessions import SessionService
from bot.services.staff.sign_in import SignInRefused
from bot.services.staff.tries import TooManyTries
from bot.storage.models import Officer

router = APIRouter(prefix="/account/second-factor")

QR_SCALE = 4

T = TypeVar("T")


@router.get("", name="show_second_factor")
def show_second_factor(request: Request, house: InHouse, visitor: SignedIn) -> Response:
    """Whether there is one, and how one is set up."""
    _check_asked(house)
    return _page(request, house, visitor)


@router.post("", name="begin_second_factor")
def begin_second_factor(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted
) -> Response:
    """Draws a key against the password; it counts once a code of it was typed."""
    _check_asked(house)

    def begin(session: Session, officer: Officer) -> None:
        SecondFactorService(session, house.seal).begin(officer.id, now=house.clock())

    try:
        _prove_password(request, house, visitor, form, begin)
    except (SignInRefused, SecondFactorRefused) as refused:
        return _page(request, house, visitor, _why_not(request, house, refused))
    return RedirectResponse(path_of(request, "show_second_factor"), status_code=303)


@router.post("/confirm", name="confirm_second_factor")
def confirm_second_factor(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted
) -> Response:
    """Takes the first code; browsers that are signed in elsewhere showed none, and end."""
    _check_asked(house)
    try:
        with house.database.transaction() as session:
            codes = SecondFactorService(session, house.seal).confirm(
                visitor.id, field(form, "code"), now=house.clock()
            )
            SessionService(session).close_others(visitor.id, visitor.session_token)
    except SecondFactorRefused as refused:
        # Whose key stands on the page guesses nothing: no line is kept of a slip.
        problem = house.texts.say(f"people.second_factor_{refused.reason}")
        return _page(request, house, visitor, problem)
    house.signals.notify(signals.CONSOLE)
    return _page(request, house, visitor, codes=codes)


@router.post("/recovery", name="renew_recovery_codes")
def renew_recovery_codes(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted
) -> Response:
    """New recovery codes, shown this once; those that were left open nothing any more."""

    def renew(session: Session, officer: Officer) -> list[str]:
        return SecondFactorService(session, house.seal).renew_recovery_codes(officer.id)

    try:
        codes = _prove_both(request, house, visitor, form, renew)
    except (SignInRefused, SecondFactorRefused, TooManyTries) as refused:
        return _page(request, house, visitor, _why_not(request, house, refused))
    return _page(request, house, visitor, codes=codes)


@router.post("/drop", name="drop_second_factor")
def drop_second_factor(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted
) -> Response:
    """Turns it off."""

    def drop(session: Session, officer: Officer) -> None:
        SecondFactorService(session, house.seal).drop(officer.id)

    try:
        _prove_both(request, house, visitor, form, drop)
    except (SignInRefused, SecondFactorRefused, TooManyTries) as refused:
        return _page(request, house, visitor, _why_not(request, house, refused))
    target = f"{path_of(request, 'show_second_factor')}?done=second_factor_dropped"
    return RedirectResponse(target, status_code=303)


def _check_asked(house: House) -> None:
    if not house.second_factor.is_asked():
        raise HTTPException(404)


def _prove_password(
    request: Request,
    house: House,
    visitor: Visitor,
    form: Submitted,
    then: Callable[[Session, Officer], T],
) -> T:
    password = secret(form, "password")
    return prove(house.database, visitor.username, password, then, **whence(request, house))


def _prove_both(
    request: Request,
    house: House,
    visitor: Visitor,
    form: Submitted,
    then: Callable[[Session, Officer], T],
) -> T:
    _check_asked(house)
    _prove_password(request, house, visitor, form, lambda _session, _officer: None)
    typed = field(form, "code")
    return prove_code(house, visitor.username, typed, then, **whence(request, house))


def _why_not(
    request: Request, house: House, refused: SignInRefused | SecondFactorRefused | TooManyTries
) -> str:
    if isinstance(refused, SecondFactorRefused) and refused.reason in ("on", "gone"):
        return house.texts.say(f"people.second_factor_{refused.reason}")
    note_wrong_secret(request)
    if isinstance(refused, TooManyTries):
        return house.texts.say("people.code_wait")
    if isinstance(refused, SecondFactorRefused):
        return house.texts.say(f"people.second_factor_{refused.reason}")
    waits = refused.reason == "wait"
    return house.texts.say("people.sign_in_wait" if waits else "people.password_current")


def _page(
    request: Request,
    house: House,
    visitor: Visitor,
    problem: str = "",
    *,
    codes: Sequence[str] = (),
) -> Response:
    with house.database.reading() as session:
        service = SecondFactorService(session, house.seal)
        factor = service.of(visitor.id)
        key = service.key_to_confirm(visitor.id, now=house.clock())
    return pages_of(request).page(
        request,
        "second_factor.html",
        status=422 if problem else 200,
        factor=factor,
        key=in_fours(key) if key else "",
        picture=_picture(house, visitor, key) if key else "",
        codes=[in_fours(code) for code in codes],
        must=house.second_factor.binds(visitor.role),
        problem=problem,
    )


def _picture(house: House, visitor: Visitor, key: str) -> Markup:
    """The key as a telephone's camera reads it."""
    issuer = house.texts.say("people.second_factor_issuer")
    address = pyotp.TOTP(key).provisioning_uri(name=visitor.username, issuer_name=issuer)
    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(scale=QR_SCALE, light="#fff"))  # noqa: S704  (paths alone)
