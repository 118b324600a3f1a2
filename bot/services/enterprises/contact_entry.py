"""A person of an enterprise as an officer types her in."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.clock import VIETNAM
from bot.domain.enterprise.email import emails_in
from bot.domain.enterprise.profile import WHOLE, SurveyConsent
from bot.domain.enterprise.reach import typed_phones
from bot.domain.input.cleaning import clean_line
from bot.domain.input.lengths import CONTACT_ROLE, PERSON_NAME, PHONE, PROFILE_LINE
from bot.services.enterprises.contact_history import ContactDetails

LONGEST = {"name": PERSON_NAME, "role": CONTACT_ROLE, "surveys_how": PROFILE_LINE}

NOON = time(12)
"""Of the day on which a consent was given: the hour is not asked for."""


@dataclass(frozen=True)
class ContactProblem:
    """Why a field cannot be kept: the end of a sentence's name. `most`: characters, if too many."""

    reason: str
    most: int = 0


@dataclass(frozen=True)
class ContactEntry:
    """What was read: details, or the problems by field."""

    details: ContactDetails | None
    problems: Mapping[str, ContactProblem]


def read_contact(entered: Mapping[str, str], *, now: datetime) -> ContactEntry:
    """Reads the form of a person. A consent needs the day and the way in which it was given."""
    typed = {name: clean_line(text, WHOLE) for name, text in entered.items()}
    problems = {
        name: ContactProblem("long", most)
        for name, most in LONGEST.items()
        if len(typed[name]) > most
    }
    phone, email = _phone(typed["phone"]), _email(typed["email"])
    if phone is None:
        problems["phone"] = ContactProblem("phone")
    if email is None:
        problems["email"] = ContactProblem("email")
    surveys, given_on = typed["surveys"], _day(typed["surveys_on"], now)
    if surveys and surveys not in set(SurveyConsent):
        problems["surveys"] = ContactProblem("consent")
    if surveys and typed["surveys_on"] and given_on is None:
        problems["surveys_on"] = ContactProblem("consent_when")
    if surveys == SurveyConsent.YES:
        if given_on is None:
            problems["surveys_on"] = ContactProblem("consent_when")
        if not typed["surveys_how"]:
            problems["surveys_how"] = ContactProblem("consent_how")
    if not (typed["name"] or typed["phone"] or typed["email"]):
        problems["name"] = ContactProblem("empty")
    if problems:
        return ContactEntry(None, problems)
    details = ContactDetails(
        name=typed["name"],
        role=typed["role"],
        phone=phone or "",
        email=email or "",
        surveys=surveys,
        surveys_at=given_on if surveys else None,
        surveys_how=typed["surveys_how"] if surveys else "",
    )
    return ContactEntry(details, {})


def _phone(typed: str) -> str | None:
    """The one number that was typed; None where there is none, or more than one."""
    if not typed:
        return ""
    numbers = [one.number for one in typed_phones(unicodedata.normalize("NFC", typed))]
    return numbers[0] if len(numbers) == 1 and len(numbers[0]) <= PHONE else None


def _email(typed: str) -> str | None:
    if not typed:
        return ""
    addresses = [one.address for one in emails_in(typed)]
    return addresses[0] if len(addresses) == 1 else None


def _day(typed: str, now: datetime) -> datetime | None:
    """The noon of a day that is not to come."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    at = datetime.combine(day, NOON, VIETNAM)
    return at if day <= now.astimezone(VIETNAM).date() else None
