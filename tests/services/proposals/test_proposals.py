"""What answers say and the register does not: shown, taken over or left, and each settled once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.assessments.assessment import Assessment
from bot.domain.enterprise.profile import ChangeSource, ProfileField, Value
from bot.services.assessments.kept_attempts import forget_attempts
from bot.services.enterprises.enterprise_timeline import Onlooker
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.services.proposals.proposals import (
    Proposal,
    ProposalMoved,
    ProposalService,
    ProposalSettled,
    Wish,
)
from bot.storage.database import Database
from bot.storage.models import (
    Attempt,
    AttemptAnswer,
    Campaign,
    Enterprise,
    Officer,
    ProfileChange,
    ProposalDecision,
)
from tests.support.data.assessments import assessment_data, dimension
from tests.support.data.enterprises import SECTORS, Enterprises
from tests.support.data.seed import Seed

FORMS = [{"id": "co", "title": "Công ty"}, {"id": "ho", "title": "Hộ"}]
QUESTIONS = [
    {"id": "form", "text": "1", "kind": "one_of", "choices": FORMS},
    {"id": "staff", "text": "2", "kind": "number", "unit": "người"},
    {"id": "money", "text": "3", "kind": "number", "unit": "triệu đồng"},
    {"id": "goods", "text": "4", "kind": "text", "longest": 100},
]
REGISTER = {
    "form": {"field": "legal_form", "choices": {"ho": "household"}},
    "staff": {"field": "staff", "last_year": True},
    "money": {"field": "revenue", "last_year": True},
    "goods": {"field": "products"},
}
SMALL = Assessment.model_validate(
    assessment_data(
        title="Phiếu nhỏ",
        dimensions=[{**dimension("a"), "questions": QUESTIONS}, dimension("b", 1)],
        register=REGISTER,
    )
)
HEAD = Onlooker(officer_id=0, offices=None, sees_runs=True)
TDC = Onlooker(officer_id=0, offices=frozenset({"tdc"}), sees_runs=False)


class Desk:
    """An enterprise with 40 people in the register, among others that answered too."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.there = Enterprises(session, now)
        self.there.noise(4)
        self.lan = Seed(session, now, seed=9).officer("lan")
        self.id = self.there.known("Gỗ Tân", figures_year=2025).enterprise_id
        self.answers(self.there.known().enterprise_id, staff="99")

    def answers(self, enterprise_id: int = 0, *, ago: int = 0, **given: str) -> Attempt:
        run = self.there.run(
            enterprise_id or self.id, 50, assessment="small", ago=timedelta(days=ago)
        )
        for question, answer in given.items():
            run.answers.append(
                AttemptAnswer(
                    question=question, answer=[answer], cause="c", answered_at=run.finished_at
                )
            )
        self.session.flush()
        return run

    def proposals(self, onlooker: Onlooker = HEAD) -> list[Proposal]:
        return self.service.of(self.id, onlooker)

    @property
    def service(self) -> ProposalService:
        return ProposalService(self.session, self.there.profiles, {"small": SMALL}, agreed=["new"])

    def said(self, onlooker: Onlooker = HEAD) -> dict[str, tuple[Value, Value]]:
        return {one.field: (one.value, one.current) for one in self.proposals(onlooker)}

    def settle(self, one: Proposal, *, taken: bool) -> None:
        self.service.settle(
            self.session.get_one(Enterprise, self.id),
            wish_of(one),
            HEAD,
            taken=taken,
            officer=self.lan,
            now=self.now,
        )

    def of(self, field: str) -> Proposal:
        return next(one for one in self.proposals() if one.field == field)


def wish_of(one: Proposal) -> Wish:
    return Wish(one.attempt_id, one.field, one.written, one.written_now)


@pytest.fixture
def desk(any_database: Database, now: datetime) -> Iterator[Desk]:
    with any_database.transaction() as session:
        yield Desk(session, now)


def test_what_differs_is_proposed_beside_what_stands_there(desk: Desk) -> None:
    desk.answers(staff="45", money="30000", form="ho", goods="bánh tráng")
    assert desk.said() == {
        "legal_form": ("household", ""),
        "staff": (45, 40),
        "products": ("bánh tráng", ""),
    }


def test_what_says_nothing_proposes_nothing(desk: Desk) -> None:
    desk.answers(staff="khong_biet", money="30000", form="co", goods="khong_biet")
    assert desk.said() == {}


def test_a_figure_brings_the_year_that_it_is_of(desk: Desk) -> None:
    desk.answers(staff="40", ago=365)
    assert desk.said() == {"figures_year": (2024, 2025)}


def test_of_several_answers_the_newest_counts(desk: Desk) -> None:
    desk.answers(staff="45", goods="kẹo", ago=9)
    desk.answers(staff="46")
    assert desk.said() == {"staff": (46, 40), "products": ("kẹo", "")}


