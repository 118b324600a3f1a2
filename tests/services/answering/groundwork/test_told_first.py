"""What was asked for stands first; the rest of the short answer behind it, as far as it fits."""

from datetime import date

from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect, Told
from bot.knowledge.library import Library
from bot.services.answering.groundwork.answer_replies import AnswerReplies
from bot.services.answering.groundwork.told_first import ASKED_LIMIT, told_first
from bot.texts import Texts

ANSWER = "Mã vạch là **tự nguyện**.\n\nCấp trong 7 ngày làm việc.\n\nNộp gồm:\n\n- Đơn\n- Phí"
DAYS = Told(say="Có kết quả trong **7 ngày làm việc**, thiếu giấy thì có thêm 3 ngày để bổ sung.")
PLACE = Told(say="Nộp trên Cổng Dịch vụ công quốc gia.")
ARTICLE = Article.model_construct(
    answer=ANSWER, aspects={Aspect.HOW_LONG: DAYS, Aspect.WHERE: PLACE}
)


def test_nothing_asked_leaves_the_answer_as_it_is() -> None:
    first = told_first(ARTICLE, [])
    assert (first.text, first.told, first.is_whole) == (ANSWER, (), True)
    assert told_first(ARTICLE, [Aspect.COST]).text == ANSWER


def test_the_sentences_stand_first_in_the_order_asked() -> None:
    first = told_first(ARTICLE, [Aspect.WHERE, Aspect.HOW_LONG])
    assert first.text.split("\n\n")[:2] == [PLACE.say, DAYS.say]
    assert first.told == (PLACE, DAYS)


def test_what_they_say_is_not_said_twice_and_a_list_keeps_its_lead() -> None:
    text = told_first(ARTICLE, [Aspect.HOW_LONG]).text
    assert "Cấp trong" not in text
    assert text.endswith("Nộp gồm:\n\n- Đơn\n- Phí")


def test_a_paragraph_that_shares_a_figure_and_says_something_else_stays() -> None:
    other = "Người bán phải giữ hồ sơ 7 năm."
    article = ARTICLE.model_copy(update={"answer": f"{ANSWER}\n\n{other}"})
    assert other in told_first(article, [Aspect.HOW_LONG]).text


def test_the_heart_of_the_answer_stands_however_long() -> None:
    heart = "**Tùy ngày in:**\n\n" + "\n".join(f"- Mốc {letter * 90}" for letter in "abcdef")
    article = ARTICLE.model_copy(
        update={"answer": heart, "aspects": {Aspect.HOW_LONG: Told(say="Từ từ. " * 40)}}
    )
    assert heart in told_first(article, [Aspect.HOW_LONG]).text


def test_an_answer_that_grows_too_long_ends_at_a_paragraph() -> None:
    long = [f"Đoạn {letter * 150}." for letter in "abcdef"]
    article = ARTICLE.model_copy(update={"answer": "\n\n".join(long)})
    first = told_first(article, [Aspect.HOW_LONG])
    assert not first.is_whole
    assert len(first.text) <= ASKED_LIMIT + len("\n\n") * len(long)
    assert first.text.split("\n\n")[1:] == long[:4]


def test_the_fine_stands_before_the_fee_that_was_not_paid(library: Library) -> None:
    article = library.current.articles["ma-vach-phat-no-phi"]
    text = told_first(article, [Aspect.COST, Aspect.FINE]).text
    assert text.startswith(article.aspects[Aspect.FINE].say)


def test_what_is_not_known_is_told_once(library: Library) -> None:
    """Whose sentence says itself that a fine is not known gets no note that says it again."""
    wording = AnswerReplies(library.current, Texts())
    article = library.current.articles["xam-pham-nhan-hieu"]
    fine = wording.short(article, date(2026, 11, 29), asked=[Aspect.FINE]).message.text
    assert "em chưa có" in fine
    assert article.verify_note not in fine
    assert article.verify_note in wording.short(article, date(2026, 11, 29)).message.text
