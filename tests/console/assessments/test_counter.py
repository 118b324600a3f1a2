"""The counter: an officer fills in a self-assessment for an enterprise, and hands out its paper."""

import random
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from httpx2 import Response
from pypdf import PdfReader
from sqlalchemy import func, select

from bot.domain.clock import Clock
from bot.house import House
from bot.knowledge.library import Library
from bot.services.assessments.attempts import AttemptService
from bot.services.requests.requests import RequestDraft, RequestService
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.models import Attempt, AttemptAnswer, Conversation, Delivery
from tests.support.data.assessments import scored
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.answer_form import AnswerForm
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

OURS = (
    "5s",
    "chon-bai",
    "chuyen-doi-so",
    "giai-thuong",
    "iso-9001",
    "nang-suat",
    "quan-ly-chat-luong",
    "san-pham",
    "so-huu-tri-tue",
    "truy-xuat",
)


@pytest.fixture
def house(any_database: Database, library: Library, clock: Clock, settings: Settings) -> House:
    """Each test runs on SQLite and on PostgreSQL, with our own assessments."""
    return House(settings=settings, database=any_database, library=library, clock=clock)


@pytest.fixture
def enterprise_id(staffed: House, now: datetime) -> int:
    """The enterprise at the counter, with others around it."""
    with staffed.database.transaction() as session:
        enterprises = Enterprises(session, now)
        enterprises.noise(4)
        known = enterprises.known("Cơ sở Bánh tráng Mỹ Lồng", tax_code="0101243150")
        enterprises.noise(2)
        return known.enterprise_id


def begin(browser: OfficerBrowser, enterprise_id: int, assessment: str = "5s") -> Response:
    """Opens the counter and begins a run there."""
    path = f"/enterprises/{enterprise_id}/counter"
    browser.get(path)
    return browser.post(path, {"assessment": assessment, "agreed": "1"})


def run_id(answer: Response) -> int:
    found = re.search(r"/runs/(\d+)", str(answer.url))
    assert found is not None
    return int(found[1])


def score_all(browser: OfficerBrowser, score: int) -> Response:
    """Answers every question of the open page with a score, and says that it is all."""
    form = AnswerForm.of(browser)
    for name in form.questions:
        form.choose(name, str(score))
    return form.send(done=True)


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


class TestBegin:
    def test_the_owner_hears_what_becomes_of_the_answers_and_agrees(
        self, lan: OfficerBrowser, staffed: House, enterprise_id: int
    ) -> None:
        path = f"/enterprises/{enterprise_id}/counter"
        page = lan.get(path).text
        assert "Cơ sở Bánh tráng Mỹ Lồng" in page
        assert staffed.texts.say("assessment.counter_consent") in unescape(page)
        refused = lan.post(path, {"assessment": "5s"})
        assert refused.status_code == 422
        assert "Chưa đánh dấu là chủ doanh nghiệp đồng ý" in refused.text
        assert '<option value="5s" selected>' in refused.text
        assert lan.post(path, {"agreed": "1"}).status_code == 422
        with staffed.database.reading() as session:
            assert session.scalar(select(func.count()).where(Attempt.officer_id.is_not(None))) == 0

    def test_the_run_is_the_enterprises_and_says_who_typed_it(
        self, lan: OfficerBrowser, staffed: House, enterprise_id: int
    ) -> None:
        number = run_id(begin(lan, enterprise_id))
        with staffed.database.reading() as session:
            attempt = session.get_one(Attempt, number)
            assert attempt.enterprise_id == enterprise_id
            assert attempt.officer_id is not None
            assert attempt.campaign_id is None
            assert attempt.consent_version == staffed.texts.say(
                "assessment.counter_consent_version"
            )
            conversation = session.get_one(Conversation, attempt.conversation_id)
            assert conversation.channel == "answer_page"

    def test_a_form_sent_twice_begins_one_run(
        self, lan: OfficerBrowser, enterprise_id: int
    ) -> None:
        path = f"/enterprises/{enterprise_id}/counter"
        lan.get(path)
        fields = lan.hidden(path) | {"assessment": "5s", "agreed": "1"}
        ways = {
            lan.client.post(f"/console{path}", data=fields, follow_redirects=False).headers[
                "location"
            ]
            for _ in range(2)
        }
        assert len(ways) == 1

    def test_an_unfinished_run_is_gone_on_with_by_a_colleague(
        self, sign_in: SignIn, enterprise_id: int
    ) -> None:
        lan, minh = sign_in("lan"), sign_in("minh")
        number = run_id(begin(lan, enterprise_id))
        form = AnswerForm.of(lan)
        form.choose("s1-do-thua", "4")
        form.send()
        page = minh.get(f"/enterprises/{enterprise_id}/counter").text
        assert f"/runs/{number}/answers" in page
        assert "1/25 câu" in page
        assert "Nguyễn Thị Lan" in page
        minh.get(f"/runs/{number}/answers")
        assert AnswerForm.of(minh).chosen("s1-do-thua") == ["4"]

    def test_an_unknown_enterprise_has_no_counter(self, lan: OfficerBrowser) -> None:
        assert lan.get("/enterprises/99999/counter").status_code == 404