def test_a_run_is_told_to_whom_may_see_it(desk: Desk) -> None:
    desk.answers(staff="45")
    assert desk.said(TDC) == {}


def test_an_answer_to_a_survey_is_told_to_officers_where_that_was_agreed_to(desk: Desk) -> None:
    campaign = Campaign(
        title="Khảo sát năm 2026",
        questionnaire="small",
        target={},
        secret="s",
        opens_at=desk.now,
        closes_at=desk.now,
        officer_id=desk.lan.id,
        created_at=desk.now,
    )
    desk.session.add(campaign)
    desk.session.flush()
    run = desk.answers(staff="45")
    run.campaign_id, run.consent_version = campaign.id, "old"
    desk.session.flush()
    assert desk.said(TDC) == {}
    assert desk.said(HEAD) == {"staff": (45, 40)}
    run.consent_version = "new"
    desk.session.flush()
    [one] = desk.proposals(TDC)
    assert (one.source, one.origin) == ("survey", "Khảo sát năm 2026")


def test_taken_over_it_stands_in_the_profile_with_a_line_that_names_its_source(
    desk: Desk,
) -> None:
    desk.answers(staff="45")
    desk.settle(desk.of("staff"), taken=True)
    assert desk.there.profiles.get(desk.id).staff == 45  # type: ignore[union-attr]
    line = desk.session.scalars(
        select(ProfileChange).order_by(ProfileChange.id.desc()).limit(1)
    ).one()
    assert (line.field, line.before, line.after) == ("staff", "40", "45")
    assert (line.source, line.origin, line.officer_id) == ("run", "Phiếu nhỏ", desk.lan.id)
    assert desk.said() == {}


def test_left_it_does_not_come_back_until_another_answer_is_given(desk: Desk) -> None:
    desk.answers(staff="45", ago=5)
    desk.settle(desk.of("staff"), taken=False)
    assert desk.said() == {}
    assert desk.there.profiles.get(desk.id).staff == 40  # type: ignore[union-attr]
    desk.answers(staff="47")
    assert desk.said() == {"staff": (47, 40)}


def test_taken_over_and_changed_since_it_does_not_come_back(desk: Desk) -> None:
    desk.answers(staff="45")
    desk.settle(desk.of("staff"), taken=True)
    profile = desk.there.profiles.held(desk.id)
    assert profile is not None
    by = WrittenBy(ChangeSource.FORM, desk.lan)
    desk.there.profiles.write(profile, {ProfileField.STAFF: 50}, by=by, now=desk.now)
    assert desk.said() == {}


def test_the_second_is_told_what_the_first_did(desk: Desk) -> None:
    desk.answers(staff="45")
    seen = desk.of("staff")
    desk.settle(seen, taken=False)
    with pytest.raises(ProposalSettled) as settled:
        desk.settle(seen, taken=True)
    assert not settled.value.taken


def test_what_moved_meanwhile_is_not_written(desk: Desk) -> None:
    desk.answers(staff="45")
    seen = desk.of("staff")
    profile = desk.there.profiles.held(desk.id)
    assert profile is not None
    desk.there.profiles.write(
        profile, {ProfileField.STAFF: 41}, by=WrittenBy(ChangeSource.FORM), now=desk.now
    )
    with pytest.raises(ProposalMoved):
        desk.settle(seen, taken=True)
    assert profile.staff == 41


def test_what_became_of_it_is_erased_with_the_answer(desk: Desk) -> None:
    run = desk.answers(staff="45")
    desk.settle(desk.of("staff"), taken=False)
    forget_attempts(desk.session, run.conversation_id)
    desk.session.flush()
    count = select(func.count()).select_from(ProposalDecision)
    assert desk.session.scalar(count) == 0


def test_without_a_profile_nothing_is_proposed(desk: Desk) -> None:
    bare = desk.there.bare("Hộ Ba").id
    desk.answers(bare, staff="3")
    assert desk.service.of(bare, HEAD) == []


@pytest.mark.postgres
def test_two_at_once_settle_it_once(postgres_database: Database, now: datetime) -> None:
    with postgres_database.transaction() as session:
        desk = Desk(session, now)
        desk.answers(staff="45")
        enterprise_id, wish = desk.id, wish_of(desk.of("staff"))

    def settles(step: str) -> str:
        with postgres_database.transaction() as session:
            row = session.get_one(Enterprise, enterprise_id, with_for_update=True)
            profiles = ProfileService(session, SECTORS)
            service = ProposalService(session, profiles, {"small": SMALL}, agreed=[])
            lan = session.scalars(select(Officer).where(Officer.username == "lan")).one()
            try:
                service.settle(row, wish, HEAD, taken=step == "take", officer=lan, now=now)
            except ProposalSettled:
                return "told"
            return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(settles, ["take", "leave"])) == ["done", "told"]
