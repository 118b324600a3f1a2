"""Closing with what came of a request, merging what asks the same, and the paper for the owner."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.domain.requests.closing import CHOSEN, Ending
from bot.domain.requests.request import RequestState
from bot.house import House
from bot.services.closing.ratings import RatingService
from bot.services.requests.requests import RequestService
from bot.storage.models import Message, Request
from tests.support.data.cases import told
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

INDUSTRY = {"ending": "passed_on", "authority": "so_cong_thuong"}


@pytest.fixture
def held(lan: OfficerBrowser, request_id: int) -> str:
    """The address of a case that Lan holds, whose page is open."""
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    return f"/requests/{request_id}"


@pytest.fixture
def other(staffed: House, request_id: int) -> int:
    """Another request of the same owner."""
    with staffed.database.transaction() as session:
        seed = Seed(session, staffed.clock(), seed=17)
        return seed.request(session.get_one(Request, request_id).conversation).id


def stored(house: House, request_id: int) -> Request:
    with house.database.transaction() as session:
        return session.get_one(Request, request_id)


def test_no_ending_is_chosen_beforehand_and_without_one_nothing_is_closed(
    lan: OfficerBrowser, staffed: House, request_id: int, held: str
) -> None:
    page = lan.get(held).text
    assert not re.search(r'name="ending"[^>]*checked', page)

    refused = lan.post(f"{held}/close", {"last_words": "Chào anh/chị"})

    assert refused.status_code == 422
    assert "Hãy chọn kết quả" in refused.text
    assert ">Chào anh/chị</textarea>" in refused.text
    assert stored(staffed, request_id).state == RequestState.CLAIMED


def test_the_case_its_history_and_the_list_say_what_came_of_it(
    lan: OfficerBrowser, held: str
) -> None:
    page = lan.post(f"{held}/close", INDUSTRY).text

    assert "<dt>Kết quả</dt><dd>Chuyển cơ quan khác: Sở Công Thương</dd>" in page
    assert "đóng yêu cầu: chuyển cơ quan khác – Sở Công Thương" in " ".join(page.split())
    assert "Chuyển cơ quan khác: Sở Công Thương" in lan.get("/?tab=closed").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ending": "passed_on"}, "Hãy chọn cơ quan"),
        ({"ending": "passed_on", "authority": "tdc"}, "Hãy chọn cơ quan"),
        (
            INDUSTRY | {"authority": "another", "authority_name": " "},
            "Hãy chọn cơ quan",
        ),
        ({"ending": "spam", "last_words": "Thôi nhé"}, "Thư rác thì không nhắn lại"),
        ({"ending": "duplicate"}, "Hãy chọn yêu cầu đang mở"),
        ({"ending": "withdrawn"}, "Hãy chọn kết quả"),
        ({"ending": "đã trả lời\0"}, "Hãy chọn kết quả"),
    ],
)
def test_what_an_ending_lacks_is_said_and_nothing_is_closed(  # noqa: PLR0917
    lan: OfficerBrowser,
    staffed: House,
    request_id: int,
    held: str,
    fields: dict[str, str],
    said: str,
) -> None:
    refused = lan.post(f"{held}/close", fields)

    assert refused.status_code == 422
    assert said in refused.text
    assert stored(staffed, request_id).state == RequestState.CLAIMED


def test_another_authority_is_named_as_written(
    lan: OfficerBrowser, staffed: House, request_id: int, held: str
) -> None:
    lan.post(
        f"{held}/close",
        INDUSTRY | {"authority": "another", "authority_name": "UBND <xã>\n Tân Trụ"},
    )

    assert stored(staffed, request_id).passed_to == "UBND <xã> Tân Trụ"
    assert "UBND &lt;xã&gt; Tân Trụ" in lan.get(f"{held}/slip").text


def test_spam_is_closed_without_a_word(
    lan: OfficerBrowser, staffed: House, request_id: int, held: str
) -> None:
    with staffed.database.transaction() as session:
        before = len(told(session, session.get_one(Request, request_id)))

    page = lan.post(f"{held}/close", {"ending": "spam"}).text

    assert "không hỏi đánh giá" in page
    with staffed.database.transaction() as session:
        request = session.get_one(Request, request_id)
        assert request.ending == Ending.SPAM
        assert len(told(session, request)) == before


def test_a_request_closed_before_endings_were_kept_is_shown_as_such(
    lan: OfficerBrowser, staffed: House, request_id: int, held: str
) -> None:
    lan.post(f"{held}/close", {"ending": "answered"})
    with staffed.database.transaction() as session:
        session.get_one(Request, request_id).ending = None

    assert "Không ghi (đóng trước khi có mục này)" in lan.get(held).text


def test_prepared_words_stand_beside_each_ending(lan: OfficerBrowser, held: str) -> None:
    page = lan.get(held).text

    words = dict(re.findall(r'value="(\w+)"[^>]*data-words="([^"]*)"', page))
    assert "Cảm ơn anh/chị" in words["answered"]
    assert "Sở Công Thương" in words["so_cong_thuong"]
    assert words["spam"] == ""
    assert set(CHOSEN) - {Ending.DUPLICATE} <= words.keys()


def test_the_paper_says_to_whom_and_leaves_room_for_what_is_not_known(
    lan: OfficerBrowser, sign_in: SignIn, request_id: int, held: str
) -> None:
    assert lan.get(f"{held}/slip").status_code == 404
    lan.get(held)
    page = lan.post(f"{held}/close", INDUSTRY | {"last_words": "Anh mang theo tờ khai."}).text
    assert f'href="/console{held}/slip"' in page

    paper = lan.get(f"{held}/slip").text

    for wanted in ("Phiếu hướng dẫn", "Sở Công Thương", "Công ty Đồ Chơi Gỗ", "tờ khai", "....."):
        assert wanted in paper
    assert sign_in("tri.tue").get(f"/requests/{request_id}/slip").status_code == 404


def test_a_duplicate_is_closed_and_taken_back_from_either_page(
    lan: OfficerBrowser, staffed: House, request_id: int, held: str, other: int
) -> None:
    lan.get(held)
    page = lan.post(f"{held}/close", {"ending": "duplicate", "kept": str(other)}).text
    kept_code = stored(staffed, other).code
    assert "Đã gộp hai yêu cầu" in page
    assert f">{kept_code}</a>" in page
    assert stored(staffed, request_id).duplicate_of_id == other

    kept_page = lan.get(f"/requests/{other}").text
    assert "Yêu cầu đã gộp vào đây" in kept_page
    back = lan.post(f"/requests/{other}/part", {"duplicate": str(request_id)})
    assert "Đã tách hai yêu cầu" in back.text
    assert stored(staffed, request_id).state == RequestState.CLAIMED


def test_a_duplicate_is_merged_into_the_page_that_is_open(
    lan: OfficerBrowser, staffed: House, request_id: int, other: int
) -> None:
    lan.get(f"/requests/{request_id}")
    path = f"/requests/{request_id}/merge"
    assert lan.post(path, {"duplicate": ""}).status_code == 422

    lan.get(f"/requests/{request_id}")
    fields = lan.hidden(path) | {"duplicate": str(other)}
    answers = [lan.client.post(f"/console{path}", data=fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert stored(staffed, other).ending == Ending.DUPLICATE
    with staffed.database.transaction() as session:
        assert len(told(session, session.get_one(Request, other))) == 1


def test_a_request_of_another_office_can_neither_be_merged_nor_parted(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, staffed.clock(), seed=18)
        conversation = session.get_one(Request, request_id).conversation
        foreign = seed.request(conversation, office="shtt").id
    lan.get(f"/requests/{request_id}")
    fields = lan.hidden("/sign-out") | {"form_id": "abcdefgh1", "duplicate": str(foreign)}

    for step in ("merge", "part"):
        answer = lan.client.post(f"/console/requests/{request_id}/{step}", data=fields)
        assert answer.status_code == 404

    with staffed.database.transaction() as session:
        assert session.get_one(Request, foreign).state == RequestState.NEW
        assert not session.scalars(select(Message).filter_by(request_id=foreign)).all()


def test_a_low_rating_stands_before_a_head_until_one_has_read_it(
    lan: OfficerBrowser, sign_in: SignIn, staffed: House, request_id: int, held: str
) -> None:
    lan.post(f"{held}/close", {"ending": "answered"})
    with staffed.database.transaction() as session:
        request = session.get_one(Request, request_id)
        given = (request.code, request.conversation_id)
        RequestService(session).rate(*given, 1, now=staffed.clock())
        RatingService(session).explain(*given, words="Chờ <lâu>", now=staffed.clock())
    head = sign_in("lanh.dao")
    assert "Đánh giá thấp chưa đọc" in head.get("/").text
    assert "Đánh giá thấp chưa đọc" not in lan.get("/").text
    assert "1/5: “Chờ &lt;lâu&gt;”" in lan.get(held).text
    assert "Tôi đã đọc" not in lan.get(held).text
    assert given[0] in lan.get("/?tab=all&figure=low").text

    head.get(held)
    page = head.post(f"{held}/rating-seen").text

    assert "Đã đánh dấu là đã đọc" in page
    assert "Đánh giá thấp chưa đọc" not in head.get("/").text
    fields = lan.hidden("/sign-out") | {"form_id": "abcdefgh1"}
    assert lan.client.post(f"/console{held}/rating-seen", data=fields).status_code == 403