class TestAnswer:
    def test_a_saved_page_leads_on_to_the_first_open_question(
        self, lan: OfficerBrowser, enterprise_id: int
    ) -> None:
        begin(lan, enterprise_id)
        form = AnswerForm.of(lan)
        form.choose("s1-do-thua", "4")
        answer = form.send(follow=False)
        assert answer.status_code == 303
        way = answer.headers["location"]
        assert "done=run_saved#q-" in way
        assert not way.endswith("#q-s1-do-thua")

    def test_a_wrong_answer_is_named_beside_its_question_and_kept(
        self, lan: OfficerBrowser, enterprise_id: int
    ) -> None:
        begin(lan, enterprise_id, "nang-suat")
        form = AnswerForm.of(lan)
        first = form.questions[0]
        form.choose(first, "99")
        second = form.questions[1]
        form.choose(second, "3")
        answer = form.send()
        assert answer.status_code == 422
        assert f'id="e-{first}"' in answer.text
        assert 'role="alert"' in answer.text
        again = AnswerForm.of(lan)
        assert (again.chosen(first), again.chosen(second)) == ([], ["3"])

    def test_finishing_shows_the_result_and_its_paper(
        self, lan: OfficerBrowser, enterprise_id: int
    ) -> None:
        number = run_id(begin(lan, enterprise_id))
        page = score_all(lan, 2).text
        assert str(lan.page.url if lan.page else "").endswith(f"/runs/{number}?done=run_finished")
        assert "<strong>40% · " in page
        assert "Sàng lọc" in page
        assert "Nên làm trước" in page
        paper = lan.get(f"/runs/{number}/result.pdf")
        assert paper.headers["content-type"] == "application/pdf"
        words = words_of(paper.content)
        assert "Doanh nghiệp, cơ sở: Cơ sở Bánh tráng Mỹ Lồng" in words
        assert "Người trả lời, chức vụ:" in words

    def test_a_run_that_is_not_finished_has_no_paper(
        self, lan: OfficerBrowser, enterprise_id: int
    ) -> None:
        number = run_id(begin(lan, enterprise_id))
        assert lan.get(f"/runs/{number}/result.pdf").status_code == 404
        assert lan.get(f"/runs/{number}", follow=False).status_code == 303

    def test_an_answer_is_put_right_later(self, lan: OfficerBrowser, enterprise_id: int) -> None:
        number = run_id(begin(lan, enterprise_id))
        score_all(lan, 5)
        lan.get(f"/runs/{number}/answers")
        form = AnswerForm.of(lan)
        form.choose("s1-do-thua", "0")
        assert "<strong>96% · " in form.send(done=True).text

    def test_two_officers_fill_in_one_run(self, sign_in: SignIn, enterprise_id: int) -> None:
        lan, minh = sign_in("lan"), sign_in("minh")
        number = run_id(begin(lan, enterprise_id))
        minh.get(f"/runs/{number}/answers")
        first, second = AnswerForm.of(lan), AnswerForm.of(minh)
        one, other, both = first.questions[:3]
        first.choose(one, "4")
        first.choose(both, "1")
        second.choose(other, "2")
        second.choose(both, "5")
        first.send()
        second.send()
        lan.get(f"/runs/{number}/answers")
        found = AnswerForm.of(lan)
        assert [found.chosen(name) for name in (one, other, both)] == [["4"], ["2"], ["5"]]


