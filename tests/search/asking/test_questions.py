import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.asking.questions import MOST, Questions, questions_of, split_questions
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


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "1. phí sáng chế bao nhiêu 2. haccp là gì 3. cân ở chợ kiểm định ở đâu",
            ("phí sáng chế bao nhiêu", "haccp là gì", "cân ở chợ kiểm định ở đâu"),
        ),
        ("chào em, 1) tpm là gì 2) oee tính sao", ("tpm là gì", "oee tính sao")),
        ("tpm là gì? oee tính sao?", ("tpm là gì", "oee tính sao?")),
        ("phí mã vạch, phí sáng chế là bao nhiêu", ("phí mã vạch", "phí sáng chế là bao nhiêu")),
        (
            "nhãn ghi gì, mã vạch xin ở đâu rồi hợp quy mất bao lâu",
            ("nhãn ghi gì", "mã vạch xin ở đâu", "hợp quy mất bao lâu"),
        ),
    ],
)
def test_a_list_of_questions(text: str, items: tuple[str, ...]) -> None:
    assert questions_of(text) == Questions(items, listed=True)


@pytest.mark.parametrize(
    "text",
    [
        "OEE là gì và tính thế nào",
        "ISO 9001:2015 có 10 điều khoản phải không",
        "xưởng em có 2. máy sấy thì làm 5S sao",
        "Nhà tui làm muối tôm, hôm bữa khách hỏi có mã vạch không, tui không biết, giờ xin ở đâu",
    ],
)
def test_no_list(text: str) -> None:
    assert not questions_of(text).listed
