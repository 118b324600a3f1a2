"""Proposals of answers to the register. Nothing is taken over by itself, and each is settled once.

A proposal is not stored: it is what the newest answer says and the profile does not. Stored is
what became of it, by run, field and value, so that it does not come back.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, selectinload

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState
from bot.domain.clock import VIETNAM
from bot.domain.enterprise.profile import ChangeSource, ProfileField, Value, written
from bot.domain.enterprise.proposed import proposed_value
from bot.services.assessments.definitions import Definitions
from bot.services.enterprises.enterprise_timeline import Onlooker, seen_runs
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.storage.models import (
    Attempt,
    Campaign,
    Enterprise,
    Officer,
    ProposalDecision,
)

LOOKED_AT = 20
"""Newest runs of an enterprise whose answers are looked at."""


@dataclass(frozen=True)
class Proposal:
    """A value that an answer gives a field, and the one that stands there.

    `origin`: the title of the campaign or the assessment; `at`: when it was answered.
    """

    attempt_id: int
    field: ProfileField
    value: Value
    current: Value
    source: ChangeSource
    origin: str
    at: datetime

    @property
    def written(self) -> str:
        """The value as it stands in a form."""
        return written(self.field, self.value)

    @property
    def written_now(self) -> str:
        """The value that stands there, likewise."""
        return written(self.field, self.current)


@dataclass(frozen=True)
class Wish:
    """The proposal that somebody saw, as it was written on her page."""

    attempt_id: int
    field: str
    value: str
    register: str


class ProposalSettled(Exception):
    """Somebody took it over or left it already; `taken`: which of the two."""

    def __init__(self, *, taken: bool) -> None:
        super().__init__(taken)
        self.taken = taken


class ProposalMoved(Exception):
    """The answer or the register says something else by now."""


class ProposalService:
    """Finds proposals and settles them.

    `instruments`: as the files have them, by id. `agreed`: versions of the sentences of consent
    that say that whoever keeps the register sees such answers to a survey; others are for those
    alone who see every run.
    """

    def __init__(
        self,
        session: Session,
        profiles: ProfileService,
        instruments: Mapping[str, Assessment],
        *,
        agreed: Collection[str],
    ) -> None:
        self._session = session
        self._profiles = profiles
        self._agreed = agreed
        self._instruments = {id_: one for id_, one in instruments.items() if one.register_fields}

    def of(self, enterprise_id: int, onlooker: Onlooker) -> list[Proposal]:
        """What answers say and the profile does not, in the order of the fields."""
        profile = self._profiles.get(enterprise_id)
        if profile is None:
            return []
        newest: dict[ProfileField, Proposal] = {}
        attempts = self._attempts(enterprise_id, onlooker)
        for attempt in attempts:
            for field, value in self._said(attempt):
                if field not in newest:
                    newest[field] = self._proposal(attempt, field, value, getattr(profile, field))
        settled = self._settled([attempt.id for attempt in attempts])
        found = (newest[field] for field in ProfileField if field in newest)
        return [
            one
            for one in found
            if one.value != one.current and (one.attempt_id, one.field, one.written) not in settled
        ]

    def settle(  # noqa: PLR0913  (each is one fact of the step)
        self,
        enterprise: Enterprise,
        wish: Wish,
        onlooker: Onlooker,
        *,
        taken: bool,
        officer: Officer,
        now: datetime,
    ) -> None:
        """Takes a proposal over, with a line of history that names its source, or leaves it.

        The enterprise is held: of two officers the second is told.

        Raises:
            ProposalSettled: it was settled before.
            ProposalMoved: the answer or the register says something else than she saw.
        """
        key = (wish.attempt_id, wish.field, wish.value)
        before = self._settled([wish.attempt_id]).get(key)
        if before is not None:
            raise ProposalSettled(taken=before)
        found = next(
            (
                one
                for one in self.of(enterprise.id, onlooker)
                if (one.attempt_id, one.field, one.written) == key
                and one.written_now == wish.register
            ),
            None,
        )
        if found is None:
            raise ProposalMoved
        self._session.add(
            ProposalDecision(
                attempt_id=found.attempt_id,
                field=found.field,
                value=found.written,
                taken=taken,
                officer_id=officer.id,
                at=now,
            )
        )
        if taken:
            profile = self._profiles.open(enterprise, now=now)
            by = WrittenBy(found.source, officer, origin=found.origin)
            self._profiles.write(profile, {found.field: found.value}, by=by, now=now)
        self._session.flush()

    # — inside —

    def _attempts(self, enterprise_id: int, onlooker: Onlooker) -> Sequence[Attempt]:
        query = (
            select(Attempt)
            .where(
                Attempt.enterprise_id == enterprise_id,
                Attempt.state == AttemptState.FINISHED,
                Attempt.finished_at.is_not(None),
                Attempt.assessment.in_(list(self._instruments)),
                or_(
                    seen_runs(onlooker),
                    and_(
                        Attempt.campaign_id.is_not(None),
                        Attempt.consent_version.in_(list(self._agreed)),
                    ),
                ),
            )
            .options(selectinload(Attempt.answers))
            .order_by(Attempt.finished_at.desc(), Attempt.id.desc())
            .limit(LOOKED_AT)
        )
        return self._session.scalars(query).all()

    def _said(self, attempt: Attempt) -> Iterator[tuple[ProfileField, Value]]:
        """What the answers of a run give to which field; with a figure the year that it is of."""
        asked = Definitions(self._session, self._instruments).of(attempt)
        if asked is None:
            return
        answers = {row.question: tuple(str(one) for one in row.answer) for row in attempt.answers}
        is_of_last_year = False
        for id_, into in self._instruments[attempt.assessment].register_fields.items():
            question = asked.question(id_)
            if question is None or id_ not in answers:
                continue
            value = proposed_value(question, into, answers[id_])
            if value is None:
                continue
            is_of_last_year |= into.last_year
            yield ProfileField(into.field), value
        if is_of_last_year and attempt.finished_at is not None:
            yield ProfileField.FIGURES_YEAR, attempt.finished_at.astimezone(VIETNAM).year - 1

    def _proposal(
        self, attempt: Attempt, field: ProfileField, value: Value, current: Value
    ) -> Proposal:
        campaign = self._session.get(Campaign, attempt.campaign_id) if attempt.campaign_id else None
        return Proposal(
            attempt_id=attempt.id,
            field=field,
            value=value,
            current=current,
            source=ChangeSource.RUN if campaign is None else ChangeSource.SURVEY,
            origin=self._instruments[attempt.assessment].title
            if campaign is None
            else campaign.title,
            at=attempt.finished_at or attempt.updated_at,
        )

    def _settled(self, attempt_ids: Sequence[int]) -> dict[tuple[int, str, str], bool]:
        rows = self._session.scalars(
            select(ProposalDecision).where(ProposalDecision.attempt_id.in_(attempt_ids))
        )
        return {(row.attempt_id, row.field, row.value): row.taken for row in rows}
