"""Whom a campaign asks: the enterprises of its target, and in each the person who agreed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.domain.enterprise.profile import SurveyConsent
from bot.domain.surveys.campaign import InvitationState, Way
from bot.domain.surveys.target import Target
from bot.domain.talk.messages import ChannelName
from bot.domain.talk.way import TOLD_BY_HAND
from bot.storage.models import (
    Campaign,
    Conversation,
    Enterprise,
    EnterpriseProfile,
    Invitation,
    ProfileContact,
)

_NO_DIGIT = re.compile(r"\D")


@dataclass(frozen=True)
class AudienceSize:
    """How many enterprises a target means, and in how many of them somebody agreed to be asked."""

    enterprises: int
    agreed: int


@dataclass
class Persons:
    """People, each known by a chat, a phone number or an e-mail address of hers."""

    _keys: set[tuple[str, str]] = field(default_factory=set)

    def add(self, contact_id: int | None, phone: str, email: str) -> None:
        """Takes one in."""
        self._keys |= _keys_of(contact_id, phone, email)

    def holds(self, person: ProfileContact) -> bool:
        """Whether somebody is one of them."""
        return not self._keys.isdisjoint(_keys_of(person.contact_id, person.phone, person.email))


class Audience:
    """Reads the register. What was found to be one with another row is not asked."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def size(self, target: Target) -> AudienceSize:
        """How many a target means now."""
        counts = _meant(target, func.count(), func.count().filter(_AGREED))
        enterprises, agreed = self._session.execute(counts).one()
        return AudienceSize(enterprises, agreed)

    def named(self, tax_codes: Iterable[str]) -> tuple[list[int], list[str]]:
        """The enterprises of tax codes as they were typed, and the codes that none has."""
        codes = list(dict.fromkeys(tax_codes))
        rows = self._session.execute(
            select(Enterprise.tax_code, Enterprise.id, Enterprise.merged_into_id).where(
                Enterprise.tax_code.in_(codes)
            )
        )
        known = {row.tax_code: row.merged_into_id or row.id for row in rows}
        ids = list(dict.fromkeys(known[code] for code in codes if code in known))
        return ids, [code for code in codes if code not in known]

    def next(self, campaign: Campaign, target: Target, *, behind: int, limit: int) -> list[int]:
        """The enterprises behind an id that are to be asked, or asked once more whether they may.

        Those without an invitation; those whose chat was not free; those of whom nobody had
        agreed, where somebody has meanwhile. Not those asked as a double that was merged into them,
        nor those that were erased after they had been asked.
        """
        waits = Invitation.state == InvitationState.WAITING, Invitation.way == Way.CHAT
        has_agreed = (
            Invitation.state == InvitationState.OUT,
            Invitation.sent_at.is_(None),
            _AGREED,
        )
        query = (
            _meant(target, EnterpriseProfile.enterprise_id)
            .outerjoin(
                Invitation,
                and_(
                    Invitation.enterprise_id == EnterpriseProfile.enterprise_id,
                    Invitation.campaign_id == campaign.id,
                ),
            )
            .where(
                EnterpriseProfile.enterprise_id > behind,
                ~_asked_as_double(campaign.id),
                or_(Invitation.id.is_(None), and_(*waits), and_(*has_agreed)),
            )
            .order_by(EnterpriseProfile.enterprise_id)
            .limit(limit)
        )
        return list(self._session.scalars(query))

    def agreed(self, enterprise_ids: Sequence[int]) -> dict[int, list[ProfileContact]]:
        """The people who agreed to be asked, by enterprise, each time in the same order."""
        rows = self._session.scalars(
            select(ProfileContact)
            .where(
                ProfileContact.enterprise_id.in_(enterprise_ids),
                ProfileContact.surveys == SurveyConsent.YES,
            )
            .order_by(ProfileContact.id)
        )
        found: dict[int, list[ProfileContact]] = {}
        for row in rows:
            found.setdefault(row.enterprise_id, []).append(row)
        return found

    def asked(self, campaign_id: int, *, beside: Iterable[int]) -> Persons:
        """Everybody who was asked in a campaign for other enterprises than these."""
        persons = Persons()
        columns = ProfileContact.contact_id, ProfileContact.phone, ProfileContact.email
        rows = self._session.execute(
            select(Invitation.enterprise_id, *columns)
            .join(ProfileContact, ProfileContact.id == Invitation.profile_contact_id)
            .where(
                Invitation.campaign_id == campaign_id,
                Invitation.state != InvitationState.OUT,
            )
        )
        without = set(beside)
        for enterprise_id, contact_id, phone, email in rows:
            if enterprise_id not in without:
                persons.add(contact_id, phone, email)
        return persons

    def chats(self, contact_ids: Iterable[int]) -> dict[int, str]:
        """The newest conversation by contact, where it can be reached."""
        rows = self._session.execute(
            select(Conversation.contact_id, Conversation.id)
            .where(
                Conversation.contact_id.in_(set(contact_ids)),
                Conversation.reachable,
                Conversation.channel.not_in(_NO_CHAT),
            )
            .order_by(
                func.coalesce(Conversation.last_inbound_at, Conversation.created_at),
                Conversation.id,
            )
        )
        return {row.contact_id: row.id for row in rows}


_NO_CHAT = sorted({ChannelName.ANSWER_PAGE, *TOLD_BY_HAND})

_AGREED: ColumnElement[bool] = exists().where(
    ProfileContact.enterprise_id == EnterpriseProfile.enterprise_id,
    ProfileContact.surveys == SurveyConsent.YES,
)


def _asked_as_double(campaign_id: int) -> ColumnElement[bool]:
    of_double, double = aliased(Invitation), aliased(Enterprise)
    return exists().where(
        double.merged_into_id == EnterpriseProfile.enterprise_id,
        of_double.enterprise_id == double.id,
        of_double.campaign_id == campaign_id,
        or_(of_double.state != InvitationState.OUT, of_double.sent_at.is_not(None)),
    )


def meant_by(target: Target) -> list[ColumnElement[bool]]:
    """What holds of the profiles that a target means; like `Target.means`, in the database."""
    wanted: list[tuple[Any, Sequence[Any]]] = [
        (EnterpriseProfile.sector, target.sectors),
        (EnterpriseProfile.commune, target.communes),
        (EnterpriseProfile.size_class, target.sizes),
        (EnterpriseProfile.enterprise_id, target.enterprises),
    ]
    return [column.in_(values) for column, values in wanted if values]


def _meant(target: Target, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(EnterpriseProfile)
        .join(Enterprise, Enterprise.id == EnterpriseProfile.enterprise_id)
        .where(Enterprise.merged_into_id.is_(None), *meant_by(target))
    )


def _keys_of(contact_id: int | None, phone: str, email: str) -> set[tuple[str, str]]:
    keys = {
        ("chat", str(contact_id or "")),
        ("phone", _NO_DIGIT.sub("", phone)),
        ("email", email.strip().lower()),
    }
    return {(kind, key) for kind, key in keys if key}
