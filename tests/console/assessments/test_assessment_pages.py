"""What the department sees of self-assessments: counts, parts, runs, the paper of a case."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import openpyxl
import pytest

from bot.domain.assessments.assessment import Assessment
from bot.domain.clock import Clock
from bot.domain.talk.messages import ChannelName
from bot.house import House
from bot.knowledge.library import Library
from bot.services.assessments.attempts import AttemptService
from bot.services.messaging.conversations import ConversationService
from bot.services.requests.requests import RequestDraft, RequestService
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.models import Attempt
from tests.support.data.assessments import scored
from tests.support.data.enterprises import Enterprises
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


@pytest.fixture
def house(any_database: Database, library: Library, clock: Clock, settings: Settings) -> House:
    """Each test runs on SQLite and on PostgreSQL, with our own assessments."""
    return House(settings=settings, database=any_database, library=library, clock=clock)


def take(house: House, key: str, score: int, *, at: datetime, questions: int = 25) -> Attempt:
    """A run of 5S with the same score everywhere, as far as `questions`."""
    with house.database.transaction() as session:
        chat = ConversationService(session).open(ChannelName.WEB, key, name=key, now=at)
        attempts = AttemptService(session, house.library.tables.assessments)
        attempt = attempts.start(chat.id, "5s", cause=f"{key}-s", now=at).attempt
        for number in range(questions):
            attempts.answer(attempt, scored(score), cause=f"{key}-{number}", now=at)
        return attempt


@pytest.fixture
def taken(staffed: House, now: datetime) -> House:
    """Three finished runs, one of them old, one that was left, and noise of another assessment."""
    for key, score, days in (("a", 5, 1), ("b", 0, 2), ("old", 5, 200)):
        take(staffed, key, score, at=now - timedelta(days=days))
    take(staffed, "left", 5, at=now - timedelta(days=1), questions=3)
    with staffed.database.transaction() as session:
        chat = ConversationService(session).open(ChannelName.WEB, "n", name="n", now=now)
        attempts = AttemptService(session, staffed.library.tables.assessments)
        attempts.start(chat.id, "iso-9001", cause="n-s", now=now)
    return staffed


@pytest.fixture
def sent(taken: House, now: datetime) -> int:
    """The request that the owner of the better run sent with it."""
    with taken.database.transaction() as session:
        chat = ConversationService(session).open(ChannelName.WEB, "a", name="a", now=now)
        attempts = AttemptService(session, taken.library.tables.assessments)
        attempt = attempts.finished_attempt(chat.id)
        assert attempt is not None
        draft = RequestDraft(
            topic="nang_suat",
            office="tdc",
            question="Kết quả 5S",
            promised_at=now,
            enterprise_name="Xưởng Bà Hai",
            attempt_id=attempt.id,
        )
        return RequestService(session).file(chat.id, draft, cause="r", now=now).id


@pytest.mark.usefixtures("taken")
def test_the_list_counts_what_was_begun_and_finished_lately(sign_in: SignIn) -> None:
    page = sign_in("lanh.dao").get("/assessments").text
    row = page.partition("Tự đánh giá 5S</a>")[2].partition("</tr>")[0]
    assert "<td>3</td>" in row
    assert '<td class="n">2 <small>(67%)</small></td>' in row
    assert "<td>50%</td>" in row
    everything = sign_in("lanh.dao").get("/assessments?period=all").text
    row = everything.partition("Tự đánh giá 5S</a>")[2].partition("</tr>")[0]
    assert "<td>4</td>" in row
    assert "<td>67%</td>" in row


@pytest.mark.usefixtures("sent")
def test_an_assessment_shows_its_levels_parts_and_runs(sign_in: SignIn) -> None:
    page = sign_in("lanh.dao").get("/assessments/5s").text
    assert '<th scope="row">Xuất sắc</th><td class="n">1</td>' in page
    assert '<th scope="row">Yếu</th><td class="n">1</td>' in page
    part = page.partition('<th scope="row">Sàng lọc</th>')[2].partition("</tr>")[0]
    assert "50%" in part
    assert '<td class="n">1 <small>(50%)</small></td><td>2</td>' in part
    runs = page.partition('id="runs"')[2]
    assert runs.count("<tr>") == 3  # the head, and two runs
    assert "Xưởng Bà Hai" in runs
    assert "không nêu tên" in runs


@pytest.mark.usefixtures("sent")
def test_the_table_has_a_row_for_each_run(sign_in: SignIn) -> None:
    found = sign_in("lanh.dao").get("/assessments/5s/table?period=all")
    assert "tu-danh-gia-5s.xlsx" in found.headers["content-disposition"]
    sheet = openpyxl.load_workbook(BytesIO(found.content)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][2:4] == ["Điểm (%)", "Mức"]
    assert rows[0][-1] == "Sẵn sàng"
    assert [(row[2], row[-1]) for row in rows[1:]] == [(100, 100), (0, 0), (100, 100)]
    assert [row[6] for row in rows[1:]] == ["Xưởng Bà Hai", None, None]


@pytest.mark.parametrize("path", ["/assessments", "/assessments/5s", "/assessments/5s/table"])
def test_they_are_for_heads_and_administrators(sign_in: SignIn, path: str) -> None:
    assert sign_in("lan").get(path).status_code == 403
    assert sign_in("quan.tri").get(path).status_code == 200


def test_an_unknown_assessment_and_a_wrong_page_are_told(sign_in: SignIn) -> None:
    head = sign_in("lanh.dao")
    assert head.get("/assessments/nothing").status_code == 404
    for query in ("?page=9999", "?page=-1", "?period=x"):
        assert head.get(f"/assessments/5s{query}").status_code == 200


def test_the_case_shows_the_result_that_came_with_it_and_its_paper(
    sent: int, sign_in: SignIn
) -> None:
    lan = sign_in("lan")
    page = lan.get(f"/requests/{sent}").text
    assert "<strong>Tự đánh giá 5S</strong>: 100% · Xuất sắc" in page
    paper = lan.get(f"/requests/{sent}/result.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert sign_in("tri.tue").get(f"/requests/{sent}/result.pdf").status_code == 404


def test_a_case_without_a_result_shows_none(staffed: House, lan: OfficerBrowser) -> None:
    assert 'id="case-result"' not in lan.get("/requests/1").text
    assert lan.get("/requests/1/result.pdf").status_code == 404
    assert isinstance(staffed.library.tables.assessments["5s"], Assessment)


def test_a_result_that_its_owner_opened_again_is_not_shown(
    taken: House, sent: int, now: datetime, lan: OfficerBrowser
) -> None:
    with taken.database.transaction() as session:
        chat = ConversationService(session).open(ChannelName.WEB, "a", name="a", now=now)
        attempts = AttemptService(session, taken.library.tables.assessments)
        attempt = attempts.finished_attempt(chat.id)
        assert attempt is not None
        attempts.go_to(attempt, "s1-do-thua", cause="again", now=now)
    assert 'id="case-result"' not in lan.get(f"/requests/{sent}").text


@pytest.mark.usefixtures("taken")
def test_it_is_narrowed_to_a_sector_a_commune_and_a_size(
    staffed: House, sign_in: SignIn, now: datetime
) -> None:
    commune = staffed.library.tables.places.communes[0].code
    with staffed.database.transaction() as session:
        there = Enterprises(session, now)
        for percent in (20, 60):
            there.run(there.known(commune=commune).enterprise_id, percent)
        there.run(there.known(sector="47").enterprise_id, 100)
        there.noise(5)
    head = sign_in("lanh.dao")

    for asked, finished, mean in (
        ("sector=10", 2, 40),
        (f"commune={commune}", 2, 40),
        ("sector=10&size=small", 2, 40),
        ("sector=10&size=large", 0, None),
    ):
        page = head.get(f"/assessments/5s?{asked}").text
        assert page.count("% · ") + page.count("làm trước khi lưu") == finished, asked
        row = re.search(
            r'assessments/5s[^"]*">.*?</tr>', head.get(f"/assessments?{asked}").text, re.DOTALL
        )
        assert row is not None
        assert (f"{mean}%" in row[0]) is (mean is not None), asked


@pytest.mark.usefixtures("taken")
def test_a_slice_that_does_not_exist_narrows_nothing(sign_in: SignIn) -> None:
    head = sign_in("lanh.dao")
    whole = re.findall(r'<td class="n">.*?</td>', head.get("/assessments").text)

    for odd in ("sector=xx", "commune=1%00", "size=<b>", "sector=10;drop"):
        assert re.findall(r'<td class="n">.*?</td>', head.get(f"/assessments?{odd}").text) == whole
