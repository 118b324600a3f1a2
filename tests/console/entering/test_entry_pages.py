"""A case by phone or at the counter, from the form to its end."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.domain.talk.way import TOLD_BY_HAND
from bot.house import House
from bot.storage.models import Conversation, Enterprise, Request
from tests.support.data.hostile import TEXTS
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

FIELDS = {
    "origin": "phone",
    "name": "Chị Hoa",
    "reach": "0909 000 111",
    "question": "Đăng ký mã vạch cho mắm ở đâu?",
    "topic": "ma_so_ma_vach",
    "agreed": "1",
    "step": "file",
}


def enter(browser: OfficerBrowser, **fields: str) -> str:
    browser.get("/requests/new")
    return browser.post("/requests/new", FIELDS | fields).text


def entered(house: House) -> list[Request]:
    with house.database.reading() as session:
        made = (
            select(Request)
            .join(Conversation, Request.conversation_id == Conversation.id)
            .where(Conversation.channel.in_(sorted(TOLD_BY_HAND)))
            .order_by(Request.id)
        )
        return list(session.scalars(made))


def test_an_officer_files_it_and_reads_code_and_hour_to_the_owner(
    lan: OfficerBrowser, staffed: House
) -> None:
    page = enter(lan)
    (request,) = entered(staffed)
    assert f'Đã ghi yêu cầu <strong class="code">{request.code}' in page
    assert (request.office, request.topic, request.reach) == ("tdc", "ma_so_ma_vach", "0909000111")
    listed = lan.get("/?origin=phone").text
    assert listed.count('class="row-head"') == 1
    assert request.code in listed
    case = lan.get(f"/requests/{request.id}").text
    assert "<strong>Nguyễn Thị Lan</strong> ghi yêu cầu của doanh nghiệp" in case
    assert 'id="by-hand"' in case


def test_the_matter_is_guessed_and_asked_before_it_is_filed(
    lan: OfficerBrowser, staffed: House
) -> None:
    page = enter(lan, topic="")
    assert "Xem mảng dưới đây đã đúng chưa" in page
    assert '<option value="ma_so_ma_vach" selected>' in page
    assert 'id="promise"' in page
    assert entered(staffed) == []
    assert "Chưa ghi được" not in enter(lan, step="look", topic="", agreed="", name="")


def test_another_office_gets_it_where_the_officer_says_so(
    lan: OfficerBrowser, sign_in: SignIn, staffed: House
) -> None:
    page = enter(lan, office="shtt")
    (request,) = entered(staffed)
    assert request.office == "shtt"
    assert request.code in page
    assert "Mở yêu cầu" not in page
    # Only who entered it is told of it here.
    assert request.code not in sign_in("minh").get(f"/requests/new?filed={request.id}").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Ghi tên người gửi"),
        ({"name": "x" * 201}, "Ghi tên người gửi"),
        ({"reach": "gọi lại giúp"}, "Ghi số điện thoại hoặc thư"),
        ({"question": ""}, "Ghi nội dung"),
        ({"question": "x" * 4001}, "Ghi nội dung"),
        ({"agreed": ""}, "đã nghe và đồng ý"),
        ({"origin": "telegram"}, "Chọn gọi điện hay tại quầy"),
        ({"office": "so_cong_thuong"}, "Đơn vị này không có"),
        ({"topic": "khong_co"}, "Xem mảng dưới đây"),
        ({"enterprise": "x" * 401}, "Tên doanh nghiệp dài quá"),
    ],
)
def test_what_is_missing_or_odd_is_said_and_what_was_typed_stays(
    lan: OfficerBrowser, staffed: House, fields: dict[str, str], said: str
) -> None:
    page = enter(lan, **fields)
    assert said in page
    kept = (FIELDS | fields)["question"]
    assert f">{kept}</textarea>" in page
    assert entered(staffed) == []


def test_hostile_words_are_filed_or_refused_and_break_nothing(lan: OfficerBrowser) -> None:
    for text in TEXTS:
        whole = text.encode(errors="ignore").decode()
        lan.get("/requests/new")
        odd = {"name": whole, "question": whole, "enterprise": whole}
        assert lan.post("/requests/new", FIELDS | odd).status_code in {200, 422}


def test_the_same_press_twice_makes_one_case(lan: OfficerBrowser, staffed: House) -> None:
    lan.get("/requests/new")
    fields = lan.hidden("/requests/new") | FIELDS
    for _ in range(2):
        lan.client.post("/console/requests/new", data=fields)
    assert len(entered(staffed)) == 1


def test_an_enterprise_of_the_register_is_chosen_or_written_as_typed(
    lan: OfficerBrowser, staffed: House
) -> None:
    name = "Cơ sở Nước mắm Bà Hai"
    page = enter(lan, enterprise="nuoc mam ba hai")
    assert "Chọn doanh nghiệp trong danh sách" in page
    found = re.findall(r'name="chosen" value="(\d+)"', page)
    assert found
    looked = {"enterprise": "nuoc mam ba hai", "looked_for": "nuoc mam ba hai"}
    enter(lan, **looked, chosen=found[0])
    enter(lan, **looked, chosen="as_typed")
    # What was typed anew since was not looked up yet.
    assert "Chưa ghi được" in enter(lan, **(looked | {"enterprise": "ba hai"}), chosen=found[0])
    first, second = entered(staffed)
    assert (first.enterprise_id, first.enterprise_name) == (int(found[0]), name)
    assert second.enterprise_id != first.enterprise_id
    assert second.enterprise_name == "nuoc mam ba hai"


def test_a_tax_code_finds_its_enterprise_and_a_wrong_one_is_kept_to_be_checked(
    lan: OfficerBrowser, staffed: House
) -> None:
    enter(lan, enterprise="1100598642")
    enter(lan, enterprise="Cơ sở Hoa, mst 1100598640")
    enter(lan)
    right, wrong, none = entered(staffed)
    with staffed.database.reading() as session:
        of_code = select(Enterprise.id).where(Enterprise.tax_code == "1100598642")
        assert right.enterprise_id == session.scalar(of_code)
    assert wrong.unchecked_tax_code == "1100598640"
    assert (none.enterprise_id, none.enterprise_name) == (None, "")


def test_the_page_of_an_enterprise_begins_one(lan: OfficerBrowser, staffed: House) -> None:
    enter(lan, enterprise="1100598642")
    enterprise_id = entered(staffed)[0].enterprise_id
    shown = lan.get(f"/enterprises/{enterprise_id}").text
    assert f"/requests/new?enterprise={enterprise_id}" in shown
    page = lan.get(f"/requests/new?enterprise={enterprise_id}").text
    assert f'name="chosen" value="{enterprise_id}" checked' in page
    for odd in ("enterprise=x", "enterprise=999999", "filed=x", "filed=999999"):
        assert lan.get(f"/requests/new?{odd}").status_code == 200


def test_it_is_answered_by_phone_and_closed(lan: OfficerBrowser, staffed: House) -> None:
    enter(lan)
    request_id = entered(staffed)[0].id
    lan.get(f"/requests/{request_id}")
    page = lan.post(f"/requests/{request_id}/claim").text
    assert "Anh/chị đã nhận yêu cầu này." in page
    assert "trợ lý im lặng" not in page
    assert f'action="/console/requests/{request_id}/reply"' not in page
    told = {"text": "Nộp ở một cửa", "way": "email", "hour": "2026-11-24T10:00"}
    page = lan.post(f"/requests/{request_id}/told", told).text
    assert "Đã ghi câu trả lời" in page
    assert "Nộp ở một cửa" in page
    assert "trả lời qua thư điện tử" in page
    assert "sẽ trả lời anh/chị ngay trong cuộc trò chuyện này" not in page
    page = lan.post(f"/requests/{request_id}/close", {"ending": "answered"}).text
    assert "không hỏi đánh giá" in page
    assert entered(staffed)[0].ending == "answered"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "Hãy viết câu trả lời"),
        ({"text": "x" * 3501}, "dài quá 3.500"),
        ({"way": "bồ câu"}, "đã trả lời bằng cách nào"),
        ({"hour": "hôm qua"}, "Giờ trả lời phải sau lúc ghi"),
        ({"hour": "2030-01-01T00:00"}, "Giờ trả lời phải sau lúc ghi"),
    ],
)
def test_an_answer_that_cannot_be_noted_says_why(
    lan: OfficerBrowser, staffed: House, fields: dict[str, str], said: str
) -> None:
    enter(lan)
    request_id = entered(staffed)[0].id
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    told = {"text": "Nộp ở một cửa", "way": "phone", "hour": "2026-11-24T10:00"} | fields
    assert said in lan.post(f"/requests/{request_id}/told", told).text


def test_its_owner_is_erased_from_its_page(lan: OfficerBrowser, staffed: House) -> None:
    enter(lan)
    request_id = entered(staffed)[0].id
    lan.get(f"/requests/{request_id}")
    page = lan.post(f"/requests/{request_id}/erase-owner").text
    assert "Đã xóa dữ liệu của người gửi" in page
    assert "Chị Hoa" not in page
    assert "0909" not in page


def test_the_head_counts_them_apart(lan: OfficerBrowser, sign_in: SignIn, staffed: House) -> None:
    enter(lan, origin="counter")
    page = sign_in("lanh.dao").get("/figures").text
    line = page.partition('<th scope="row">Tại quầy</th>')[2].partition("</tr>")[0]
    assert "origin=counter" in line
    assert ">1</a>" in line
