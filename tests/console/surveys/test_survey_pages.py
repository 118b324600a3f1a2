"""The department makes a campaign, opens it, follows it, and reads what was said."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from bot.domain.clock import Clock
from bot.domain.enterprise.profile import SurveyConsent
from bot.domain.surveys.link import link_token
from bot.house import House
from bot.knowledge.library import Library
from bot.services.assessments.attempts import AttemptService
from bot.services.surveys.answering import SurveyRuns
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.models import (
    Attempt,
    Campaign,
    Enterprise,
    Invitation,
    Officer,
    ProfileContact,
)
from tests.support.data.surveys import (
    FORMULA,
    SURVEY,
    TITLE,
    WORDS,
    Asked,
    draft,
    open_campaign,
    questions_left,
    run_jobs,
    some_answer,
)
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


@pytest.fixture
def clock(now: datetime) -> MovableClock:
    # The 24th of November is a day off.
    return MovableClock(now + timedelta(days=1))


@pytest.fixture
def house(any_database: Database, library: Library, clock: Clock, settings: Settings) -> House:
    """Each test runs on SQLite and on PostgreSQL, with our own questionnaire."""
    return House(settings=settings, database=any_database, library=library, clock=clock)


@pytest.fixture
def head(sign_in: SignIn) -> OfficerBrowser:
    return sign_in("lanh.dao")


FORM = {
    "title": TITLE,
    "questionnaire": SURVEY,
    "words": WORDS,
    "opens_on": "2026-11-25",
    "closes_on": "2026-12-10",
    "remind_on": "2026-12-02",
    "sectors": "10",
    "step": "save",
}


def asked(house: House) -> dict[str, int]:
    """Two enterprises in chats, one behind a link, one that did not agree, one of another field."""
    with house.database.transaction() as session:
        rows = Asked(session, house.clock())
        return {
            "first": rows.in_chat(staff=8)[0],
            "second": rows.in_chat(sector="14")[0],
            "linked": rows.by_link(),
            "silent": rows.silent(),
        }


def opened(house: House) -> int:
    """A campaign of all that was made, with everybody invited."""
    with house.database.reading() as session:
        officer = session.scalars(select(Officer).where(Officer.username == "lanh.dao")).one()
    campaign_id = open_campaign(house, officer, draft(house.clock()))
    run_jobs(house)
    return campaign_id


def answers(house: House, enterprise_id: int, *, most: int = 100, kind: str = "cong_ty") -> None:
    """The chat's owner answers: an enterprise of a kind, else always the first choice."""
    with house.database.transaction() as session:
        invitation = session.scalars(
            select(Invitation).where(Invitation.enterprise_id == enterprise_id)
        ).one()
        chat = invitation.conversation_id
        assert chat is not None
        runs = SurveyRuns(session)
        found = runs.in_chat(invitation.id, chat, now=house.clock())
        assert found is not None
        step = runs.take_up(
            found, chat, cause=f"s{enterprise_id}", consent_version="1", now=house.clock()
        )
        assert step is not None
        attempts = AttemptService(session, house.library.tables.assessments)
        for number, question in enumerate(questions_left(step)):
            if number == most:
                return
            given = (kind,) if question.id == "loai-hinh" else some_answer(question)
            cause = f"{enterprise_id}-{number}"
            step = attempts.answer(step.attempt, given, cause=cause, now=house.clock())


def sends(browser: OfficerBrowser, path: str, **fields: str) -> int:
    """A form that the page does not show any more; the status of the answer."""
    token = browser.hidden("/sign-out")["csrf"]
    given = {"csrf": token, **fields}
    return browser.client.post(f"/console{path}", data=given, follow_redirects=False).status_code


