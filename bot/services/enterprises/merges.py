"""Two rows that are one enterprise: found, merged into one, and parted again."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import ChangeSource, ProfileField, Value
from bot.domain.surveys.campaign import InvitationState
from bot.domain.text.search_text import search_text
from bot.services.enterprises.contact_history import ContactHistory
from bot.services.enterprises.profiles import ProfileService, WrittenBy, filled, values_of
from bot.storage.models import (
    Attempt,
    Contact,
    Enterprise,
    EnterpriseMerge,
    EnterpriseProfile,
    Invitation,
    Officer,
    ProfileContact,
    Request,
)

MOST_DOUBLES = 200
"""Pairs that one page shows."""

LARGEST_GROUP = 8
"""Rows of one name that are paired: a name that more have says nothing."""

MOVES = (Contact, Request, ProfileContact)
"""What goes with the enterprise, by its column `enterprise_id`."""

CLOSED = "closed"
"""Stands in `moved` for invitations that were closed, each with its state before."""

ASKED = frozenset({InvitationState.WAITING, InvitationState.SENT})

FIGURES = {ProfileField.STAFF, ProfileField.REVENUE, ProfileField.CAPITAL}
PLACE = {ProfileField.PROVINCE, ProfileField.COMMUNE, ProfileField.ADDRESS}

_FORM_WORDS = re.compile(
    r"\b(?:cong ty|cty|ct|tnhh|trach nhiem huu han|mtv|mot thanh vien|co phan|cp|dntn"
    r"|doanh nghiep tu nhan|doanh nghiep|ho kinh doanh|hkd|hop tac xa|htx|co so)\b"
)
"""Words of a legal form: one name with and without them is the same."""


class MergeRefused(Exception):
    """The two cannot be merged, or parted; `reason` names the sentence that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Known:
    """What a person compares of two rows. `commune`: the code of one, or empty."""

    enterprise_id: int
    name: str
    tax_code: str
    commune: str
    has_profile: bool


@dataclass(frozen=True)
class Double:
    """Two rows that may be one enterprise; `kept`: the one that should stay."""

    kept: Known
    gone: Known


