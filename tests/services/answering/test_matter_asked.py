"""A matter and what is asked of it: every name, every way of asking, with and without accents."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.library import Library
from bot.search.retriever import Retriever
from bot.services.answering.answers import AnswerService
from bot.services.answering.groundwork.findings import Answered
from bot.services.answering.groundwork.question import Question
from bot.services.answering.matter_asked import article_on, kept_for_items
from bot.texts import Texts
from vietnamese import strip_accents

WAYS: dict[Aspect, tuple[str, ...]] = {
    Aspect.COST: ("{} hết bao nhiêu tiền", "chi phí {} vậy em", "phí {} là bao nhiêu ạ?"),
    Aspect.HOW_LONG: ("{} mất bao lâu", "làm {} bao lâu xong", "thời gian {} mấy tháng"),
    Aspect.PAPERS: ("{} cần giấy tờ gì", "hồ sơ {} gồm những gì", "làm {} cần gì"),
    Aspect.WHERE: ("{} nộp ở đâu", "cho hỏi {} làm chỗ nào"),
    Aspect.STEPS: ("quy trình {} thế nào", "cách làm {}", "thủ tục {} ra sao"),
    Aspect.WHO: ("{} ai cấp", "điều kiện {} thế nào"),
    Aspect.VALID_FOR: ("{} có hiệu lực mấy năm", "{} có giá trị bao lâu", "{} dùng được bao lâu"),
    Aspect.YES_NO: ("{} có bắt buộc không",),
    Aspect.FORM: ("xin mẫu {}", "{} có mẫu đơn không"),
}

Ask = Callable[..., Answered]


@pytest.fixture
def ask(library: Library) -> Ask:
    service = AnswerService(Retriever(library.current, None), Texts())
    return lambda text, **facts: service.answer(Question(text, date(2026, 11, 29), **facts))


def grid(library: Library) -> Iterator[tuple[str, str]]:
    """Questions, each with the article that is kept for it."""
    knowledge = library.current
    for matter in knowledge.matters.rows:
        for aspect, ways in WAYS.items():
            article = article_on(knowledge, matter, aspect)
            if article is None:
                continue
            for name in matter.names:
                for way in ways:
                    yield way.format(name), article.id
                    yield strip_accents(way.format(name)).lower(), article.id


def test_every_plain_question_finds_the_article_kept_for_it(library: Library, ask: Ask) -> None:
    asked = list(grid(library))
    missed = [(text, id_, got) for text, id_ in asked if (got := ask(text).article) != id_]
    assert len(asked) > 2000
    assert len(missed) <= 0.01 * len(asked), missed[:40]


@pytest.mark.parametrize(
    ("before", "text", "article"),
    [
        ("ai-duoc-dang-ky-nhan-hieu", "lâu không em", "nhan-hieu-quy-trinh-thoi-gian"),
        ("nhan-hieu-chi-phi", "rồi xài được mấy năm", "nhan-hieu-thoi-han-gia-han"),
        ("ma-so-ma-vach-la-gi", "còn phí?", "ma-vach-phi"),
        ("gtclqg-la-gi", "điều kiện thế nào", "gtclqg-dieu-kien"),
        ("tra-cuu-nhan-hieu", "mất tiền không", "tra-cuu-nhan-hieu"),
        ("iso9001-thoi-gian", "bao nhiêu tiền", "iso9001-chi-phi"),
    ],
)
def test_a_short_question_stays_with_the_matter(
    ask: Ask, before: str, text: str, article: str
) -> None:
    assert ask(text, last_article=before).article == article


@pytest.mark.parametrize(
    "text", ["OCOP là gì, nộp hồ sơ ở đâu", "công bố hợp quy nộp ở đâu, lệ phí bao nhiêu"]
)
def test_two_things_are_both_answered(ask: Ask, text: str) -> None:
    assert len(ask(text).replies) == 2


def test_behind_an_answer_with_a_neighbour_of_its_own_it_is_searched_for(ask: Ask) -> None:
    alone = ask("có cần mã vạch không")
    assert alone.article == "ma-vach-co-bat-buoc"
    behind = ask("có cần mã vạch không", last_article="ocop-la-gi")
    assert behind.article == "ocop-ma-vach-truy-xuat"


def test_behind_a_story_it_is_searched_for(ask: Ask) -> None:
    answered = ask("có phải công bố hợp quy không ạ", story="Công ty tôi nhập đồ chơi trẻ em")
    assert answered.article == "do-choi-tre-em-hop-quy"


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        (
            "nhãn hiệu mất bao lâu, phí bao nhiêu, nộp ở đâu",
            ["nhan-hieu-quy-trinh-thoi-gian", "nhan-hieu-chi-phi", "nhan-hieu-ho-so-nop-o-dau"],
        ),
        ("ma vach het bao nhieu tien va bao lau co", ["ma-vach-phi", "ma-vach-dang-ky"]),
        ("5s làm sao, tốn nhiêu", ["5s-cac-buoc", "5s-chi-phi"]),
        (
            "Em mới mở tiệm trà, muốn giữ cái tên. Nhãn hiệu tốn bao nhiêu, chờ bao lâu mới có?",
            ["nhan-hieu-chi-phi", "nhan-hieu-quy-trinh-thoi-gian"],
        ),
        ("1. kiểm định cân ở đâu 2. giá bao nhiêu", ["kiem-dinh-o-dau-phi"]),
    ],
)
def test_each_thing_asked_of_one_matter_is_answered_in_short(
    ask: Ask, text: str, articles: list[str]
) -> None:
    answered = ask(text)
    assert [reply.understanding.article for reply in answered.replies] == articles
    if len(articles) > 1:
        numbers = [reply.message.text[:6] for reply in answered.replies]
        assert numbers == [f"**{place}.**" for place in range(1, len(articles) + 1)]


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        (
            "đăng ký sáng chế bao lâu, kiểu dáng bao nhiêu tiền, nhãn hiệu nộp ở đâu",
            ["sang-che-thoi-gian", "kieu-dang-chi-phi", "nhan-hieu-ho-so-nop-o-dau"],
        ),
        (
            "kiem dinh can o dau, phi nhieu, may nam mot lan, dang ky kinh doanh o dau",
            [
                "kiem-dinh-o-dau-phi",
                "kiem-dinh-o-dau-phi",
                "phuong-tien-do-nhom-2",
                "co-quan-dang-ky-kinh-doanh",
            ],
        ),
    ],
)
def test_of_several_questions_each_gets_the_article_kept_for_it(
    ask: Ask, text: str, articles: list[str]
) -> None:
    answered = ask(text)
    assert [reply.understanding.article for reply in answered.replies] == articles


def test_what_is_asked_next_of_one_article_is_told_and_not_pointed_back_to(ask: Ask) -> None:
    told = [
        reply.message.text
        for reply in ask("kiểm định cân ở đâu, phí nhiêu, đăng ký kinh doanh ở đâu").replies
    ]
    assert "thỏa thuận" in told[1]
    assert not any("ở trên" in text for text in told)


def test_kept_articles_follow_the_matter_named_before(ask: Ask, library: Library) -> None:
    items = ["mã vạch nộp ở đâu", "còn phí", "nhà em ở Bến Lức bán bún", "phí nhiêu"]
    kept = kept_for_items(library.current, items)
    ids = [one.id if one else None for one in kept]
    assert ids == ["ma-vach-dang-ky", "ma-vach-phi", None, None]
