"""The register as a list: profiles filtered, searched, sorted, and enterprises without one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select
from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestState
from bot.domain.text.search_text import Term, search_text, terms_of
from bot.storage.models import (
    Attempt,
    Enterprise,
    EnterpriseProfile,
    Invitation,
    ProfileContact,
    Request,
)
from bot.storage.searched import holds

Columns = TypeVarTuple("Columns")


class Order(StrEnum):
    """How profiles are sorted: by name without accents, or the one changed last first."""

    NAME = "name"
    CHANGED = "changed"


class Happening(StrEnum):
    """What the list tells of last."""

    REQUEST = "request"
    RUN = "run"
    SURVEY = "survey"
    PROFILE = "profile"


@dataclass(frozen=True)
class EnterpriseFilter:
    """Which profiles a list shows; what is empty or None narrows nothing.

    `text`: words of which each begins a word of the name, the products, the address, the tax code,
    a contact's name, phone number or e-mail address (`domain.text.search_text`). `sees_runs`:
    whether runs of self-assessments are the person's to see.
    """

    text: str = ""
    sector: str = ""
    province: str = ""
    commune: str = ""
    size: str = ""
    ownership: str = ""
    exports: bool | None = None
    has_run: bool = False
    has_open_request: bool = False
    sees_runs: bool = False


@dataclass(frozen=True)
class ListedEnterprise:
    """A row: the enterprise, its profile where it has one, and what it is called."""

    enterprise: Enterprise
    profile: EnterpriseProfile | None
    name: str


@dataclass(frozen=True)
class NamedEnterprise:
    """An enterprise and what it is called.

    `name`: as the department has it, or the one name that there is; `given`: what an owner called
    it last under its tax code. Each is empty where it is not known.
    """

    id: int
    name: str
    tax_code: str
    given: str


@dataclass(frozen=True)
class LastHappening:
    """The newest thing that is known of an enterprise."""

    kind: Happening
    at: datetime


class EnterpriseList:
    """Looks enterprises up for the department's people."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._named: dict[str, list[int]] = {}

    # — those with a profile —

    def page(
        self, wanted: EnterpriseFilter, order: Order, *, limit: int, offset: int = 0
    ) -> list[ListedEnterprise]:
        """Some of the profiles, in order."""
        # The ids first: whole rows would all be carried through the sorting.
        chosen = (
            _filtered(select(EnterpriseProfile.enterprise_id), wanted)
            .order_by(*_by(order))
            .limit(limit)
            .offset(offset)
        )
        ids = list(self._session.scalars(chosen))
        query = _profiles().where(EnterpriseProfile.enterprise_id.in_(ids)).order_by(*_by(order))
        return [_listed(*row) for row in self._session.execute(query)]

    def count(self, wanted: EnterpriseFilter) -> int:
        """How many profiles there are."""
        query = select(func.count()).select_from(EnterpriseProfile)
        return self._session.scalar(_filtered(query, wanted)) or 0

    def everything(self, wanted: EnterpriseFilter, order: Order) -> list[ListedEnterprise]:
        """All of them, for a table."""
        query = _filtered(_profiles(), wanted).order_by(*_by(order))
        return [_listed(*row) for row in self._session.execute(query)]

    def provinces(self) -> list[str]:
        """The codes of the provinces that any profile lies in."""
        query = select(EnterpriseProfile.province).distinct()
        return sorted(filter(None, self._session.scalars(query)))

    # — those that owners named, and nobody has opened a profile of —

    def page_without_profile(
        self, text: str, *, limit: int, offset: int = 0
    ) -> list[ListedEnterprise]:
        """Some of them, the one heard of last first; found by tax code and by names given."""
        newest = (
            select(func.max(Request.id)).where(Request.enterprise_id == Enterprise.id)
        ).scalar_subquery()
        query = (
            _without_profile(select(Enterprise)).order_by(newest.desc()).limit(limit).offset(offset)
        )
        rows = list(self._session.scalars(self._mentioning(query, text)))
        names = self.names_given(row.id for row in rows)
        return [ListedEnterprise(row, None, row.name or names.get(row.id, "")) for row in rows]

    def count_without_profile(self, text: str = "") -> int:
        """How many of them there are."""
        query = _without_profile(select(func.count()).select_from(Enterprise))
        return self._session.scalar(self._mentioning(query, text)) or 0

    def names_given(self, ids: Iterable[int]) -> dict[int, str]:
        """The name that an owner gave last for each."""
        newest = (
            select(func.max(Request.id))
            .where(Request.enterprise_id.in_(list(ids)), Request.enterprise_name != "")
            .group_by(Request.enterprise_id)
        )
        query = select(Request.enterprise_id, Request.enterprise_name).where(Request.id.in_(newest))
        return {row_id: name for row_id, name in self._session.execute(query) if row_id is not None}

    # — of both —

    def named(self, enterprise_id: int) -> NamedEnterprise | None:
        """An enterprise; where it was merged into another, that one."""
        found = self._session.get(Enterprise, enterprise_id)
        if found is not None and found.merged_into_id is not None:
            found = self._session.get(Enterprise, found.merged_into_id)
        if found is None:
            return None
        profile = self._session.get(EnterpriseProfile, found.id)
        name = profile.name if profile is not None else ""
        given = self.names_given([found.id]).get(found.id, "")
        return NamedEnterprise(found.id, name or found.name, found.tax_code or "", given)

    def last(
        self, rows: Iterable[ListedEnterprise], *, sees_runs: bool
    ) -> dict[int, LastHappening]:
        """The newest thing of each row that the person may know of."""
        shown = list(rows)
        ids = [row.enterprise.id for row in shown]
        found = {
            row.enterprise.id: LastHappening(Happening.PROFILE, row.profile.updated_at)
            for row in shown
            if row.profile is not None
        }
        kinds = [
            (Happening.REQUEST, Request.enterprise_id, Request.created_at),
            (Happening.SURVEY, Invitation.enterprise_id, Invitation.answered_at),
        ]
        if sees_runs:
            kinds.append((Happening.RUN, Attempt.enterprise_id, Attempt.finished_at))
        for kind, whose, at in kinds:
            query = select(whose, func.max(at)).where(whose.in_(ids), at.is_not(None))
            if kind is Happening.RUN:
                query = query.where(Attempt.campaign_id.is_(None))
            for row_id, newest in self._session.execute(query.group_by(whose)):
                if row_id is None or newest is None:
                    continue
                if row_id not in found or found[row_id].at < newest:
                    found[row_id] = LastHappening(kind, newest)
        return found

    # — inside —

    def _mentioning(self, query: Select[*Columns], text: str) -> Select[*Columns]:
        if not text.strip():
            return query
        if text not in self._named:
            self._named[text] = self._named_so(text)
        return query.where(Enterprise.id.in_(self._named[text]))

    def _named_so(self, text: str) -> list[int]:
        """Those without a profile whose tax code or some given name holds every word.

        The words kept with a request hold its question too, which is not everybody's to search:
        they only choose whose names are looked at.
        """
        terms = terms_of(text)
        if not terms:
            return []
        maybe = [
            or_(
                holds(_spaced(Enterprise.search_text), term),
                Enterprise.id.in_(
                    select(Request.enterprise_id).where(
                        holds(_spaced(Request.search_text), term),
                        Request.enterprise_id.is_not(None),
                    )
                ),
            )
            for term in terms
        ]
        names = (
            _without_profile(select(Enterprise.id, Enterprise.search_text, Request.enterprise_name))
            .join(Request, Request.enterprise_id == Enterprise.id)
            .where(*maybe)
            .distinct()
        )
        words: dict[int, str] = {}
        for row_id, kept, name in self._session.execute(names):
            words[row_id] = f"{words.get(row_id, f' {kept}')} {search_text(name)}"
        return [row_id for row_id, said in words.items() if all(_says(said, one) for one in terms)]