class MergeService:
    """Merges and parts enterprises; nothing is lost on the way there or back."""

    def __init__(self, session: Session, profiles: ProfileService) -> None:
        self._session = session
        self._profiles = profiles
        self._people = ContactHistory(session)

    def doubles(self) -> list[Double]:
        """Pairs of one name, legal form aside, that no two tax codes and no two communes part."""
        by_name: defaultdict[str, list[Known]] = defaultdict(list)
        for one in self._known():
            if key := name_key(one.name):
                by_name[key].append(one)
        groups = (group for group in by_name.values() if 1 < len(group) <= LARGEST_GROUP)
        pairs = (pair for group in groups for pair in _pairs(group))
        return [pair for pair, _ in zip(pairs, range(MOST_DOUBLES), strict=False)]

    def merge(
        self, first_id: int, second_id: int, *, officer: Officer, now: datetime
    ) -> EnterpriseMerge:
        """Makes two rows one: what happened to the second becomes the first's.

        The one with a tax code is kept. What its profile leaves empty is filled from the other's.

        Raises:
            MergeRefused: they are one already, or have a tax code each.
        """
        kept, gone = self._pair(first_id, second_id)
        moved: dict[str, Any] = {
            model.__tablename__: self._move(model, gone.id, kept.id) for model in MOVES
        }
        self._people.follow(moved[ProfileContact.__tablename__], kept.id)
        moved[Invitation.__tablename__] = self._move_invitations(gone.id, kept.id)
        moved[CLOSED] = self._close_doubles(gone.id, kept.id)
        moved[Attempt.__tablename__] = self._move_runs(gone.id, kept.id)
        moved[Enterprise.__tablename__] = self._point(gone.id, kept.id)
        kept_profile = self._kept_profile(kept, gone, officer=officer, now=now)
        gone.merged_into_id = kept.id
        merge = EnterpriseMerge(
            kept_id=kept.id,
            gone_id=gone.id,
            moved=moved,
            profile=kept_profile,
            officer_id=officer.id,
            at=now,
        )
        self._session.add(merge)
        self._session.flush()
        return merge

    def part(self, merge_id: int, *, officer: Officer, now: datetime) -> EnterpriseMerge:
        """Takes a merge back: each row returns to where it was, unless it has moved on since.

        Raises:
            MergeRefused: there is none, it was taken back, or what it kept is merged itself.
        """
        merge = self._session.get(EnterpriseMerge, merge_id, with_for_update=True)
        if merge is None or merge.undone_at is not None:
            raise MergeRefused("merge_gone")
        kept, gone = self._held(merge.kept_id), self._held(merge.gone_id)
        if kept is None or gone is None or kept.merged_into_id is not None:
            raise MergeRefused("merge_moved_on")
        self._reopen(merge.moved.get(CLOSED, []))
        for model in (*MOVES, Attempt, Invitation):
            self._return(model, merge.moved.get(model.__tablename__, []), kept.id, gone.id)
        self._people.follow(self._people_of(gone.id), gone.id)
        self._repoint(merge.moved.get(Enterprise.__tablename__, []), gone.id)
        gone.merged_into_id = None
        self._part_profiles(merge, kept, gone, officer=officer, now=now)
        merge.undone_at = now
        self._session.flush()
        return merge

    # — inside —

    def _known(self) -> Iterator[Known]:
        rows = self._session.execute(
            select(
                Enterprise.id,
                Enterprise.tax_code,
                Enterprise.name,
                EnterpriseProfile.enterprise_id,
                EnterpriseProfile.name,
                EnterpriseProfile.commune,
            )
            .outerjoin(EnterpriseProfile, EnterpriseProfile.enterprise_id == Enterprise.id)
            .where(Enterprise.merged_into_id.is_(None))
            .order_by(Enterprise.id)
        )
        for id_, code, own, profile_id, name, commune in rows:
            yield Known(id_, name or own, code or "", commune or "", profile_id is not None)

    def _pair(self, first_id: int, second_id: int) -> tuple[Enterprise, Enterprise]:
        if first_id == second_id:
            raise MergeRefused("merge_same")
        held = {id_: self._held(id_) for id_ in sorted((first_id, second_id))}
        first, second = held[first_id], held[second_id]
        if first is None or second is None:
            raise MergeRefused("merge_gone")
        if first.merged_into_id is not None or second.merged_into_id is not None:
            raise MergeRefused("merge_gone")
        if first.tax_code and second.tax_code:
            raise MergeRefused("merge_two_codes")
        return (second, first) if second.tax_code else (first, second)

    def _held(self, enterprise_id: int) -> Enterprise | None:
        return self._session.get(
            Enterprise, enterprise_id, with_for_update=True, populate_existing=True
        )

    def _move(self, model: type[Any], gone_id: int, kept_id: int) -> list[int]:
        self._session.flush()
        ids = self._session.scalars(select(model.id).where(model.enterprise_id == gone_id)).all()
        self._session.execute(update(model).where(model.id.in_(ids)).values(enterprise_id=kept_id))
        return list(ids)

    def _people_of(self, enterprise_id: int) -> list[int]:
        theirs = select(ProfileContact.id).where(ProfileContact.enterprise_id == enterprise_id)
        return list(self._session.scalars(theirs))

    def _move_invitations(self, gone_id: int, kept_id: int) -> list[int]:
        """All but those of a campaign that asks the kept one too: each is asked once."""
        asked = select(Invitation.campaign_id).where(Invitation.enterprise_id == kept_id)
        ids = self._session.scalars(
            select(Invitation.id).where(
                Invitation.enterprise_id == gone_id, Invitation.campaign_id.not_in(asked)
            )
        ).all()
        self._session.execute(
            update(Invitation).where(Invitation.id.in_(ids)).values(enterprise_id=kept_id)
        )
        return list(ids)

    def _close_doubles(self, gone_id: int, kept_id: int) -> list[list[Any]]:
        """Of two invitations of a campaign the one without an answer is asked no more."""
        theirs = Invitation.enterprise_id.in_((gone_id, kept_id))
        twice = (
            select(Invitation.campaign_id)
            .where(theirs)
            .group_by(Invitation.campaign_id)
            .having(func.count() > 1)
        )
        rows = self._session.scalars(
            select(Invitation).where(theirs, Invitation.campaign_id.in_(twice))
        ).all()
        answered = {row.campaign_id for row in rows if row.state == InvitationState.ANSWERED}
        closed = [
            row
            for row in rows
            if row.state in ASKED and (row.campaign_id in answered or row.enterprise_id == gone_id)
        ]
        before = [[row.id, row.state] for row in closed]
        for row in closed:
            row.state = InvitationState.OUT
        self._session.flush()
        return before

    def _reopen(self, closed: Sequence[Sequence[Any]]) -> None:
        for row_id, state in closed:
            self._session.execute(
                update(Invitation)
                .where(Invitation.id == row_id, Invitation.state == InvitationState.OUT)
                .values(state=state)
            )

    def _move_runs(self, gone_id: int, kept_id: int) -> list[int]:
        """All but the answers to an invitation that stays where it is."""
        stay = select(Invitation.attempt_id).where(
            Invitation.enterprise_id == gone_id, Invitation.attempt_id.is_not(None)
        )
        ids = self._session.scalars(
            select(Attempt.id).where(Attempt.enterprise_id == gone_id, Attempt.id.not_in(stay))
        ).all()
        self._session.execute(
            update(Attempt).where(Attempt.id.in_(ids)).values(enterprise_id=kept_id)
        )
        return list(ids)

    def _point(self, gone_id: int, kept_id: int) -> list[int]:
        """Rows that were merged into the one that goes now point to the one that stays."""
        ids = self._session.scalars(
            select(Enterprise.id).where(Enterprise.merged_into_id == gone_id)
        ).all()
        self._session.execute(
            update(Enterprise).where(Enterprise.id.in_(ids)).values(merged_into_id=kept_id)
        )
        return list(ids)

    def _repoint(self, ids: Sequence[int], gone_id: int) -> None:
        self._session.execute(
            update(Enterprise).where(Enterprise.id.in_(ids)).values(merged_into_id=gone_id)
        )

    def _return(self, model: type[Any], ids: Sequence[int], kept_id: int, gone_id: int) -> None:
        self._session.execute(
            update(model)
            .where(model.id.in_(ids), model.enterprise_id == kept_id)
            .values(enterprise_id=gone_id)
        )

    def _kept_profile(
        self, kept: Enterprise, gone: Enterprise, *, officer: Officer, now: datetime
    ) -> dict[str, Any] | None:
        """Fills what is empty; returns the fields of the profile that goes, and what it filled."""
        other = self._profiles.held(gone.id)
        if other is None:
            return None
        values = values_of(other)
        is_new = self._profiles.get(kept.id) is None
        profile = self._profiles.open(kept, now=now)
        taken = _lacking(values_of(profile), values)
        by = WrittenBy(ChangeSource.MERGE, officer)
        self._profiles.write(profile, taken, by=by, now=now)
        self._session.delete(other)
        self._session.flush()
        return {
            "values": {str(field): value for field, value in values.items()},
            "filled": [str(field) for field in taken],
            "opened": is_new,
        }

    def _part_profiles(
        self,
        merge: EnterpriseMerge,
        kept: Enterprise,
        gone: Enterprise,
        *,
        officer: Officer,
        now: datetime,
    ) -> None:
        if merge.profile is None:
            return
        values = {ProfileField(name): value for name, value in merge.profile["values"].items()}
        by = WrittenBy(ChangeSource.UNDONE, officer)
        self._profiles.write(self._profiles.open(gone, now=now), values, by=by, now=now)
        profile = self._profiles.held(kept.id)
        if profile is None:
            return
        emptied: Mapping[ProfileField, Value] = {
            field: _empty(value)
            for name in merge.profile["filled"]
            for field in (ProfileField(name),)
            for value in (values[field],)
            if getattr(profile, field) == value
        }
        self._profiles.write(profile, emptied, by=by, now=now)
        if merge.profile.get("opened") and not filled(values_of(profile)):
            self._session.delete(profile)


