"""The pages of corrections, over real HTTP: one writes, another approves, the owners hear of it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.clock import Clock
from bot.domain.correction import TEXT_LIMIT
from bot.domain.jobs import JobState
from bot.flow.job_runner import JobRunner
from bot.flow.works import works_of
from bot.house import House
from bot.knowledge.library import Library
from bot.services.staff.officers import OfficerService
from bot.services.upkeep.jobs import MAX_TRIES
from bot.settings import ROOT, Settings
from bot.storage.database import Database
from bot.storage.models import Correction, Job
from tests.support.data.given import OLD, give, give_to_many, notices
from tests.support.data.small_knowledge import (
    article_file,
    cite_only,
    copy_small_knowledge,
    edit,
    registered,
)
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

ARTICLE = "ma-vach-phi"
FORM = f"/corrections/articles/{ARTICLE}"
BEFORE_THEM = "changed_on: 2026-04-01"
KNOWLEDGE = ROOT / "knowledge_base"
CHANGED = "Từ 22/11/2026, phí duy trì thu theo năm; trước đó thu một lần."
TEXT = "Trước đây em nói phí A, <b>nay</b> là phí B từ 01/04/2026."


@pytest.fixture
def house(any_database: Database, tmp_path: Path, clock: Clock, settings: Settings) -> House:
    """Each test runs on SQLite and on PostgreSQL, with an article that tells what changed."""
    folder = copy_small_knowledge(tmp_path / "kb")
    file = article_file(folder, ARTICLE)
    text = re.sub(r"(?m)^changed(_on)?: .*\n", "", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    edit(file, "facts:", f'changed_on: 2026-11-22\nchanged: "{CHANGED}"\nfacts:')
    return House(settings=settings, database=any_database, library=Library(folder), clock=clock)


@pytest.fixture
def owners(staffed: House, now: datetime) -> list[str]:
    """Three owners with an earlier text of one article, one with that of another, one in order."""
    mark = staffed.library.current.articles[ARTICLE].mark
    at = now - timedelta(days=4)
    with staffed.database.transaction() as session:
        give_to_many(session, "5s-la-gi", [OLD], at=at)
        give_to_many(session, ARTICLE, [mark], at=at)
        give_to_many(session, ARTICLE, [OLD], at=now - timedelta(days=91))
        return give_to_many(session, ARTICLE, [OLD] * 3, at=at)


@pytest.fixture
def lan(sign_in: SignIn, owners: list[str]) -> OfficerBrowser:
    assert owners
    return sign_in("lan")


@pytest.fixture
def minh(sign_in: SignIn) -> OfficerBrowser:
    return sign_in("minh")


def write(browser: OfficerBrowser, **fields: str) -> str:
    """Writes a correction through the form; the path of its page."""
    browser.get(FORM)
    answer = browser.post(FORM, {"text": TEXT, "audience": "old_text"} | fields)
    assert "Đã lưu đính chính" in answer.text
    return answer.url.path.removeprefix("/console")


def tell(house: House) -> None:
    runner = JobRunner(house, works_of(house), frozenset(), "a")
    while runner.step():
        pass


def test_the_list_names_what_changed_since_it_was_given_and_how_many_have_it(
    lan: OfficerBrowser,
) -> None:
    text = lan.get("/corrections").text
    listed = text.split('id="changed"')[1].split("</ul>")[0]
    assert re.findall(r"(\d+) cuộc trò chuyện", listed) == ["3", "1"]
    assert FORM in listed
    assert CHANGED in listed
    assert "3 khung chat trên web" in listed


def test_the_form_begins_with_what_was_said_and_what_holds_now(lan: OfficerBrowser) -> None:
    text = lan.get(FORM).text
    box = text.split('name="text"')[1].split("</textarea>")[0]
    assert "trước đây em có trả lời anh/chị về" in box
    assert CHANGED in box
    assert "3 cuộc trò chuyện đang giữ câu trả lời cũ" in text
    assert "Tất cả 4 cuộc trò chuyện đã nhận bài này" in text


def test_a_change_that_is_older_than_the_answers_is_not_told_as_news(
    lan: OfficerBrowser, staffed: House
) -> None:
    edit(article_file(staffed.library.folder, ARTICLE), "changed_on: 2026-11-22", BEFORE_THEM)
    staffed.library.refresh()

    box = lan.get(FORM).text.split('name="text"')[1].split("</textarea>")[0]

    assert CHANGED not in box
    assert "[Điều em đã nói." in box


def test_the_english_draft_stands_where_somebody_hears_it_with_a_blank_for_what_changed(
    lan: OfficerBrowser, staffed: House, now: datetime
) -> None:
    tell_in_english(staffed)
    assert english_box(lan) == ""
    with staffed.database.transaction() as session:
        give(session, ARTICLE, OLD, at=now - timedelta(days=5), english=True)

    begun = english_box(lan)
    assert "That answer has changed as of" in begun
    assert "[What I told you." in begun
    answer = lan.post(FORM, {"text": TEXT, "english": begun, "audience": "old_text"})
    assert answer.status_code == 422
    assert "chỗ trống trong ngoặc vuông" in answer.text

    edit(article_file(staffed.library.folder, ARTICLE), "changed_on: 2026-11-22", BEFORE_THEM)
    staffed.library.refresh()
    assert "That answer has changed.\n" in english_box(lan)


def tell_in_english(house: House) -> None:
    """The article is told in English too, as it is now."""
    text = (KNOWLEDGE / "english" / f"{ARTICLE}.yml").read_text(encoding="utf-8")
    mark = house.library.current.articles[ARTICLE].mark
    file = house.library.folder / "english" / f"{ARTICLE}.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(re.sub(r"(?m)^made_from: .*$", f'made_from: "{mark}"', text), encoding="utf-8")
    house.library.refresh()
    assert ARTICLE in house.library.current.english


def english_box(browser: OfficerBrowser) -> str:
    text = browser.get(FORM).text
    return text.split('name="english"')[1].split(">", 1)[1].split("</textarea>")[0]


def test_an_article_that_tells_no_change_leaves_a_blank_that_must_be_filled(
    lan: OfficerBrowser,
) -> None:
    path = "/corrections/articles/5s-la-gi"
    begun = lan.get(path).text.split('name="text"')[1].split(">", 1)[1].split("</textarea>")[0]
    assert "[Điều em đã nói." in begun

    answer = lan.post(path, {"text": begun, "audience": "old_text"})

    assert answer.status_code == 422
    assert "chỗ trống trong ngoặc vuông" in answer.text


def test_any_article_is_found_by_its_title(lan: OfficerBrowser) -> None:
    text = lan.get("/corrections?q=kaizen").text
    assert "/corrections/articles/kaizen-la-gi" in text
    assert "Không có bài nào có các chữ này" in lan.get("/corrections?q=khongcogi").text


def test_one_writes_another_approves_and_each_owner_hears_of_it_once(
    lan: OfficerBrowser, minh: OfficerBrowser, staffed: House, owners: list[str]
) -> None:
    path = write(lan)
    assert "đang chờ người khác duyệt" in lan.get(path).text
    assert f'action="/console{path}/approve"' not in lan.get(path).text
    assert "&lt;b&gt;nay&lt;/b&gt;" in lan.get(path).text
    assert "Chờ duyệt" in lan.get("/corrections").text

    page = minh.get(path)
    assert "Duyệt và gửi cho 3 cuộc trò chuyện" in page.text
    answer = minh.post(f"{path}/approve")
    assert "Đã duyệt" in answer.text
    assert "0 đã gửi · 3 đang chờ" in answer.text
    tell(staffed)

    text = lan.get(path).text
    assert "3 đã gửi · 0 đang chờ" in text
    assert "Nguyễn Thị Lan soạn lúc" in text
    assert "Lê Văn Minh duyệt lúc" in text
    correction_id = int(path.rpartition("/")[2])
    with staffed.database.reading() as session:
        assert notices(session, correction_id) == {one: [TEXT] for one in owners}
    listed = lan.get("/corrections").text.split('id="changed"')[1].split("</ul>")[0]
    assert FORM not in listed


def test_an_article_that_changed_after_the_approval_is_told_of_no_more_and_the_page_says_why(
    lan: OfficerBrowser, minh: OfficerBrowser, staffed: House
) -> None:
    path = write(lan)
    minh.get(path)
    minh.post(f"{path}/approve")
    assert 'id="stopped"' not in lan.get(path).text
    edit(article_file(staffed.library.folder, ARTICLE), "title: ", "title: Mới. ")
    tell(staffed)

    text = lan.get(path).text
    assert "Đã dừng gửi: sau khi duyệt, bài lại thay đổi" in text
    assert "0 đã gửi · 0 đang chờ" in text
    assert "Lê Văn Minh duyệt lúc" in text
    listed = lan.get("/corrections").text
    assert "Đã dừng gửi" in listed
    assert FORM in listed.split('id="changed"')[1].split("</ul>")[0]


def test_what_gave_up_is_tried_again_by_a_button_and_twice_is_once(
    lan: OfficerBrowser, minh: OfficerBrowser, staffed: House, owners: list[str]
) -> None:
    path = write(lan)
    minh.get(path)
    minh.post(f"{path}/approve")
    retry = f"/console{path}/retry"
    assert retry not in lan.get(path).text
    with staffed.database.transaction() as session:
        job = session.scalars(select(Job)).one()
        job.state, job.tries, job.error = JobState.FAILED, MAX_TRIES, "OperationalError: full"

    assert "Việc gửi đã thử nhiều lần mà không xong" in lan.get(path).text
    assert lan.client.post(retry).status_code == 403
    fields = lan.hidden(f"{path}/retry")
    for _ in range(2):
        answer = lan.client.post(retry, data=fields)
        assert "đang gửi tiếp cho những cuộc trò chuyện chưa nhận" in answer.text
        assert 'id="given-up"' not in answer.text
    tell(staffed)

    assert "3 đã gửi · 0 đang chờ" in lan.get(path).text
    with staffed.database.reading() as session:
        told = notices(session, int(path.rpartition("/")[2]))
    assert told == {one: [TEXT] for one in owners}


def test_what_waits_for_approval_has_nothing_to_try_again(lan: OfficerBrowser) -> None:
    path = write(lan)
    answer = lan.client.post(f"/console{path}/retry", data=lan.hidden(f"{path}/withdraw"))
    assert answer.status_code == 409
    assert "không có lượt gửi nào để thử lại" in answer.text


def test_an_article_that_is_not_served_today_is_not_corrected(
    lan: OfficerBrowser, minh: OfficerBrowser, staffed: House
) -> None:
    path = write(lan)
    folder = staffed.library.folder
    cite_only(article_file(folder, ARTICLE), "thu-nghiem")
    registered(folder, "status: in_force; in_force_to: 2026-01-01")
    staffed.library.refresh()

    assert "không được dùng vì hết căn cứ" in minh.get(path).text
    answer = minh.post(f"{path}/approve")
    assert answer.status_code == 409
    assert "người nhận không mở lại được" in answer.text
    assert "chưa đính chính được" in lan.get(FORM).text
    assert lan.post(FORM, {"text": TEXT, "audience": "everyone"}).status_code == 409


def test_a_second_click_is_told_that_it_is_done(lan: OfficerBrowser, minh: OfficerBrowser) -> None:
    path = write(lan)
    minh.get(path)
    fields = minh.hidden(f"{path}/approve")
    for status in (303, 409):
        answer = minh.client.post(f"/console{path}/approve", data=fields, follow_redirects=False)
        assert answer.status_code == status
    assert "đã được duyệt, không sửa hay duyệt lại được nữa" in answer.text


def test_nobody_approves_his_own_not_even_past_the_page(lan: OfficerBrowser) -> None:
    path = write(lan)
    answer = lan.client.post(f"/console{path}/approve", data=lan.hidden(f"{path}/withdraw"))
    assert answer.status_code == 409
    assert "do chính anh/chị soạn, cần một người khác duyệt" in answer.text


def test_it_may_be_withdrawn_before_it_is_approved(
    lan: OfficerBrowser, minh: OfficerBrowser, staffed: House
) -> None:
    path = write(lan)
    answer = lan.post(f"{path}/withdraw")
    assert "Đã rút lại đính chính" in answer.text
    assert "Nguyễn Thị Lan rút lại lúc" in answer.text
    tell(staffed)
    with staffed.database.reading() as session:
        assert notices(session, int(path.rpartition("/")[2])) == {}

    approved = write(lan)
    minh.get(approved)
    token = minh.hidden(f"{approved}/withdraw")
    minh.post(f"{approved}/approve")
    late = minh.client.post(f"/console{approved}/withdraw", data=token)
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"text": " "}, 422, "Hãy ghi nội dung đính chính"),
        ({"text": "x" * (TEXT_LIMIT + 1)}, 422, "dài quá 1000 ký tự"),
        ({"english": "x" * (TEXT_LIMIT + 1)}, 422, "dài quá 1000 ký tự"),
        ({"mark": OLD}, 409, "vừa thay đổi sau khi đính chính được soạn"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_kept_in_the_form(
    lan: OfficerBrowser, staffed: House, fields: dict[str, str], status: int, says: str
) -> None:
    lan.get(FORM)
    answer = lan.post(FORM, {"text": TEXT, "english": "Fee B.", "audience": "everyone"} | fields)
    assert answer.status_code == status
    assert says in answer.text
    box = answer.text.split('name="english"')[1].split("</textarea>")[0]
    assert box.endswith(fields.get("english", "Fee B."))
    assert re.search(r'value="everyone" checked', answer.text)
    with staffed.database.reading() as session:
        assert session.query(Correction).all() == []


def test_a_second_correction_of_an_article_waits_for_the_first(
    lan: OfficerBrowser, minh: OfficerBrowser
) -> None:
    write(lan)
    assert "một đính chính đang chờ duyệt" in minh.get(FORM).text
    answer = minh.post(FORM, {"text": TEXT, "audience": "old_text"})
    assert answer.status_code == 409
    assert "đã có một đính chính đang chờ duyệt" in answer.text


def test_where_nobody_was_told_there_is_nothing_to_send(lan: OfficerBrowser) -> None:
    path = "/corrections/articles/kaizen-la-gi"
    lan.get(path)
    answer = lan.post(path, {"text": TEXT, "audience": "everyone"})
    assert answer.status_code == 409
    assert "không có cuộc trò chuyện nào cần nhận" in answer.text


def test_an_article_that_is_not_there_is_said_so(lan: OfficerBrowser) -> None:
    for path in ("/corrections/articles/khong-co", "/corrections/articles/..%00"):
        answer = lan.get(path)
        assert answer.status_code == 404
        assert "Bài này không có trong kho bài tri thức" in answer.text
    token = lan.hidden("/sign-out")
    answer = lan.client.post("/console/corrections/articles/khong-co", data=token)
    assert answer.status_code == 404


@pytest.mark.parametrize("step", ["", "/approve", "/withdraw", "/retry"])
def test_a_correction_that_is_not_there_is_not_found(lan: OfficerBrowser, step: str) -> None:
    token = lan.hidden("/sign-out")
    for number in ("999", "0", str(2**40), "x"):
        path = f"/console/corrections/{number}{step}"
        answer = lan.client.post(path, data=token) if step else lan.client.get(path)
        assert answer.status_code == 404


@pytest.mark.parametrize("username", ["quan.tri", "lanh.dao", "lan", "tri.tue"])
def test_every_role_may_write_and_approve(
    sign_in: SignIn, owners: list[str], username: str
) -> None:
    assert owners
    one, other = sign_in(username), sign_in("minh")
    for author, approver in ((one, other), (other, one)):
        path = write(author, audience="everyone")
        approver.get(path)
        assert approver.post(f"{path}/approve").status_code == 200


def test_who_is_locked_out_meanwhile_approves_nothing(
    lan: OfficerBrowser, minh: OfficerBrowser, staffed: House
) -> None:
    path = write(lan)
    minh.get(path)
    fields = minh.hidden(f"{path}/approve")
    with staffed.database.transaction() as session:
        service = OfficerService(session)
        person = service.by_username("minh")
        assert person is not None
        service.disable(person)
    answer = minh.client.post(f"/console{path}/approve", data=fields, follow_redirects=False)
    assert answer.status_code == 303
    assert "sign-in" in answer.headers["location"]
    assert "Chờ duyệt" in lan.get(path).text


def test_a_form_sent_too_late_leads_back_to_it(lan: OfficerBrowser) -> None:
    lan.get(FORM)
    fields = lan.hidden(FORM) | {"text": "lời em đã viết", "audience": "old_text"}
    lan.client.cookies.clear()
    answer = lan.client.post(f"/console{FORM}", data=fields, follow_redirects=False)
    assert answer.headers["location"].endswith(
        "next=%2Fconsole%2Fcorrections%2Farticles%2Fma-vach-phi"
    )


def test_an_edit_in_the_last_seconds_is_seen_before_approval(
    lan: OfficerBrowser, minh: OfficerBrowser, staffed: House
) -> None:
    path = write(lan)
    minh.get(path)
    edit(article_file(staffed.library.folder, ARTICLE), "title: ", "title: Mới. ")
    answer = minh.post(f"{path}/approve")
    assert answer.status_code == 409
    assert "vừa thay đổi sau khi đính chính được soạn" in answer.text
