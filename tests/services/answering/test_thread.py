"""The thread of a talk over the real articles: what leans, what is told, another product."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.talk.understanding import Outcome
from bot.knowledge.library import Library
from bot.search.retriever import Retriever
from bot.services.answering.answers import AnswerService
from bot.services.answering.groundwork.findings import Answered
from bot.services.answering.groundwork.question import Question
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
        ("rồi cần giấy tờ gì", "voucher-natif", "voucher-natif"),
        ("mấy năm một lần", "phuong-tien-do-nhom-2", "phuong-tien-do-nhom-2"),
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
        ("quần áo trẻ em có phải hợp quy không", "quan-ao-tre-em-hop-quy"),
        ("nón bảo hiểm", "mu-bao-hiem-hop-quy"),
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


def test_what_is_compared_by_an_article_gets_that_article(ask: Ask) -> None:
    assert ask("hợp chuẩn khác hợp quy chỗ nào").article == "hop-quy-khac-hop-chuan"


def test_two_sides_stand_beside_each_other_with_both_details(ask: Ask) -> None:
    (reply,) = ask("so sánh TPM với KPI").replies
    assert "**TPM" in reply.message.text
    assert "**KPI" in reply.message.text
    titles = [choice.title for choice in reply.message.choices]
    assert [title for title in titles if title.startswith("Chi tiết: ")] == titles[:2]


def test_which_of_two_is_cheaper_is_asked_of_the_two_spoken_of(ask: Ask) -> None:
    spoken_of = ["iso9001-la-gi", "haccp-la-gi"]
    (reply,) = ask("bên nào đỡ tốn hơn", "haccp-la-gi", spoken_of=spoken_of).replies
    assert reply.understanding.article == "iso9001-chi-phi"
    assert reply.understanding.alternatives == ["chi-phi-haccp"]


def test_of_one_matter_alone_nothing_is_compared(ask: Ask) -> None:
    found = ask("cái nào rẻ hơn", "5s-la-gi", spoken_of=["5s-la-gi"])
    assert all("hai bên" not in reply.message.text for reply in found.replies)


def test_a_list_is_answered_item_by_item_and_what_is_not_known_is_named(ask: Ask) -> None:
    found = ask("1. tpm là gì 2. haccp là gì 3. giá vàng hôm nay bao nhiêu")
    assert [one.understanding.article for one in found.replies] == [
        "tpm-la-gi",
        "haccp-la-gi",
        None,
    ]
    assert [one.message.text[:6] for one in found.replies] == ["**1.**", "**2.**", "**3.**"]
    assert "giá vàng hôm nay" in found.replies[2].message.text
    details = [one.message.choices[0].title for one in found.replies[:2]]
    assert details == ["Chi tiết", "Chi tiết"]
