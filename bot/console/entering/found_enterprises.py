"""Enterprises of the register that what an officer typed may mean."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.services.enterprises.enterprise_list import EnterpriseFilter, EnterpriseList, Order
from bot.services.requests.enterprises import EnterpriseService

MOST_FOUND = 6


@dataclass(frozen=True)
class FoundEnterprise:
    """One of them. `name`: as the department has it, or as an owner gave it last; may be empty."""

    id: int
    name: str
    tax_code: str


def found_enterprises(session: Session, text: str, tax_code: str) -> list[FoundEnterprise]:
    """By a right tax code the one that has it; else those of which every word begins a word."""
    if tax_code:
        known = EnterpriseService(session).by_tax_code(tax_code)
        found = known_enterprise(session, known.id) if known is not None else None
        return [found] if found is not None else []
    if not text:
        return []
    listing = EnterpriseList(session)
    rows = listing.page(EnterpriseFilter(text=text), Order.NAME, limit=MOST_FOUND)
    if len(rows) < MOST_FOUND:
        rows += listing.page_without_profile(text, limit=MOST_FOUND - len(rows))
    return [
        FoundEnterprise(one.enterprise.id, one.name, one.enterprise.tax_code or "") for one in rows
    ]


def known_enterprise(session: Session, enterprise_id: int) -> FoundEnterprise | None:
    """One of the register, or the one that it was merged into."""
    found = EnterpriseList(session).named(enterprise_id)
    if found is None:
        return None
    return FoundEnterprise(found.id, found.name or found.given, found.tax_code)
