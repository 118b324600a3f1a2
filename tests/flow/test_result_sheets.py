"""The paper of a run: drawn beside the talk, sent once, with words that can be searched."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from bot.domain.jobs import JobKind, JobState
from bot.domain.talk.messages import ChannelName
from bot.flow.job_runner import JobRunner
from bot.flow.works import preparations_of, works_of
from bot.house import House
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.kept_attempts import keep_opinion
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.files import FileService
from bot.services.privacy.privacy import PrivacyService
from bot.services.upkeep.jobs import JobService
from bot.storage.models import Attempt, Job, Message, StoredFile
from tests.support.data.assessments import scored
from tests.support.data.seed import Seed


@pytest.fixture
def attempt(house: House, now: datetime) -> Attempt:
    with house.database.transaction() as session:
        chat = ConversationService(session).open(ChannelName.WEB, "k", name="Lan", now=now)
        attempts = AttemptService(session, house.library.tables.assessments)
        attempt = attempts.start(chat.id, "5s", cause="s", now=now).attempt
        for number in range(25):
            attempts.answer(attempt, scored(number % 6), cause=f"a{number}", now=now)
        return attempt


def ask(house: House, attempt: Attempt, now: datetime, cause: str = "in:1") -> None:
    with house.database.transaction() as session:
        JobService(session).schedule(
            JobKind.SEND_SHEET,
            f"{attempt.id}:{cause}",
            due_at=now,
            given={"attempt": attempt.id, "cause": cause},
        )


def run(house: House) -> None:
    runner = JobRunner(house, works_of(house), frozenset(), "a", preparations_of(house))
    while runner.step():
        pass


def papers(house: House) -> list[bytes]:
    """The papers that were sent, in order."""
    with house.database.reading() as session:
        files = FileService(session, house.settings.files_dir)
        rows = session.scalars(select(Message).where(Message.attachments.is_not(None)))
        ids = [file["file_id"] for row in rows for file in row.attachments]
        found = [files.whole(id_) for id_ in ids]
        return [files.path(one).read_bytes() for one in found if one is not None]


def test_each_wish_is_answered_once(house: House, attempt: Attempt, now: datetime) -> None:
    ask(house, attempt, now)
    ask(house, attempt, now)
    run(house)
    assert len(papers(house)) == 1
    ask(house, attempt, now, "in:2")
    run(house)
    assert len(papers(house)) == 2


def test_the_words_on_it_can_be_searched(house: House, attempt: Attempt, now: datetime) -> None:
    ask(house, attempt, now)
    run(house)
    [paper] = papers(house)
    pages = PdfReader(BytesIO(paper)).pages
    assert len(pages) in (2, 3)
    text = "\n".join(page.extract_text() for page in pages)
    for words in ("Phiếu kết quả: Tự đánh giá 5S", "Nên làm trước", "Câu trả lời", "Trang 1/"):
        assert words in text
    assert text.count(f"Mã lượt làm {attempt.id}") == text.count("Trang ")


def test_what_an_officer_said_to_the_result_stands_on_the_owners_paper_too(
    house: House, attempt: Attempt, now: datetime
) -> None:
    ask(house, attempt, now)
    run(house)
    with house.database.transaction() as session:
        lan = Seed(session, now).officer("lan", full_name="Nguyễn Thị Lan")
        keep_opinion(session.get_one(Attempt, attempt.id), "Làm thẻ đỏ.", officer=lan, now=now)
    ask(house, attempt, now, "in:2")
    run(house)
    before, after = (
        "\n".join(page.extract_text() for page in PdfReader(BytesIO(one)).pages)
        for one in papers(house)
    )
    assert "Ý kiến của cán bộ" not in before
    assert "Ý kiến của cán bộ Nguyễn Thị Lan, ngày 24/11/2026" in after
    assert "Làm thẻ đỏ." in after


def test_what_was_said_to_a_result_that_changed_since_is_on_no_paper(
    house: House, attempt: Attempt, now: datetime
) -> None:
    with house.database.transaction() as session:
        lan = Seed(session, now).officer("lan", full_name="Nguyễn Thị Lan")
        row = session.get_one(Attempt, attempt.id)
        keep_opinion(row, "Làm thẻ đỏ.", officer=lan, now=now)
        row.finished_at = now + timedelta(hours=1)
    ask(house, attempt, now)
    run(house)
    [paper] = papers(house)
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    assert "Làm thẻ đỏ." not in text


@pytest.mark.parametrize("gone", ["erased", "opened"])
def test_a_run_that_is_gone_or_open_again_has_none(
    house: House, attempt: Attempt, now: datetime, gone: str
) -> None:
    ask(house, attempt, now)
    with house.database.transaction() as session:
        if gone == "erased":
            PrivacyService(session, house.settings.files_dir).erase(
                attempt.conversation_id, words="đã xóa", now=now
            )
        else:
            attempts = AttemptService(session, house.library.tables.assessments)
            found = attempts.finished(attempt.id)
            assert found is not None
            attempts.go_to(found, "s1-do-thua", cause="again", now=now)
    run(house)
    assert papers(house) == []
    with house.database.reading() as session:
        assert session.scalars(select(Job.state)).all() == [JobState.DONE]
        assert session.scalars(select(StoredFile)).all() == []
