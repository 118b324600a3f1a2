"""A message in English: greeted, answered from what is told in English, or led to a person."""

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.talk.messages import Choice
from bot.domain.talk.payload import PICK_ARTICLE, payload
from bot.domain.talk.understanding import Outcome
from bot.services.english.english_answers import EnglishAnswers

BY_THE_WAY = frozenset({"greet", "thanks", "goodbye", "bot_identity", "menu", "affirm", "insult"})
"""Intents that are answered in kind where the talk is in English."""

WITH_MENU = frozenset({"greet", "bot_identity", "menu"})


def in_english(desk: Desk, turn: Turn) -> Response | None:
    """The answer to words in English, in English; None where the talk is not, or for a button."""
    if turn.pressed or not turn.in_english:
        return None
    if turn.intent in BY_THE_WAY:
        choices = [] if turn.active_form else _ways(desk, turn)
        return Response([desk.say(f"talk.{turn.intent}", Outcome.CHITCHAT, choices)])
    if turn.intent in ("deny", "none_of_these"):
        return Response([answers(desk, turn).say_more()], {"last_article": None})
    last = turn.slot("last_article")
    reply = answers(desk, turn).answer(turn.text, last=last, today=desk.today())
    article = reply.understanding.article
    return Response([reply], {"last_article": article} if article else {})


def answers(desk: Desk, turn: Turn) -> EnglishAnswers:
    """The answers in English; within a form without buttons, for the form's own come next."""
    search = desk.retriever()
    return EnglishAnswers(
        search.knowledge, search.english, desk.texts.english, bare=bool(turn.active_form)
    )


def _ways(desk: Desk, turn: Turn) -> list[Choice]:
    """What is asked most, and the ways to people."""
    if turn.intent not in WITH_MENU:
        return []
    english = desk.knowledge.english
    asked = [one.article for one in desk.tables().menu.questions if one.article in english]
    return [
        *(
            Choice(title=english[one].title, payload=payload(PICK_ARTICLE, article=one))
            for one in asked
        ),
        desk.choice("talk.menu_request", payload("request_help")),
        desk.choice("talk.menu_officer", payload("handover")),
    ]
