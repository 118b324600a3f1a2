"""Plays: an owner wants something done, and changes his mind."""

import re

import pytest

from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine

WISH = (
    "Cơ sở em làm bánh tráng 12 người, muốn nhờ sở cử người xuống hướng dẫn làm 5S, ghi nhận giúp"
)


def test_a_request_asks_only_what_is_missing_and_gives_a_code_and_an_hour(owner: Contact) -> None:
    owner.plays((WISH, "request"), ("đúng rồi", "request"))
    said = owner.says("mst 0100233489")
    assert "chưa đúng" in said.replies[0].text
    owner.plays(
        ("0100233488", "request"),
        ("0900.000.123", "request"),
        ("không có file", "request"),
    )
    said = owner.says("gửi đi")
    assert re.search(r"HT-26-[0-9A-Z]{5}", said.replies[0].text)
    assert "chậm nhất" in said.replies[0].text
    (request,) = owner.requests()
    assert request.topic == "nang_suat"
    assert request.office == "tdc"
    assert request.question == WISH
    assert request.reach == "0900000123"
    code = request.code
    status = owner.says(f"mã {code.lower()} tới đâu rồi")
    assert status.understandings[0].outcome == "request_status"
    assert code in status.replies[0].text


def test_a_question_interrupts_the_form_which_comes_back(owner: Contact) -> None:
    owner.plays((WISH, "request"))
    said = owner.says("mà khoan, 5S là gồm những gì vậy?")
    assert said.understandings[0].article == "5s-la-gi"
    assert said.understandings[-1].outcome == "request"
    owner.plays(("rồi, làm tiếp đi", "request"), ("đúng", "request"))
    owner.plays(("thôi khỏi, để bữa khác", "chitchat"))
    assert owner.requests() == []
    owner.plays(("5S là gì", "5s-la-gi"))


def test_anything_can_be_corrected_before_it_is_sent(owner: Contact) -> None:
    owner.plays(
        (WISH, "request"),
        ("đúng rồi", "request"),
        ("chưa có doanh nghiệp", "request"),
        ("trả lời ở đây", "request"),
        ("không có file", "request"),
        ("Sửa doanh nghiệp", "request"),
        ("Hợp tác xã Rau sạch Ấp Bắc", "request"),
    )
    said = owner.says("Sửa nội dung")
    assert "lời của mình" in said.replies[0].text
    said = owner.says("Muốn được tập huấn 5S cho 12 người")
    assert "Hợp tác xã Rau sạch Ấp Bắc" in said.replies[0].text
    assert "Muốn được tập huấn 5S cho 12 người" in said.replies[0].text
    owner.plays(("Gửi", "request"))
    (request,) = owner.requests()
    assert request.question == "Muốn được tập huấn 5S cho 12 người"


def test_a_request_put_aside_comes_back_as_it_was(owner: Contact) -> None:
    owner.plays(
        (WISH, "request"),
        ("đúng rồi", "request"),
        ("Hợp tác xã Rau sạch Ấp Bắc", "request"),
        ("0909123456", "request"),
    )
    aside = owner.says("tạm dừng chút")
    assert [choice.title for choice in aside.replies[0].choices] == ["Làm tiếp phiếu"]
    owner.plays(("HACCP là gì", "haccp-la-gi"))
    assert owner.requests() == []

    said = owner.says("làm tiếp đi")

    assert "giấy tờ, hình ảnh" in said.replies[0].text
    said = owner.says("không có file")
    assert "Hợp tác xã Rau sạch Ấp Bắc" in said.replies[0].text
    assert "0909123456" in said.replies[0].text
    owner.plays(("Gửi", "request"))
    (request,) = owner.requests()
    assert request.question == WISH
    assert "Hiện không có phiếu" in owner.says("làm tiếp đi").replies[0].text


def test_a_correction_in_words_is_made_within_the_form(owner: Contact) -> None:
    owner.plays(
        (WISH, "request"),
        ("đúng rồi", "request"),
        ("Hợp tác xã Rau sạch Ấp Bắc", "request"),
        ("0909123456", "request"),
        ("không có file", "request"),
    )
    said = owner.says("sửa số điện thoại thành 0918222333")
    assert "0918222333" in said.replies[0].text
    said = owner.says("sửa lại tên hợp tác xã là Rau Ấp Bắc Xanh")
    assert "Rau Ấp Bắc Xanh" in said.replies[0].text
    owner.plays(("Gửi", "request"))
    (request,) = owner.requests()
    assert request.reach == "0918222333"


def test_a_person_is_called_from_the_middle_of_a_form(owner: Contact) -> None:
    owner.plays((WISH, "request"), ("rắc rối quá, cho tôi gặp cán bộ đi", "handover"))
    (request,) = owner.requests()
    assert request.kind == "talk"
    owner.plays(("thôi khỏi, để mai tính", "chitchat"))
    (request,) = owner.requests()
    assert request.state == "closed"


def test_while_waiting_for_a_person_questions_are_still_answered(owner: Contact) -> None:
    owner.plays(
        ("cho tôi gặp cán bộ", "handover"),
        ("HACCP là gì", "haccp-la-gi"),
        ("cho tôi gặp cán bộ", "handover"),
    )
    assert len(owner.requests()) == 1