@pytest.mark.parametrize("id_", OURS)
def test_every_assessment_can_be_filled_in_without_script(
    lan: OfficerBrowser, staffed: House, enterprise_id: int, now: datetime, id_: str
) -> None:
    """Whole runs over HTTP; the chat comes to the same with the same answers."""
    draw = random.Random(id_)
    number = run_id(begin(lan, enterprise_id, id_))
    for _ in range(40):
        form = AnswerForm.of(lan)
        form.fill(draw.choice)
        answer = form.send(done=True)
        assert answer.status_code == 200
        if f"/runs/{number}?done=run_finished" in str(answer.url):
            break
    assert f"/runs/{number}?done=run_finished" in str(answer.url)
    with staffed.database.transaction() as session:
        page = session.get_one(Attempt, number)
        chat = Seed(session, now, seed=51).conversation()
        service = AttemptService(session, staffed.library.tables.assessments)
        attempt = service.start(chat.id, id_, cause="chat", now=now).attempt
        answers = {row.question: tuple(row.answer) for row in page.answers}
        while (step := service.stand(attempt)).question is not None:
            name = step.question.id
            service.answer(attempt, answers[name], cause=f"chat-{name}", now=now)
        assert (attempt.state, attempt.percent, attempt.level) == (
            page.state,
            page.percent,
            page.level,
        )
        assert {one.dimension: one.percent for one in attempt.scores} == {
            one.dimension: one.percent for one in page.scores
        }
    paper = lan.get(f"/runs/{number}/result.pdf")
    assert paper.content.startswith(b"%PDF-")


class TestChange:
    def test_it_is_told_against_the_enterprises_last_run_wherever_that_was(
        self, sign_in: SignIn, staffed: House, enterprise_id: int, clock: MovableClock
    ) -> None:
        at = staffed.clock() - timedelta(days=90)
        with staffed.database.transaction() as session:
            chat = Seed(session, at, seed=40).conversation()
            attempts = AttemptService(session, staffed.library.tables.assessments)
            attempt = attempts.start(chat.id, "5s", cause="t0", now=at).attempt
            for number in range(25):
                attempts.answer(attempt, scored(1), cause=f"t0-{number}", now=at)
            attempt.enterprise_id = enterprise_id
        head = sign_in("lanh.dao")
        number = run_id(begin(head, enterprise_id))
        page = score_all(head, 4).text
        assert "<strong>20% → 80%</strong>" in page
        assert '<th scope="row">Sàng lọc</th><td>80%</td><td>20%</td>' in page
        words = words_of(head.get(f"/runs/{number}/result.pdf").content)
        assert "So với lần trước (26/08/2026)" in words
        assert "Cả bài: 20% → 80%" in words
        clock.move(days=30)
        head.enter("lanh.dao")
        begin(head, enterprise_id)
        assert "<strong>80% → 100%</strong>" in score_all(head, 5).text

    def test_a_first_run_is_compared_with_none(
        self, lan: OfficerBrowser, enterprise_id: int
    ) -> None:
        begin(lan, enterprise_id)
        page = score_all(lan, 4).text
        assert "So với lần trước" not in page


