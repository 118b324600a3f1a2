"""Whom of the department's people an identity provider vouches for."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.services.staff.officers import OfficerService
from bot.storage.models import MailBox, Officer

EMAIL = "email"
MOST_MEANT = 2
"""Rows that are looked at: two are one too many."""


def vouched_for(session: Session, claims: Mapping[str, Any], claim: str) -> Officer | None:
    """The one active person whom a claim names; None: nobody, or more than one.

    `email` names the person to whom that address was confirmed, unless the provider says that it
    is not confirmed there; any other claim names a user name.
    """
    told = claims.get(claim)
    if not isinstance(told, str) or not told.strip():
        return None
    if claim != EMAIL:
        named = OfficerService(session).by_username(told)
        return named if named is not None and named.active else None
    if claims.get("email_verified", True) not in (True, "true"):
        return None
    meant = session.scalars(
        select(Officer)
        .join(MailBox, MailBox.officer_id == Officer.id)
        .where(
            func.lower(MailBox.address) == told.strip().lower(),
            MailBox.verified_at.is_not(None),
            Officer.active,
        )
        .limit(MOST_MEANT)
    ).all()
    return meant[0] if len(meant) == 1 else None
