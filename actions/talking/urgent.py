"""Inspectors are at the owner's place now: what he may and must do, and who helps at once."""

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.requests.request import RequestKind
from bot.domain.talk.payload import payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.domain.talk.urgency import is_under_inspection
from bot.knowledge.articles.article import Article
from bot.services.answering.answers import AnswerService
from bot.services.requests.promises import PromiseService


def urgent(desk: Desk, turn: Turn) -> Response | None:
    """Rights and duties, then the quickest way to an officer; None where nothing presses."""
    article = pressing_article(desk, turn)
    if article is None:
        return None
    replies = [rights(desk, article), _who_helps(desk, turn, article.topic)]
    return Response(replies, {"last_article": article.id})


def pressing_article(desk: Desk, turn: Turn) -> Article | None:
    """The article for who has inspectors at his place while he writes; None where he has not."""
    if turn.pressed or not is_under_inspection(turn.text):
        return None
    return desk.knowledge.articles.get(desk.tables().menu.inspection)


def rights(desk: Desk, article: Article) -> Reply:
    """What he may and must do."""
    service = AnswerService(desk.retriever(), desk.texts, within_form=True)
    return service.at_hand(article.id, today=desk.today())


def _who_helps(desk: Desk, turn: Turn, topic: str) -> Reply:
    tables, now = desk.tables(), desk.now()
    promise = PromiseService(tables.routing, tables.calendar).promise(
        topic, turn.text, now=now, kind=RequestKind.TALK
    )
    open_now = tables.calendar.is_open(now)
    telephone = tables.department.telephone if open_now else ""
    return desk.say(
        "department.urgent_telephone" if telephone else "department.urgent_officer",
        Outcome.ANSWER,
        [desk.choice("answer.choice_officer", payload("handover"))],
        value=telephone,
        due=promise.due,
        open_now=open_now,
    )
