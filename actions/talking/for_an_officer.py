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
from bot.services.requests.requests import RequestService
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

    None where something is asked. A number or an address is kept with the case that waits: by it
    the officer reaches who has left the chat. The rest she reads in the talk.
    """
    reach = _reach_in(turn.text)
    if turn.pressed or turn.active_form or not (reach or _tells(turn)):
        return None
    with desk.house.database.reading() as session:
        handler = ConversationService(session).get(turn.conversation_id).handler
    if handler == Handler.QUEUE:
        if reach and _keep(desk, turn.conversation_id, reach):
            return Response(
                [desk.say("request.reach_while_waiting", Outcome.REQUEST, reach=reach.text)]
            )
        return Response([desk.say("request.told_while_waiting", Outcome.REQUEST)])
    if not reach or count_words(turn.text) > MOST_WORDS_BESIDE:
        return None
    choices = [
        desk.choice("answer.choice_request", payload("request_help")),
        desk.choice("answer.choice_officer", payload("handover")),
    ]
    return Response([desk.say("request.reach_alone", Outcome.CLARIFY, choices)])


def _keep(desk: Desk, conversation_id: str, reach: Reach) -> bool:
    """Whether the case still waited for somebody, and has it now."""
    with desk.house.database.transaction() as session:
        return RequestService(session).told_reach(conversation_id, reach.text) is not None


def _reach_in(text: str) -> Reach | None:
    """A number or an address that is all that a few words hold."""
    if count_words(text) > MOST_WORDS or _OURS.search(plain(text)):
        return None
    read = read_reach(text)
    return read if isinstance(read, Reach) else None


def _tells(turn: Turn) -> bool:
    if count_words(turn.text) > MOST_WORDS or sounds_like_question(turn.text):
        return False
    return turn.intent == TELLS or _NAMES_HIMSELF.match(plain(turn.text)) is not None
