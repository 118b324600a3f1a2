"""Whether an owner may be sent surveys: asked once, below a request that carries a result."""

from sqlalchemy.orm import Session

from actions.shape.desk import Desk
from bot.domain.talk.messages import Choice
from bot.domain.talk.payload import payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.services.surveys.consents import SurveyConsents
from bot.services.surveys.invitation_message import AGREE
from bot.storage.models import Request


def offer_of_surveys(desk: Desk, session: Session, request: Request) -> list[Reply]:
    """The question, where a request carries a run and its owner was never asked; else nothing.

    Not in English: questionnaires are in Vietnamese.
    """
    if request.attempt_id is None or desk.english:
        return []
    if not SurveyConsents(session).may_offer(request.conversation_id):
        return []
    return [desk.say("survey.offer", Outcome.REQUEST, [agree_choice(desk)])]


def agree_choice(desk: Desk) -> Choice:
    """The button with which an owner agrees to be sent surveys."""
    return desk.choice("survey.choice_agree", payload("assessment", about=AGREE))