def test_the_assessment_goes_back_pauses_and_ends_with_a_request_filled_in(owner: Contact) -> None:
    owner.plays(("tôi muốn tự chấm điểm 5S cho xưởng", "assessment"), ("4", "assessment"))
    back = owner.says("quay lại câu trước")
    assert "1/25" in back.replies[0].text
    owner.plays(("2", "assessment"), ("tạm dừng, mai làm tiếp", "assessment"))
    said = owner.says("làm tiếp đi")
    assert "2/25" in said.replies[0].text
    interrupted = owner.says("kaizen là gì vậy")
    assert interrupted.understandings[0].article == "kaizen-la-gi"
    assert "2/25" in interrupted.replies[-1].text
    for _ in range(23):
        owner.says("2")
    said = owner.says("5")
    assert said.replies[0].attachments, said.replies[0].text
    assert said.replies[0].attachments[0].media_type == "image/png"
    owner.plays(("Gửi yêu cầu hỗ trợ", "request"))


def test_the_owners_data_are_seen_corrected_and_erased(owner: Contact) -> None:
    owner.plays(
        ("bot đang giữ thông tin gì của tôi", "privacy"),
        ("sửa lại số điện thoại của tôi", "privacy"),
        ("0900 000 456", "privacy"),
    )
    assert "0900000456" in owner.says("bot đang giữ thông tin gì của tôi").replies[0].text
    owner.plays(("xóa hết dữ liệu của tôi", "privacy"), ("Xóa hẳn", "privacy"))
    said = owner.says("bot đang giữ thông tin gì của tôi")
    assert "0900000456" not in said.replies[0].text


def test_insults_thanks_and_who_are_you(owner: Contact) -> None:
    owner.plays(
        ("bot dở ẹc, trả lời không ra gì", "chitchat"),
        ("em là người hay máy vậy", "chitchat"),
        ("cảm ơn em nha", "chitchat"),
        ("tạm biệt", "chitchat"),
    )


def test_what_is_told_behind_the_question_whether_a_request_is_wanted_is_the_need(
    owner: Contact,
) -> None:
    asked = owner.says("bữa nào gửi yêu cầu cho mấy anh được hông")
    if asked.understandings[0].outcome != "request":
        owner.says("Gửi yêu cầu hỗ trợ")
    said = owner.says("nhà em rang cà phê, nhờ xem cái nhãn em in vậy đúng chưa")
    assert "Việc này thuộc mảng" in said.replies[0].text


def test_talk_in_the_midst_of_the_form_gets_a_short_word_and_the_form_goes_on(
    owner: Contact,
) -> None:
    owner.plays((WISH, "request"), ("đúng rồi", "request"))
    for words, told in (
        ("ủa sao hỏi nhiều dữ vậy", "chỉ còn 4 bước"),
        ("lấy mã số thuế chi vậy", "để cán bộ biết trả lời ai"),
        ("chừng mấy ngày vậy em", "chậm nhất"),
    ):
        said = owner.says(words)
        assert told in said.replies[0].text
        assert "mã số thuế" in said.replies[-1].text
    owner.plays(("cơ sở bánh tráng Bảy Nhỏ", "request"))
    owner.plays(("chị ngại nghe máy lắm, nhắn ở đây nha", "request"), ("không có file", "request"))
    owner.plays(("gửi", "request"))
    (request,) = owner.requests()
    assert (request.enterprise_name, request.reach) == ("cơ sở bánh tráng Bảy Nhỏ", "")


def test_what_is_asked_beside_the_form_leans_on_what_the_request_is_about(owner: Contact) -> None:
    owner.plays(("Gửi yêu cầu hỗ trợ", "request"))
    owner.says("nhờ hướng dẫn đăng ký nhãn hiệu cho quán chè của tui")
    owner.says("đúng rồi")
    for words, article in (
        ("phí bao nhiêu vậy em", "nhan-hieu-chi-phi"),
        ("nộp ở đâu", "nhan-hieu-ho-so-nop-o-dau"),
    ):
        said = owner.says(words)
        assert said.understandings[0].article == article
        assert "mã số thuế" in said.replies[-1].text
    owner.plays(("cơ sở Hồng Tiến", "request"), ("trả lời ở đây", "request"))


def test_a_name_and_a_number_told_while_waiting_are_for_the_officer(owner: Contact) -> None:
    owner.plays(("cho tui gặp cán bộ đi", "handover"))
    for words, told in (
        ("số của tui 0900000123 nha", "đã ghi **0900000123**"),
        ("Bảy Nhỏ, cơ sở bánh tráng Bảy Nhỏ", "cán bộ đọc được tin này"),
        ("tên Bảy nha", "cán bộ đọc được tin này"),
        ("0900000123 gọi sớm nghe chưa", "đã ghi **0900000123**"),
        ("0900000456", "đã ghi **0900000456**"),
        ("0912 345 678", "đã ghi **0912345678**"),
    ):
        said = owner.says(words)
        assert told in said.replies[0].text
    owner.plays(("5S là gì", "5s-la-gi"))


def test_a_number_that_nobody_asked_for_is_offered_to_an_officer(owner: Contact) -> None:
    said = owner.says("số của tui 0900000123 nha")
    assert [choice.title for choice in said.replies[0].choices] == [
        "Gửi yêu cầu hỗ trợ",
        "Gặp cán bộ",
    ]
    owner.plays(("mã vạch phí bao nhiêu", "ma-vach-phi"))
