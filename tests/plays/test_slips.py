"""Plays: a wrong button, an apology, and questions about the form in the midst of it."""

import pytest

from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine

ENTERPRISE = "mã số thuế"


@pytest.fixture
def filling_in(owner: Contact) -> Contact:
    """An owner whose form waits for his enterprise."""
    owner.says("tôi muốn gửi yêu cầu hỗ trợ")
    owner.says("nhờ hướng dẫn làm mã vạch cho bánh tráng")
    assert ENTERPRISE in owner.says("Đúng rồi").replies[-1].text
    return owner


@pytest.mark.parametrize("words", ["ủa lộn", "sorry anh gõ nhầm", "xin lỗi em nha"])
def test_a_slip_within_the_form_leaves_it_as_it_was(filling_in: Contact, words: str) -> None:
    text = filling_in.says(words).replies[-1].text
    assert text.startswith("Dạ không sao ạ")
    assert ENTERPRISE in text


def test_the_form_is_read_out_and_goes_on(filling_in: Contact) -> None:
    text = filling_in.says("coi lại phiếu nãy giờ ghi gì").replies[-1].text
    assert "**Nội dung:** nhờ hướng dẫn làm mã vạch cho bánh tráng" in text
    assert "**Về:** Mã số mã vạch" in text
    assert "Doanh nghiệp:" not in text
    assert ENTERPRISE in text
    assert "còn 4 bước" in filling_in.says("còn bao nhiêu câu nữa").replies[-1].text


@pytest.mark.parametrize("words", ["đang kẹt khách, lát nữa khai tiếp", "để bữa khác đi em"])
def test_who_has_no_time_finds_the_form_again(filling_in: Contact, words: str) -> None:
    assert "được giữ lại" in filling_in.says(words).replies[-1].text
    assert ENTERPRISE in filling_in.says("làm tiếp").replies[-1].text


def test_a_slip_outside_of_a_form_is_no_question_and_no_yes(owner: Contact) -> None:
    owner.plays(("phí mã vạch bao nhiêu", "ma-vach-phi"))
    for words in ("ủa nhầm", "lộn", "xin lỗi bấm nhầm"):
        assert owner.says(words).replies[0].text.startswith("Dạ không sao ạ")


def test_who_called_a_person_by_a_slip_can_leave_at_once(owner: Contact) -> None:
    owner.plays(("cho tôi gặp cán bộ", "handover"))
    said = owner.says("chết, bấm lộn nút")
    assert [choice.title for choice in said.replies[0].choices] == ["Thôi, không cần nữa"]


def test_after_a_wrong_button_the_assessment_asks_the_same_question_again(owner: Contact) -> None:
    owner.says("tôi muốn tự chấm điểm 5S cho xưởng")
    assert "Câu 2/25" in owner.says("4 · Làm gần đủ").replies[-1].text
    assert "Câu 1/25" in owner.says("ủa bấm nhầm").replies[-1].text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("chưa rõ", "chưa rõ (tính như chưa có)"),
        ("không biết nữa", "chưa rõ (tính như chưa có)"),
        ("Bỏ qua", "chưa rõ (tính như chưa có)"),
        ("câu này không áp dụng cho xưởng em", "không áp dụng (không tính)"),
    ],
)
def test_who_does_not_know_goes_on(owner: Contact, words: str, told: str) -> None:
    owner.says("tôi muốn tự chấm điểm 5S cho xưởng")
    owner.says("4")
    text = owner.says(words).replies[-1].text
    assert told in text
    assert "Câu 3/25" in text


def test_a_question_that_concerns_everybody_is_not_left_out(owner: Contact) -> None:
    owner.says("tôi muốn tự chấm điểm 5S cho xưởng")
    text = owner.says("không áp dụng").replies[-1].text
    assert "đơn vị nào cũng cần" in text
    assert "Câu 1/25" in text


def test_an_assessment_that_does_not_exist_is_not_begun_as_another(owner: Contact) -> None:
    said = owner.says("cho tôi làm bài đánh giá HACCP")
    assert "Chấm được ở đây: ISO 9001, năng suất" in said.replies[0].text
    assert [choice.title for choice in said.replies[0].choices] == ["Tự đánh giá", "HACCP là gì"]
