"""What was noted of the people of an enterprise, line by line, as long as it may be known.

A person who is removed leaves who wrote what and when, and no word of what was written; of one who
has had her data erased nothing is left, not even on the lines of whoever had her number before or
after her.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, or_, select, tuple_, update
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.enterprise.profile import CONTACT_FIELDS, CONTACT_GONE, ContactField
from bot.services.enterprises.profiles import HistoryLine, WrittenBy
from bot.storage.models import ProfileChange, ProfileContact


@dataclass(frozen=True)
class ContactDetails:
    """What is kept of a person. `surveys`: a `SurveyConsent`, empty where she was never asked."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""
    surveys: str = ""
    surveys_at: datetime | None = None
    surveys_how: str = ""


NOBODY = ContactDetails("")


def details_of(row: ProfileContact) -> ContactDetails:
    """What is kept of a person now."""
    return ContactDetails(
        name=row.name,
        role=row.role,
        phone=row.phone,
        email=row.email,
        surveys=row.surveys,
        surveys_at=row.surveys_at,
        surveys_how=row.surveys_how,
    )


class ContactHistory:
    """Writes the lines of people, and forgets them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(
        self, row: ProfileContact, before: ContactDetails, *, by: WrittenBy, now: datetime
    ) -> None:
        """A line for each field of a person that is not as it was before."""
        self.keep(lines_of(row, before, by=by, now=now))

    def keep(self, lines: Sequence[HistoryLine]) -> None:
        """Stores lines, behind the people that they are of."""
        if lines:
            self._session.execute(insert(ProfileChange), list(lines))

    def removed(self, row: ProfileContact, *, by: WrittenBy, now: datetime) -> None:
        """A person goes: what was written of her is forgotten, that it was written stays."""
        self._session.execute(
            update(ProfileChange)
            .where(ProfileChange.person_id == row.id)
            .values(before="", after="", person_id=None)
            .execution_options(synchronize_session=False)
        )
        gone = _line(row, CONTACT_GONE, ("", ""), by=by, now=now)
        self.keep([{**gone, "person_id": None}])

    def erased(self, ids: Iterable[int], phone: str, email: str) -> None:
        """People whose data are erased: their lines go, and theirs on the lines of others."""
        self._session.execute(
            delete(ProfileChange)
            .where(ProfileChange.person_id.in_(list(ids)))
            .execution_options(synchronize_session=False)
        )
        ways = ((ContactField.PHONE, phone), (ContactField.EMAIL, email))
        theirs = [
            (ProfileChange.field == field)
            & or_(ProfileChange.before == reach, ProfileChange.after == reach)
            for field, reach in ways
            if reach
        ]
        if theirs:
            self._empty(or_(*theirs))

    def follow(self, ids: Sequence[int], enterprise_id: int) -> None:
        """The lines of people who are another row's now, which is the same enterprise."""
        self._session.execute(
            update(ProfileChange)
            .where(ProfileChange.person_id.in_(ids))
            .values(enterprise_id=enterprise_id)
            .execution_options(synchronize_session=False)
        )

    def _empty(self, holding: ColumnElement[bool]) -> None:
        """Lines that hold a way to reach somebody, with what was written of her beside it."""
        hands = self._session.execute(
            select(ProfileChange.person_id, ProfileChange.at).where(holding).distinct()
        ).all()
        if not hands:
            return
        beside = tuple_(ProfileChange.person_id, ProfileChange.at).in_([tuple(h) for h in hands])
        self._session.execute(
            update(ProfileChange)
            .where(or_(holding, beside))
            .values(before="", after="")
            .execution_options(synchronize_session=False)
        )


def lines_of(
    row: ProfileContact, before: ContactDetails, *, by: WrittenBy, now: datetime
) -> list[HistoryLine]:
    """The lines of what a stored person has now and had not before."""
    was, is_ = _written(before), _written(details_of(row))
    return [
        _line(row, field, (was[field], is_[field]), by=by, now=now)
        for field in CONTACT_FIELDS
        if was[field] != is_[field]
    ]


def _line(
    row: ProfileContact, field: str, values: tuple[str, str], *, by: WrittenBy, now: datetime
) -> HistoryLine:
    return {
        "enterprise_id": row.enterprise_id,
        "person_id": row.id,
        "field": str(field),
        "before": values[0],
        "after": values[1],
        "source": by.source,
        "import_id": by.import_id,
        "officer_id": by.officer.id if by.officer is not None else None,
        "at": now,
    }


def _written(details: ContactDetails) -> dict[ContactField, str]:
    on = details.surveys_at.astimezone(VIETNAM).date().isoformat() if details.surveys_at else ""
    return {
        ContactField.NAME: details.name,
        ContactField.ROLE: details.role,
        ContactField.PHONE: details.phone,
        ContactField.EMAIL: details.email,
        ContactField.SURVEYS: details.surveys,
        ContactField.SURVEYS_AT: on,
        ContactField.SURVEYS_HOW: details.surveys_how,
    }
