"""A case that an officer enters: filed once, told nobody, forgotten when its owner asks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.requests.closing import Closing, Ending
from bot.domain.requests.entered import AnswerWay
from bot.domain.requests.request import RequestState, Step
from bot.domain.talk.conversation import Handler
from bot.domain.talk.messages import ChannelName
from bot.knowledge.library import Library
from bot.services.clocks.new_hours import NewHours
from bot.services.entering.entered_cases import EnteredCases, Entry
from bot.services.entering.noted_answers import NotedAnswers
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.cases import RequestRefused
from bot.services.requests.requests import RequestDraft
from bot.settings import ROOT
from bot.storage.database import Database
from bot.storage.models import Delivery, Enterprise, Message, Officer, Request, RequestEvent
from bot.texts import default_texts
from tests.support.data.cases import cases, told
from tests.support.data.seed import Seed


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


def entry(now: datetime, *, name: str = "", enterprise_id: int | None = None) -> Entry:
    draft = RequestDraft(
        topic="quy_chuan",
        office="tdc",
        question="Đồ chơi gỗ có phải dán tem không?",
        promised_at=now + timedelta(hours=6),
        enterprise_name=name,
        reach="0909000111",
        consent_version="2026-11-30 đọc",
    )
    return Entry(ChannelName.PHONE, "Chị Hoa", draft, enterprise_id)


@pytest.fixture
def entered(session: Session, lan: Officer, now: datetime) -> Request:
    return EnteredCases(session).enter(entry(now), lan, cause="form:1", now=now)


@pytest.fixture
def held(session: Session, entered: Request, lan: Officer, now: datetime) -> Request:
    return cases(session).claim(entered.id, lan, now=now)


def note(session: Session, request: Request, officer: Officer, typed: datetime) -> Request:
    return NotedAnswers(session).note(
        request.id, officer, "Phải dán dấu CR", AnswerWay.PHONE, typed, cause="form:2", now=typed
    )


def steps(session: Session, request: Request) -> list[tuple[str, int | None, str]]:
    rows = session.scalars(
        select(RequestEvent).filter_by(request_id=request.id).order_by(RequestEvent.id)
    )
    return [(row.kind, row.officer_id, row.detail) for row in rows]


def test_it_waits_in_its_queue_under_the_name_of_who_entered_it(
    session: Session, entered: Request, lan: Officer
) -> None:
    assert entered.code.startswith("HT-")
    assert (entered.state, entered.officer_id, entered.office) == (RequestState.NEW, None, "tdc")
    assert steps(session, entered) == [(Step.CREATED, lan.id, "")]
    assert entered.contact.display_name == "Chị Hoa"
    assert entered.contact.phone == "0909000111"
    assert entered.consent_version == "2026-11-30 đọc"
    assert entered.conversation.handler == Handler.BOT


def test_the_same_form_again_is_the_same_case(
    session: Session, entered: Request, lan: Officer, now: datetime
) -> None:
    again = EnteredCases(session).enter(entry(now), lan, cause="form:1", now=now)
    other = EnteredCases(session).enter(entry(now), lan, cause="form:9", now=now)
    assert again.id == entered.id
    assert other.id != entered.id


def test_two_presses_at_once_make_one_case(any_database: Database, now: datetime) -> None:
    with any_database.transaction() as session:
        officer_id = Seed(session, now).officer().id

    def press(number: int) -> int:
        with any_database.transaction() as session:
            officer = session.get_one(Officer, officer_id)
            cause = f"form:{number // 2}"
            return EnteredCases(session).enter(entry(now), officer, cause=cause, now=now).id

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(press, range(8)))

    assert len(set(made)) == 4
    assert made[::2] == made[1::2]


def test_one_of_the_register_without_a_tax_code_is_the_case_s_own(
    session: Session, seed: Seed, lan: Officer, now: datetime
) -> None:
    known = Enterprise(name="Cơ sở Bánh Tráng Cô Ba", created_at=now)
    session.add(known)
    session.flush()
    chosen = entry(now, name=known.name, enterprise_id=known.id)
    request = EnteredCases(session).enter(chosen, lan, cause="form:1", now=now)
    assert request.enterprise_id == known.id


def test_every_step_is_taken_and_nothing_goes_out(
    session: Session, held: Request, lan: Officer, now: datetime
) -> None:
    note(session, held, lan, now)
    closing = Closing(Ending.ANSWERED)
    cases(session).close(held.id, lan, cause="form:3", now=now, closing=closing)
    cases(session).reopen(held.id, lan, now=now)
    assert told(session, held) == []
    assert (
        session.scalars(select(Delivery).filter_by(conversation_id=held.conversation_id)).all()
        == []
    )


def test_an_answer_counts_from_when_it_was_given(
    session: Session, held: Request, lan: Officer, now: datetime
) -> None:
    later = now + timedelta(hours=3)
    noting = NotedAnswers(session)
    given = now + timedelta(hours=1)
    for _ in range(2):
        noting.note(held.id, lan, "Phải dán", AnswerWay.COUNTER, given, cause="form:2", now=later)
    said = session.scalars(select(Message).filter_by(request_id=held.id, author="officer")).all()
    assert [(row.text, row.created_at) for row in said] == [("Phải dán", given)]
    assert (held.first_reply_at, held.answered_at) == (given, given)
    assert steps(session, held)[-1] == (Step.REPLIED, lan.id, AnswerWay.COUNTER)
    assert (
        noting.note(
            held.id, lan, "Thêm", AnswerWay.PHONE, now, cause="form:4", now=later
        ).first_reply_at
        == now
    )
    assert held.answered_at == given


def test_an_answer_is_noted_by_who_holds_an_entered_case_and_at_an_hour_that_was(
    session: Session, entered: Request, lan: Officer, now: datetime
) -> None:
    seed = Seed(session, now, seed=8)
    minh = seed.officer("minh")
    with pytest.raises(RequestRefused, match="not_yours"):
        note(session, entered, lan, now)
    cases(session).claim(entered.id, lan, now=now)
    with pytest.raises(RequestRefused, match="not_yours"):
        note(session, entered, minh, now)
    with pytest.raises(RequestRefused, match="told_at"):
        note(session, entered, lan, now - timedelta(hours=1))
    of_the_chat = cases(session).claim(seed.request().id, lan, now=now)
    with pytest.raises(RequestRefused, match="has_chat"):
        note(session, of_the_chat, lan, now)


def test_no_words_are_sent_where_there_is_no_chat(
    session: Session, held: Request, lan: Officer, now: datetime
) -> None:
    walk = cases(session)
    with pytest.raises(RequestRefused, match="no_chat"):
        walk.reply(held.id, lan, "Chào chị", cause="form:5", now=now)
    with pytest.raises(RequestRefused, match="no_chat"):
        walk.close(held.id, lan, last_words="Chào chị", cause="form:6", now=now)


def test_the_house_tells_no_new_hour_by_itself(
    session: Session, entered: Request, now: datetime
) -> None:
    hours = NewHours(session, default_texts(), Library(ROOT / "knowledge_base"))
    entered.promised_at = now + timedelta(minutes=5)
    session.flush()
    assert entered.id not in hours.due(now=now)
    assert hours.tell(entered.id, now=now) is None


def test_its_owner_is_forgotten_on_his_word_and_the_case_ends(
    session: Session, held: Request, lan: Officer, now: datetime, tmp_path: Path
) -> None:
    minh = Seed(session, now, seed=8).officer("minh")
    note(session, held, lan, now)
    privacy, entering = PrivacyService(session, tmp_path), EnteredCases(session)
    with pytest.raises(RequestRefused, match="not_yours"):
        entering.erase(held.id, minh, privacy, words="Đã xóa", now=now)
    for _ in range(2):
        entering.erase(held.id, lan, privacy, words="Đã xóa", now=now)
    session.refresh(held)
    assert (held.state, held.question, held.reach) == (RequestState.CLOSED, "Đã xóa", "")
    assert held.contact.phone == held.contact.display_name == ""
    assert held.conversation.handler == Handler.BOT
    texts = session.scalars(select(Message.text).filter_by(conversation_id=held.conversation_id))
    assert set(texts) == {"Đã xóa"}
    assert [kind for kind, *_ in steps(session, held)].count(Step.ERASED) == 1


def test_a_case_of_the_chat_is_not_erased_from_here(
    session: Session, seed: Seed, lan: Officer, now: datetime, tmp_path: Path
) -> None:
    request = seed.request()
    with pytest.raises(RequestRefused, match="has_chat"):
        EnteredCases(session).erase(
            request.id, lan, PrivacyService(session, tmp_path), words="x", now=now
        )