class TestOpinion:
    def test_it_stands_on_the_paper_under_its_writers_name(
        self, lan: OfficerBrowser, enterprise_id: int
    ) -> None:
        number = run_id(begin(lan, enterprise_id))
        score_all(lan, 3)
        lan.post(f"/runs/{number}/opinion", {"opinion": "Nên làm <b>sàng lọc</b> trước Tết."})
        page = lan.get(f"/runs/{number}").text
        assert "Nên làm &lt;b&gt;sàng lọc&lt;/b&gt; trước Tết." in page
        words = words_of(lan.get(f"/runs/{number}/result.pdf").content)
        assert "Ý kiến của cán bộ Nguyễn Thị Lan, ngày 24/11/2026" in words
        assert "Nên làm <b>sàng lọc</b> trước Tết." in words

    def test_another_writes_over_it_with_her_own_name_and_takes_it_back(
        self, sign_in: SignIn, enterprise_id: int
    ) -> None:
        lan, head = sign_in("lan"), sign_in("lanh.dao")
        number = run_id(begin(lan, enterprise_id))
        score_all(lan, 3)
        path = f"/runs/{number}/opinion"
        lan.post(path, {"opinion": "Một."})
        head.get(f"/runs/{number}")
        head.post(path, {"opinion": "Hai."})
        words = words_of(head.get(f"/runs/{number}/result.pdf").content)
        assert "Ý kiến của cán bộ Phạm Lãnh Đạo" in words
        assert "Một." not in words
        head.get(f"/runs/{number}")
        head.post(path, {"opinion": " "})
        words = words_of(head.get(f"/runs/{number}/result.pdf").content)
        assert "Ý kiến của cán bộ" not in words

    def test_too_long_a_one_is_shown_again(self, lan: OfficerBrowser, enterprise_id: int) -> None:
        number = run_id(begin(lan, enterprise_id))
        score_all(lan, 3)
        answer = lan.post(f"/runs/{number}/opinion", {"opinion": "dài " * 600})
        assert answer.status_code == 422
        assert "dài dài" in answer.text

    def test_so_does_one_to_the_result_of_a_case(
        self, sign_in: SignIn, staffed: House, now: datetime
    ) -> None:
        with staffed.database.transaction() as session:
            chat = Seed(session, now, seed=41).conversation()
            attempts = AttemptService(session, staffed.library.tables.assessments)
            attempt = attempts.start(chat.id, "5s", cause="c", now=now).attempt
            for number in range(25):
                attempts.answer(attempt, scored(4), cause=f"c-{number}", now=now)
            draft = RequestDraft(
                topic="nang_suat",
                office="tdc",
                question="Nhờ xem",
                promised_at=now,
                attempt_id=attempt.id,
            )
            request = RequestService(session).file(chat.id, draft, cause="r", now=now).id
        lan = sign_in("lan")
        lan.get(f"/requests/{request}")
        page = lan.post(f"/requests/{request}/opinion", {"opinion": "Đã xem tại chỗ."})
        assert "Nguyễn Thị Lan viết 24/11/2026" in page.text
        words = words_of(lan.get(f"/requests/{request}/result.pdf").content)
        assert "Ý kiến của cán bộ Nguyễn Thị Lan" in words
        assert "Đã xem tại chỗ." in words
        stranger = sign_in("tri.tue")
        token = stranger.hidden("/sign-out")["csrf"]
        answer = stranger.client.post(
            f"/console/requests/{request}/opinion", data={"csrf": token, "opinion": "x"}
        )
        assert answer.status_code == 404


class TestErase:
    def test_the_run_goes_with_its_answers(
        self, lan: OfficerBrowser, staffed: House, enterprise_id: int
    ) -> None:
        number = run_id(begin(lan, enterprise_id))
        score_all(lan, 3)
        page = lan.post(f"/runs/{number}/erase")
        assert "Đã xóa lượt làm" in page.text
        assert lan.get(f"/runs/{number}").status_code == 404
        with staffed.database.reading() as session:
            left = select(func.count()).where(AttemptAnswer.attempt_id == number)
            assert session.scalar(left) == 0


