"""The thread of a talk over the real articles: what leans, what is told, another product."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.talk.understanding import Outcome
from bot.knowledge.library import Library
from bot.search.retriever import Retriever
from bot.services.answering.answers import AnswerService
from bot.services.answering.findings import Answered
from bot.services.answering.question import Question
from bot.texts import Texts

Ask = Callable[..., Answered]


@pytest.fixture
def ask(library: Library) -> Ask:
    service = AnswerService(Retriever(library.current, None), Texts())

    def asked(text: str, last: str = "", **facts: object) -> Answered:
        question = Question(text, date(2026, 11, 29), last_article=last, **facts)  # type: ignore[arg-type]
        return service.answer(question)

    return asked


@pytest.mark.parametrize(
    ("text", "last", "article"),
    [
        ("còn phí?", "nhan-hieu-quy-trinh-thoi-gian", "nhan-hieu-chi-phi"),
        ("hồ sơ có gì", "kieu-dang-la-gi", "kieu-dang-ho-so-quy-trinh"),
        ("nộp ở đâu ạ", "may-cu-qua-tuoi", "may-cu-qua-tuoi"),
    ],
)
def test_a_question_without_a_matter_means_the_one_before(
    ask: Ask, text: str, last: str, article: str
) -> None:
    assert ask(text, last).article == article


@pytest.mark.parametrize(
    "text", ["Chị bán mật ong hoa tràm ở Thạnh Hóa", "Anh có cái lò sấy chuối ở Bến Lức"]
)
def test_a_story_gets_a_question_and_no_article(ask: Ask, text: str) -> None:
    answered = ask(text)
    assert answered.article is None
    assert answered.heard
    assert answered.replies[0].understanding.outcome is Outcome.CLARIFY
    assert "trợ lý nghe rồi" in answered.replies[0].message.text


def test_a_story_is_background_of_the_question_behind_it(ask: Ask) -> None:
    story = "HTX em trồng bưởi, bán cho siêu thị"
    assert ask("dán mã truy xuất sao", story=story).article is not None


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("quần áo trẻ em có phải hợp quy không", "co-quan-det-may"),
        ("nón bảo hiểm", "san-pham-phai-hop-quy"),
        ("hợp quy đồ chơi trẻ em cần gì", "do-choi-tre-em-hop-quy"),
    ],
)
def test_the_article_speaks_of_the_owners_product(ask: Ask, text: str, article: str) -> None:
    assert ask(text).article == article


def test_the_water_meter_is_no_answer_to_a_fuel_pump(ask: Ask) -> None:
    answered = ask("cột bơm xăng của tôi hết hạn kiểm định, phải làm gì")
    assert answered.article not in ("dong-ho-nuoc-thay", "dong-ho-nuoc-kiem-dinh")


@pytest.mark.parametrize("sentence", ["answer.in_short", "answer.plainly"])
def test_what_is_not_confirmed_is_said_in_short_too(library: Library, sentence: str) -> None:
    knowledge, day = library.current, date(2026, 11, 29)
    service = AnswerService(Retriever(knowledge, None), Texts())
    served = [one for one in knowledge.articles.values() if knowledge.is_served(one, day)]
    unsure = [one for one in served if one.verify]
    sure = [one for one in served if not knowledge.is_unverified(one, day)]
    assert unsure
    assert sure
    for one in unsure:
        assert one.verify_note in service.in_short(one.id, sentence, today=day).message.text
    for one in sure:
        assert "**Lưu ý:**" not in service.in_short(one.id, sentence, today=day).message.text