def table(content: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_draft_is_counted_and_looked_at_before_anybody_is_asked(
    staffed: House, head: OfficerBrowser
) -> None:
    asked(staffed)
    head.get("/surveys/new")
    page = head.post("/surveys", {**FORM, "step": "count"}).text
    assert "3 doanh nghiệp, trong đó 2 đã đồng ý nhận khảo sát" in page
    assert "Không nhận khảo sát nữa" in page
    assert WORDS in page
    page = head.post("/surveys", FORM).text
    assert "Đã lưu bản nháp" in page
    assert "3 doanh nghiệp, trong đó 2 đã đồng ý" in page
    assert run_jobs(staffed) == 0
    page = head.post("/surveys/1/open").text
    assert "Đã mở đợt khảo sát" in page
    run_jobs(staffed)
    page = head.get("/surveys/1").text
    assert "0 trên 2 nơi được mời đã trả lời (0%)" in page
    assert TITLE in head.get("/surveys").text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": ""}, "cần có tên"),
        ({"closes_on": ""}, "Cần đủ ngày"),
        ({"closes_on": "2026-11-20"}, "phải sau ngày bắt đầu"),
        ({"remind_on": "2026-12-30"}, "Ngày nhắc phải nằm"),
        ({"remind_on": "mai"}, "để trống hoặc ghi đúng"),
        ({"questionnaire": "5s"}, "không còn trong kho"),
        ({"remind_on": "2026-11-26"}, "sau ngày bắt đầu ít nhất hai ngày"),
        ({"codes": "0101243150"}, "Có mã số thuế"),
        ({"codes": "03123456"}, "03123456"),
        ({"codes": "03123456", "step": "count"}, "03123456"),
        ({"codes": "0101 243.150-"}, "nào mang: 0101243150"),
        ({"codes": "; ,"}, "Có mã số thuế không đọc được"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(
    staffed: House, head: OfficerBrowser, change: dict[str, str], says: str
) -> None:
    head.get("/surveys/new")
    refused = head.post("/surveys", {**FORM, **change})
    assert refused.status_code == 422
    assert says in refused.text
    assert WORDS in refused.text
    with staffed.database.reading() as session:
        assert session.scalars(select(Campaign)).all() == []


def test_enterprises_named_by_their_tax_codes_are_meant_alone(
    staffed: House, head: OfficerBrowser
) -> None:
    asked(staffed)
    with staffed.database.transaction() as session:
        Asked(session, staffed.clock(), seed=8).enterprise("Tiệm Bánh", tax_code="0101243150")
    head.get("/surveys/new")
    for typed in ("0101243150", "0101 243 150", "0101.243.150;", "\n 0101243150,0101-243-150\n"):
        page = head.post("/surveys", {**FORM, "codes": typed, "step": "count"}).text
        assert "1 doanh nghiệp, trong đó 0 đã đồng ý" in page
        head.get("/surveys/new")


def test_the_page_counts_who_was_asked_answered_and_stopped_and_each_number_opens_its_rows(
    staffed: House, head: OfficerBrowser
) -> None:
    made = asked(staffed)
    campaign_id = opened(staffed)
    answers(staffed, made["first"])
    answers(staffed, made["second"], most=2)
    page = head.get(f"/surveys/{campaign_id}").text
    assert "1 trên 3 nơi được mời đã trả lời (33%)" in page
    row = page.partition('<th scope="row">Trong chat</th>')[2].partition("</tr>")[0]
    assert f"/surveys/{campaign_id}/rows?way=chat&amp;state=answered" in row
    stopped = page.partition('id="stopped"')[2].partition("</table>")[0]
    assert "Doanh thu cả năm ngoái" in stopped
    here = f"/surveys/{campaign_id}/rows"
    assert "1 doanh nghiệp" in head.get(f"{here}?stopped=doanh-thu").text
    assert "1 doanh nghiệp" in head.get(f"{here}?begun=1").text
    assert "1 doanh nghiệp" in head.get(f"{here}?state=out").text
    assert "Chưa đồng ý nhận khảo sát" in head.get(f"{here}?state=out").text
    assert "4 doanh nghiệp" in head.get(here).text


def test_answers_are_drawn_part_by_part_and_cut_by_the_register(
    staffed: House, head: OfficerBrowser
) -> None:
    made = asked(staffed)
    campaign_id = opened(staffed)
    answers(staffed, made["first"], kind="ho_kinh_doanh")
    answers(staffed, made["second"])
    here = f"/surveys/{campaign_id}"
    page = head.get(here).text
    told = page.partition('id="q-loai-hinh"')[2].partition("</section>")[0]
    assert "2 nơi trả lời" in told
    assert "Hộ kinh doanh" in told
    assert "<small>(50%)</small>" in told
    assert "Ở giữa <strong>1 người</strong>" in page
    page = head.get(f"{here}?part=nhu_cau").text
    assert "Thiếu vốn" in page
    assert "<small>(100%)</small>" in page
    cut = head.get(f"{here}/questions/loai-hinh?by=sector").text
    assert "thực phẩm" in cut
    assert "trang phục" in cut
    rows = head.get(f"{here}/rows?question=loai-hinh&by=sector&group=10&answer=ho_kinh_doanh").text
    assert "1 doanh nghiệp" in rows
    rows = head.get(f"{here}/rows?question=lao-dong&least=0&most=10").text
    assert "2 doanh nghiệp" in rows
    assert head.get(f"{here}/questions/nothing").status_code == 404
    assert head.get(f"{here}/questions/lao-dong?by=commune").status_code == 200


def test_the_table_has_a_row_an_enterprise_and_a_column_a_question(
    staffed: House, head: OfficerBrowser
) -> None:
    made = asked(staffed)
    campaign_id = opened(staffed)
    answers(staffed, made["first"])
    answers(staffed, made["second"], most=3)
    found = head.get(f"/surveys/{campaign_id}/answers.xlsx")
    assert f"khao-sat-{campaign_id}-cau-tra-loi.xlsx" in found.headers["content-disposition"]
    heads, *rows = table(found.content)
    questions = staffed.library.tables.surveys[SURVEY].questions
    assert heads[7:] == [one.text for one in questions]
    assert len(rows) == 1
    assert rows[0][7:9] == ["Công ty, doanh nghiệp", 1]
    sheet = openpyxl.load_workbook(BytesIO(found.content)).active
    assert sheet is not None
    words = sheet.cell(2, 7 + len(questions))
    assert (words.value, words.data_type) == (FORMULA, "s")


def test_free_words_are_read_behind_the_number_of_those_that_wrote_any(
    staffed: House, head: OfficerBrowser
) -> None:
    made = asked(staffed)
    campaign_id = opened(staffed)
    answers(staffed, made["first"])
    page = head.get(f"/surveys/{campaign_id}?part=nhu_cau").text
    assert "Đọc lời của 1 nơi" in page
    rows = head.get(f"/surveys/{campaign_id}/rows?question=loi-nhan&answer=co_loi").text
    assert f"“{FORMULA}”" in rows
    assert "1 doanh nghiệp" in rows
    assert head.get(f"/surveys/{campaign_id}/questions/loi-nhan").status_code == 200


def test_links_go_out_by_the_department_s_letters_and_count_as_sent(
    staffed: House, head: OfficerBrowser
) -> None:
    made = asked(staffed)
    campaign_id = opened(staffed)
    head.get(f"/surveys/{campaign_id}")
    found = head.post(f"/surveys/{campaign_id}/links")
    _, *rows = table(found.content)
    with staffed.database.reading() as session:
        row = session.scalars(
            select(Invitation).where(Invitation.enterprise_id == made["linked"])
        ).one()
        token = link_token(row.id, row.campaign.secret)
        assert (row.state, row.way) == ("sent", "link")
    assert len(rows) == 1
    assert str(rows[0][-1]).endswith(f"/khao-sat/{token}")
    assert str(rows[0][2]).startswith("09")


def test_a_paper_is_typed_by_an_officer_and_shown(staffed: House, head: OfficerBrowser) -> None:
    made = asked(staffed)
    campaign_id = opened(staffed)
    with staffed.database.reading() as session:
        invitation_id = session.scalars(
            select(Invitation.id).where(Invitation.enterprise_id == made["silent"])
        ).one()
    here = f"/surveys/{campaign_id}/invitations/{invitation_id}"
    head.get(here)
    assert "Chưa đánh dấu" in head.post(f"{here}/paper").text
    head.get(here)
    page = head.post(f"{here}/paper", {"agreed": "1"}).text
    with staffed.database.reading() as session:
        row = session.get_one(Invitation, invitation_id)
        # Nothing is typed yet: the enterprise may still be asked in another way.
        assert row.way == ""
        assert row.attempt is not None
        version = staffed.texts.say("survey.paper_consent_version")
        assert (row.attempt.officer_id, row.attempt.consent_version) == (None, version)
    assert "Cơ sở mình đăng ký theo loại hình nào?" in page
    wrong = head.post(f"{here}/paper/answers", {"q.lao-dong": "nhiều lắm"})
    assert wrong.status_code == 422
    head.get(f"{here}/paper")
    given = {
        "q.loai-hinh": "ho_kinh_doanh",
        "q.lao-dong": "4",
        "q.doanh-thu": "khong_biet",
        "q.cong-cu": "khong_co",
        "q.san-pham": "nhan",
        "q.so-huu": "khong_co",
        "q.giai": "khong_co",
        "q.kho-khan": "von",
        "q.nhu-cau": "ma_so",
        "q.loi-nhan": "cúp điện hoài",
    }
    head.post(f"{here}/paper/answers", given)
    head.get(f"{here}/paper")
    done = head.post(
        f"{here}/paper/answers", {"q.khi-nao": "ngay", "q.tu-gop": "khong", "xong": "1"}
    ).text
    assert "Đã ghi nhận phiếu" in done
    assert "Chỉ góp công, góp người" in done
    assert "cúp điện hoài" in done
    assert "Phiếu giấy" in done
    assert sends(head, f"{here}/paper") == 409
    assert sends(head, f"{here}/paper/answers", form_id="x" * 12) == 409


def test_the_table_of_links_holds_only_who_still_agrees_while_answers_are_taken(
    staffed: House, head: OfficerBrowser
) -> None:
    made = asked(staffed)
    with staffed.database.transaction() as session:
        rows = Asked(session, staffed.clock(), seed=9)
        unwilling, gone = rows.by_link(), rows.by_link()
    campaign_id = opened(staffed)
    of_unwilling = select(ProfileContact).where(ProfileContact.enterprise_id == unwilling)
    with staffed.database.transaction() as session:
        session.get_one(Enterprise, gone).merged_into_id = made["silent"]
        session.scalars(of_unwilling).one().surveys = SurveyConsent.NO
    head.get(f"/surveys/{campaign_id}")
    _, *rows_of_table = table(head.post(f"/surveys/{campaign_id}/links").content)
    assert len(rows_of_table) == 1
    head.get(f"/surveys/{campaign_id}")
    head.post(f"/surveys/{campaign_id}/stop")
    assert sends(head, f"/surveys/{campaign_id}/links") == 409


def test_answers_are_erased_as_the_enterprise_wishes(staffed: House, head: OfficerBrowser) -> None:
    made = asked(staffed)
    campaign_id = opened(staffed)
    answers(staffed, made["first"])
    with staffed.database.reading() as session:
        number = session.scalars(
            select(Invitation.id).where(Invitation.enterprise_id == made["first"])
        ).one()
    here = f"/surveys/{campaign_id}/invitations/{number}"
    assert "Xóa câu trả lời" in head.get(here).text
    page = head.post(f"{here}/erase").text
    assert "Đã xóa mọi câu trả lời" in page
    assert "Xóa câu trả lời" not in page
    with staffed.database.reading() as session:
        state = session.get_one(Invitation, number).state
        assert (state, session.scalars(select(Attempt)).all()) == ("out", [])
    assert sends(head, f"{here}/erase") == 409


def test_stopped_it_takes_nothing_more_and_is_not_opened_again(
    staffed: House, head: OfficerBrowser
) -> None:
    asked(staffed)
    campaign_id = opened(staffed)
    head.get(f"/surveys/{campaign_id}")
    assert "Đã dừng đợt khảo sát" in head.post(f"/surveys/{campaign_id}/stop").text
    for step in ("stop", "open", "retry"):
        assert sends(head, f"/surveys/{campaign_id}/{step}") == 409
    with staffed.database.reading() as session:
        assert session.get_one(Campaign, campaign_id).state == "stopped"


@pytest.mark.parametrize(
    "path", ["", "/new", "/1", "/1/rows", "/1/questions/lao-dong", "/1/answers.xlsx"]
)
def test_they_are_for_heads_and_administrators(staffed: House, sign_in: SignIn, path: str) -> None:
    asked(staffed)
    opened(staffed)
    assert sign_in("lan").get(f"/surveys{path}").status_code == 403
    assert sign_in("quan.tri").get(f"/surveys{path}").status_code == 200


def test_what_is_not_there_is_not_found(staffed: House, head: OfficerBrowser) -> None:
    asked(staffed)
    campaign_id = opened(staffed)
    other = opened(staffed)
    with staffed.database.reading() as session:
        one = session.scalars(
            select(Invitation.id).where(Invitation.campaign_id == campaign_id)
        ).first()
    assert head.get("/surveys/999").status_code == 404
    assert head.get(f"/surveys/{other}/invitations/{one}").status_code == 404
    for query in ("?page=9999", "?page=-1", "?state=x&way=y&by=z", "?least=x", "?question=x"):
        assert head.get(f"/surveys/{campaign_id}/rows{query}").status_code == 200
