"""What actions ask of the answering: questions, and the buttons under answers."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.knowledge.library import Knowledge
from bot.knowledge.settled import SettledQuestion, SettledQuestions
from bot.services.answering.answers import AnswerService
from bot.services.answering.groundwork.findings import Answered
from bot.services.answering.groundwork.question import A_BARE_TERM, Question
from bot.texts import default_texts
from tests.support.doubles.counting_retriever import CountingRetriever

TODAY = date(2026, 11, 24)

OFFICER = "Gặp cán bộ"
CLEAR = "đăng ký nhãn hiệu hết bao nhiêu tiền"
WITH_THANKS = f"cảm ơn em, cho hỏi {CLEAR}"
TWO = "hồ sơ đăng ký nhãn hiệu gồm những gì? ISO 9001 tốn cỡ bao nhiêu tiền?"


@pytest.fixture
def answers(search: CountingRetriever) -> AnswerService:
    return AnswerService(search, default_texts())


def titles(reply: Reply) -> list[str]:
    return [choice.title for choice in reply.message.choices]


class TestAQuestion:
    def test_is_searched_for_once(self, answers: AnswerService, search: CountingRetriever) -> None:
        assert answers.answer(Question(CLEAR, TODAY)).article == "nhan-hieu-chi-phi"
        assert search.asked == [CLEAR]

    def test_beside_a_thanks_is_searched_for_once_and_answered_the_same(
        self, answers: AnswerService, search: CountingRetriever
    ) -> None:
        polite = Question(WITH_THANKS, TODAY, asked_from=0.5)
        found = answers.answer(polite)
        assert search.asked == [WITH_THANKS]
        assert found == answers.answer(replace(polite, asked_from=0.0))
        assert found.article == "nhan-hieu-chi-phi"

    def test_with_another_one_behind_it_is_answered_with_it(
        self, answers: AnswerService, search: CountingRetriever
    ) -> None:
        found = answers.answer(Question(TWO, TODAY, asked_from=0.3))
        given = [reply.understanding.article for reply in found.replies]
        assert given == ["nhan-hieu-ho-so-nop-o-dau", "iso9001-chi-phi"]
        assert len(search.asked) == 3  # the whole once, and each of the two

    def test_of_one_bare_term_is_not_searched_for(
        self, answers: AnswerService, search: CountingRetriever
    ) -> None:
        found = answers.answer(Question("mã vạch", TODAY, asked_from=A_BARE_TERM))
        assert found.article == "ma-so-ma-vach-la-gi"
        assert search.asked == []


class TestSmallTalk:
    def test_gets_no_reply(self, answers: AnswerService) -> None:
        thanks = Question("cảm ơn em nhiều nha", TODAY, asked_from=0.5)
        assert answers.answer(thanks) == Answered()

    def test_is_none_where_somebody_is_sure_that_it_asks(self, answers: AnswerService) -> None:
        assert answers.answer(Question("cảm ơn em nhiều nha", TODAY)).replies

    def test_that_is_like_a_settled_question_stays_small_talk(self, knowledge: Knowledge) -> None:
        text = "cảm ơn em nhiều lắm nha"
        known = SettledQuestions([SettledQuestion(text, None)])
        search = CountingRetriever(replace(knowledge, settled=known))
        service = AnswerService(search, default_texts())
        assert service.answer(Question(text, TODAY, asked_from=0.5)) == Answered()
        asked = service.answer(Question(text, TODAY)).replies[0].understanding
        assert (asked.outcome, asked.confidence) == (Outcome.OUT_OF_SCOPE, 1.0)


class TestButtons:
    def test_a_picked_article_is_given(self, answers: AnswerService) -> None:
        reply = answers.give("kaizen-la-gi", today=TODAY)
        assert reply.understanding.article == "kaizen-la-gi"
        assert reply.understanding.confidence == 1.0

    def test_an_article_that_is_gone_is_asked_for_again(self, answers: AnswerService) -> None:
        assert answers.give("da-xoa", today=TODAY).understanding.outcome is Outcome.CLARIFY
        assert answers.detail("da-xoa", today=TODAY).understanding.outcome is Outcome.CHITCHAT

    def test_the_detail_is_more_than_the_answer(self, answers: AnswerService) -> None:
        short = answers.give("kaizen-la-gi", today=TODAY)
        detail = answers.detail("kaizen-la-gi", today=TODAY)
        assert detail.understanding.article == "kaizen-la-gi"
        assert detail.message.text != short.message.text
        assert titles(detail)[-2:] == [OFFICER, "Gửi yêu cầu hỗ trợ"]

    def test_none_of_these_offers_the_next_or_asks_for_more(
        self, answers: AnswerService, knowledge: Knowledge
    ) -> None:
        offered = answers.none_of_these(["5s-la-gi"])
        assert titles(offered) == [knowledge.articles["5s-la-gi"].button, OFFICER]
        assert titles(answers.none_of_these([])) == [OFFICER]

    def test_a_thumb_down_is_made_up_for(
        self, answers: AnswerService, knowledge: Knowledge
    ) -> None:
        offered = answers.make_amends("", ["5s-la-gi"])
        assert titles(offered) == [knowledge.articles["5s-la-gi"].button, OFFICER]
        assert titles(answers.make_amends("", [])) == [OFFICER]

    def test_only_what_is_near_makes_up_for_an_answer(
        self, answers: AnswerService, knowledge: Knowledge
    ) -> None:
        fee = knowledge.articles["ma-vach-phi"]
        offered = answers.make_amends(fee.id, ["5s-la-gi", "ma-vach-dang-ky"])
        buttons = titles(offered)
        assert knowledge.articles["ma-vach-dang-ky"].button in buttons
        assert knowledge.articles["5s-la-gi"].button not in buttons

    def test_a_thumb_up_is_thanked_for(self, answers: AnswerService) -> None:
        assert answers.thank().understanding.outcome is Outcome.CHITCHAT


def test_within_a_form_nobody_is_asked_for_a_thumb(search: CountingRetriever) -> None:
    asked = AnswerService(search, default_texts()).give("5s-la-gi", today=TODAY)
    quiet = AnswerService(search, default_texts(), within_form=True).give("5s-la-gi", today=TODAY)
    assert titles(asked)[-2:] == ["👍 Đúng ý", "👎 Chưa đúng"]
    assert titles(quiet) == titles(asked)[:-2]
