"""Plays: an owner takes an assessment from the first tap to the paper."""

import pytest

from bot.domain.talk.messages import OutgoingMessage
from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine


def buttons(message: OutgoingMessage) -> list[str]:
    return [choice.title for choice in message.choices]


def answer_all(owner: Contact, words: str) -> list[OutgoingMessage]:
    """Answers in the same words until the result stands."""
    for _ in range(40):
        said = owner.says(words).replies
        if "**Câu " not in said[-1].text:
            return said
    raise AssertionError(said[-1].text)


def test_who_names_none_chooses_and_is_sent_on(owner: Contact) -> None:
    [which] = owner.says("tự đánh giá").replies
    assert buttons(which)[:2] == ["Nên làm bài nào? (2 phút)", "Sản phẩm của tôi phải làm gì?"]
    intro, question = owner.says("Nên làm bài nào? (2 phút)").replies
    assert "không cần nêu tên" in intro.text
    for _ in range(12):
        waiting = [one for one in buttons(question) if one not in ("Chưa rõ", "← Câu trước")]
        said = owner.says(waiting[0]).replies
        if "Xong" in buttons(said[-1]):
            said = owner.says("xong").replies
        if "**Câu " not in said[-1].text:
            break
        question = said[-1]
    assert "Anh/chị nên làm trước" in said[-1].text
    taken = next(one for one in buttons(said[-1]) if one.startswith("Làm bài "))
    assert "**Câu 1/" in owner.says(taken).replies[-1].text


def test_a_run_is_explained_put_right_and_asked_for_on_paper(owner: Contact) -> None:
    owner.plays(("tự đánh giá truy xuất nguồn gốc", "assessment"))
    owner.says("1")
    told = answer_all(owner, "chưa rõ")
    assert "0%" in told[0].text
    assert told[0].attachments
    explained = owner.says("Vì sao ra kết quả này?").replies[0]
    assert "Mức kế tiếp là" in explained.text
    summary = owner.says("Xem lại, sửa").replies[0]
    assert "1. " in summary.text
    assert "→ **Thực phẩm, đồ uống**" in summary.text
    assert "**Câu 3/" in owner.says("sửa câu 3").replies[0].text
    assert "0%" not in owner.says("có rồi").replies[0].text.partition("\n")[0]
    assert "Dạ, em đang làm phiếu" in owner.says("Tải phiếu PDF").replies[0].text
    assert "**Câu 1/" in owner.says("làm lại bài này").replies[-1].text


def test_within_a_run_why_review_and_correction_are_understood(owner: Contact) -> None:
    owner.says("tự đánh giá năng suất")
    owner.says("2")
    why = owner.says("sao hỏi câu này vậy").replies[0].text
    assert "**Câu 2/" in why
    reviewed = owner.says("xem lại").replies
    assert "2/4 · Làm một phần" in reviewed[0].text
    assert "**Câu 1/" in owner.says("sửa câu 1").replies[0].text
    assert "**Câu 2/" in owner.says("4").replies[0].text


def test_a_number_out_of_bounds_is_asked_for_again(owner: Contact) -> None:
    owner.says("tự đánh giá năng suất")
    for _ in range(16):
        owner.says("2")
    owner.says("xong")
    owner.says("Có")
    said = owner.says("-5").replies[0].text
    assert "em cần một con số" in said
    assert "**Câu " in said


def test_another_assessment_named_within_a_run_begins_and_the_first_waits(owner: Contact) -> None:
    owner.says("tự đánh giá 5S")
    owner.says("4")
    assert owner.says("tự đánh giá ISO 9001").replies[0].text.startswith("**Sẵn sàng cho ISO 9001")
    owner.says("tạm dừng")
    assert "**Câu 2/25" in owner.says("tự đánh giá 5S").replies[-1].text


def test_a_run_goes_on_elsewhere_by_its_code(owner: Contact) -> None:
    owner.says("tự đánh giá 5S")
    owner.says("4")
    paused = owner.says("tạm dừng").replies[0].text
    code = paused.rpartition("làm tiếp ")[2].strip("* \n")
    other = owner.stage.contact()
    said = other.says(f"làm tiếp {code}")
    assert "mình làm tiếp bài Tự đánh giá 5S từ câu 2" in said.replies[0].text
    assert "Hiện không có phiếu hay bài" in owner.says("làm tiếp").replies[0].text


def test_the_product_is_looked_up_and_its_duties_are_told_with_their_ground(
    owner: Contact,
) -> None:
    owner.says("Sản phẩm của tôi phải làm gì?")
    said = owner.says("nồi cơm điện").replies
    assert "Nồi cơm" in said[0].text.partition("\n")[0] or "nồi" in said[0].text.lower()
    told = answer_all(owner, "chưa rõ")
    assert any("NĐ 37/2026/NĐ-CP" in one.text for one in told)


