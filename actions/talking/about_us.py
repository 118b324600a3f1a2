"""What is asked about the department or one office: answered from what it has filled in."""

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from actions.talking.about_office import about_office
from bot.domain.talk.about_us import AboutUs, asked_about_us
from bot.domain.talk.messages import Choice
from bot.domain.talk.payload import payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.services.answering.groundwork.answer_replies import article_choice


def about_us(desk: Desk, turn: Turn) -> Response | None:
    """The answer to a typed question about the department, or one of the offices; None else."""
    of_office = None if turn.pressed else about_office(desk, turn, _choices(desk, turn, None))
    if of_office is not None:
        return Response([of_office])
    asked = None if turn.pressed else asked_about_us(turn.text)
    if asked is None:
        return None
    article = desk.tables().department.articles.get(asked)
    known = article if article in desk.knowledge.articles else None
    reply = desk.say(*_sentence(desk, asked, _choices(desk, turn, known)), **_values(desk, asked))
    understood = reply.understanding.model_copy(update={"article": known, "confidence": 1.0})
    told = Reply(message=reply.message, understanding=understood)
    return Response([told], {"last_article": known} if known else {})


def _sentence(
    desk: Desk, asked: AboutUs, choices: list[Choice]
) -> tuple[str, Outcome, list[Choice]]:
    is_known = asked is AboutUs.HOURS or bool(getattr(desk.tables().department, asked))
    name = f"department.told_{asked}" if is_known else f"department.unfilled_{asked}"
    return name, Outcome.ANSWER, choices


def _choices(desk: Desk, turn: Turn, article: str | None) -> list[Choice]:
    if turn.active_form:
        return []
    more = [article_choice(desk.knowledge.articles[article])] if article else []
    return [
        *more,
        desk.choice("answer.choice_request", payload("request_help")),
        desk.choice("answer.choice_officer", payload("handover")),
    ]


def _values(desk: Desk, asked: AboutUs) -> dict[str, object]:
    department = desk.tables().department
    name = department.name or desk.texts.say("department.our_name")
    if asked is not AboutUs.HOURS:
        return {"name": name, "value": getattr(department, asked), "map": department.map}
    calendar, now = desk.tables().calendar, desk.now()
    return {
        "name": name,
        "sittings": desk.sittings(),
        "open_now": calendar.is_open(now),
        "due": calendar.next_open(now),
    }
