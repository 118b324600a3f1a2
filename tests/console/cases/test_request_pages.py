"""The list and the page of a request, as officers and heads see them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot import signals
from bot.channels.web.view import view
from bot.domain.requests.request import RequestState
from bot.domain.talk.conversation import Handler
from bot.house import House
from bot.services.messaging.files import FileService
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.requests import RequestService
from bot.storage.models import Conversation, Delivery, Message, Request
from tests.support.data.seed import Seed
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


def request_of(house: House, request_id: int) -> Request:
    with house.database.transaction() as session:
        found = session.get_one(Request, request_id)
        session.refresh(found, ["conversation", "officer"])
        return found


def said(house: House, request_id: int, author: str) -> list[Message]:
    with house.database.transaction() as session:
        return list(
            session.scalars(
                select(Message)
                .where(Message.request_id == request_id, Message.author == author)
                .order_by(Message.id)
            )
        )


def claim(browser: OfficerBrowser, request_id: int) -> str:
    browser.get(f"/requests/{request_id}")
    return browser.post(f"/requests/{request_id}/claim").text


def stored_file(house: House, request_id: int, name: str = "hợp đồng.pdf") -> str:
    """A file that the owner sent while the conversation was as it is now."""
    with house.database.transaction() as session:
        conversation = session.get_one(Request, request_id).conversation
        file = FileService(session, house.settings.files_dir).keep(
            b"%PDF-1",
            name=name,
            conversation_id=conversation.id,
            limit=100,
            now=house.clock(),
        )
        TranscriptService(session).hear(
            conversation,
            text="",
            attachments=[file.model_dump()],
            cause=f"heard:{file.file_id}",
            now=house.clock(),
            request_id=conversation.request_id,
        )
        return file.file_id


def test_the_page_says_where_an_owner_writes_english(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    assert 'id="writes-english"' not in lan.get(f"/requests/{request_id}").text

    with staffed.database.transaction() as session:
        seed = Seed(session, staffed.clock(), seed=9)
        english = seed.request(question="We need help to register a barcode").id

    assert "xin trả lời bằng tiếng Anh" in lan.get(f"/requests/{english}").text


# — the list —


def test_an_officer_sees_the_requests_of_the_own_office(
    sign_in: SignIn, request_id: int, staffed: House
) -> None:
    code = request_of(staffed, request_id).code
    assert code in sign_in("lan").get("/").text
    assert code not in sign_in("tri.tue").get("/").text
    assert code not in sign_in("tri.tue").get("/?office=tdc").text
    assert code in sign_in("lanh.dao").get("/?office=tdc").text
    assert code not in sign_in("lanh.dao").get("/?office=shtt").text


def test_the_list_says_what_is_late_and_unanswered(
    lan: OfficerBrowser, staffed: House, request_id: int, clock: MovableClock
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, staffed.clock(), seed=5)
        seed.owner_says(session.get_one(Request, request_id).conversation, "Alo?")
    # The day itself is a holiday: late since 7:30 of the next one.
    clock.move(hours=22, minutes=30)
    lan.sign_in("lan")
    page = lan.get("/").text
    row = page.split(request_of(staffed, request_id).code)[1].split("</li>")[0]
    assert "1 tin chưa trả lời" in row
    assert "Quá hạn 1 giờ làm việc" in row
    assert "Muốn gặp cán bộ" in row


def test_tabs_count_and_mine_narrows(lan: OfficerBrowser, request_id: int, staffed: House) -> None:
    code = request_of(staffed, request_id).code
    claim(lan, request_id)
    assert code not in lan.get("/?tab=new").text
    assert code in lan.get("/?tab=claimed").text
    page = lan.get("/?mine=1").text
    assert code in page
    assert page.count('class="code"') == 1


def test_odd_addresses_show_the_whole_list(lan: OfficerBrowser) -> None:
    assert lan.get("/?tab=none&mine=yes").status_code == 200
    assert lan.get("/?page=0").status_code == 404
    assert lan.get("/?page=900").status_code == 200


@pytest.mark.parametrize("state", ["new", "closed"])
@pytest.mark.parametrize("write", [str, str.lower, lambda code: f"mã {code} tới đâu rồi"])
def test_a_code_leads_to_its_case_closed_or_not(
    lan: OfficerBrowser,
    staffed: House,
    request_id: int,
    state: str,
    write: Callable[[str], str],
) -> None:
    code = request_of(staffed, request_id).code
    with staffed.database.transaction() as session:
        session.get_one(Request, request_id).state = state

    answer = lan.get(f"/?topic=quy_chuan&q={write(code)}", follow=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/console/requests/{request_id}"


def test_a_code_of_another_office_and_one_of_nobody_s_read_alike(
    sign_in: SignIn, staffed: House, request_id: int
) -> None:
    browser = sign_in("tri.tue")
    code = request_of(staffed, request_id).code
    pages = [browser.get(f"/?q={one}") for one in (code, "HT-26-00000")]

    assert [page.status_code for page in pages] == [404, 404]
    assert "mà anh/chị xem được" in pages[0].text
    assert pages[0].text.replace(code, "HT-26-00000") == pages[1].text


def test_the_list_is_narrowed_by_what_its_form_offers(
    lan: OfficerBrowser, staffed: House, request_id: int, clock: MovableClock
) -> None:
    code = request_of(staffed, request_id).code
    claim(lan, request_id)
    lan_id = request_of(staffed, request_id).officer_id
    for query, is_there in (
        ("topic=he_thong_quan_ly", True),
        ("topic=quy_chuan", False),
        (f"officer={lan_id}", True),
        ("officer=none", False),
        ("from=2026-11-24&to=2026-11-24", True),
        ("from=2026-11-25", False),
        ("to=2026-11-23", False),
        ("overdue=1", False),
        ("tab=all&overdue=1", False),
        ("q=xuong+40+nguoi", True),
    ):
        assert (code in lan.get(f"/?{query}").text) == is_there, query
    clock.move(hours=8)
    lan.enter("lan")
    assert code in lan.get("/?overdue=1").text


def test_the_row_quotes_what_was_said_with_the_words(lan: OfficerBrowser, request_id: int) -> None:
    page = lan.get("/?q=xuong+40+nguoi").text
    assert "Trong trao đổi: “Chi phí cho xưởng 40 người thì sao?" in page
    assert "Trong trao đổi" not in lan.get("/").text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("q=" + "a" * 201, "Từ tìm dài quá 200 chữ cái"),
        ("from=hom-nay", "Có ngày không đọc được"),
        ("to=0001-01-01", "Có ngày không đọc được"),
        ("from=2026-11-24&to=2026-11-01", "Ngày bắt đầu đứng sau"),
        ("officer=" + "9" * 40, "Không rõ cán bộ nào"),
        ("topic=khong_co", "không có trong danh mục"),
        ("office=khong_co", "không có trong danh mục"),
    ],
)
def test_what_the_address_says_wrong_is_said(lan: OfficerBrowser, query: str, says: str) -> None:
    answer = lan.get(f"/?{query}")
    assert answer.status_code == 200
    assert says in answer.text


def test_many_requests_come_in_pages(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, clock(), seed=3)
        for _ in range(40):
            seed.request()
    first, second = lan.get("/").text, lan.get("/?page=2").text
    assert "Trang 1 / 2" in first
    assert first.count('class="code"') == 25
    assert second.count('class="code"') > 10


# — one request —


def test_the_page_shows_everything_needed_to_answer(lan: OfficerBrowser, request_id: int) -> None:
    page = lan.get(f"/requests/{request_id}").text
    for wanted in (
        "Công ty Đồ Chơi Gỗ",
        "0101243150",
        "0909 000 111",
        "Hệ thống quản lý (ISO, HACCP, phòng thử nghiệm)",
        "toi muon lam iso 9001 thi lam the nao",
        "<strong>ISO 9001</strong>",
        "Đã trả lời bằng bài",
        "tin cậy 82%",
        "Hỏi lại cho rõ",
        "Doanh nghiệp gửi yêu cầu",
        "16:00 thứ Ba, 24/11/2026",
    ):
        assert wanted in page


def test_each_case_shows_the_name_that_its_owner_gave_and_that_others_gave_another(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, clock(), seed=11)
        ghost = seed.request(enterprise=("Công ty Ma", "0100109106")).id
        real = seed.request(enterprise=("Công ty Thật", "0100109106")).id
        alone = seed.request(enterprise=("Công ty Một Mình", "0100112437")).id
    page = lan.get(f"/requests/{real}").text
    assert "<dt>Tên</dt><dd>Công ty Thật</dd>" in page
    assert "các tên khác nhau" in page
    assert "Công ty Ma <span" in page
    assert "từ 24/11/2026" in page
    assert "<dt>Tên</dt><dd>Công ty Ma</dd>" in lan.get(f"/requests/{ghost}").text
    assert "các tên khác nhau" not in lan.get(f"/requests/{alone}").text
    rows = lan.get("/").text
    assert "<span>Công ty Ma</span>" in rows
    assert "<span>Công ty Thật</span>" in rows


def test_a_code_that_was_not_found_right_is_shown_as_one_to_check(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, clock(), seed=11)
        request_id = seed.request(unchecked_tax_code="0100109107").id
    page = lan.get(f"/requests/{request_id}").text
    assert "0100109107" in page
    assert "cần kiểm tra" in page
    assert "<span>0100109107</span>" in lan.get("/?q=0100109107").text


def test_a_branch_is_shown_as_papers_print_it_and_a_personal_number_not_in_the_list(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, clock(), seed=11)
        branch = seed.request(enterprise=("", "0100109106001")).id
        person = seed.request(enterprise=("", "072090001234")).id
    assert "0100109106-001" in lan.get(f"/requests/{branch}").text
    assert "072090001234" in lan.get(f"/requests/{person}").text
    rows = lan.get("/").text
    assert "072090001234" not in rows
    assert "<span>072…234</span>" in rows


def test_what_owners_write_is_shown_not_obeyed(lan: OfficerBrowser, request_id: int) -> None:
    page = lan.get(f"/requests/{request_id}").text
    assert "<b>CR</b>" not in page
    assert "&lt;b&gt;CR&lt;/b&gt;" in page


def test_html_in_a_reply_is_shown_not_obeyed(lan: OfficerBrowser, request_id: int) -> None:
    claim(lan, request_id)
    words = "<script>alert(1)</script> [x](javascript:alert(1)) ![](http://x.example/a.png)"
    page = lan.post(f"/requests/{request_id}/reply", {"text": words, "step": "reply"}).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_a_reply_looks_as_it_does_in_the_owner_s_chat(
    lan: OfficerBrowser, request_id: int, staffed: House
) -> None:
    claim(lan, request_id)
    words = "Dạ, *không* bắt buộc; **có** lợi. Xem https://example.vn/a\n\n- một\n  - hai\n3. ba"
    page = lan.post(f"/requests/{request_id}/reply", {"text": words, "step": "reply"}).text

    (reply,) = said(staffed, request_id, "officer")
    with staffed.database.reading() as session:
        (shown,) = view(session, staffed.texts, [session.merge(reply, load=False)])
    assert shown["html"] in page
    assert "*không*" in shown["html"]


@pytest.mark.parametrize("path", ["", "/files/x", "/claim", "/reply", "/transfer", "/close"])
def test_a_request_of_another_office_is_not_there(
    sign_in: SignIn, request_id: int, path: str
) -> None:
    browser = sign_in("tri.tue")
    full = f"/console/requests/{request_id}{path}"
    if path in {"", "/files/x"}:
        assert browser.client.get(full).status_code == 404
        return
    fields = browser.hidden("/sign-out") | {
        "form_id": "abcdefgh1",
        "text": "x",
        "office": "shtt",
        "reason": "x",
    }
    assert browser.client.post(full, data=fields).status_code == 404


def test_claiming_reads_back_and_tells_the_owner(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    before = {s: staffed.signals.count(s) for s in (signals.CONSOLE, signals.OUTBOX)}
    page = claim(lan, request_id)
    assert "Anh/chị đã nhận yêu cầu này" in page
    assert "Trả lời doanh nghiệp" in page
    request = request_of(staffed, request_id)
    assert request.conversation.handler == Handler.OFFICER
    assert "Nguyễn Thị Lan" in said(staffed, request_id, "system")[0].text
    assert all(staffed.signals.count(s) == n + 1 for s, n in before.items())
    assert staffed.signals.count(signals.conversation(request.conversation_id)) == 1


def test_who_comes_second_reads_who_was_first(sign_in: SignIn, request_id: int) -> None:
    lan, minh = sign_in("lan"), sign_in("minh")
    minh.get(f"/requests/{request_id}")
    claim(lan, request_id)
    answer = minh.post(f"/requests/{request_id}/claim")
    assert answer.status_code == 409
    assert "đã do cán bộ Nguyễn Thị Lan nhận" in answer.text


def test_a_reply_sent_twice_goes_out_once(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    claim(lan, request_id)
    fields = {**lan.hidden(f"/requests/{request_id}/reply"), "text": "Chào chị\r\nEm đây"}
    for _ in range(2):
        lan.client.post(f"/console/requests/{request_id}/reply", data=fields | {"step": "reply"})
    assert [message.text for message in said(staffed, request_id, "officer")] == [
        "Chào chị\nEm đây"
    ]
    assert request_of(staffed, request_id).first_reply_at is not None


def test_asking_back_waits_for_the_owner(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    claim(lan, request_id)
    page = lan.post(f"/requests/{request_id}/reply", {"text": "MST?", "step": "ask_back"}).text
    assert "chờ doanh nghiệp trả lời" in page
    assert request_of(staffed, request_id).state == RequestState.WAITING_OWNER


def test_a_file_goes_to_the_owner_and_comes_back_as_a_download(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    claim(lan, request_id)
    lan.post(
        f"/requests/{request_id}/reply",
        {"text": "", "step": "reply"},
        files=[("files", ("Mẫu hồ sơ.pdf", b"%PDF-1", "application/pdf"))],
    )
    file = said(staffed, request_id, "officer")[0].attachments[0]
    answer = lan.get(f"/requests/{request_id}/files/{file['file_id']}")
    assert answer.content == b"%PDF-1"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=utf-8''M%E1")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_of_another_conversation_is_not_there(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    with staffed.database.transaction() as session:
        other = Seed(session, staffed.clock(), seed=4).request().id
    file_id = stored_file(staffed, other)
    assert lan.get(f"/requests/{other}/files/{file_id}").status_code == 200
    assert lan.get(f"/requests/{request_id}/files/{file_id}").status_code == 404


def test_a_file_of_the_own_request_is_hidden_from_other_offices(
    sign_in: SignIn, staffed: House, request_id: int
) -> None:
    file_id = stored_file(staffed, request_id)
    path = f"/requests/{request_id}/files/{file_id}"
    assert sign_in("lan").get(path).status_code == 200
    assert sign_in("tri.tue").get(path).status_code == 404


@pytest.mark.parametrize(
    ("text", "files", "sentence"),
    [
        ("", [], "Hãy viết câu trả lời"),
        ("x" * 3501, [], "3.500 ký tự"),
        ("giữ lấy lời này", [("a.exe", b"x")], "Chỉ gửi được tài liệu"),
        ("giữ lấy lời này", [("a.pdf", b"")], "tệp trống"),
        ("giữ lấy lời này", [("a.pdf", b"x")] * 6, "tối đa 5 tệp"),
    ],
)
def test_an_unfit_reply_says_why_and_keeps_the_words(  # noqa: PLR0917
    lan: OfficerBrowser,
    staffed: House,
    request_id: int,
    text: str,
    files: list[tuple[str, bytes]],
    sentence: str,
) -> None:
    claim(lan, request_id)
    answer = lan.post(
        f"/requests/{request_id}/reply",
        {"text": text, "step": "reply"},
        files=[("files", file) for file in files] or None,
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f">{text}</textarea>" in answer.text
    assert said(staffed, request_id, "officer") == []


def test_words_are_not_lost_when_another_holds_the_request(
    sign_in: SignIn, staffed: House, request_id: int
) -> None:
    lan, head = sign_in("lan"), sign_in("lanh.dao")
    claim(lan, request_id)
    fields = lan.hidden(f"/requests/{request_id}/reply")
    head.get(f"/requests/{request_id}")
    head.post(f"/requests/{request_id}/release")
    assert request_of(staffed, request_id).officer_id is None
    answer = lan.client.post(
        f"/console/requests/{request_id}/reply", data=fields | {"text": "Câu dài viết dở"}
    )
    assert answer.status_code == 409
    assert "cần nhận xử lý trước" in answer.text
    assert "Câu dài viết dở" in answer.text


def test_only_a_head_may_release_what_another_holds(sign_in: SignIn, request_id: int) -> None:
    lan, minh = sign_in("lan"), sign_in("minh")
    claim(lan, request_id)
    assert "Đưa về hàng chờ" not in minh.get(f"/requests/{request_id}").text
    fields = minh.hidden("/sign-out")
    answer = minh.client.post(f"/console/requests/{request_id}/release", data=fields)
    assert answer.status_code == 409


def test_an_old_page_puts_back_only_the_hold_that_it_shows(
    sign_in: SignIn, staffed: House, request_id: int
) -> None:
    lan, minh, head = sign_in("lan"), sign_in("minh"), sign_in("lanh.dao")
    claim(lan, request_id)
    assert "Nguyễn Thị Lan</strong> đang giữ" in head.get(f"/requests/{request_id}").text
    lan.post(f"/requests/{request_id}/release")
    claim(minh, request_id)

    answer = head.post(f"/requests/{request_id}/release")

    assert answer.status_code == 409
    assert "đã do cán bộ Lê Văn Minh nhận" in answer.text
    assert request_of(staffed, request_id).officer_id is not None
    # The page says now who holds it, and she may put that back.
    assert head.post(f"/requests/{request_id}/release").status_code == 200
    assert request_of(staffed, request_id).officer_id is None


def test_a_transfer_needs_a_place_that_there_is_and_a_reason(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    for fields in (
        {"office": "khong_co", "reason": "x"},
        {"office": "shtt", "topic": "khong_co", "reason": "x"},
        {"office": "shtt", "reason": " "},
        {"office": "", "reason": "x"},
    ):
        lan.get(f"/requests/{request_id}")
        answer = lan.post(f"/requests/{request_id}/transfer", fields)
        assert answer.status_code == 422
        assert "viết lý do" in answer.text
    assert request_of(staffed, request_id).office == "tdc"


def test_a_transfer_moves_the_request_out_of_sight_and_into_anothers(
    sign_in: SignIn, staffed: House, request_id: int
) -> None:
    lan, other = sign_in("lan"), sign_in("tri.tue")
    claim(lan, request_id)
    page = lan.post(
        f"/requests/{request_id}/transfer", {"office": "shtt", "reason": "Về nhãn hiệu"}
    )
    assert page.url.path == "/console/"
    assert "Đã lưu mảng và nơi giải quyết" in page.text
    assert lan.get(f"/requests/{request_id}").status_code == 404
    seen = other.get(f"/requests/{request_id}").text
    assert "Bộ phận TĐC, Sở KH&amp;CN → Bộ phận SHTT, Sở KH&amp;CN – lý do: Về nhãn hiệu" in seen
    assert request_of(staffed, request_id).conversation.handler == Handler.QUEUE


def test_matter_and_another_authority_are_corrected_in_one_step_and_the_card_shows_it(
    sign_in: SignIn, staffed: House, request_id: int
) -> None:
    head = sign_in("lanh.dao")
    head.get(f"/requests/{request_id}")
    place = {"topic": "quy_chuan", "office": "so_cong_thuong", "reason": "Thuộc ngành công thương"}
    page = head.post(f"/requests/{request_id}/transfer", place).text
    request = request_of(staffed, request_id)
    assert (request.topic, request.office) == ("quy_chuan", "mot_cua")
    assert 'id="authority"' in page
    assert "Sở Công Thương" in page.partition('id="authority"')[2][:200]
    assert "sửa mảng" in page
    assert "Thuộc ngành công thương" in page
    row = head.get(f"/?q={request.code[-5:]}").text
    assert '<span class="tag">Sở Công Thương' in row


def test_closing_twice_closes_once_and_asks_for_stars(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    claim(lan, request_id)
    fields = {
        **lan.hidden(f"/requests/{request_id}/close"),
        "ending": "answered",
        "last_words": "Chúc chị may mắn",
    }
    for _ in range(2):
        answer = lan.client.post(f"/console/requests/{request_id}/close", data=fields)
        assert answer.status_code == 200
    request = request_of(staffed, request_id)
    assert (request.state, request.conversation.handler) == (RequestState.CLOSED, Handler.BOT)
    assert [m.text for m in said(staffed, request_id, "officer")] == ["Chúc chị may mắn"]
    assert len(said(staffed, request_id, "system")[-1].choices) == 5
    with staffed.database.transaction() as session:
        rated = RequestService(session).rate(
            request.code, request.conversation_id, 4, now=staffed.clock()
        )
    assert rated is not None
    assert "4/5" in lan.get(f"/requests/{request_id}").text


def test_an_owner_who_left_is_shown_as_gone(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    with staffed.database.transaction() as session:
        request = session.get_one(Request, request_id)
        session.get_one(Conversation, request.conversation_id).reachable = False
    assert "đã chặn hoặc rời kênh" in lan.get(f"/requests/{request_id}").text


def test_a_long_conversation_is_cut_and_opens_whole(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, staffed.clock(), seed=6)
        conversation = session.get_one(Request, request_id).conversation
        for number in range(120):
            seed.owner_says(conversation, f"tin số {number}")
    cut = lan.get(f"/requests/{request_id}").text
    assert "tin số 119<" in cut
    assert "toi muon lam iso" not in cut
    assert "toi muon lam iso" in lan.get(f"/requests/{request_id}?messages=all").text


@pytest.mark.parametrize("form_id", ["", "ngắn", "x" * 41])
def test_a_reply_without_a_form_id_is_refused(
    lan: OfficerBrowser, request_id: int, form_id: str
) -> None:
    claim(lan, request_id)
    fields = {"text": "Chào", "form_id": form_id}
    assert lan.post(f"/requests/{request_id}/reply", fields).status_code == 400


# — a message that may not have arrived —


def lost_reply(house: House, browser: OfficerBrowser, request_id: int, state: str) -> int:
    """The officer's words of the case, whose delivery came to a state."""
    claim(browser, request_id)
    browser.post(f"/requests/{request_id}/reply", {"text": "Mời chị ghé", "step": "reply"})
    message = said(house, request_id, "officer")[-1]
    with house.database.transaction() as session:
        session.scalars(
            select(Delivery).where(Delivery.message_id == message.id)
        ).one().state = state
    return message.id


