"""The invitations of a campaign one by one: the rows behind its numbers, and the tables of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from bot.domain.assessments.attempt import AttemptState
from bot.domain.assessments.question import Answer
from bot.domain.enterprise.profile import SurveyConsent
from bot.domain.surveys.campaign import InvitationState, Way
from bot.domain.talk.causes import INVITATION
from bot.domain.talk.way import LOST
from bot.domain.text.search_text import terms_of
from bot.services.surveys.figures import CUT_COLUMNS, Cut
from bot.services.surveys.kept_answer import KEPT_ANSWER, read_kept
from bot.storage.models import (
    Attempt,
    AttemptAnswer,
    Campaign,
    Delivery,
    Enterprise,
    EnterpriseProfile,
    Invitation,
    Message,
    ProfileContact,
)
from bot.storage.searched import holds

_Whole = Select[Invitation, Enterprise, EnterpriseProfile, Attempt]

PAGE_SIZE = 50

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class InvitationFilter:
    """Which invitations; empty: all. `stopped`: where a run stands that is not done.

    `begun`: whether some of it is answered and it is not done. `cut`, `group`: what the register
    says of the enterprise. `text`: words of its name.
    """

    state: str = ""
    way: str = ""
    begun: bool = False
    stopped: str | None = None
    cut: Cut | None = None
    group: str = ""
    text: str = ""


@dataclass(frozen=True)
class InvitedEnterprise:
    """An invitation with whose it is. `attempt`: its run."""

    invitation: Invitation
    name: str
    tax_code: str
    sector: str
    commune: str
    size_class: str
    attempt: Attempt | None


@dataclass(frozen=True)
class LinkRow:
    """Whom the department writes to by its own letters."""

    invitation: Invitation
    name: str
    person: str
    phone: str
    email: str


class InvitationList:
    """Reads the invitations of a campaign."""

    def __init__(self, session: Session, campaign: Campaign) -> None:
        self._session = session
        self._campaign = campaign

    def count(self, wish: InvitationFilter) -> int:
        """How many a wish finds."""
        query = self._found(wish, func.count())
        return self._session.scalar(query) or 0

    def ids(self, wish: InvitationFilter) -> set[int]:
        """The ids of all that a wish finds."""
        return set(self._session.scalars(self._found(wish, Invitation.id)))

    def page(self, wish: InvitationFilter, page: int) -> list[InvitedEnterprise]:
        """A page of those that a wish finds, by the names of the enterprises."""
        query = self._rows(wish).order_by(EnterpriseProfile.name, Invitation.id)
        return self._read(query.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE))

    def of_ids(self, ids: Sequence[int]) -> list[InvitedEnterprise]:
        """Those of some ids, by the names of the enterprises."""
        query = self._rows(InvitationFilter()).where(Invitation.id.in_(ids))
        return self._read(query.order_by(EnterpriseProfile.name, Invitation.id))

    def one(self, invitation_id: int) -> InvitedEnterprise | None:
        """The one of an id."""
        return next(iter(self.of_ids([invitation_id])), None)

    def answered(self) -> Iterator[tuple[InvitedEnterprise, dict[str, Answer]]]:
        """All that answered, with their answers, piece by piece in the order of their ids."""
        behind = 0
        while True:
            query = (
                self._rows(InvitationFilter(state=InvitationState.ANSWERED))
                .where(Invitation.id > behind)
                .order_by(Invitation.id)
                .limit(ROWS_AT_ONCE)
            )
            rows = self._read(query)
            given = self._given([row.invitation.attempt_id for row in rows])
            for row in rows:
                yield row, given.get(row.invitation.attempt_id, {})
            if len(rows) < ROWS_AT_ONCE:
                return
            behind = rows[-1].invitation.id

    def links(self) -> list[LinkRow]:
        """Those who get a link: without a chat, or whom the message in it did not reach.

        Nobody who took the consent back, and no enterprise that was found to be another.
        """
        is_open = Invitation.state.in_((InvitationState.WAITING, InvitationState.SENT))
        cause = literal(INVITATION).concat(cast(Invitation.id, String))
        not_reached = (
            select(Delivery.id)
            .join(Message, Message.id == Delivery.message_id)
            .where(Message.cause == cause, Delivery.state.in_(LOST))
            .exists()
        )
        rows = self._session.execute(
            select(Invitation, EnterpriseProfile.name, ProfileContact)
            .join(EnterpriseProfile, EnterpriseProfile.enterprise_id == Invitation.enterprise_id)
            .join(ProfileContact, ProfileContact.id == Invitation.profile_contact_id)
            .join(Enterprise, Enterprise.id == Invitation.enterprise_id)
            .where(
                ProfileContact.surveys == SurveyConsent.YES,
                Enterprise.merged_into_id.is_(None),
                Invitation.campaign_id == self._campaign.id,
                is_open,
                or_(
                    Invitation.way == Way.LINK,
                    and_(Invitation.state == InvitationState.SENT, not_reached),
                ),
            )
            .order_by(EnterpriseProfile.name, Invitation.id)
        )
        return [
            LinkRow(invitation, name, person.name, person.phone, person.email)
            for invitation, name, person in rows
        ]

    # — inside —

    def _found(self, wish: InvitationFilter, column: Any) -> Select[Any]:
        return (
            select(column)
            .select_from(Invitation)
            .join(Enterprise, Enterprise.id == Invitation.enterprise_id)
            .outerjoin(
                EnterpriseProfile, EnterpriseProfile.enterprise_id == Invitation.enterprise_id
            )
            .outerjoin(Attempt, Attempt.id == Invitation.attempt_id)
            .where(*self._wished(wish))
        )

    def _rows(self, wish: InvitationFilter) -> _Whole:
        return (
            select(Invitation, Enterprise, EnterpriseProfile, Attempt)
            .join(Enterprise, Enterprise.id == Invitation.enterprise_id)
            .outerjoin(
                EnterpriseProfile, EnterpriseProfile.enterprise_id == Invitation.enterprise_id
            )
            .outerjoin(Attempt, Attempt.id == Invitation.attempt_id)
            .where(*self._wished(wish))
        )

    def _read(self, query: _Whole) -> list[InvitedEnterprise]:
        return [
            InvitedEnterprise(
                invitation=invitation,
                name=(profile.name if profile is not None else "") or enterprise.name,
                tax_code=enterprise.tax_code or "",
                sector=profile.sector if profile is not None else "",
                commune=profile.commune if profile is not None else "",
                size_class=profile.size_class if profile is not None else "",
                attempt=attempt,
            )
            for invitation, enterprise, profile, attempt in self._session.execute(query)
        ]

    def _given(self, runs: Sequence[int | None]) -> dict[int | None, dict[str, Answer]]:
        """The answers of some runs: columns only, for a table has a hundred thousand of them."""
        query = select(AttemptAnswer.attempt_id, AttemptAnswer.question, KEPT_ANSWER)
        found: dict[int | None, dict[str, Answer]] = {}
        for run, question, words in self._session.execute(
            query.where(AttemptAnswer.attempt_id.in_(runs))
        ):
            found.setdefault(run, {})[question] = read_kept(words)
        return found

    def _wished(self, wish: InvitationFilter) -> Iterable[ColumnElement[bool]]:
        yield Invitation.campaign_id == self._campaign.id
        if wish.state:
            yield Invitation.state == wish.state
        if wish.way:
            yield Invitation.way == wish.way
        if wish.begun or wish.stopped is not None:
            yield Attempt.state != AttemptState.FINISHED
        if wish.stopped is not None:
            yield Attempt.question == wish.stopped
        if wish.cut is not None:
            yield func.coalesce(CUT_COLUMNS[wish.cut], "") == wish.group
        spaced = literal(" ").concat(EnterpriseProfile.search_text)
        tax_codes = literal(" ").concat(Enterprise.search_text)
        for term in terms_of(wish.text):
            yield or_(holds(spaced, term), holds(tax_codes, term))
