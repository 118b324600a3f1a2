"""The answer given last once more: shorter, again, plainer, its ground, or what helps to pay."""

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.services.answering.about_answer import AboutAnswer, asked_about_answer
from bot.services.answering.answers import AnswerService


def about_answer(desk: Desk, turn: Turn) -> Response | None:
    """What is said to typed words about the answer before; None where they are none."""
    last = turn.slot("last_article")
    if turn.pressed or not last:
        return None
    asked = asked_about_answer(turn.text)
    if asked is None:
        return None
    service = AnswerService(desk.retriever(), desk.texts, within_form=bool(turn.active_form))
    today = desk.today()
    match asked:
        case AboutAnswer.SHORTER:
            reply = service.in_short(last, "answer.in_short", today=today)
        case AboutAnswer.PLAINER:
            reply = service.in_short(last, "answer.plainly", today=today)
        case AboutAnswer.AGAIN:
            reply = service.give(last, today=today)
        case AboutAnswer.GROUND:
            reply = service.ground(last, today=today)
        case AboutAnswer.TOO_DEAR:
            reply = service.what_helps_to_pay(last)
    return Response([reply], {"last_article": last})