def delivery_state(house: House, message_id: int) -> str:
    with house.database.transaction() as session:
        return session.scalars(
            select(Delivery.state).where(Delivery.message_id == message_id)
        ).one()


@pytest.mark.parametrize("state", ["unknown", "failed"])
def test_words_that_may_not_have_arrived_are_sent_again_by_their_officer(
    lan: OfficerBrowser, staffed: House, request_id: int, state: str
) -> None:
    message_id = lost_reply(staffed, lan, request_id, state)
    path = f"/requests/{request_id}/messages/{message_id}/again"
    assert "Mời chị ghé" in lan.get(f"/requests/{request_id}").text.split('id="steps"')[1]
    fields = lan.hidden(path)

    for _ in range(2):
        answer = lan.client.post(f"/console{path}", data=fields, follow_redirects=True)
        assert answer.status_code == 200
        assert delivery_state(staffed, message_id) == "queued"

    assert answer.text.count("gửi lại một tin chưa chắc đã tới") == 1
    assert path not in answer.text
    assert len(said(staffed, request_id, "officer")) == 1


@pytest.mark.parametrize(
    ("state", "is_marked"), [("unknown", True), ("failed", True), ("sent", False)]
)
def test_the_list_marks_a_case_whose_words_may_not_have_arrived(
    lan: OfficerBrowser, staffed: House, request_id: int, state: str, *, is_marked: bool
) -> None:
    lost_reply(staffed, lan, request_id, state)
    assert ("Có tin chưa chắc đã tới" in lan.get("/?mine=1").text) == is_marked
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/close", {"ending": "answered"})
    assert ("Có tin chưa chắc đã tới" in lan.get("/?tab=closed").text) == is_marked


def test_last_words_too_are_sent_again_after_the_close(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    message_id = lost_reply(staffed, lan, request_id, "unknown")
    lan.post(f"/requests/{request_id}/close", {"ending": "answered"})
    lan.post(f"/requests/{request_id}/messages/{message_id}/again")
    assert delivery_state(staffed, message_id) == "queued"


def test_nobody_sends_again_what_is_not_the_own_case_s(
    lan: OfficerBrowser, sign_in: SignIn, staffed: House, request_id: int
) -> None:
    message_id = lost_reply(staffed, lan, request_id, "unknown")
    minh = sign_in("minh")
    assert "Gửi lại" not in minh.get(f"/requests/{request_id}").text
    fields = minh.hidden("/sign-out")
    for number, status in ((message_id, 409), (10**30, 404)):
        path = f"/console/requests/{request_id}/messages/{number}/again"
        assert minh.client.post(path, data=fields).status_code == status
    mine = lan.hidden("/sign-out")
    for number in (1, 999_999):
        path = f"/console/requests/{request_id}/messages/{number}/again"
        assert lan.client.post(path, data=mine).status_code == 409
    assert delivery_state(staffed, message_id) == "unknown"
