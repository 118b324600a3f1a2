"""What is said about a run in the middle of it, and what only sounds like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assessments.attempt import CODE_LENGTH, CODE_LETTERS, is_code
from bot.domain.assessments.run_words import (
    asks_for_answers,
    asks_how_far,
    asks_why,
    code_in,
    is_done,
    question_to_edit,
    starts_over,
    takes_again,
)

OF_THE_MATTER = [
    "vì sao phải công bố hợp quy",
    "tại sao nhãn hiệu bị từ chối",
    "sao tôi phải làm mã vạch",
    "xem lại luật này giúp em",
    "xem lại hồ sơ công bố của em",
    "kiểm tra lại cân ở đâu",
    "làm 3 câu",
    "làm 3 bước",
    "sửa 3 cái máy",
    "nhãn hiệu là gì",
    "đăng ký nhãn hiệu mất bao lâu",
    "đổi tên công ty thì có phải sửa nhãn không",
    "câu 3 là gì",
    "hết hạn thì làm sao",
    "giấy hết hạn rồi",
    "xong thủ tục rồi thì làm gì nữa",
    "có rồi",
    "chưa có",
    "có một phần",
    "dạ chưa",
    "không biết",
    "3",
    "",
    "   ",
    "?",
]
"""Questions about the matter itself, and plain answers."""


@pytest.mark.parametrize("text", OF_THE_MATTER)
def test_what_is_about_the_matter_is_not_about_the_run(text: str) -> None:
    assert not asks_why(text)
    assert not asks_for_answers(text)
    assert not is_done(text)
    assert question_to_edit(text) is None
    assert code_in(text) == ""


@given(st.text(max_size=80))
def test_any_text_can_be_looked_at(text: str) -> None:
    found = question_to_edit(text)
    assert found is None or 0 <= found <= 99
    assert len(code_in(text)) in (0, CODE_LENGTH)
    assert {asks_why(text), asks_for_answers(text), is_done(text)} <= {True, False}


class TestAsksWhy:
    @pytest.mark.parametrize(
        "text",
        [
            "vì sao",
            "Vì sao?",
            "vi sao vay",
            "tại sao lại hỏi câu này",
            "tại sao phải hỏi cái này",
            "sao hỏi câu này vậy em",
            "sao hỏi nhiều thế",
            "để làm gì",
            "hỏi chi vậy",
            "hỏi câu này chi vậy",
            "chi vậy",
            "câu này để làm gì",
        ],
    )
    def test_it_is_a_question_about_the_question(self, text: str) -> None:
        assert asks_why(text)

    def test_what_is_long_is_about_something_else(self) -> None:
        assert asks_why("vì sao" + " vậy" * 13)
        assert not asks_why("vì sao" + " vậy" * 14)


class TestAsksForAnswers:
    @pytest.mark.parametrize(
        "text",
        [
            "xem lại",
            "cho em xem lại",
            "Cho tôi xem lại câu trả lời",
            "xem lại các câu đã trả lời",
            "xem lai bai lam",
            "coi lại đi",
            "em muốn coi lại các câu",
            "đọc lại đáp án",
            "kiểm tra lại nha",
            "xem lại toàn bộ",
        ],
    )
    def test_somebody_wants_to_see_what_was_answered(self, text: str) -> None:
        assert asks_for_answers(text)

    def test_what_is_long_is_about_something_else(self) -> None:
        assert asks_for_answers("xem lại" + " các câu" * 6)
        assert not asks_for_answers("xem lại" + " các câu" * 7)


class TestIsDone:
    @pytest.mark.parametrize(
        "text",
        ["xong", "Xong rồi", "dạ xong", "hết", "hết rồi em", "đủ rồi", "vậy thôi", "vậy là hết",
         "bấy nhiêu thôi", "ok", "oke", "okay", "ok xong"],
    )  # fmt: skip
    def test_it_ends_a_choice_of_several(self, text: str) -> None:
        assert is_done(text)

    @pytest.mark.parametrize(
        "text", ["chưa xong", "còn nữa", "chợ, siêu thị", "đủ loại", "hết hàng"]
    )
    def test_it_does_not(self, text: str) -> None:
        assert not is_done(text)


class TestQuestionToEdit:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("sửa câu 3", 3),
            ("Sửa lại câu 12 giúp em", 12),
            ("cho em sửa câu số 3", 3),
            ("đổi câu 7", 7),
            ("trả lời lại câu 5", 5),
            ("làm lại câu 2 nha", 2),
            ("quay lại câu 4", 4),
            ("quay về câu 1", 1),
            ("em muốn đổi lại câu 10", 10),
            ("câu 3 sai", 3),
            ("câu 3 sai rồi", 3),
            ("câu số 8 em nhầm", 8),
            ("câu 3 bấm lộn", 3),
            ("cau 6 sua giup em", 6),
        ],
    )
    def test_it_names_the_question(self, text: str, number: int) -> None:
        assert question_to_edit(text) == number

    @pytest.mark.parametrize(
        "text",
        [
            "sửa câu",
            "sửa 3",
            "sửa câu ba trăm",
            "sửa câu 123",
            "sửa câu 3 và câu 4",
            "câu 3 hỏi về cái gì",
            "3 câu nữa là xong",
            "còn mấy câu",
            "sửa câu 3 trong hồ sơ đăng ký nhãn hiệu của công ty em giúp với",
        ],
    )
    def test_no_one_question_is_named(self, text: str) -> None:
        assert question_to_edit(text) is None


class TestCodeIn:
    @pytest.mark.parametrize(
        "text",
        [
            "ABCD2345",
            "abcd2345",
            " ABCD2345. ",
            "(ABCD2345)",
            "mã ABCD2345",
            "làm tiếp ABCD2345",
            "cho em làm tiếp bài abcd2345 nha",
        ],
    )
    def test_it_stands_alone_or_behind_the_wish_to_go_on(self, text: str) -> None:
        assert code_in(text) == "ABCD2345"

    @pytest.mark.parametrize(
        "text",
        [
            "ABCDEFGH",  # a word, for it has no digit
            "ABCD234",  # too short
            "ABCD23456",  # too long
            "XABCD2345",
            "ABCD-2345",
            "ABCD1234",  # one is taken for an I
            "ABCO2345",  # as nought and O are
            "0912345678",  # a telephone number
            "20261129",  # a day
            "iso 9001",
            "máy nén khí ABCD2345 có phải kiểm định không",
            "nhập lô hàng ABCD2345 cần giấy gì",
        ],
    )
    def test_other_words_and_numbers_are_none(self, text: str) -> None:
        assert code_in(text) == ""

    @given(
        st.text(CODE_LETTERS, min_size=CODE_LENGTH - 1, max_size=CODE_LENGTH - 1),
        st.sampled_from("23456789"),
        st.integers(0, CODE_LENGTH - 1),
    )
    def test_every_code_that_can_be_made_is_found(
        self, letters: str, digit: str, place: int
    ) -> None:
        code = letters[:place] + digit + letters[place:]
        if not is_code(code):
            assert code_in(code) == ""  # digits alone may be an HS code
            return
        assert code_in(code) == code
        assert code_in(f"làm tiếp {code.lower()}") == code


@pytest.mark.parametrize(
    "text", ["hỏi để làm gì", "hỏi câu này để làm gì", "câu này hỏi chi vậy em", "để làm chi vậy"]
)
def test_what_a_question_is_for_is_asked_in_many_ways(text: str) -> None:
    assert asks_why(text)


@pytest.mark.parametrize("text", ["câu 3 bấm nhầm", "câu 3 em chọn sai", "xem lại câu 3"])
def test_a_slip_is_told_by_the_number_of_its_question(text: str) -> None:
    assert question_to_edit(text) == 3


def test_the_number_of_an_answer_is_no_question_to_edit() -> None:
    assert question_to_edit("chọn câu 2") is None


@pytest.mark.parametrize("text", ["mã của em là ABCD2345", "tiếp tục bài abcd2345 giúp em"])
def test_a_code_is_found_among_words_that_go_on(text: str) -> None:
    assert code_in(text) == "ABCD2345"


@pytest.mark.parametrize(
    "text",
    [
        "con bao nhieu cau nua",
        "còn bao lâu nữa xong",
        "hỏi gì lắm vậy",
        "hoi nhieu qua met qua",
        "dai qua, con may cau",
        "noi ngan lai duoc ko",
    ],
)
def test_how_far_it_still_is_is_asked_in_many_ways(text: str) -> None:
    assert asks_how_far(text)


@pytest.mark.parametrize("text", ["còn hàng", "nhiều", "hỏi phí nhãn hiệu", "mệt", "còn hạn"])
def test_an_answer_does_not_ask_how_far_it_is(text: str) -> None:
    assert not asks_how_far(text)


@pytest.mark.parametrize(
    "text",
    [
        "làm lại từ đầu",
        "cho em làm lại từ đầu đi",
        "thôi chấm lại hết nhé",
        "bắt đầu lại",
        "em muốn trả lời lại từ đầu",
        "lam lai bai nay",
    ],
)
def test_who_wants_it_all_anew_says_so(text: str) -> None:
    assert starts_over(text)


@pytest.mark.parametrize(
    "text", ["làm lại câu 3", "làm lại sổ sách", "từ đầu năm", "bắt đầu", "làm tiếp", "lại", ""]
)
def test_what_is_begun_or_done_again_otherwise_is_not_the_run(text: str) -> None:
    assert not starts_over(text)


@pytest.mark.parametrize(
    "text",
    [
        "làm lại bài này",
        "lam lai bai nay",
        "cho em làm lại bài này được không",
        "đánh giá lại",
        "em tự chấm lại lần nữa nha",
        "thôi chấm lại bài vừa rồi đi em",
        "làm lại hết",
        "làm thêm lần nữa",
        "cho làm lại từ đầu đi",
    ],
)
def test_behind_a_result_the_run_is_taken_again_in_the_owners_words(text: str) -> None:
    assert takes_again(text)


@pytest.mark.parametrize(
    "text",
    [
        "làm lại nhãn",
        "làm lại câu 3",
        "làm lại giấy này",
        "đánh giá lại iso 9001 hết bao nhiêu",
        "lại",
        "làm bài này",
        "làm lại bài này " + "nha " * 20,
        "bắt đầu lại",
        "",
    ],
)
def test_what_is_made_again_otherwise_is_no_run(text: str) -> None:
    assert not takes_again(text)
