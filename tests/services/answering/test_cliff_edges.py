"""The day before and the day after: what holds on each side of a date, and of a threshold."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.knowledge.library import Library
from bot.knowledge.register import DocumentStatus
from bot.search.retriever import Retriever
from bot.services.answering.answers import AnswerService
from bot.texts import default_texts

Told = Callable[[str], str]
"""All that an article tells an owner: its answer, its sentences on each aspect, its detail."""


@pytest.fixture
def told(library: Library) -> Told:
    articles = library.current.articles

    def whole(name: str) -> str:
        article = articles[name]
        sentences = [one.say for one in article.aspects.values()]
        return "\n".join([article.answer, *sentences, article.detail, article.changed])

    return whole


@pytest.mark.parametrize(
    ("document", "last_day", "behind"),
    [
        ("nd-132-2008-nd-cp", date(2026, 6, 30), "nd-37-2026-nd-cp"),
        ("nd-74-2018-nd-cp", date(2026, 6, 30), "nd-37-2026-nd-cp"),
        ("nd-43-2017-nd-cp", date(2026, 1, 22), "nd-37-2026-nd-cp"),
        ("nd-111-2021-nd-cp", date(2026, 1, 22), "nd-37-2026-nd-cp"),
        ("qd-3482-qd-bkhcn-2017", date(2026, 6, 30), "tt-36-2026-tt-bkhcn"),
        ("tt-10-2024-tt-bxd", date(2026, 6, 30), "tt-41-2026-tt-bxd"),
        ("qd-1489-qd-ttg-2025", date(2026, 7, 20), "qd-26-2026-qd-ttg"),
        ("nd-127-2007-nd-cp", date(2026, 1, 15), "nd-22-2026-nd-cp"),
    ],
)
def test_an_old_document_ends_and_what_replaced_it_holds(
    library: Library, document: str, last_day: date, behind: str
) -> None:
    documents = library.current.documents
    day_after = date.fromordinal(last_day.toordinal() + 1)
    assert documents[document].in_force_to == last_day
    assert documents[document].status_on(day_after) is DocumentStatus.EXPIRED
    assert documents[behind].holds_on(day_after)


@pytest.mark.parametrize(
    ("document", "day", "holds"),
    [
        ("tt-36-2026-tt-bkhcn", date(2026, 6, 30), False),
        ("tt-36-2026-tt-bkhcn", date(2026, 7, 1), True),
        ("nd-37-2026-nd-cp", date(2026, 1, 22), False),
        ("nd-37-2026-nd-cp", date(2026, 1, 23), True),
        ("tt-04-2026-tt-bkhcn", date(2026, 4, 14), False),
        ("tt-04-2026-tt-bkhcn", date(2026, 4, 15), True),
        ("tt-64-2025-tt-btc", date(2026, 12, 31), True),
        ("tt-64-2025-tt-btc", date(2027, 1, 1), False),
        ("nq-66-18-2026-nq-cp", date(2027, 2, 28), True),
        ("nq-66-18-2026-nq-cp", date(2027, 3, 1), False),
        ("tt-30-2026-tt-byt", date(2026, 7, 9), False),
        ("tt-30-2026-tt-byt", date(2026, 7, 10), True),
        ("nd-46-2026-nd-cp", date(2026, 11, 29), False),
        ("nd-15-2018-nd-cp", date(2026, 11, 29), True),
    ],
)
def test_a_document_holds_from_its_first_to_its_last_day(
    library: Library, document: str, day: date, *, holds: bool
) -> None:
    assert library.current.documents[document].holds_on(day) is holds


@pytest.mark.parametrize(
    ("article", "figures"),
    [
        ("nhan-cu-con-dung", ["23/01/2026", "23/01/2028"]),
        ("muc-rui-ro-san-pham", ["01/07/2026"]),
        ("giay-hop-quy-cu-con-dung", ["01/07/2026"]),
        ("truy-xuat-co-bat-buoc", ["01/01/2027"]),
        ("iso9001-chuyen-doi", ["31/03/2028", "30/09/2029"]),
        ("nhan-hieu-chi-phi", ["31/12/2026", "1.360.000"]),
        ("ma-vach-dang-ky", ["7 ngày làm việc"]),
        ("ma-vach-phi", ["30/6", "1.500.000", "1.250.000"]),
        ("dnnvv-tieu-chi", ["10 người", "3 tỷ", "100 người", "200 người"]),
        ("thue-ho-kinh-doanh-1-ty", ["1 tỷ"]),
        ("gtclqg-tieu-chi", ["600", "800"]),
        ("gtclqg-dieu-kien", ["36 tháng", "12 tháng"]),
        ("sang-che-tinh-moi", ["12 tháng"]),
        ("hang-dong-goi-san-nhom-2", ["giấy chứng nhận", "5 năm"]),
        ("phuong-tien-do-nhom-2", ["12 tháng", "24 tháng", "60 tháng"]),
        ("kiem-tra-chat-luong-nhap-khau", ["1 ngày làm việc", "7 ngày làm việc"]),
        ("giam-kiem-tra-2-nam", ["2 năm"]),
        ("ho-tro-tu-van-mang-luoi", ["50 triệu", "100 triệu", "150 triệu"]),
        ("uu-dai-thue-doi-moi", ["200%"]),
        ("quy-khcn-doanh-nghiep", ["20%"]),
        ("dn-khcn", ["15 ngày"]),
    ],
)
def test_an_article_tells_both_sides_of_its_edge(
    told: Told, article: str, figures: list[str]
) -> None:
    text = told(article)
    assert [figure for figure in figures if figure not in text] == []


@pytest.mark.parametrize("day", [date(2026, 11, 29), date(2027, 2, 1)])
def test_no_article_is_silent_today_nor_in_two_months(library: Library, day: date) -> None:
    knowledge = library.current
    answers = AnswerService(Retriever(knowledge, None), default_texts())
    silent = [
        name
        for name in knowledge.articles
        if answers.give(name, today=day).understanding.article is None
    ]
    assert silent == []
