"""Who tells a day gets the end of what runs from it."""

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
            "Cân ô tô kiểm định ngày 21/4/2026 thì khi nào kiểm lại, cái kiểm ngày 9/4/2026 sao",
            ["**21/04/2028**", "theo **hạn ghi trên tem"],
        ),
        ("taximet kiểm định 15/04/2026 bao giờ phải kiểm lại", ["**15/10/2027**"]),
        ("taximet kiểm định 14/04/2026 bao giờ phải kiểm lại", ["theo **hạn ghi trên tem"]),
        (
            "lập công ty 5/2024, bán từ 1/2026, dự giải thưởng chất lượng quốc gia được chưa",
            ["**tháng 05/2027**", "**tháng 01/2027**", "sớm nhất là **tháng 05/2027**"],
        ),
        (
            "phiếu kiểm nghiệm ngày 28/11/2025 còn nộp tự công bố thực phẩm được không",
            ["**28/11/2026**", "**nay đã quá hạn**"],
        ),
        (
            "nhãn hiệu nộp đơn 10/06/2016 còn gia hạn được không",
            ["**10/06/2026**", "chậm nhất **10/12/2026**", "10% lệ phí"],
        ),
        (
            "nhan hieu nop don ngay 3/2/2017 khi nao gia han",
            ["**03/02/2027**", "từ **03/08/2026**", "chậm nhất **03/08/2027**"],
        ),
        ("nhãn hiệu nộp đơn 12/03/2016 còn hạn không", ["**12/09/2026**", "phải nộp đơn mới"]),
        ("giấy nhãn hiệu cấp năm 2018 khi nào hết hạn", ["tính từ **ngày nộp đơn**, không phải"]),
        ("nhãn hiệu nộp đơn năm 2017 khi nào hết hạn", ["**năm 2027**", "Cho em đủ ngày"]),
        (
            "kiểu dáng nộp đơn 10/12/2016, cấp 05/09/2017, còn hiệu lực tới khi nào",
            ["**10/12/2021**, **10/12/2026**, **10/12/2031**"],
        ),
        (
            "đơn nhãn hiệu giống em công bố ngày 31/08/2026 còn phản đối được không",
            ["chậm nhất **30/11/2026**"],
        ),
        ("OCOP cấp 20/12/2024 hết hạn khi nào", ["**20/12/2027**"]),
    ],
)
def test_the_end_stands_first(real: Callable[[str], Answered], words: str, told: list[str]) -> None:
    text = said(real(words))
    assert all(one in text for one in told), text
    assert text.index(told[0]) < 400


@pytest.mark.parametrize(
    "words",
    [
        "nhãn hiệu được bảo hộ mấy năm",
        "chu kỳ kiểm định cân ô tô theo TT 04/2026/TT-BKHCN",
        "phí đăng ký nhãn hiệu năm 2026 bao nhiêu",
    ],
)
def test_without_a_day_of_its_own_the_article_stands(
    real: Callable[[str], Answered], words: str
) -> None:
    assert all("Tính từ ngày" not in one.message.text for one in real(words).replies)


def test_a_short_day_behind_an_answer_goes_on_with_it(library: Library) -> None:
    service = AnswerService(Retriever(library.current, None), Texts())
    question = Question(
        "đơn nộp 2/5/2019", date(2026, 11, 29), last_article="nhan-hieu-thoi-han-gia-han"
    )
    assert "**02/05/2029**" in said(service.answer(question))
