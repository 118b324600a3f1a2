import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.questions import MOST, split_questions
from vietnamese import tokens


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("OEE là gì và tính thế nào", ["OEE là gì", "tính thế nào"]),
        ("làm tem ở đâu, giá bao nhiêu?", ["làm tem ở đâu", "giá bao nhiêu?"]),
        ("vilas la gi con haccp la gi", ["vilas la gi", "haccp la gi"]),
        (
            "Kiểm định cân ở đâu vậy? Với lại bao lâu làm một lần",
            ["Kiểm định cân ở đâu vậy", "Với lại bao lâu làm một lần"],
        ),
        (
            "Xưởng em mới mở, chưa rành. Sáng chế là gì, với lại xin mất bao lâu ạ",
            ["Xưởng em mới mở, chưa rành. Sáng chế là gì", "xin mất bao lâu ạ"],
        ),
        ("iso tốn nhiu vs mất mấy tháng", ["iso tốn nhiu", "mất mấy tháng"]),
    ],
)
def test_two_questions_are_told_apart(text: str, parts: list[str]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "hồ sơ và lệ phí công bố hợp quy gồm gì",
        "tiêu chuẩn và quy chuẩn khác nhau chỗ nào",
        "đồ chơi cho con nít thì cần gì",
        "cần hồ sơ gì cho con dấu và logo",
        "tôi mở quán, muốn đăng ký nhãn hiệu",
        "xin chào",
        "",
        "?",
        "mã vạch là gì, em cảm ơn trước",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert split_questions(text) == [text]


def test_background_behind_the_last_question_stays_with_it() -> None:
    text = "phí bao nhiêu, nộp ở đâu, em ở Tân An"
    assert split_questions(text) == ["phí bao nhiêu", "nộp ở đâu, em ở Tân An"]


def test_a_storm_of_questions_is_cut_into_few() -> None:
    parts = split_questions("là gì vậy? ở đâu vậy? bao lâu vậy? mấy tiền vậy? ai làm vậy?")
    assert len(parts) == MOST


@given(st.text(alphabet="giàsaobnhêu ?,.đâukhôngcòn\n", max_size=80))
def test_no_word_of_a_question_is_lost(text: str) -> None:
    parts = split_questions(text)
    assert 1 <= len(parts) <= MOST
    joints = {"với", "lại", "rồi", "còn", "và", "mà", "va", "ma", "roi", "con"}
    kept = [word for part in parts for word in tokens(part)]
    assert set(tokens(text)) - set(kept) <= joints
