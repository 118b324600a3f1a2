"""Two people at one answer page at the same moment, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.knowledge.products.products import Products
from bot.services.assessments.answer_page import AnswerPages
from bot.services.assessments.shown_page import DONE, VALUE
from bot.storage.database import Database
from bot.storage.models import Attempt, AttemptAnswer
from bot.texts import default_texts
from tests.support.data.assessments import dimension, small_assessment

SMALL = small_assessment(dimensions=[dimension("a", 8)])

Step = Callable[[AnswerPages, Session, int], object]


def at_once(database: Database, step: Step, number: int = 4) -> None:
    """Takes a step in several transactions that begin together; each is told its place."""
    barrier = Barrier(number)

    def take(place: int) -> None:
        barrier.wait()
        with database.transaction() as session:
            pages = AnswerPages(session, {"small": SMALL}, default_texts(), products=Products())
            step(pages, session, place)

    with ThreadPoolExecutor(number) as pool:
        list(pool.map(take, range(number)))


def begun(pages: AnswerPages, now: datetime) -> Attempt:
    return pages.begin(
        "small",
        enterprise_id=None,
        key="here",
        officer_id=None,
        campaign_id=None,
        consent_version="1",
        now=now,
    )


@pytest.fixture
def number(any_database: Database, now: datetime) -> int:
    with any_database.transaction() as session:
        pages = AnswerPages(session, {"small": SMALL}, default_texts(), products=Products())
        return begun(pages, now).id


def test_a_form_sent_several_times_at_once_begins_one_run(
    any_database: Database, now: datetime
) -> None:
    at_once(any_database, lambda pages, _session, _place: begun(pages, now))
    with any_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_no_answer_is_lost(any_database: Database, now: datetime, number: int) -> None:
    def save(pages: AnswerPages, session: Session, place: int) -> None:
        attempt = session.get_one(Attempt, number)
        own = {f"{VALUE}a-{one}": [str(place)] for one in (2 * place + 1, 2 * place + 2)}
        pages.take(attempt, own, cause=f"c{place}", now=now)

    at_once(any_database, save)
    with any_database.reading() as session:
        rows = session.scalars(select(AttemptAnswer).order_by(AttemptAnswer.question))
        assert [row.answer[0] for row in rows] == ["0", "0", "1", "1", "2", "2", "3", "3"]


def test_the_same_page_sent_at_once_is_saved_once_and_finishes(
    any_database: Database, now: datetime, number: int
) -> None:
    whole = {**{f"{VALUE}a-{one}": ["5"] for one in range(1, 9)}, DONE: ["1"]}

    def save(pages: AnswerPages, session: Session, _place: int) -> None:
        assert pages.take(session.get_one(Attempt, number), whole, cause="c", now=now).finished

    at_once(any_database, save)
    with any_database.reading() as session:
        assert session.get_one(Attempt, number).percent == 100
        assert session.scalar(select(func.count()).select_from(AttemptAnswer)) == 8
