"""Answers of the bot: from reviewed articles only, to questions and to the buttons under them."""

from collections.abc import Sequence
from datetime import date

from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.search.retriever import Retriever
from bot.services.answering.groundwork.answer_replies import AnswerReplies
from bot.services.answering.groundwork.findings import Answered, Findings
from bot.services.answering.groundwork.question import Question
from bot.services.answering.stages import STAGES
from bot.services.answering.steering.support import SUPPORT
from bot.texts import Texts

SUPPORT_SEARCHED = 40
MOST_SUPPORT = 2


class AnswerService:
    """Answers over one reading of the knowledge base; invents nothing.

    `within_form`: nobody is asked what he thinks of an answer, for the form's question comes next.
    """

    def __init__(self, retriever: Retriever, texts: Texts, *, within_form: bool = False) -> None:
        self._retriever = retriever
        self._texts = texts
        self._articles = retriever.knowledge.articles
        self._wording = AnswerReplies(retriever.knowledge, texts, within_form=within_form)

    def answer(self, question: Question) -> Answered:
        """What a question comes to, stage by stage; two questions in one are both answered.

        A word that the owner confuses or that is old is put right before the answer, unless this
        was told in the conversation before. No reply: what looked like small talk is just that.
        """
        so_far = Findings(question, self._retriever, self._wording)
        for stage in STAGES:
            so_far = stage(so_far)
        return so_far.answered or Answered()

    def give(self, article_id: str, *, today: date) -> Reply:
        """The short answer of an article that the owner picked."""
        article = self._articles.get(article_id)
        if article is None:
            return self._wording.say("answer.say_more", Outcome.CLARIFY)
        return self._wording.short(article, today)

    def detail(self, article_id: str, *, today: date) -> Reply:
        """What lies behind the button of an article."""
        article = self._articles.get(article_id)
        if article is None:
            return self._wording.say("answer.nothing_yet", Outcome.CHITCHAT)
        return self._wording.detail(article, today)

    def in_short(self, article_id: str, sentence: str, *, today: date) -> Reply:
        """The first sentences of an article, behind a word that says so."""
        article = self._articles.get(article_id)
        if article is None:
            return self._wording.say("answer.say_more", Outcome.CLARIFY)
        return self._wording.in_short(article, sentence, today)

    def at_hand(self, article_id: str, *, today: date) -> Reply:
        """What of an article is needed at this very moment."""
        article = self._articles.get(article_id)
        if article is None:
            return self._wording.say("answer.say_more", Outcome.CLARIFY)
        return self._wording.at_hand(article, today)

    def ground(self, article_id: str, *, today: date) -> Reply:
        """The legal bases of an article, each with its clause, or that there is none."""
        article = self._articles.get(article_id)
        if article is None:
            return self._wording.say("answer.say_more", Outcome.CLARIFY)
        return self._wording.ground(article, today)

    def what_helps_to_pay(self, article_id: str) -> Reply:
        """The nearest programmes of support, for whom a matter is too dear."""
        article = self._articles.get(article_id)
        if article is None:
            return self._wording.say("answer.say_more", Outcome.CLARIFY)
        wish = self._texts.say("answer.wish_for_support", subject=article.subject)
        near = [hit.article_id for hit in self._retriever.search(wish, limit=SUPPORT_SEARCHED)]
        support = [one for one in near if self._articles[one].topic == SUPPORT]
        return self._wording.offer("answer.too_dear", Outcome.CLARIFY, support[:MOST_SUPPORT])

    def none_of_these(self, alternatives: Sequence[str], *, behind: str = "") -> Reply:
        """The next nearest articles; without any, asks for more words.

        `behind`: the article that was answered and not meant. What is offered then is near it.
        """
        if behind in self._articles:
            alternatives = self._near(behind, alternatives)
        if not alternatives:
            officer = [self._wording.officer()]
            return self._wording.say("answer.say_more", Outcome.CLARIFY, officer)
        return self._wording.offer("answer.none_of_these", Outcome.CLARIFY, alternatives)

    def thank(self) -> Reply:
        """What is said to a thumb up."""
        return self._wording.say("answer.thumb_up", Outcome.CHITCHAT)

    def make_amends(self, article_id: str, alternatives: Sequence[str]) -> Reply:
        """What is said to a thumb down: what else it may have been, and an officer.

        Only what is near the article counts, of its topic or related to it: what the search found
        behind a sure hit may be anything.
        """
        near = self._near(article_id, alternatives)
        if not near:
            officer = [self._wording.officer()]
            return self._wording.say("answer.thumb_down_alone", Outcome.CLARIFY, officer)
        return self._wording.offer("answer.thumb_down", Outcome.CLARIFY, near)

    def _near(self, article_id: str, alternatives: Sequence[str]) -> list[str]:
        article = self._articles.get(article_id)
        if article is None:
            return list(alternatives)
        found = [
            other
            for other in alternatives
            if other in article.related or self._articles[other].topic == article.topic
        ]
        others = [other for other in article.related if other in self._articles]
        return list(dict.fromkeys([*found, *others]))
