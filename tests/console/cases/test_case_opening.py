"""What helps to answer a case, and that it tells nobody more than he may see."""

import re
from collections.abc import Callable

from bot.house import House
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

LIKE = "Đồ chơi gỗ: tem CR dán ở đâu trên hộp?"


def closed_case(house: House, office: str, answer: str) -> str:
    """A closed and answered case of the same enterprise; its code."""
    with house.database.transaction() as session:
        seed = Seed(session, house.clock(), seed=sum(office.encode()))
        officer = seed.officer(office=office)
        request = seed.request(
            office=office, question=LIKE, enterprise=("Công ty Đồ Chơi Gỗ", "0101243150")
        )
        service = cases(session)
        service.claim(request.id, officer, now=seed.now)
        service.reply(request.id, officer, answer, cause=f"form:{office}", now=seed.now)
        service.close(request.id, officer, cause=f"form:close:{office}", now=seed.now)
        return request.code


def parts(page: str) -> str:
    return page.split('id="opening-parts"')[1]


def test_tried_nearest_articles_past_requests_and_like_cases_are_told(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    past = closed_case(staffed, "tdc", "Dán ở mặt trước bao bì.")
    page = parts(lan.get(f"/requests/{request_id}/opening").text)

    assert "Hỏi lại cho rõ" in page
    assert page.count("Chèn vào trả lời") == 3
    assert re.search(r'data-insert="[^"]+Căn cứ:\n- ', page)
    earlier, similar = page.split("Yêu cầu tương tự đã đóng")
    assert past in earlier
    assert past in similar
    assert "Dán ở mặt trước bao bì." in similar


def test_cases_of_another_office_are_neither_examples_nor_told(
    lan: OfficerBrowser, sign_in: Callable[[str], OfficerBrowser], staffed: House, request_id: int
) -> None:
    code = closed_case(staffed, "shtt", "Điều của đơn vị khác.")
    page = parts(lan.get(f"/requests/{request_id}/opening").text)
    assert "Gửi một yêu cầu ở đơn vị khác" in page
    assert code not in page
    assert "Điều của đơn vị khác." not in page

    assert code in sign_in("lanh.dao").get(f"/requests/{request_id}/opening").text
    other = sign_in("tri.tue")
    assert other.get(f"/requests/{request_id}/opening").status_code == 404


def test_any_article_is_found_by_its_words(lan: OfficerBrowser, request_id: int) -> None:
    page = lan.get(f"/requests/{request_id}/opening?q=nhan hieu bi tu choi").text
    found = page.split('id="found-articles"')[1]
    assert "từ chối" in found
    assert "data-insert" in found

    nothing = lan.get(f"/requests/{request_id}/opening?q=%20%00%F0%9F%98%80").text
    assert "data-insert" not in nothing.split('id="found-articles"')[1].split("<h3>")[0]


def test_the_page_of_the_case_does_not_wait_for_it(lan: OfficerBrowser, request_id: int) -> None:
    page = lan.get(f"/requests/{request_id}").text
    assert f'data-fetch="/console/requests/{request_id}/opening"' in page
    assert "data-insert" not in page
