"""What happened with an enterprise, newest first, as far as the person may see it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.domain.assessments.attempt import AttemptState
from bot.domain.enterprise.profile import ChangeSource, ProfileField
from bot.services.enterprises.enterprise_timeline import (
    EnterpriseTimeline,
    Onlooker,
    RowKind,
    TimelineRow,
)
from bot.services.enterprises.merges import MergeService
from bot.services.enterprises.profiles import WrittenBy
from bot.storage.database import Database
from bot.storage.models import Campaign, Invitation, Officer, Request
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed

CODE = "0101243150"
HEAD = Onlooker(officer_id=0, offices=None, sees_runs=True)
TDC = Onlooker(officer_id=0, offices=frozenset({"tdc"}), sees_runs=False)
SHTT = Onlooker(officer_id=0, offices=frozenset({"shtt"}), sees_runs=False)


class Story:
    """One enterprise, and things that happen with it day by day."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.days = 0
        Seed(session, now).noise(5)
        Enterprises(session, now).noise(6)
        self.lan = Seed(session, now, seed=20).officer("lan", full_name="Lan")
        self.id = self.at.known("Gỗ Tân Trụ", tax_code=CODE, officer=self.lan).enterprise_id

    @property
    def at(self) -> Enterprises:
        """A later day."""
        self.days += 1
        return Enterprises(self.session, self.now + timedelta(days=self.days), seed=self.days + 30)

    def request(self, office: str = "tdc", attempt_id: int | None = None) -> Request:
        self.days += 1
        at = self.now + timedelta(days=self.days)
        request = Seed(self.session, at, seed=self.days + 60).request(
            office=office, enterprise=("Gỗ Tân Trụ", CODE)
        )
        request.attempt_id = attempt_id
        self.session.flush()
        return request

    def write(self, officer: Officer | None, source: ChangeSource, **values: str) -> None:
        there = self.at
        given = {ProfileField(name): value for name, value in values.items()}
        profile = there.profiles.get(self.id)
        assert profile is not None
        there.profiles.write(profile, given, by=WrittenBy(source, officer), now=there.now)

    def rows(self, onlooker: Onlooker = HEAD) -> list[TimelineRow]:
        timeline = EnterpriseTimeline(self.session, self.id, onlooker)
        rows = timeline.page(limit=50)
        assert timeline.count() == len(rows)
        return rows


@pytest.fixture
def story(any_database: Database, now: datetime) -> Iterator[Story]:
    with any_database.transaction() as session:
        yield Story(session, now)


def kinds(rows: list[TimelineRow]) -> list[RowKind]:
    return [row.kind for row in rows]


def test_everything_is_there_newest_first(story: Story) -> None:
    request = story.request()
    run = story.at.run(story.id, 80)
    story.write(story.lan, ChangeSource.FORM, products="tủ", address="ấp 3")
    rows = story.rows()
    assert kinds(rows) == [RowKind.CHANGE, RowKind.RUN, RowKind.REQUEST, RowKind.CHANGE]
    assert [one.at for one in rows] == sorted((one.at for one in rows), reverse=True)
    assert [change.field for change in rows[0].changes] == ["products", "address"]
    assert rows[1].attempt is not None
    assert rows[1].attempt.id == run.id
    assert rows[2].request is not None
    assert rows[2].request.id == request.id


def test_a_request_of_another_office_is_only_told_to_be_there(story: Story) -> None:
    request = story.request("shtt")
    for onlooker, seen in ((TDC, None), (SHTT, request.id), (HEAD, request.id)):
        row = story.rows(onlooker)[0]
        assert row.kind is RowKind.REQUEST
        assert (row.request.id if row.request else None) == seen


def test_changes_of_one_moment_and_hand_are_one_row(story: Story) -> None:
    minh = Seed(story.session, story.now, seed=21).officer("minh")
    there = story.at
    profile = there.profiles.get(story.id)
    assert profile is not None
    for officer, source, field in (
        (story.lan, ChangeSource.FORM, ProfileField.PRODUCTS),
        (story.lan, ChangeSource.FORM, ProfileField.MARKETS),
        (minh, ChangeSource.FORM, ProfileField.ADDRESS),
        (minh, ChangeSource.IMPORT, ProfileField.REMARK),
    ):
        there.profiles.write(profile, {field: "x"}, by=WrittenBy(source, officer), now=there.now)
    fields = [[one.field for one in row.changes] for row in story.rows()[:3]]
    assert sorted(fields) == [["address"], ["products", "markets"], ["remark"]]