def _profiles() -> Select[EnterpriseProfile, Enterprise]:
    return select(EnterpriseProfile, Enterprise).join(
        Enterprise, Enterprise.id == EnterpriseProfile.enterprise_id
    )


def _by(order: Order) -> tuple[ColumnElement[Any], ...]:
    whose = EnterpriseProfile.enterprise_id
    if order is Order.CHANGED:
        return EnterpriseProfile.updated_at.desc(), whose.desc()
    # The folded words begin with those of the name: no accents, no case.
    return EnterpriseProfile.search_text.asc(), whose.asc()


def _listed(profile: EnterpriseProfile, enterprise: Enterprise) -> ListedEnterprise:
    return ListedEnterprise(enterprise, profile, profile.name or enterprise.name)


def _without_profile(query: Select[*Columns]) -> Select[*Columns]:
    return query.where(
        Enterprise.merged_into_id.is_(None),
        Enterprise.id.not_in(select(EnterpriseProfile.enterprise_id)),
        Enterprise.id.in_(select(Request.enterprise_id).where(Request.enterprise_id.is_not(None))),
    )


def _filtered(query: Select[*Columns], wanted: EnterpriseFilter) -> Select[*Columns]:
    profile = EnterpriseProfile
    for column, value in (
        (profile.sector, wanted.sector),
        (profile.province, wanted.province),
        (profile.commune, wanted.commune),
        (profile.size_class, wanted.size),
        (profile.ownership, wanted.ownership),
    ):
        if value:
            query = query.where(column == value)
    if wanted.exports is not None:
        query = query.where(profile.exports.is_(wanted.exports))
    if wanted.has_run and wanted.sees_runs:
        # Asked for row by row: a list of all runs would be gone through for a page of fifty.
        runs = select(Attempt.id).where(
            Attempt.enterprise_id == profile.enterprise_id,
            Attempt.finished_at.is_not(None),
            Attempt.campaign_id.is_(None),
        )
        query = query.where(runs.exists())
    if wanted.has_open_request:
        requests = select(Request.id).where(
            Request.enterprise_id == profile.enterprise_id, Request.state != RequestState.CLOSED
        )
        query = query.where(requests.exists())
    if wanted.text.strip():
        terms = terms_of(wanted.text)
        query = query.where(and_(*map(_has, terms)) if terms else false())
    return query


def _has(term: Term) -> ColumnElement[bool]:
    """Whether a profile, its tax code or one of its people holds a term."""
    codes = select(Enterprise.id).where(holds(_spaced(Enterprise.search_text), term))
    people = select(ProfileContact.enterprise_id).where(
        holds(_spaced(ProfileContact.search_text), term)
    )
    return or_(
        holds(_spaced(EnterpriseProfile.search_text), term),
        EnterpriseProfile.enterprise_id.in_(codes),
        EnterpriseProfile.enterprise_id.in_(people),
    )


def _spaced(words: ColumnElement[str] | object) -> ColumnElement[str]:
    return literal(" ").concat(words)


def _says(words: str, term: Term) -> bool:
    begun = all(f" {beginning}" in words for beginning in term.beginnings)
    return begun or bool(term.digits and term.digits in words)
