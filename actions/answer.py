"""Answers questions from reviewed articles."""

from actions.desk import Desk
from actions.house_action import HouseAction, Response
from actions.turn import Turn
from bot.services.answers import AnswerService

OFF_TOPIC = ("out_of_scope", "smalltalk", "nonsense", "insult", "greet", "thanks", "goodbye")
"""Intents that speak against a question of the field."""


class ActionAnswer(HouseAction):
    """Answers, asks back between two, or offers the nearest and an officer."""

    action_name = "action_answer"

    def respond(self, turn: Turn) -> Response:
        """Searches with the article answered last as context."""
        off_topic = sum(turn.ranking.get(intent, 0.0) for intent in OFF_TOPIC)
        return answer(self.desk, turn, off_topic=off_topic)


def answer(desk: Desk, turn: Turn, *, off_topic: float) -> Response:
    """The answer to a turn's words, and what the next turn leans on."""
    found = AnswerService(desk.knowledge, desk.retriever(), desk.texts).answer(
        turn.text,
        last_article=turn.slot("last_article"),
        off_topic=off_topic,
        today=desk.today(),
    )
    slots: dict[str, object] = {"last_alternatives": found.alternatives}
    if found.article:
        slots["last_article"] = found.article
    return Response(found.replies, slots)


class ActionShowDetail(HouseAction):
    """Shows what lies behind the button “Chi tiết”."""

    action_name = "action_show_detail"

    def respond(self, turn: Turn) -> Response:
        """The detail of the button's article, or of the one answered last."""
        article = turn.entity("article") or turn.slot("last_article")
        service = AnswerService(self.desk.knowledge, self.desk.retriever(), self.desk.texts)
        reply = service.detail(article, today=self.desk.today())
        return Response([reply], {"last_article": reply.understanding.article or None})


class ActionPickArticle(HouseAction):
    """Answers with the article that the owner picked."""

    action_name = "action_pick_article"

    def respond(self, turn: Turn) -> Response:
        """The picked article; a word without a pick is asked again."""
        service = AnswerService(self.desk.knowledge, self.desk.retriever(), self.desk.texts)
        article = turn.entity("article")
        if not article:
            return Response([service.none_of_these(_offered(turn))])
        reply = service.give(article, today=self.desk.today())
        return Response([reply], {"last_article": reply.understanding.article or None})


class ActionNoneOfThese(HouseAction):
    """Offers the next nearest articles, or asks for more words."""

    action_name = "action_none_of_these"

    def respond(self, turn: Turn) -> Response:
        """What is still on offer, each once; what was offered already is not offered again."""
        service = AnswerService(self.desk.knowledge, self.desk.retriever(), self.desk.texts)
        return Response([service.none_of_these(_offered(turn))], {"last_alternatives": []})


def _offered(turn: Turn) -> list[str]:
    return [str(article) for article in turn.slots.get("last_alternatives") or []]
