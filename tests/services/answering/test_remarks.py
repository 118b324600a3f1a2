"""Remarks before an answer: the right word, gently, once, and never where it is not needed."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.knowledge.library import Knowledge, Library
from bot.knowledge.register import DocumentStatus
from bot.search.retriever import Retriever
from bot.services.answering.answers import AnswerService
from bot.services.answering.groundwork.question import Question
from bot.services.answering.remarks import RemarkService
from bot.texts import default_texts

TODAY = date(2026, 11, 24)
CONFUSED = "Dạ, anh/chị đang nói tới **nhãn hiệu**: thứ đăng ký được là nhãn hiệu."
OLD = "Hàng nhóm 2 nay được thay bằng **ba mức rủi ro** ạ (Luật 78/2025/QH15, từ 01/01/2026)."


@pytest.fixture(scope="module")
def remarks(knowledge: Knowledge) -> RemarkService:
    return RemarkService(knowledge, default_texts())


@pytest.fixture(scope="module")
def answers(knowledge: Knowledge) -> AnswerService:
    return AnswerService(Retriever(knowledge, None), default_texts())


def said(remarks: RemarkService, knowledge: Knowledge, text: str, article: str) -> str:
    remark = remarks.on(text, knowledge.articles[article], TODAY)
    return remark.text if remark else ""


def reply(article: str | None, text: str = "…", choices: tuple[Choice, ...] = ()) -> Reply:
    return Reply(
        message=OutgoingMessage(text=text, choices=list(choices)),
        understanding=Understanding(
            outcome=Outcome.ANSWER if article else Outcome.HANDOVER, article=article
        ),
    )


@pytest.mark.parametrize("text", ["đăng ký thương hiệu bao nhiêu", "dk THUONG HIEU nhiu tien"])
def test_a_confused_word_is_put_right(
    remarks: RemarkService, knowledge: Knowledge, text: str
) -> None:
    assert said(remarks, knowledge, text, "nhan-hieu-chi-phi") == CONFUSED


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("đăng ký nhãn hiệu bao nhiêu", "nhan-hieu-chi-phi"),
        ("thương hiệu hay nhãn hiệu gì đó bao nhiêu", "nhan-hieu-chi-phi"),
        ("đăng ký thương hiệu bao nhiêu", "nhan-hieu-ho-so-nop-o-dau"),
        ("đăng ký thương hiệu bao nhiêu", "co-quan-thue"),
    ],
)
def test_the_right_word_and_another_answer_are_left_alone(
    remarks: RemarkService, knowledge: Knowledge, text: str, article: str
) -> None:
    assert said(remarks, knowledge, text, article) == ""


def test_an_answer_that_opens_with_the_word_explains_itself(knowledge: Knowledge) -> None:
    article = knowledge.articles["nhan-hieu-chi-phi"]
    opening = article.model_copy(update={"answer": f"Thương hiệu là chuyện khác. {article.answer}"})
    later = article.model_copy(update={"answer": f"{article.answer} Thương hiệu là chuyện khác."})
    remarks = RemarkService(knowledge, default_texts())
    assert remarks.on("phí thương hiệu", opening, TODAY) is None
    assert remarks.on("phí thương hiệu", later, TODAY) is not None


def test_an_old_term_is_given_its_new_name_its_document_and_its_date(
    remarks: RemarkService, knowledge: Knowledge
) -> None:
    assert said(remarks, knowledge, "hàng nhóm 2 dán mã vạch", "ma-vach-phi") == OLD
    assert said(remarks, knowledge, "hang nhom 2 dan ma vach", "ma-vach-phi") == OLD


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("hàng nhóm 25", "ma-vach-phi"),
        ("hàng nhóm 2 nay là ba mức rủi ro phải không", "ma-vach-phi"),
        ("nhóm 2 thì sao", "5s-la-gi"),
    ],
)
def test_an_old_term_is_minded_only_in_its_topics_and_not_beside_the_new_one(
    remarks: RemarkService, knowledge: Knowledge, text: str, article: str
) -> None:
    assert said(remarks, knowledge, text, article) == ""


def test_an_answer_that_names_the_old_term_explains_itself(
    remarks: RemarkService, knowledge: Knowledge
) -> None:
    article = knowledge.articles["ma-vach-phi"]
    telling = article.model_copy(update={"answer": f"{article.answer} Không còn nhóm 2."})
    assert remarks.on("hàng nhóm 2", telling, TODAY) is None


def test_what_is_replaced_itself_is_not_called_the_new_one(knowledge: Knowledge) -> None:
    law = knowledge.documents["luat-78-2025-qh15"]
    gone = law.model_copy(update={"status": DocumentStatus.SUPERSEDED})
    later = replace(knowledge, documents={**knowledge.documents, law.id: gone})
    assert said(RemarkService(later, default_texts()), later, "hàng nhóm 2", "ma-vach-phi") == ""


def test_a_term_that_is_asked_for_and_not_in_the_answer_is_told_before_it(
    remarks: RemarkService, knowledge: Knowledge
) -> None:
    told = said(remarks, knowledge, "mã địa điểm là gì", "ma-so-ma-vach-la-gi")
    assert told == "**Mã địa điểm**: Mã số riêng của một địa điểm."
    assert said(remarks, knowledge, "mã địa điểm phí sao", "ma-so-ma-vach-la-gi") == ""
    assert said(remarks, knowledge, "GLN là gì", "ma-vach-phi") == ""  # the answer names it
    assert said(remarks, knowledge, "mã địa điểm là gì", "5s-la-gi") == ""


class TestBefore:
    def test_the_answer_follows_and_the_explaining_article_is_one_press_away(
        self, remarks: RemarkService, knowledge: Knowledge
    ) -> None:
        detail, officer = Choice(title="a", payload="/a"), Choice(title="b", payload="/b")
        given = reply("nhan-hieu-chi-phi", "Một nhãn hiệu.", (detail, officer))
        (changed,) = remarks.before([given], "phí thương hiệu", told=(), today=TODAY)
        assert changed.message.text == f"{CONFUSED}\n\nMột nhãn hiệu."
        titles = [choice.title for choice in changed.message.choices]
        assert titles == ["a", knowledge.articles["kaizen-la-gi"].button, "b"]
        assert changed.understanding == given.understanding

    def test_it_takes_the_place_of_the_last_related_button(self, remarks: RemarkService) -> None:
        near = [Choice(title=name, payload=f'/pick_article{{"article":"{name}"}}') for name in "xy"]
        officer = Choice(title="b", payload="/b")
        given = reply("nhan-hieu-chi-phi", choices=(*near, officer))
        (changed,) = remarks.before([given], "phí thương hiệu", told=(), today=TODAY)
        titles = [choice.title for choice in changed.message.choices]
        assert titles[0] == "x"
        assert titles[2] == "b"
        assert len(titles) == 3

    def test_of_two_parts_one_is_put_right(self, remarks: RemarkService) -> None:
        parts = [reply("5s-la-gi"), reply("nhan-hieu-chi-phi"), reply("nhan-hieu-chi-phi")]
        text = "5S là gì, phí thương hiệu bao nhiêu, thương hiệu tốn không"
        first, second, third = remarks.before(parts, text, told=(), today=TODAY)
        assert first == parts[0]
        assert second.message.text.startswith(CONFUSED)
        assert third == parts[2]

    def test_no_meaning_is_told_between_two_answers(self, remarks: RemarkService) -> None:
        text = "5S là gì, mã địa điểm là gì"
        alone = [reply("ma-so-ma-vach-la-gi")]
        assert remarks.before(alone, text, told=(), today=TODAY) != alone
        both = [reply("5s-la-gi"), reply("ma-so-ma-vach-la-gi")]
        assert remarks.before(both, text, told=(), today=TODAY) == both

    def test_what_was_told_before_is_not_told_again(self, remarks: RemarkService) -> None:
        given = [reply("nhan-hieu-chi-phi")]
        told = ["Chào anh/chị!", f"{CONFUSED}\n\nMột nhãn hiệu."]
        assert remarks.before(given, "phí thương hiệu", told=told, today=TODAY) == given
        assert remarks.before(given, "phí thương hiệu", told=told[:1], today=TODAY) != given

    def test_without_an_answer_the_meaning_is_told_and_what_lies_beside_it_offered(
        self, remarks: RemarkService, knowledge: Knowledge
    ) -> None:
        unsure = Reply(
            message=OutgoingMessage(text="Chưa rõ.", choices=[Choice(title="b", payload="/b")]),
            understanding=Understanding(
                outcome=Outcome.HANDOVER, alternatives=["5s-la-gi", "ma-vach-phi"], confidence=0.2
            ),
        )
        (changed,) = remarks.before([unsure], "cho hỏi GLN là gì vậy", told=(), today=TODAY)
        assert changed.message.text.startswith("**GLN**: Mã số riêng của một địa điểm.")
        titles = [choice.title for choice in changed.message.choices]
        assert titles == [knowledge.articles["ma-vach-phi"].button, "b"]
        assert changed.understanding.outcome is Outcome.CLARIFY
        assert changed.understanding.article is None

    @pytest.mark.parametrize("text", ["chuyện này là gì", "GLN", "thương hiệu", "phí nhóm 2"])
    def test_other_words_without_an_answer_stay_as_they_are(
        self, remarks: RemarkService, text: str
    ) -> None:
        unsure = [reply(None)]
        assert remarks.before(unsure, text, told=(), today=TODAY) == unsure

    def test_a_long_story_that_holds_the_words_is_no_question_about_them(
        self, remarks: RemarkService
    ) -> None:
        unsure = [reply(None)]
        text = "bên em làm kho lạnh ba mươi cửa hàng mà không biết GLN là gì rồi sao nữa"
        assert remarks.before(unsure, text, told=(), today=TODAY) == unsure


def test_an_answer_comes_with_the_remark_on_its_own_words(answers: AnswerService) -> None:
    asked = Question("Đăng ký thương hiệu hết bao nhiêu tiền, có được giảm không?", TODAY)
    found = answers.answer(asked)
    assert found.article == "nhan-hieu-chi-phi"
    assert found.replies[0].message.text.startswith(CONFUSED)
    again = answers.answer(replace(asked, told=[found.replies[0].message.text]))
    assert not again.replies[0].message.text.startswith(CONFUSED)


class TestOurs:
    @pytest.mark.parametrize(
        ("text", "article", "beginning"),
        [
            ("dang ky thuong hieu bao nhieu", "nhan-hieu-chi-phi", "**nhãn hiệu**"),
            ("bản quyền logo nộp ở đâu", "nhan-hieu-ho-so-nop-o-dau", "bản quyền là quyền"),
            ("nhãn hiệu trên bao bì ghi gì", "nhan-noi-dung-bat-buoc", "**nhãn hàng hóa**"),
            ("hiệu chuẩn cân ngoài chợ ở đâu", "kiem-dinh-o-dau-phi", "**kiểm định**"),
            ("chứng nhận vilas cần gì", "vilas-dieu-kien", "**công nhận**"),
            ("hợp chuẩn đồ chơi", "do-choi-tre-em-hop-quy", "**hợp quy**"),
            ("mã vạch xuất xứ việt nam", "ma-vach-dang-ky", "**mã số mã vạch**"),
            ("hàng nhóm 2 làm gì trước khi bán", "nghia-vu-theo-muc-rui-ro", "ba mức độ rủi ro"),
            ("xin mã ở tổng cục tđc", "ma-vach-dang-ky", "**Ủy ban Tiêu chuẩn Đo lường"),
            ("nop len huyen phai khong", "nop-ho-so-ho-tro", "không còn cấp huyện"),
            ("sở kế hoạch đầu tư nhận hả", "ho-tro-dao-tao", "nay là **Sở Tài chính**"),
            ("theo nđ 43/2017", "nhan-dien-tu", "NĐ 37/2026/NĐ-CP** ạ (từ 23/01/2026)"),
        ],
    )
    def test_owners_words_are_put_right(
        self, library: Library, text: str, article: str, beginning: str
    ) -> None:
        knowledge = library.current
        assert beginning in said(
            RemarkService(knowledge, default_texts()), knowledge, text, article
        )

    @pytest.mark.parametrize(
        ("text", "article"),
        [
            ("đăng ký nhãn hiệu bao nhiêu", "nhan-hieu-chi-phi"),
            ("hàng nhóm 2 bây giờ gọi là gì", "muc-rui-ro-san-pham"),
            ("phương tiện đo nhóm 2 là gì", "phuong-tien-do-nhom-2"),
            ("thương hiệu là gì", "thuong-hieu-la-gi"),
            ("kiểm định khác hiệu chuẩn sao", "kiem-dinh-khac-hieu-chuan"),
            ("chị Huyền hỏi hợp quy nộp ở đâu", "cong-bo-hop-quy-nop-o-dau"),
            ("nhóm 2 trong bảng Nice gồm gì", "nhan-hieu-chon-nhom"),
        ],
    )
    def test_right_words_are_left_alone(self, library: Library, text: str, article: str) -> None:
        knowledge = library.current
        assert said(RemarkService(knowledge, default_texts()), knowledge, text, article) == ""

    def test_no_article_s_own_question_is_corrected_by_its_own_words(
        self, library: Library
    ) -> None:
        knowledge = library.current
        remarks = RemarkService(knowledge, default_texts())
        titles = [
            article.id
            for article in knowledge.articles.values()
            if remarks.on(article.title, article, TODAY)
        ]
        assert titles == []
