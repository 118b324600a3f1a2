"""A form that an owner asks for: handed out as a file."""

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.forms.form_file import FORMS_ADDRESS
from bot.services.answering.form_replies import FormReplies


def form_asked(desk: Desk, turn: Turn) -> Response | None:
    """The forms that are meant, or which there are; None where no form of ours is asked for."""
    if turn.pressed or turn.active_form:
        return None
    settings = desk.house.settings
    address = f"{settings.base_url}{FORMS_ADDRESS}" if settings.public_url else ""
    replies = FormReplies(desk.knowledge, desk.texts, address=address)
    reply = replies.answer(turn.text, turn.slot("last_article"), desk.today())
    if reply is None:
        return None
    article = reply.understanding.article
    return Response([reply], {"last_article": article} if article else {})
