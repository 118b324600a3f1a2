"""The search over what was said: found by its words, and by nobody who may not read them."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.talk.understanding import Outcome, Understanding
from bot.domain.text.search_text import search_text
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.request_filter import RequestFilter
from bot.services.requests.request_list import RequestList
from bot.services.requests.requests import RequestService
from bot.services.requests.sight import Sight
from bot.storage.database import Database
from bot.storage.models import Message, MessageWord, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.data.told_story import EVERY_WAY, HEAD, OFFICER, STATES, Story


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def seed(session: Session, now: datetime) -> Seed:
    return Seed(session, now)


def found(session: Session, text: str, offices: frozenset[str] | None = None) -> set[int]:
    wanted = RequestFilter(offices=offices, text=text)
    rows = RequestList(session).page(wanted, limit=100)
    assert sum(RequestList(session).counts(wanted).values()) == len(rows)
    return {row.id for row in rows}


def said_in(seed: Seed, text: str, *, office: str = "tdc") -> Request:
    """A request of whose conversation somebody said something."""
    request = seed.request(office=office)
    seed.owner_says(request.conversation, text)
    return request


@pytest.mark.parametrize(
    "text",
    [
        "thép không gỉ",
        "THEP gi khong",
        "nhập thép",
        "0935 345 678",
        "+84 935345678",
        "935345",
        "sđt 0935.345.678",
        "ISO9001 thép",
    ],
)
def test_a_case_is_found_by_what_was_said_in_it(seed: Seed, text: str) -> None:
    wanted = said_in(seed, "Bên em nhập thép không gỉ, làm ISO 9001, gọi 0935.345.678 nhé")
    said_in(seed, "Nhập gỗ, gọi 0977 222 333")
    seed.noise(4)

    assert found(seed.session, text) == {wanted.id}


@pytest.mark.parametrize("text", ["the", "hep", "thép gỗ", "345678", "%", "a\x00", "🙂"])
def test_in_what_was_said_words_are_whole_and_all_of_one_message(seed: Seed, text: str) -> None:
    wanted = said_in(seed, "Em nhập thép, gọi 0935345678")
    seed.owner_says(wanted.conversation, "với gỗ")

    assert found(seed.session, text) == set()


def test_what_the_officer_wrote_is_found_and_not_what_the_assistant_says(
    seed: Seed, session: Session
) -> None:
    request, officer = seed.request(), seed.officer()
    seed.bot_says(request.conversation, "Kẹo dừa", Understanding(outcome=Outcome.ANSWER))
    cases(session).claim(request.id, officer, now=seed.now)
    cases(session).reply(request.id, officer, "Gửi phiếu kiểm nghiệm", cause="f", now=seed.now)

    assert found(session, "phieu kiem nghiem") == {request.id}
    assert found(session, "keo dua") == set()


def test_the_row_says_where_the_words_stand(seed: Seed, session: Session) -> None:
    wanted = said_in(seed, "Dạ " * 40 + "bên em nhập thép không gỉ của Nhật " + "ạ " * 90)
    other = said_in(seed, "gỗ")
    lists = RequestList(session)

    said = lists.said([wanted.id, other.id], RequestFilter(text="thep"))

    assert set(said) == {wanted.id}
    assert "nhập thép không gỉ của Nhật" in said[wanted.id]
    assert said[wanted.id].startswith("… ")
    assert len(said[wanted.id]) < 150
    assert lists.said([wanted.id], RequestFilter()) == {}


@pytest.mark.parametrize(
    ("state", "offices", "pace"),
    [way for way in EVERY_WAY if way.values[1] is OFFICER and way.values[2]]
    + [pytest.param("closed again", HEAD, timedelta(seconds=1), id="head")],
)
def test_no_hit_comes_from_words_that_the_person_may_not_read(
    session: Session,
    now: datetime,
    state: str,
    offices: frozenset[str] | None,
    pace: timedelta,
) -> None:
    story = Story(session, now, pace)
    story.live(state)
    requests = [row for row in session.scalars(select(Request)) if offices in (None, {row.office})]
    hits = 0
    for said in story.said:
        words = set(search_text(said.name).split())
        readable = {
            row.id
            for row in requests
            if row.conversation_id == story.conversation.id
            and any(
                words <= set(search_text(message.text).split())
                for message in Sight(session, row, offices).messages(limit=1000)
            )
        }
        shown = found(session, said.name, offices)
        hits += len(shown)
        assert shown <= readable
        if state in STATES[:3] or offices is HEAD:
            assert shown == readable
        # What is of the case itself is found whatever became of it.
        assert said.of != "this" or story.case.id in shown
    assert hits > 0


def test_what_was_told_another_office_is_found_there_alone(seed: Seed, session: Session) -> None:
    conversation = seed.conversation()
    here, there = seed.request(conversation), seed.request(conversation, office="shtt", talk=True)
    seed.owner_says(conversation, "chuyện riêng về kiểu dáng")

    assert found(session, "kieu dang", OFFICER) == set()
    assert found(session, "kieu dang", frozenset({"shtt"})) == {there.id}
    assert found(session, "kieu dang") == {here.id, there.id}


def test_words_that_are_erased_are_found_no_more(
    seed: Seed, session: Session, now: datetime, tmp_path: Path
) -> None:
    wanted, other = said_in(seed, "thép hình"), said_in(seed, "thép tấm")

    PrivacyService(session, tmp_path).erase(wanted.conversation_id, words="đã xóa", now=now)

    assert found(session, "thep") == {other.id}
    of_it = select(Message.id).where(Message.conversation_id == wanted.conversation_id)
    kept = select(func.count()).where(MessageWord.message_id.in_(of_it))
    assert session.scalar(kept) == 0


def test_words_follow_a_message_that_is_changed(seed: Seed, session: Session) -> None:
    wanted = said_in(seed, "thép hình")
    message = session.scalars(select(Message).where(Message.text == "thép hình")).one()
    message.text = "nhôm " + "x" * 90
    session.flush()

    assert found(session, "thep hinh") == set()
    assert found(session, "nhom") == found(session, "x" * 90) == {wanted.id}


def test_a_request_that_its_owner_withdrew_keeps_what_was_said_before(
    seed: Seed, session: Session, now: datetime
) -> None:
    request = seed.request(talk=True)
    seed.owner_says(request.conversation, "thép hình", ago=5)
    RequestService(session).leave_queue(request.conversation_id, now=now)

    assert found(session, "thep hinh", OFFICER) == {request.id}
