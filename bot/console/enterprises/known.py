"""What the pages of one enterprise begin with."""

from dataclasses import dataclass

from fastapi import HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot.console.frame.pages import path_of
from bot.domain.clock import VIETNAM
from bot.house import House
from bot.services.enterprises.enterprise_list import EnterpriseList
from bot.services.enterprises.profile_words import ProfileWords
from bot.services.enterprises.profiles import ProfileService
from bot.services.enterprises.typed_fields import TypedFields
from bot.services.requests.enterprises import EnterpriseService
from bot.storage.models import Enterprise, EnterpriseProfile


@dataclass(frozen=True)
class KnownEnterprise:
    """An enterprise, its profile where it has one, and what it is called."""

    row: Enterprise
    profile: EnterpriseProfile | None
    name: str


def known_enterprise(session: Session, house: House, enterprise_id: int) -> KnownEnterprise:
    """An enterprise of the register.

    Raises:
        HTTPException: 404, there is none.
    """
    found = EnterpriseService(session).get(enterprise_id)
    if found is None:
        raise HTTPException(404)
    profile = profiles_of(session, house).get(enterprise_id)
    name = (profile.name if profile is not None else "") or found.name
    if not name:
        name = EnterpriseList(session).names_given([found.id]).get(found.id, "")
    return KnownEnterprise(found, profile, name)


def merged_away(
    request: Request, found: KnownEnterprise, route: str, *, done: str = ""
) -> Response | None:
    """The way to the enterprise that this one was merged into; None where it stands."""
    if found.row.merged_into_id is None:
        return None
    return gone_to(request, found.row.merged_into_id, route, done=done)


def gone_to(request: Request, enterprise_id: int, route: str, *, done: str = "") -> Response:
    """The way to a page of an enterprise."""
    target = path_of(request, route, enterprise_id=enterprise_id)
    return RedirectResponse(f"{target}?done={done}" if done else target, status_code=303)


def profiles_of(session: Session, house: House) -> ProfileService:
    """The profiles, with the sectors as they are now."""
    return ProfileService(session, house.library.tables.sectors)


def words_of(house: House) -> ProfileWords:
    """What profiles say, with the places and sectors as they are now."""
    tables = house.library.tables
    return ProfileWords(house.texts, tables.places, tables.sectors)


def typed_fields(house: House) -> TypedFields:
    """The reader of forms, with the places and sectors as they are now."""
    tables = house.library.tables
    return TypedFields(tables.places, tables.sectors, this_year=this_year(house))


def this_year(house: House) -> int:
    """In Vietnam."""
    return house.clock().astimezone(VIETNAM).year
