"""A name, a number or a detail that is meant for an officer and asks the assistant nothing."""

import re

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.enterprise.reach import Reach, read_reach
from bot.domain.talk.conversation import Handler
from bot.domain.talk.payload import payload
from bot.domain.talk.understanding import Outcome
from bot.domain.text.plain import plain
from bot.services.messaging.conversations import ConversationService
from vietnamese.likeness import count_words
from vietnamese.question import sounds_like_question

MOST_WORDS = 14
MOST_WORDS_BESIDE = 8
"""Beside a number that nobody asked for."""

TELLS = "inform"

_NAMES_HIMSELF = re.compile(
    r"^(?:(?:da|a|oi|em|anh|chi|toi|tui|minh|co|chu|bac|ong|ba) )*"
    r"(?:ten (?!mien|thuong mai|cong ty|nhan hieu)"
    r"|so (?:cua )?(?:em|anh|chi|toi|tui|minh|co|chu|bac)|sdt|mst|ghi (?:vo|vao|lai|nhan))\b"
)
_OURS = re.compile(r"\b(?:so khcn|cua so|hotline|tong dai|can bo|co quan)\b")


def told_for_an_officer(desk: Desk, turn: Turn) -> Response | None:
    """That the officer who is waited for will read it; without one, how a number gets to one.

    None where something is asked. Officers see the whole talk: nothing is kept besides.
    """
    if turn.pressed or turn.active_form or not (_has_reach(turn.text) or _tells(turn)):
        return None
    with desk.house.database.reading() as session:
        handler = ConversationService(session).get(turn.conversation_id).handler
    if handler == Handler.QUEUE:
        return Response([desk.say("request.told_while_waiting", Outcome.REQUEST)])
    if not _has_reach(turn.text) or count_words(turn.text) > MOST_WORDS_BESIDE:
        return None
    choices = [
        desk.choice("answer.choice_request", payload("request_help")),
        desk.choice("answer.choice_officer", payload("handover")),
    ]
    return Response([desk.say("request.reach_alone", Outcome.CLARIFY, choices)])


def _has_reach(text: str) -> bool:
    """Whether a number or an address is all that a few words hold."""
    is_short = count_words(text) <= MOST_WORDS and not _OURS.search(plain(text))
    return is_short and isinstance(read_reach(text), Reach)


def _tells(turn: Turn) -> bool:
    if count_words(turn.text) > MOST_WORDS or sounds_like_question(turn.text):
        return False
    return turn.intent == TELLS or _NAMES_HIMSELF.match(plain(turn.text)) is not None