def _lacking(
    own: Mapping[ProfileField, Value], other: Mapping[ProfileField, Value]
) -> dict[ProfileField, Value]:
    """What one profile has and the other lacks; what belongs together is taken together.

    Figures of two years make no size, and a commune of another province no address.
    """
    has, offers = filled(own), filled(other)
    years = {values.get(ProfileField.FIGURES_YEAR) for values in (has, offers)}
    kept_apart: set[ProfileField] = set()
    if FIGURES & has.keys() and (len(years) > 1 or None in years):
        kept_apart |= {*FIGURES, ProfileField.FIGURES_YEAR}
    if PLACE & has.keys():
        kept_apart |= PLACE
    return {
        field: value
        for field, value in offers.items()
        if field not in has and field not in kept_apart
    }


def name_key(name: str) -> str:
    """A name as two of one enterprise are compared: without accents, signs and legal form."""
    folded = search_text(name)
    return " ".join(_FORM_WORDS.sub(" ", folded).split()) or folded


def _pairs(group: Sequence[Known]) -> Iterator[Double]:
    for one, other in combinations(group, 2):
        if one.tax_code and other.tax_code:
            continue
        if one.commune and other.commune and one.commune != other.commune:
            continue
        kept, gone = sorted(
            (one, other), key=lambda row: (not row.tax_code, not row.has_profile, row.enterprise_id)
        )
        yield Double(kept, gone)


def _empty(value: Value) -> Value:
    return "" if isinstance(value, str) else None
