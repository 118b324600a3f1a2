"""What the article says of the owner's own case is found among its lines."""

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect, Told
from bot.services.answering.groundwork.passages import passages

OTHER_FIRM = "**Giám đốc từng có công ty khác:** giải thể mới 8 tháng thì không được miễn."
LATE = Told(say="Nộp thuế muộn: tính tiền chậm nộp.")
ARTICLE = Article.model_construct(
    title="Công ty mới được miễn thuế mấy năm?",
    answer="Được miễn **3 năm** từ khi đăng ký lần đầu.",
    detail=f"Các trường hợp:\n- {OTHER_FIRM}\n- Sáp nhập, chia tách thì không được.",
    aspects={Aspect.FINE: LATE},
)
CASE = "giám đốc từng đứng tên công ty khác giải thể 8 tháng trước, có được miễn thuế không"


def test_the_line_on_the_owner_s_case_is_found() -> None:
    assert passages(ARTICLE, CASE, ARTICLE.answer) == [OTHER_FIRM]


def test_a_sentence_on_an_aspect_is_such_a_line() -> None:
    assert passages(ARTICLE, "nộp thuế muộn thì tính tiền chậm nộp sao", ARTICLE.answer) == [
        LATE.say
    ]


def test_what_is_visible_is_not_said_again() -> None:
    assert passages(ARTICLE, CASE, f"{ARTICLE.answer}\n\n{OTHER_FIRM}") == []


def test_a_plain_question_needs_no_more() -> None:
    assert passages(ARTICLE, "công ty mới được miễn thuế mấy năm", ARTICLE.answer) == []


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert len(passages(ARTICLE, text, ARTICLE.answer)) <= 2
