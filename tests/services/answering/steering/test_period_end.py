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
            "giấy chứng nhận dấu định lượng hàng nhóm 2 ký ngày 20/02/2022 còn hạn đến bao giờ",
            ["**20/02/2027**", "chậm nhất **20/11/2026**, **nay đã qua mốc này**"],
        ),
        (
            "công ty cũ giải thể ngày 15/12/2025, nay mở công ty mới có được miễn thuế 3 năm không",
            ["**15/12/2026**, nay **chưa đủ**"],
        ),
        (
            "đơn sáng chế nộp 20/05/2026, ưu tiên từ 20/08/2025, khi nào phải yêu cầu thẩm định",
            ["**20/08/2028**"],
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


@pytest.mark.parametrize(
    "words",
    [
        "nhãn hiệu hết hạn 10/06/2026 nộp đơn gia hạn được không",
        "cân ô tô tem kiểm định hết hạn ngày 20/6/2026 dùng tiếp được không",
        "cân ô tô tem kiểm định có hiệu lực đến 20/06/2027, khi nào kiểm lại",
        "phiếu kiểm nghiệm hết hạn 12/12/2026 nộp tự công bố được không",
        "sáng chế nộp phí duy trì lần cuối 10/05/2025 còn hiệu lực không",
        "nhãn hiệu nộp đơn gia hạn ngày 10/06/2025 thì hiệu lực tới khi nào",
        "nhãn hiệu bị phản đối ngày 20/11/2026, phải trả lời trong bao lâu",
        "nhãn hiệu nộp đơn 10/06/2006 đã gia hạn một lần còn hạn không",
        "giấy OCOP của em tới hôm nay còn hạn không",
        "hồ sơ OCOP năm 2026 nộp ở đâu",
        "bột ngọt OCOP bán 2000 hộp đánh giá lại khi nào",
        "mở công ty vốn 2000 triệu có được miễn thuế 3 năm không",
        "giải thưởng chất lượng quốc gia 2026 mở đăng ký khi nào",
        "cân bàn kiểm định 12 tháng 1 lần phải không",
        "hộ kinh doanh mở 2018 lên công ty 5/2026 có được miễn thuế 3 năm không",
        "cân ô tô sẽ kiểm định ngày 20/12 thì hạn tới khi nào",
    ],
)
def test_from_another_day_nothing_is_counted(real: Callable[[str], Answered], words: str) -> None:
    texts = [one.message.text for one in real(words).replies]
    assert all("Tính từ" not in text.partition("\n")[0] for text in texts), texts


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "nhãn hiệu nộp đơn ngày 1/3/2018 cấp bằng ngày 10/6/2020 hết hạn khi nào",
            "**01/03/2028**",
        ),
        (
            "tôi nộp đơn xin cấp văn bằng nhãn hiệu ngày 10/06/2017 còn hạn không",
            "**10/06/2027**",
        ),
        (
            "huyết áp kế kiểm định ngày 5/6/2026 sửa ngày 1/10/2026 khi nào kiểm lại",
            "**05/06/2027**",
        ),
        (
            "thành lập 29/11/2023, bán 29/11/2025, dự giải thưởng chất lượng quốc gia được chưa",
            "nay **đã đủ**",
        ),
        ("cân ô tô kiểm định năm 2026 khi nào kiểm lại", "Cho em biết đúng **ngày kiểm định**"),
        ("cân bàn kiểm định 20/5/2026 khi nào kiểm lại", "**20/05/2027**"),
    ],
)
def test_the_event_beside_the_day_is_the_one_counted_from(
    real: Callable[[str], Answered], words: str, told: str
) -> None:
    text = said(real(words))
    assert told in text, text
    assert "chưa đủ" not in text.partition("Doanh nghiệp")[0]


def test_behind_a_patent_a_day_is_the_patents(library: Library) -> None:
    service = AnswerService(Retriever(library.current, None), Texts())
    question = Question(
        "nộp đơn 10/06/2016 thì sao", date(2026, 11, 29), last_article="sang-che-la-gi"
    )
    assert "**10/06/2036**" in said(service.answer(question))
