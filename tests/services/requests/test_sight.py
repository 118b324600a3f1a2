"""What a person sees of a conversation through a case: every kind of message, time and person."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.domain.talk.messages import Attachment
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.sight import Sight
from bot.storage.database import Database
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.data.told_story import EVERY_WAY, HEAD, HERE, OFFICER, STATES, THERE, Story

CASES = ("this", "no_case", "same_office", "other_office")


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


Begin = Callable[..., Story]


@pytest.fixture
def begin(session: Session, now: datetime) -> Begin:
    def begun(pace: timedelta = timedelta(seconds=1)) -> Story:
        return Story(session, now, pace)

    return begun


@pytest.mark.parametrize(("state", "offices", "pace"), EVERY_WAY)
def test_what_is_seen_of_a_conversation(
    begin: Begin, state: str, offices: frozenset[str] | None, pace: timedelta
) -> None:
    story = begin(pace)
    story.live(state)
    sight = Sight(story.session, story.case, offices)
    expected = {said.name for said in story.said if said.is_seen_by(offices)}

    shown = {row.text for row in sight.messages(limit=100)}
    assert shown & {said.name for said in story.said} == expected
    assert {said.name for said in story.said if sight.shows_file(said.name)} == expected


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_seen_does_not_move_the_mark_of_the_page(begin: Begin, state: str) -> None:
    story = begin()
    story.live(state)
    before = Sight(story.session, story.case, OFFICER).newest()

    TranscriptService(story.session).hear(
        story.conversation,
        text="Chuyện với đơn vị khác",
        attachments=[],
        cause="heard:unseen",
        now=story.tick(),
        request_id=story.other.id,
    )

    assert Sight(story.session, story.case, OFFICER).newest() == before
    assert Sight(story.session, story.case, HEAD).newest() > before


def test_what_the_officers_themselves_said_of_the_case_is_seen(begin: Begin) -> None:
    story = begin()
    story.live("closed")

    shown = [row.text for row in Sight(story.session, story.case, OFFICER).messages(limit=100)]

    claimed, asked, farewell, last = shown[-4:]
    assert "đã nhận yêu cầu" in claimed
    assert (asked, last) == ("Anh cho hỏi thêm", "this later")
    assert "đã đóng" in farewell


def test_only_the_newest_of_what_is_seen_are_given_and_oldest_first(begin: Begin) -> None:
    story = begin()
    story.live("closed")

    shown = [row.text for row in Sight(story.session, story.case, OFFICER).messages(limit=2)]

    farewell, last = shown
    assert "đã đóng" in farewell
    assert last == "this later"


def test_a_case_that_comes_over_brings_its_messages(begin: Begin) -> None:
    story = begin()
    story.live("new")
    assert not Sight(story.session, story.case, OFFICER).shows_file("other_office")

    cases(story.session).transfer(
        story.other.id, story.officer, HERE, "nhầm", cause="form:t", now=story.tick()
    )

    assert Sight(story.session, story.case, OFFICER).shows_file("other_office")
    assert not Sight(story.session, story.case, frozenset({THERE})).shows_file("other_office")


def test_offices_with_another_case_are_named_and_nothing_more(begin: Begin) -> None:
    story = begin()
    assert Sight(story.session, story.case, OFFICER).elsewhere() == [THERE]
    assert Sight(story.session, story.other, frozenset({THERE})).elsewhere() == [HERE]
    assert Sight(story.session, story.case, HEAD).elsewhere() == []


def test_a_closed_case_learns_of_no_later_one(begin: Begin, session: Session) -> None:
    story = begin()
    story.live("closed")
    Seed(session, story.tick(), seed=8).request(story.conversation, office="cong_nghe_dmst")

    assert Sight(session, story.case, OFFICER).elsewhere() == [THERE]


def test_a_file_of_the_request_itself_is_seen_and_no_other_owners(
    begin: Begin, session: Session
) -> None:
    story = begin()
    seed = Seed(session, story.now, seed=9)
    file = Attachment(file_id="f", name="to-khai.pdf", media_type="application/pdf", size=3)
    other_owner = seed.request(attachments=[file])

    assert Sight(session, other_owner, OFFICER).shows_file("f")
    assert not Sight(session, story.case, OFFICER).shows_file("f")
    assert not Sight(session, story.case, HEAD).shows_file("f")
