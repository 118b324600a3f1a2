"""Who tells the figures of the enterprise gets what follows from them."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.knowledge.library import Library
from bot.search.retriever import Retriever
from bot.services.answering.answers import AnswerService
from bot.services.answering.groundwork.findings import Answered
from bot.services.answering.groundwork.question import Question
from bot.texts import Texts


def said(answered: Answered) -> str:
    (reply,) = answered.replies
    return reply.message.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "xưởng 11 công nhân đóng bảo hiểm, doanh thu 2 tỷ có phải siêu nhỏ không",
            ["11 người, tính người đóng BHXH; doanh thu 2 tỷ đồng", "**doanh nghiệp nhỏ**"],
        ),
        (
            "công ty tôi 45 người, doanh thu 60 tỷ là doanh nghiệp nhỏ hay vừa",
            ["nông nghiệp là **doanh nghiệp vừa**", "dịch vụ là **doanh nghiệp nhỏ**"],
        ),
        (
            "xưởng tiện 9 người doanh thu 3,8 tỷ là siêu nhỏ hay nhỏ",
            ["vốn không quá mức thì vẫn là doanh nghiệp siêu nhỏ"],
        ),
        (
            "công ty nhỏ thuê tư vấn viên mạng lưới hợp đồng 160 triệu được hỗ trợ bao nhiêu",
            ["nhiều nhất **80 triệu đồng** (50%"],
        ),
        (
            "siêu nhỏ thuê phần mềm chuyển đổi số 60 triệu được hỗ trợ bao nhiêu",
            ["nhiều nhất **20 triệu đồng**"],
        ),
        (
            "chương trình 1322 hỗ trợ bao nhiêu cho hợp đồng làm 5S 150 triệu",
            ["nhiều nhất **120 triệu đồng** (80%)"],
        ),
    ],
)
def test_the_sum_stands_first(real: Callable[[str], Answered], words: str, told: list[str]) -> None:
    text = said(real(words))
    assert all(one in text for one in told), text
    assert text.index(told[0]) < 300


def test_a_size_behind_an_answer_goes_on_with_its_support(library: Library) -> None:
    service = AnswerService(Retriever(library.current, None), Texts())
    question = Question(
        "còn nếu công ty siêu nhỏ thì sao",
        date(2026, 11, 29),
        last_article="ho-tro-chuyen-doi-so",
    )
    assert "tối đa **20 triệu đồng**" in said(service.answer(question))


@pytest.mark.parametrize(
    "words", ["doanh nghiệp siêu nhỏ là gì", "chương trình 1322 hỗ trợ những gì"]
)
def test_without_figures_the_article_stands(real: Callable[[str], Answered], words: str) -> None:
    text = said(real(words))
    assert "Theo số anh/chị nói" not in text
    assert "nhiều nhất **" not in text.partition("\n")[0]
