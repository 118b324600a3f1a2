"""A message in English: said so, and led to a person, for the articles are in Vietnamese."""

import re

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.talk.payload import payload
from bot.domain.talk.understanding import Outcome
from vietnamese.syllable import is_syllable

FOREIGN_SHARE = 0.4
"""Of the words of an English message so many are no Vietnamese syllables; the others look like one:
"do", "can", "in"."""

TELLING = frozenset(
    {"how", "what", "where", "when", "which", "why", "who", "you", "your", "we", "our", "is", "are"}
    | {"does", "should", "would", "could", "must", "have", "want", "need", "please", "with", "from"}
    | {"this", "speak", "english"}
)
"""Words of whoever speaks English. The field's nouns tell nothing: "annual fee barcode"."""

FEWEST_WORDS = 3

_WORD = re.compile(r"[^\W\d_]+")


def in_english(desk: Desk, turn: Turn) -> Response | None:
    """That an officer helps in English; None where the words are not English, or a button's."""
    if turn.pressed or not is_english(turn.text):
        return None
    choices = []
    if not turn.active_form:
        choices = [
            desk.choice("talk.english_officer", payload("handover")),
            desk.choice("talk.english_request", payload("request_help")),
        ]
    return Response([desk.say("talk.english", Outcome.HANDOVER, choices)])


def is_english(text: str) -> bool:
    """Whether a message is English: plain letters, some telling words, few Vietnamese syllables."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < FEWEST_WORDS or not all(word.isascii() for word in words):
        return False
    foreign = sum(not is_syllable(word) for word in words)
    return foreign >= FOREIGN_SHARE * len(words) and not TELLING.isdisjoint(words)
