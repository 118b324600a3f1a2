"""The pages of what could not be answered, over real HTTP."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from actions.regressions import try_again
from bot.approved_layer import ApprovedLayer
from bot.domain.clock import Clock
from bot.domain.talk.gap import GapReason
from bot.house import House
from bot.knowledge.library import Library
from bot.search.retriever import Retriever
from bot.settings import Settings
from bot.storage.database import Database
from tests.support.data.gaps import SOC, gather, gather_noise
from tests.support.data.small_knowledge import article_file, copy_small_knowledge
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

PHRASINGS = (
    "bao bì bánh có cần in mã vạch",
    "vô siêu thị phải có mã vạch không",
    "in mã vạch lên bịch",
)

ARTICLE = {
    "title": "Bao bì bánh cần in mã vạch không?",
    "button": "Mã vạch trên bao bì",
    "subject": "mã vạch trên bao bì",
    "topic": "ma_so_ma_vach",
    "office": "tdc",
    "answer": "Pháp luật **không bắt buộc** in mã vạch; siêu thị thường yêu cầu.",
    "detail": "- Hỏi nơi bán trước.",
    "next_steps": "",
    "phrasings": "\n".join(PHRASINGS),
    "texts": SOC,
    "document_0": "nd-13-2022-nd-cp",
    "clause_0": "Điều 1",
}


@pytest.fixture
def house(database: Database, tmp_path: Path, clock: Clock, settings: Settings) -> House:
    folder = copy_small_knowledge(tmp_path / "kb")
    layered = Library(folder, ApprovedLayer(database))
    return House(settings=settings, database=database, library=layered, clock=clock)


@pytest.fixture
def group_id(staffed: House, now: datetime) -> int:
    """Three times the same question, and others beside it."""
    with staffed.database.transaction() as session:
        gather_noise(session, now)
        gather(session, now, SOC)
        gather(session, now, f"{SOC} vậy em, gọi 0912 345 678")
        return gather(session, now, SOC, reason=GapReason.THUMB_DOWN).group_id


@pytest.fixture
def lan(sign_in: SignIn, group_id: int) -> OfficerBrowser:
    browser = sign_in("lan")
    browser.get(f"/gaps/{group_id}")
    return browser


@pytest.fixture
def minh(sign_in: SignIn) -> OfficerBrowser:
    return sign_in("minh")


def propose_link(lan: OfficerBrowser, group_id: int, article: str = "ma-vach-dang-ky") -> None:
    answer = lan.post(f"/gaps/{group_id}/link", {"article": article, "texts": SOC})
    assert "Đã gửi đề xuất" in answer.text


def test_the_list_shows_groups_with_their_numbers_and_hides_persons(
    lan: OfficerBrowser, group_id: int
) -> None:
    page = lan.get("/gaps").text
    assert "3 lần" in page
    assert "2 chưa chắc, 1 bị chê chưa đúng" in page
    assert page.index(SOC) < page.index("máy đo độ ồn")
    assert "0912" not in page
    assert "[số]" in page


def test_a_group_shows_its_questions_and_the_nearest_articles(
    lan: OfficerBrowser, group_id: int, house: House
) -> None:
    page = lan.get(f"/gaps/{group_id}").text
    assert house.library.current.articles["ma-vach-dang-ky"].title in page
    assert "vậy em" in page


def test_titles_are_found_without_accents(lan: OfficerBrowser, group_id: int) -> None:
    page = lan.get(f"/gaps/{group_id}?q=nhan+hieu").text
    assert 'value="nhan-hieu-chi-phi"' in page
    assert 'value="ma-vach-dang-ky"' not in page


def test_linked_by_one_and_approved_by_another_it_is_served(
    lan: OfficerBrowser, minh: OfficerBrowser, group_id: int, house: House
) -> None:
    propose_link(lan, group_id)
    assert "chờ người khác duyệt" in lan.get(f"/gaps/{group_id}").text
    assert SOC in minh.get("/gaps?tab=proposed").text
    minh.get(f"/gaps/{group_id}")

    answer = minh.post(f"/gaps/{group_id}/approve")

    assert "Đã duyệt" in answer.text
    assert SOC in house.library.current.articles["ma-vach-dang-ky"].phrasings
    assert SOC in minh.get("/gaps?tab=closed").text


def test_the_proposer_has_no_button_to_approve_and_no_way_around_it(
    lan: OfficerBrowser, minh: OfficerBrowser, group_id: int, house: House
) -> None:
    propose_link(lan, group_id)
    minh.get(f"/gaps/{group_id}")
    hidden = minh.hidden(f"/gaps/{group_id}/approve")
    page = lan.get(f"/gaps/{group_id}").text
    assert f"/gaps/{group_id}/approve" not in page
    csrf = lan.hidden(f"/gaps/{group_id}/return")["csrf"]
    answer = lan.client.post(f"/console/gaps/{group_id}/approve", data={**hidden, "csrf": csrf})
    assert answer.status_code == 409
    assert "chính anh/chị" in answer.text
    assert SOC not in house.library.current.articles["ma-vach-dang-ky"].phrasings


def test_a_form_without_its_token_changes_nothing(lan: OfficerBrowser, group_id: int) -> None:
    answer = lan.client.post(f"/console/gaps/{group_id}/dismiss", data={})
    assert answer.status_code == 403


def test_what_the_search_would_not_give_first_is_not_approved(
    lan: OfficerBrowser, minh: OfficerBrowser, group_id: int, house: House
) -> None:
    taken = house.library.current.articles["kaizen-la-gi"].title
    lan.post(f"/gaps/{group_id}/link", {"article": "5s-la-gi", "texts": taken})
    minh.get(f"/gaps/{group_id}")

    answer = minh.post(f"/gaps/{group_id}/approve")

    assert answer.status_code == 409
    assert "Chưa duyệt được" in answer.text
    assert house.library.current.articles["5s-la-gi"].title in answer.text


def test_a_new_article_is_read_whole_by_the_one_who_approves_it(
    lan: OfficerBrowser, minh: OfficerBrowser, group_id: int, house: House
) -> None:
    document = next(iter(house.library.current.documents.values()))
    lan.post(f"/gaps/{group_id}/article", ARTICLE | {"document_0": document.id})
    page = minh.get(f"/gaps/{group_id}").text
    for shown in (ARTICLE["title"], "<strong>không bắt buộc</strong>", document.short, "Điều 1"):
        assert shown in page

    minh.post(f"/gaps/{group_id}/approve")

    article = house.library.current.articles["bao-bi-banh-can-in-ma-vach-khong"]
    assert article.reviewed_by == "Nguyễn Thị Lan"
    assert (article.review_due - article.reviewed_on).days == 182


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phrasings": "một\nhai"}, "ít nhất 3 cách hỏi"),
        ({"answer": "x" * 601}, "600 ký tự"),
        ({"answer": "# Tiêu đề"}, "dấu #"),
        ({"document_0": "khong-co"}, "không nằm trong danh mục"),
        ({"topic": ""}, "chọn mảng"),
        ({"button": "x" * 33}, "32 ký tự"),
        ({"title": ""}, "ghi tiêu đề"),
        ({"document_0": "", "verify_note": " "}, "ít nhất một căn cứ"),
        ({"texts": "  "}, "ít nhất một câu hỏi"),
    ],
)
def test_a_mistake_in_an_article_is_told_and_keeps_what_was_typed(
    lan: OfficerBrowser, group_id: int, changes: dict[str, str], said: str
) -> None:
    unsure = {"document_0": "", "verify_note": "Nơi bán có thể đòi khác."}
    answer = lan.post(f"/gaps/{group_id}/article", ARTICLE | unsure | changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert ARTICLE["subject"] in answer.text


def test_a_returned_article_comes_back_filled_in(
    lan: OfficerBrowser, minh: OfficerBrowser, group_id: int
) -> None:
    unsure = {"document_0": "", "verify_note": "Nơi bán có thể đòi khác."}
    lan.post(f"/gaps/{group_id}/article", ARTICLE | unsure)
    minh.get(f"/gaps/{group_id}")
    assert "ghi lý do" in minh.post(f"/gaps/{group_id}/return", {"remark": " "}).text
    minh.get(f"/gaps/{group_id}")
    minh.post(f"/gaps/{group_id}/return", {"remark": "Thiếu căn cứ"})
    page = lan.get(f"/gaps/{group_id}").text
    assert "Thiếu căn cứ" in page
    assert "vô siêu thị phải có mã vạch không" in page


def test_what_is_not_ours_and_what_is_put_aside(
    lan: OfficerBrowser, minh: OfficerBrowser, group_id: int, house: House
) -> None:
    lan.post(f"/gaps/{group_id}/dismiss")
    assert "Mở lại" in lan.get(f"/gaps/{group_id}").text
    lan.post(f"/gaps/{group_id}/reopen")
    lan.post(f"/gaps/{group_id}/out-of-scope", {"texts": SOC})
    minh.get(f"/gaps/{group_id}")
    assert "Đã duyệt" in minh.post(f"/gaps/{group_id}/approve").text
    settled = house.library.current.settled.find(SOC)
    assert settled is not None
    assert settled.article is None


def test_a_settled_question_that_fails_is_a_red_line(
    lan: OfficerBrowser, minh: OfficerBrowser, group_id: int, house: House, now: datetime
) -> None:
    propose_link(lan, group_id)
    minh.get(f"/gaps/{group_id}")
    minh.post(f"/gaps/{group_id}/approve")
    article_file(house.library.folder, "ma-vach-dang-ky").unlink()
    house.library.refresh()
    try_again(house.database, Retriever(house.library.current, None), now=now)
    assert "1 câu đã duyệt không còn ra đúng bài" in minh.get("/gaps").text


def test_a_group_that_is_not_there_is_not_found(lan: OfficerBrowser) -> None:
    assert lan.get("/gaps/99999").status_code == 404
    assert lan.get("/gaps/x").status_code == 404


# — what was approved —


@pytest.fixture
def version(lan: OfficerBrowser, minh: OfficerBrowser, group_id: int) -> str:
    """The address of an approved article."""
    lan.post(f"/gaps/{group_id}/article", ARTICLE)
    minh.get(f"/gaps/{group_id}")
    assert "Đã duyệt" in minh.post(f"/gaps/{group_id}/approve").text
    page = lan.get(f"/gaps/{group_id}").text
    assert "Sửa hoặc rút" in page
    return page.partition(f"/console/gaps/{group_id}/versions/")[2].partition('"')[0]


ARTICLE_ID = "bao-bi-banh-can-in-ma-vach-khong"


def test_an_approved_article_is_edited_and_its_history_tells(
    lan: OfficerBrowser, minh: OfficerBrowser, group_id: int, house: House, version: str
) -> None:
    address = f"/gaps/{group_id}/versions/{version}"
    assert ARTICLE["detail"] in lan.get(address).text
    edit = ARTICLE | {"answer": "Không bắt buộc theo luật."}
    refused = lan.post(address, edit | {"why": " "})
    assert refused.status_code == 422
    assert "ghi lý do" in refused.text
    assert "Không bắt buộc theo luật." in refused.text

    assert "Đã gửi đề xuất" in lan.post(address, edit | {"why": "Nói rõ hơn"}).text
    assert house.library.current.articles[ARTICLE_ID].answer == ARTICLE["answer"]
    minh.get(f"/gaps/{group_id}")
    page = minh.post(f"/gaps/{group_id}/approve").text

    assert house.library.current.articles[ARTICLE_ID].answer == "Không bắt buộc theo luật."
    history = page.partition('id="history"')[2]
    for told in ("Nói rõ hơn", "Đã đổi: Trả lời ngắn", "Đã thay bằng bản sau", "Lê Văn Minh duyệt"):
        assert told in history


def test_withdrawn_an_article_is_gone_at_once_and_can_be_put_back(
    lan: OfficerBrowser, minh: OfficerBrowser, group_id: int, house: House, version: str
) -> None:
    address = f"/gaps/{group_id}/versions/{version}"
    lan.get(address)
    assert lan.post(f"{address}/withdraw", {"remark": ""}).status_code == 422
    page = lan.post(f"{address}/withdraw", {"remark": "Luật đã đổi"}).text
    assert ARTICLE_ID not in house.library.current.articles
    assert "Luật đã đổi" in page
    assert "Sửa rồi đưa lại vào dùng" in page

    assert "Đưa lại vào dùng" in lan.get(address).text
    lan.post(address, ARTICLE | {"why": "Luật chưa đổi"})
    minh.get(f"/gaps/{group_id}")
    minh.post(f"/gaps/{group_id}/approve")
    assert ARTICLE_ID in house.library.current.articles


def test_another_office_is_shown_who_decides(
    lan: OfficerBrowser, sign_in: SignIn, group_id: int, version: str
) -> None:
    address = f"/gaps/{group_id}/versions/{version}"
    tri_tue = sign_in("tri.tue")
    page = tri_tue.get(address).text
    assert f"{address}/withdraw" not in page
    assert "mới rút được" in page
    lan.get(address)
    lan.post(address, ARTICLE | {"why": "Nói rõ hơn"})
    page = tri_tue.get(f"/gaps/{group_id}").text
    assert f"/gaps/{group_id}/approve" not in page
    assert "hoặc lãnh đạo, sẽ duyệt" in page


def test_a_version_of_another_group_is_not_found(
    lan: OfficerBrowser, group_id: int, version: str
) -> None:
    assert lan.get(f"/gaps/{group_id}/versions/99999").status_code == 404
    assert lan.get(f"/gaps/{group_id + 1}/versions/{version}").status_code == 404
