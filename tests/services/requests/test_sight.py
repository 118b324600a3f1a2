"""What a person sees of a conversation through a case: every kind of message, time and person."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestState
from bot.domain.talk.messages import Attachment
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.requests import RequestService
from bot.services.requests.sight import Sight
from bot.storage.database import Database
from bot.storage.models import Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

HERE, THERE = "tdc", "shtt"
OFFICER, HEAD = frozenset({HERE}), None
STATES = ("new", "claimed", "waiting_owner", "closed", "withdrawn")
OPENED_ANEW = ("reopened", "closed again")
CASES = ("this", "no_case", "same_office", "other_office")


@dataclass(frozen=True)
class Said:
    """One message of the owner, with a file of the same name. `round`: before or after what."""

    of: str
    round: str
    is_closed: bool

    @property
    def name(self) -> str:
        return f"{self.of}{self.round}"

    def is_seen_by(self, offices: frozenset[str] | None) -> bool:
        if offices is HEAD or self.of == "this":
            return True
        return self.of != "other_office" and not self.is_closed


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


class Story:
    """An owner with three cases at two offices, who says one thing of each kind.

    `pace`: what passes between two things that happen.
    """

    def __init__(self, session: Session, now: datetime, pace: timedelta) -> None:
        self.session, self.now, self._pace = session, now, pace
        self.requests = RequestService(session)
        seed = Seed(session, now)
        seed.noise(3)
        self.officer = seed.officer()
        self.conversation = seed.conversation()
        self.other = seed.request(self.conversation, office=THERE)
        self.case = seed.request(self.conversation, office=HERE, talk=True)
        self._cases: dict[str, Request | None] = {
            "no_case": None,
            "same_office": seed.request(self.conversation, office=HERE),
            "other_office": self.other,
            "this": self.case,
        }
        self.said: list[Said] = []

    def live(self, state: str) -> None:
        """The owner speaks, the case goes on to a state, and he speaks again where it ended."""
        self.speak()
        if state == "withdrawn":
            self.requests.leave_queue(self.conversation.id, now=self.tick())
        if state in ("claimed", "waiting_owner", "closed", *OPENED_ANEW):
            cases(self.session).claim(self.case.id, self.officer, now=self.tick())
        if state in ("waiting_owner", "closed", *OPENED_ANEW):
            self._reply()
        if state in ("closed", *OPENED_ANEW):
            self.close()
        if self.case.state == RequestState.CLOSED:
            self.speak(" later")
        if state in OPENED_ANEW:
            self._reopen()
            self.speak(" anew")
        if state == "closed again":
            self.close(" again")
            self.speak(" at last")

    def speak(self, name: str = "") -> None:
        is_closed = self.case.state == RequestState.CLOSED
        for of, case in self._cases.items():
            said = Said(of, name, is_closed)
            self.said.append(said)
            TranscriptService(self.session).hear(
                self.conversation,
                text=said.name,
                attachments=[{"file_id": said.name, "name": "mau.pdf"}],
                cause=f"heard:{said.name}",
                now=self.tick(),
                request_id=case.id if case else None,
            )

    def close(self, name: str = "") -> None:
        cases(self.session).close(
            self.case.id,
            self.officer,
            cause=f"closing{name}",
            now=self.tick(),
        )

    def _reopen(self) -> None:
        cases(self.session).reopen(self.case.id, self.officer, now=self.tick())

    def tick(self) -> datetime:
        self.now += self._pace
        return self.now

    def _reply(self) -> None:
        cases(self.session).reply(
            self.case.id,
            self.officer,
            "Anh cho hỏi thêm",
            cause="asking",
            now=self.tick(),
            asks_back=True,
        )


Begin = Callable[..., Story]


@pytest.fixture
def begin(session: Session, now: datetime) -> Begin:
    def begun(pace: timedelta = timedelta(seconds=1)) -> Story:
        return Story(session, now, pace)

    return begun


EVERY_WAY = [
    pytest.param(state, offices, pace, id=f"{state}-{'officer' if offices else 'head'}-{pace}")
    for state, offices, pace in itertools.product(
        (*STATES, *OPENED_ANEW),
        (OFFICER, HEAD),
        (timedelta(seconds=1), timedelta(0), -timedelta(seconds=1)),
    )
    # A talk that the owner left has no last word of the office: there only the clock tells.
    if state != "withdrawn" or pace > timedelta(0)
]


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
    assert "giải quyết xong" in farewell


def test_only_the_newest_of_what_is_seen_are_given_and_oldest_first(begin: Begin) -> None:
    story = begin()
    story.live("closed")

    shown = [row.text for row in Sight(story.session, story.case, OFFICER).messages(limit=2)]

    farewell, last = shown
    assert "giải quyết xong" in farewell
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
