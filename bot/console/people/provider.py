"""Signing in by the department's own sign-in service; nobody gets an account by it."""

import base64
import logging
import secrets

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame import cookies
from bot.console.frame.gate import InHouse, recognise
from bot.console.frame.trail_keeper import note_person, note_wrong_secret
from bot.console.people.sign_in import LONGEST_ONWARD, sign_in_form, signed_in, target_of
from bot.house import House
from bot.identity_provider import IdentityProvider, ProviderAway, ProviderRefused, Trip
from bot.services.staff.half_sign_ins import LIFE
from bot.services.staff.secret_tokens import new_token
from bot.services.staff.sessions import BY_PROVIDER, SessionService
from bot.services.staff.vouched import vouched_for

router = APIRouter(prefix="/sign-in/provider")
log = logging.getLogger(__name__)

BACK = "/console/sign-in/provider/back"

STATUS = {"away": 503, "lost": 400, "refused": 401, "unknown": 403}


@router.get("", name="begin_provider")
def begin_provider(request: Request, house: InHouse) -> Response:
    """Sends the browser there."""
    onward = request.query_params.get("next", "")
    if recognise(request) is not None:
        return RedirectResponse(target_of(request, onward), status_code=303)
    trip = Trip(new_token())
    try:
        address = _provider(house).address(trip, _back(house))
    except ProviderAway as away:
        return _not_entered(request, house, onward, "away", str(away))
    response = RedirectResponse(address, status_code=303)
    kept = f"{trip.seed}.{_folded(onward)}"
    cookies.give(response, request, house, cookies.TRIP_COOKIE, kept, life=LIFE)
    return response


@router.get("/back", name="provider_back")
def provider_back(request: Request, house: InHouse) -> Response:
    """Takes who comes back: signed in where exactly one of our people is meant."""
    provider, given = _provider(house), request.query_params
    seed, _, kept = request.cookies.get(cookies.TRIP_COOKIE, "").partition(".")
    onward, trip = _unfolded(kept), Trip(seed)
    if recognise(request) is not None:
        return RedirectResponse(target_of(request, onward), status_code=303)
    if not seed or not _same(given.get("state", ""), trip.state):
        return _not_entered(request, house, onward, "lost", "another state")
    if not given.get("code"):
        return _not_entered(request, house, onward, "refused", given.get("error", "no code"))
    try:
        claims = provider.claims(trip, given["code"], _back(house), now=house.clock())
    except ProviderAway as away:
        return _not_entered(request, house, onward, "away", str(away))
    except ProviderRefused as refused:
        return _not_entered(request, house, onward, "refused", str(refused))
    with house.database.transaction() as session:
        officer = vouched_for(session, claims, house.settings.oidc_claim)
        if officer is None:
            return _not_entered(request, house, onward, "unknown", "nobody of ours")
        token = SessionService(session).open(officer, now=house.clock(), way=BY_PROVIDER)
    note_person(request, officer.id)
    response = signed_in(request, house, token, target_of(request, onward))
    cookies.take_back(response, request, cookies.TRIP_COOKIE)
    return response


def _provider(house: House) -> IdentityProvider:
    provider = IdentityProvider(house.settings)
    if not provider.is_on:
        raise HTTPException(404)
    return provider


def _not_entered(request: Request, house: House, onward: str, reason: str, why: str) -> Response:
    log.warning("nobody signed in by the identity provider (%s): %r", reason, why)
    if reason != "away":
        note_wrong_secret(request)
    problem = house.texts.say(f"people.provider_{reason}")
    response = sign_in_form(request, house, status=STATUS[reason], onward=onward, problem=problem)
    cookies.take_back(response, request, cookies.TRIP_COOKIE)
    return response


def _back(house: House) -> str:
    return f"{house.settings.base_url}{BACK}"


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def _folded(onward: str) -> str:
    kept = onward.encode("utf-8", "replace") if len(onward) <= LONGEST_ONWARD else b""
    return base64.urlsafe_b64encode(kept).rstrip(b"=").decode()


def _unfolded(kept: str) -> str:
    try:
        return base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4)).decode()
    except ValueError:
        return ""
