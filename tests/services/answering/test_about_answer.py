"""What is wished of the answer before, in an owner's own words, and what is none of it."""

import pytest

from bot.services.answering.about_answer import AboutAnswer, asked_about_answer


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("dài quá, nói ngắn lại", AboutAnswer.SHORTER),
        ("nói gọn lại giùm tui với", AboutAnswer.SHORTER),
        ("tom tat lai di em", AboutAnswer.SHORTER),
        ("chú già rồi, nói ngắn thôi", AboutAnswer.SHORTER),
        ("nói dễ hiểu hơn được không", AboutAnswer.PLAINER),
        ("ý là sao em", AboutAnswer.PLAINER),
        ("nói gọn thôi em, mắt anh mờ", AboutAnswer.SHORTER),
        ("đọc không xuể, tóm lại giùm cô", AboutAnswer.SHORTER),
        ("tui chưa hiểu", AboutAnswer.PLAINER),
        ("nhắc lại giùm anh", AboutAnswer.AGAIN),
        ("noi lai lan nua coi", AboutAnswer.AGAIN),
        ("luật nào quy định", AboutAnswer.GROUND),
        ("điều khoản nào vậy em", AboutAnswer.GROUND),
        ("cái đó ghi trong nghị định nào", AboutAnswer.GROUND),
        ("mắc quá vậy", AboutAnswer.TOO_DEAR),
        ("trời, cao quá", AboutAnswer.TOO_DEAR),
    ],
)
def test_words_about_the_answer_are_heard(words: str, asked: AboutAnswer) -> None:
    assert asked_about_answer(words) is asked


@pytest.mark.parametrize(
    "words",
    [
        "hợp quy theo luật nào",
        "luật sở hữu trí tuệ mới có gì",
        "nhãn hiệu nói lại là gì",
        "phí nhãn hiệu cao quá không",
        "iso là gì",
        "đăng ký lại nhãn hiệu",
        "tiêu chuẩn ngắn gọn nhất là gì",
        "mã vạch là sao",
        "dài quá, mà phí bao nhiêu",
        "nói gọn lại giùm, đăng ký nhãn hiệu ở đâu",
        "",
    ],
)
def test_a_matter_named_is_a_question_of_its_own(words: str) -> None:
    assert asked_about_answer(words) is None
