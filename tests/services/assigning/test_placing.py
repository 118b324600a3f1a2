"""Where a case belongs is corrected in one step, and each correction is counted once."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.requests.figures import Figure
from bot.domain.requests.request import Step
from bot.knowledge.library import Library
from bot.services.assigning.placing import Placement, Placing
from bot.services.figures.request_figures import RequestFigures
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.cases import RequestRefused
from bot.services.requests.request_filter import RequestFilter
from bot.settings import ROOT
from bot.storage.database import Database
from bot.storage.models import Officer, Request, RequestEvent
from bot.texts import default_texts
from tests.support.data.cases import EVERY_DAY, cases, told
from tests.support.data.seed import Seed

MINUTE = timedelta(minutes=1)


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def held(session: Session, seed: Seed, lan: Officer, now: datetime) -> Request:
    return cases(session).claim(seed.request().id, lan, now=now)


def put(
    session: Session, request: Request, officer: Officer, place: Placement, number: int
) -> Request:
    placing = Placing(session, default_texts(), Library(ROOT / "knowledge_base").current)
    now = request.created_at + number * MINUTE
    return placing.put(request.id, officer, place, "đoán nhầm", cause=f"form:{number}", now=now)


def corrections(session: Session, request: Request) -> list[tuple[str, str]]:
    kinds = (Step.TRANSFERRED, Step.TOPIC_CORRECTED)
    lines = select(RequestEvent).where(
        RequestEvent.request_id == request.id, RequestEvent.kind.in_(kinds)
    )
    return [(line.kind, line.detail) for line in session.scalars(lines.order_by(RequestEvent.id))]


def moves(session: Session, request: Request, now: datetime) -> int:
    rows = RequestFigures(session, EVERY_DAY, now=now).rows(RequestFilter())
    return next(row.moves for row in rows if row.request.id == request.id)


def test_another_matter_alone_leaves_the_case_with_its_holder_and_tells_nobody(
    session: Session, held: Request, lan: Officer, now: datetime
) -> None:
    said = len(told(session, held))
    for _ in range(2):
        put(session, held, lan, Placement("quy_chuan", "tdc"), 1)
    assert (held.topic, held.officer_id) == ("quy_chuan", lan.id)
    assert corrections(session, held) == [
        (Step.TOPIC_CORRECTED, "he_thong_quan_ly → quy_chuan: đoán nhầm")
    ]
    assert len(told(session, held)) == said
    corrected = RequestFilter(figure=Figure.CORRECTED, at=now)
    figures = RequestFigures(session, EVERY_DAY, now=now).rows(corrected)
    assert [row.request.id for row in figures] == [held.id]


def test_matter_and_office_at_once_are_one_move(
    session: Session, held: Request, lan: Officer, now: datetime
) -> None:
    put(session, held, lan, Placement("thuong_hieu_nhan_hieu", "shtt"), 1)
    assert (held.topic, held.office, held.officer_id) == ("thuong_hieu_nhan_hieu", "shtt", None)
    assert [kind for kind, _ in corrections(session, held)] == [
        Step.TOPIC_CORRECTED,
        Step.TRANSFERRED,
    ]
    assert moves(session, held, now) == 1
    put(session, held, lan, Placement("", "tdc"), 2)
    assert held.topic == "thuong_hieu_nhan_hieu"
    assert moves(session, held, now) == 2


def test_another_authority_is_named_until_an_office_of_ours_is_said(
    session: Session, held: Request, lan: Officer
) -> None:
    put(session, held, lan, Placement("", "mot_cua", "so_cong_thuong"), 1)
    assert (held.office, held.authority) == ("mot_cua", "so_cong_thuong")
    put(session, held, lan, Placement("", "mot_cua"), 2)
    assert held.authority == ""
    assert [detail for kind, detail in corrections(session, held) if kind != Step.TRANSFERRED] == [
        "he_thong_quan_ly → he_thong_quan_ly/so_cong_thuong: đoán nhầm",
        "he_thong_quan_ly/so_cong_thuong → he_thong_quan_ly: đoán nhầm",
    ]


def test_who_does_not_hold_it_corrects_nothing_and_a_closed_one_stays(
    session: Session, held: Request, lan: Officer, minh: Officer, now: datetime
) -> None:
    with pytest.raises(RequestRefused, match="not_yours"):
        put(session, held, minh, Placement("quy_chuan", "tdc"), 1)
    cases(session).close(held.id, lan, cause="form:c", now=now)
    with pytest.raises(RequestRefused, match="closed"):
        put(session, held, lan, Placement("quy_chuan", "tdc"), 2)
    assert corrections(session, held) == []


def test_the_reason_goes_with_the_owner_s_data(
    session: Session, held: Request, lan: Officer, now: datetime, tmp_path: Path
) -> None:
    put(session, held, lan, Placement("quy_chuan", "shtt"), 1)
    PrivacyService(session, tmp_path).erase(held.conversation_id, words="", now=now)
    assert [detail for _, detail in corrections(session, held)] == [
        "he_thong_quan_ly → quy_chuan",
        "tdc → shtt",
    ]
