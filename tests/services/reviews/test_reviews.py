"""A review of an article counts for the text that was read, and moves its due date."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.approved_layer import ApprovedLayer
from bot.domain.office.roles import Role
from bot.domain.review import LONGEST, review_due
from bot.domain.talk.verdict import Verdict
from bot.knowledge.library import Knowledge, Library
from bot.services.reviews.reviews import ReviewRefused, ReviewService, Thumbs
from bot.storage.database import Database
from bot.storage.models import AnswerVerdict, Message, Officer
from tests.support.data.seed import Seed
from tests.support.data.small_knowledge import article_file, copy_small_knowledge, edit

ARTICLE = "5s-la-gi"

VERDICTS = (Verdict.UP, Verdict.UP, Verdict.DOWN)


@pytest.fixture
def now(now: datetime) -> datetime:
    """After the reviews that the files hold."""
    return now + timedelta(days=30)


@pytest.fixture
def library(database: Database, tmp_path: Path) -> Library:
    return Library(copy_small_knowledge(tmp_path / "kb"), ApprovedLayer(database))


@pytest.fixture
def lan(database: Database, now: datetime) -> Officer:
    with database.transaction() as session:
        return Seed(session, now).officer("lan", full_name="Nguyễn Thị Lan")


def review(database: Database, knowledge: Knowledge, officer: Officer, now: datetime) -> None:
    mark = knowledge.articles[ARTICLE].mark
    with database.transaction() as session:
        ReviewService(session).review(knowledge, ARTICLE, mark, officer, now=now)


def test_a_review_moves_the_due_date_and_says_who_did_it(
    database: Database, library: Library, lan: Officer, now: datetime
) -> None:
    before = library.files.articles[ARTICLE]
    review(database, library.current, lan, now)
    assert library.refresh()
    found = library.current.articles[ARTICLE]
    assert (found.reviewed_on, found.reviewed_by) == (now.date(), "Nguyễn Thị Lan")
    assert found.review_due == review_due(ARTICLE, now.date())
    assert library.files.articles[ARTICLE] == before


def test_pressed_twice_it_is_one_review(
    database: Database, library: Library, lan: Officer, now: datetime
) -> None:
    for minutes in (0, 1):
        review(database, library.current, lan, now + timedelta(minutes=minutes))
    with database.reading() as session:
        assert len(ReviewService(session).of(ARTICLE)) == 1


def test_once_the_text_is_another_the_review_of_the_old_one_counts_no_more(
    database: Database, library: Library, lan: Officer, now: datetime
) -> None:
    review(database, library.current, lan, now)
    before = library.files.articles[ARTICLE]
    edit(article_file(library.folder, ARTICLE), before.answer[:20], "Khác hẳn: ")
    library.refresh()
    assert library.current.articles[ARTICLE].answer.startswith("Khác hẳn")
    assert library.current.articles[ARTICLE].review_due == before.review_due


def test_who_read_an_older_text_is_told_so(
    database: Database, library: Library, lan: Officer, now: datetime
) -> None:
    with database.transaction() as session, pytest.raises(ReviewRefused, match="moved"):
        ReviewService(session).review(library.current, ARTICLE, "00000000", lan, now=now)
    with database.transaction() as session, pytest.raises(ReviewRefused, match="article"):
        ReviewService(session).review(library.current, "khong-co", "00000000", lan, now=now)


def test_another_office_does_not_review_and_a_head_does(
    database: Database, library: Library, now: datetime
) -> None:
    with database.transaction() as session:
        seed = Seed(session, now)
        tri = seed.officer("tri", office="shtt")
        head = seed.officer("head", office="shtt", role=Role.HEAD)
    with pytest.raises(ReviewRefused, match="office"):
        review(database, library.current, tri, now)
    review(database, library.current, head, now)


def test_the_due_dates_lie_apart_and_never_later_than_half_a_year() -> None:
    on = date(2026, 11, 30)
    days = {review_due(f"bai-so-{number}", on) for number in range(300)}
    assert max(days) <= on + LONGEST
    assert min(days) > on + LONGEST - timedelta(days=91)
    assert len(days) > 60


def test_thumbs_are_counted_by_article(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        seed = Seed(session, now)
        for number in range(len(VERDICTS)):
            conversation = seed.conversation()
            seed.owner_says(conversation, f"câu {number}")
        for message, verdict in zip(session.scalars(select(Message)), VERDICTS, strict=True):
            session.add(
                AnswerVerdict(message_id=message.id, article=ARTICLE, verdict=verdict, given_at=now)
            )
        session.flush()
        assert ReviewService(session).thumbs() == {ARTICLE: Thumbs(2, 1)}
