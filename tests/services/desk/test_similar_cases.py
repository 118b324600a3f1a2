"""Closed cases that asked the like: found by words, shown to who may see them."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.services.desk.similar_cases import MOST, SimilarCases
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.cases import CaseService
from bot.storage.database import Database
from bot.storage.models import Officer, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

QUESTION = "Xưởng may 40 người muốn làm ISO 9001 thì bắt đầu từ đâu?"
LIKE = "Cơ sở may muốn có ISO 9001 cần bắt đầu thế nào"
OWN = frozenset({"tdc"})


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def seed(session: Session, now: datetime) -> Seed:
    return Seed(session, now)


@pytest.fixture
def lan(seed: Seed) -> Officer:
    return seed.officer("lan")


@pytest.fixture
def service(session: Session) -> CaseService:
    return cases(session)


def answered(
    seed: Seed, service: CaseService, by: Officer, question: str, answer: str = "Bắt đầu từ kho."
) -> Request:
    request = seed.request(question=question, office=by.office)
    service.claim(request.id, by, now=seed.now)
    service.reply(request.id, by, answer, cause=f"form:{request.id}", now=seed.now)
    service.close(request.id, by, cause=f"form:close:{request.id}", now=seed.now)
    return request


def test_the_like_is_found_with_what_was_answered(
    session: Session, seed: Seed, service: CaseService, lan: Officer
) -> None:
    like = answered(seed, service, lan, LIKE)
    answered(seed, service, lan, "Đăng ký mã vạch cho 12 loại mắm hết bao nhiêu tiền?")
    asked = seed.request(question=QUESTION)

    (found,) = SimilarCases(session, OWN).of(asked)

    assert found.request.id == like.id
    assert found.replies == ["Bắt đầu từ kho."]


def test_what_is_open_or_was_never_answered_is_no_example(
    session: Session, seed: Seed, service: CaseService, lan: Officer
) -> None:
    seed.request(question=LIKE)
    unanswered = seed.request(question=LIKE)
    service.claim(unanswered.id, lan, now=seed.now)
    service.close(unanswered.id, lan, cause="form:1", now=seed.now)

    assert SimilarCases(session, OWN).of(seed.request(question=QUESTION)) == []


def test_a_case_of_another_office_is_shown_to_nobody_but_who_sees_all(
    session: Session, seed: Seed, service: CaseService
) -> None:
    other = answered(seed, service, seed.officer("tri.tue", office="shtt"), LIKE)
    asked = seed.request(question=QUESTION)

    assert SimilarCases(session, OWN).of(asked) == []
    assert [one.request.id for one in SimilarCases(session, None).of(asked)] == [other.id]


def test_what_an_owner_had_erased_is_no_example(
    session: Session, seed: Seed, service: CaseService, lan: Officer, tmp_path: Path
) -> None:
    like = answered(seed, service, lan, LIKE)
    PrivacyService(session, tmp_path).erase(like.conversation_id, words=LIKE, now=seed.now)

    assert SimilarCases(session, OWN).of(seed.request(question=QUESTION)) == []


def test_the_nearest_come_first_and_no_more_than_a_few(
    session: Session, seed: Seed, service: CaseService, lan: Officer
) -> None:
    for day in range(MOST + 1):
        seed.now += timedelta(days=day)
        answered(seed, service, lan, LIKE)
    same = answered(seed, service, lan, QUESTION)

    found = SimilarCases(session, OWN).of(seed.request(question=QUESTION))

    assert len(found) == MOST
    assert found[0].request.id == same.id