def test_a_run_is_seen_by_who_may_see_runs_or_the_request_that_it_came_with(story: Story) -> None:
    run = story.at.run(story.id, 80)
    assert RowKind.RUN in kinds(story.rows(HEAD))
    assert RowKind.RUN not in kinds(story.rows(TDC))
    request = story.request("tdc", attempt_id=run.id)
    shown = next(row for row in story.rows(TDC) if row.kind is RowKind.RUN)
    assert shown.request is not None
    assert shown.request.id == request.id
    assert RowKind.RUN not in kinds(story.rows(SHTT))


def test_what_its_owner_put_right_after_he_sent_it_is_not_for_the_office(story: Story) -> None:
    run = story.at.run(story.id, 80)
    request = story.request("tdc", attempt_id=run.id)
    run.finished_at = request.created_at + timedelta(hours=1)
    story.session.flush()
    assert RowKind.RUN not in kinds(story.rows(TDC))
    assert RowKind.RUN in kinds(story.rows(HEAD))


def test_who_typed_a_run_at_the_counter_sees_it(story: Story) -> None:
    run = story.at.run(story.id, 80)
    run.officer_id = story.lan.id
    story.session.flush()
    mine = Onlooker(story.lan.id, frozenset({"tdc"}), sees_runs=False)
    assert RowKind.RUN in kinds(story.rows(mine))
    assert RowKind.RUN not in kinds(story.rows(TDC))


def test_an_open_run_has_not_happened_yet(story: Story) -> None:
    run = story.at.run(story.id, None)
    run.state, run.finished_at = AttemptState.OPEN, None
    story.session.flush()
    assert RowKind.RUN not in kinds(story.rows())


def test_a_survey_that_was_answered_is_one_row_and_not_two(story: Story) -> None:
    there = story.at
    campaign = Campaign(
        title="Khảo sát năng suất 2026",
        questionnaire="q",
        target={},
        secret="s",
        opens_at=there.now,
        closes_at=there.now,
        officer_id=story.lan.id,
        created_at=there.now,
    )
    story.session.add(campaign)
    story.session.flush()
    run = there.run(story.id, None)
    run.campaign_id = campaign.id
    for answered_at in (there.now, None):
        whose = story.id if answered_at else there.known().enterprise_id
        story.session.add(
            Invitation(campaign_id=campaign.id, enterprise_id=whose, answered_at=answered_at)
        )
    story.session.flush()
    rows = story.rows(TDC)
    assert kinds(rows)[0] is RowKind.SURVEY
    assert rows[0].invitation is not None
    assert rows[0].invitation.campaign.title == "Khảo sát năng suất 2026"
    assert RowKind.RUN not in kinds(story.rows(HEAD))


def test_a_merge_and_its_taking_back_are_told_with_the_other(story: Story) -> None:
    there = story.at
    other = there.known("Gỗ Tân Trụ cũ")
    merges = MergeService(story.session, there.profiles)
    merge = merges.merge(story.id, other.enterprise_id, officer=story.lan, now=there.now)
    later = story.at
    merges.part(merge.id, officer=story.lan, now=later.now)
    rows = story.rows(TDC)
    told = [(row.kind, row.other.id) for row in rows if row.other]
    assert told == [
        (RowKind.UNMERGE, other.enterprise_id),
        (RowKind.MERGE, other.enterprise_id),
    ]


def test_pages_follow_one_another_without_gap(story: Story) -> None:
    for number in range(7):
        story.request("tdc" if number % 2 else "shtt")
        story.write(story.lan, ChangeSource.FORM, address=f"ấp {number}")
    whole = [(row.kind, row.at) for row in story.rows(TDC)]
    timeline = EnterpriseTimeline(story.session, story.id, TDC)
    paged = [
        (row.kind, row.at)
        for offset in range(0, len(whole), 4)
        for row in timeline.page(limit=4, offset=offset)
    ]
    assert paged == whole
    assert len(whole) == 15