class TestSight:
    @pytest.mark.parametrize("username", ["lan", "lanh.dao", "quan.tri", "tri.tue"])
    def test_everybody_of_the_department_may_fill_in_and_see(
        self, sign_in: SignIn, enterprise_id: int, username: str
    ) -> None:
        browser = sign_in(username)
        number = run_id(begin(browser, enterprise_id))
        assert browser.get(f"/runs/{number}/answers").status_code == 200

    def test_a_run_of_the_chat_is_none_of_the_counter(
        self, lan: OfficerBrowser, staffed: House, enterprise_id: int, now: datetime
    ) -> None:
        with staffed.database.transaction() as session:
            chat = Seed(session, now, seed=42).conversation()
            attempts = AttemptService(session, staffed.library.tables.assessments)
            attempt = attempts.start(chat.id, "5s", cause="c", now=now).attempt
            attempt.enterprise_id = enterprise_id
            number = attempt.id
        for path in (f"/runs/{number}", f"/runs/{number}/answers", f"/runs/{number}/result.pdf"):
            assert lan.get(path).status_code == 404
        assert f"/runs/{number}" not in lan.get(f"/enterprises/{enterprise_id}/counter").text

    def test_the_figures_count_it_as_of_the_counter(
        self, sign_in: SignIn, enterprise_id: int
    ) -> None:
        head = sign_in("lanh.dao")
        begin(head, enterprise_id)
        score_all(head, 4)
        page = head.get("/assessments/5s").text
        row = page.partition('id="runs"')[2]
        assert "<td>tại quầy</td>" in row
        assert f'/enterprises/{enterprise_id}">Cơ sở Bánh tráng Mỹ Lồng</a>' in row
        sheet = openpyxl.load_workbook(BytesIO(head.get("/assessments/5s/table").content)).active
        assert sheet is not None
        newest = list(sheet.iter_rows(values_only=True))[1]
        assert newest[4] == "tại quầy"
        assert newest[6] == "Cơ sở Bánh tráng Mỹ Lồng"

    def test_the_enterprises_page_has_its_counter(
        self, lan: OfficerBrowser, enterprise_id: int
    ) -> None:
        number = run_id(begin(lan, enterprise_id))
        score_all(lan, 4)
        page = lan.get(f"/enterprises/{enterprise_id}").text
        assert 'id="counter"' in page
        assert f'href="/console/runs/{number}"' in page

    def test_who_was_signed_out_comes_back_to_the_run(
        self, lan: OfficerBrowser, enterprise_id: int, clock: MovableClock
    ) -> None:
        number = run_id(begin(lan, enterprise_id))
        form = AnswerForm.of(lan)
        clock.move(hours=1)
        answer = form.send(follow=False)
        assert answer.headers["location"] == (f"/console/sign-in?next=%2Fconsole%2Fruns%2F{number}")


class TestHostile:
    @pytest.fixture
    def token(self, lan: OfficerBrowser) -> str:
        return lan.hidden("/sign-out")["csrf"]

    @pytest.fixture
    def number(self, lan: OfficerBrowser, token: str, enterprise_id: int) -> int:
        assert token
        return run_id(begin(lan, enterprise_id))

    def test_ten_thousand_fields_are_not_read(
        self, lan: OfficerBrowser, token: str, number: int
    ) -> None:
        fields = {f"q.x{place}": "1" for place in range(10_000)} | {"csrf": token}
        answer = lan.client.post(f"/console/runs/{number}/answers", data=fields)
        assert answer.status_code == 400

    @pytest.mark.parametrize(
        "fields",
        [
            {"q.nothing": "1", "w.nothing": "x"},
            {"q.s1-do-thua": "\x00"},
            {"q.s1-do-thua": ["1", "2", "3"]},
            {"q.s1-do-thua": "9" * 5000},
            {"w.s1-do-thua": "5"},
            {"q.": "1"},
        ],
    )
    def test_odd_fields_break_nothing(
        self,
        lan: OfficerBrowser,
        token: str,
        number: int,
        fields: dict[str, str | Sequence[str]],
    ) -> None:
        data = {**fields, "csrf": token, "form_id": "odd-form-1"}
        answer = lan.client.post(f"/console/runs/{number}/answers", data=data)
        assert answer.status_code in {200, 422}
        lan.get(f"/runs/{number}/answers")
        assert AnswerForm.of(lan).chosen("s1-do-thua") == []

    def test_a_file_is_no_answer(self, lan: OfficerBrowser, token: str, number: int) -> None:
        answer = lan.client.post(
            f"/console/runs/{number}/answers",
            data={"csrf": token, "form_id": "odd-form-2"},
            files={"q.s1-do-thua": ("5", b"5")},
        )
        assert answer.status_code == 200
        lan.get(f"/runs/{number}/answers")
        assert AnswerForm.of(lan).chosen("s1-do-thua") == []

    def test_a_form_without_its_name_is_refused(
        self, lan: OfficerBrowser, token: str, number: int
    ) -> None:
        data = {"csrf": token, "q.s1-do-thua": "5"}
        assert lan.client.post(f"/console/runs/{number}/answers", data=data).status_code == 400

    def test_nothing_is_sent_to_anybody(
        self, lan: OfficerBrowser, staffed: House, number: int
    ) -> None:
        with staffed.database.reading() as session:
            before = session.scalar(select(func.count()).select_from(Delivery))
        lan.get(f"/runs/{number}/answers")
        score_all(lan, 3)
        with staffed.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Delivery)) == before