def test_chua_is_an_answer_and_any_answer_can_be_put_right(owner: Contact) -> None:
    owner.says("tự đánh giá quản lý chất lượng")
    assert "0/2 · Chưa có" in owner.says("chưa").replies[0].text
    for _ in range(3):
        owner.says("chua")
    assert "**Câu 3/" in owner.says("sửa câu 3").replies[0].text


def test_who_is_done_has_nothing_erased(owner: Contact) -> None:
    owner.says("tự đánh giá 5S")
    assert "**Câu 1/25" in owner.says("xong").replies[-1].text


def test_two_products_are_taken_one_by_one(owner: Contact) -> None:
    owner.says("Sản phẩm của tôi phải làm gì?")
    assert "mỗi lần em xem một mặt hàng" in owner.says("nồi cơm điện và quạt điện").replies[0].text
    assert "**Câu 2/" in owner.says("nồi cơm điện").replies[0].text


@pytest.mark.parametrize("words", ["khong biet nen lam bai nao", "cái đầu tiên", "năng suất"])
def test_under_the_list_a_bare_word_will_do(owner: Contact, words: str) -> None:
    owner.says("tự đánh giá")
    assert "**Câu 1/" in owner.says(words).replies[-1].text


def test_a_request_from_under_a_result_carries_its_run(owner: Contact) -> None:
    owner.says("tự đánh giá truy xuất nguồn gốc")
    answer_all(owner, "chưa rõ")
    owner.plays(("Nhờ cán bộ hỗ trợ", "request"))
    summary = fill_in(owner)
    assert "Kết quả Sẵn sàng truy xuất nguồn gốc" in summary
    owner.says("Gửi")
    [request] = owner.requests()
    assert request.attempt_id is not None


def fill_in(owner: Contact) -> str:
    """Answers the request form in as few words as it takes; its summary."""
    text = ""
    for words in ("đúng rồi", "chưa có doanh nghiệp", "trả lời ở đây", "không có file"):
        text = owner.says(words).replies[-1].text
        if "Nội dung" in text:
            break
    return text


def test_an_officer_called_within_a_run_is_of_its_matter_and_the_run_is_kept(
    owner: Contact,
) -> None:
    owner.says("tự đánh giá quản lý chất lượng")
    assert "còn nhiều nhất" in owner.says("hỏi gì lắm vậy").replies[0].text
    owner.plays(("cho tôi gặp cán bộ", "handover"))
    [request] = owner.requests()
    assert request.topic == "he_thong_quan_ly"


def test_who_leaves_a_correction_keeps_the_result(owner: Contact) -> None:
    owner.says("tự đánh giá truy xuất nguồn gốc")
    answer_all(owner, "chưa rõ")
    assert "**Câu 3/" in owner.says("sửa câu 3").replies[0].text
    assert "giữ như cũ" in owner.says("tạm dừng").replies[0].text


def test_nothing_begins_by_itself_where_nothing_was_taken(owner: Contact) -> None:
    said = owner.says("làm lại câu 3")
    assert not any("**Câu 1/" in reply.text for reply in said.replies)


def test_started_over_the_first_question_waits_again(owner: Contact) -> None:
    owner.says("tự đánh giá 5s")
    owner.says("2")
    owner.says("4")
    assert "**Câu 1/25" in owner.says("cho em làm lại từ đầu đi").replies[0].text
    assert "✓ Câu 1: 4/5" in owner.says("4").replies[0].text


def test_a_slip_is_owned_up_to_and_put_right_in_one_breath(owner: Contact) -> None:
    owner.says("tự đánh giá 5s")
    owner.says("4")
    said = owner.says("lộn, chưa làm").replies[0].text
    assert "✓ Câu 1: 0/5" in said
    assert "**Câu 2/25" in said


def test_an_answer_before_a_question_is_kept_and_the_question_answered(owner: Contact) -> None:
    owner.says("tự đánh giá 5s")
    said = owner.says("chưa làm, mà iso 9001 là gì vậy em").replies
    assert "ISO 9001" in said[0].text
    assert "✓ Câu 1: 0/5" in said[-1].text
    assert "**Câu 2/25" in said[-1].text


def test_a_question_beside_the_last_answer_is_answered_and_the_run_still_waits(
    owner: Contact,
) -> None:
    owner.says("tự đánh giá 5s")
    for _ in range(24):
        owner.says("2")
    said = owner.says("chưa làm, mà iso 9001 là gì vậy em").replies
    assert "ISO 9001" in said[0].text
    assert "**Câu 25/25" in said[-1].text
    assert "Kết quả Tự đánh giá 5S" in owner.says("chưa làm").replies[0].text


def test_a_word_without_its_accent_names_no_choice_within_other_words(owner: Contact) -> None:
    owner.says("tự đánh giá truy xuất nguồn gốc")
    owner.says("1")
    assert "**Câu 3/" not in owner.says("cho em hỏi cái này").replies[-1].text
    assert "Chợ, vựa, đại lý" in owner.says("chợ với trên mạng").replies[0].text
