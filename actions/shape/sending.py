"""Whether an owner's words say that something is sent to whoever has just spoken with him."""

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from actions.shape.turn import Turn
from bot.domain.text.plain import holds_words, plain
from bot.texts import Texts
from vietnamese.accents import has_accents
from vietnamese.question import sounds_like_question

TO_CASE = "send_files"
"""The intent of files, and of the two buttons under the question to whom words go."""

NO_MESSAGE = frozenset({"insult", "menu"})
"""Intents whose words are no message to anybody, whatever else they hold."""

POLITE = frozenset({"thanks", "greet", "goodbye"})
"""Intents that stand beside a message as often as alone: the words themselves must say it."""

CALLING = "goi lai"
"""What southern “gởi lại” reads without its accents, and so does “gọi lại”, which is to call."""

_LATER = re.compile(r"\b(sau|mai|mot|lat nua)\b")
"""With thanks, what will be sent some day is a farewell."""

_BARE_POLITE_END = re.compile(r" a\W*$", re.IGNORECASE)
"""Who sends something and types no accents ends politely; he does not ask."""

_BY_SOMEBODY = re.compile(
    r"\b(em|e|toi|minh|anh|chi|co|chu|bac|con|chau|da|xin|cty|cong ty|co so|ben)( \w+){0,2} $"
)
"""Before “bổ sung”: who does it. Without somebody it is the name of a procedure."""


class Sending(Enum):
    """What words say of it."""

    NO = "no"
    MAYBE = "maybe"
    PLAINLY = "plainly"


def sending(texts: Texts, turn: Turn) -> Sending:
    """Whether a turn's words say that something is sent; a question and a button never do."""
    if turn.pressed or turn.intent in NO_MESSAGE or asks(turn.text):
        return Sending.NO
    words = _comparable(texts, turn.text)
    sends = speaks_of_sending(texts, turn.text)
    adds = _first(words, _phrases(texts.say("after_close.adding")))
    if not sends and (turn.intent in POLITE or not (adds or turn.intent == TO_CASE)):
        return Sending.NO
    if turn.intent in POLITE and _LATER.search(words):
        return Sending.NO
    if _first(words, _phrases(texts.say("after_close.wanting"))):
        return Sending.MAYBE
    if not sends and adds and not _is_done_by_somebody(turn.text, words, adds):
        return Sending.MAYBE
    return Sending.PLAINLY


def speaks_of_sending(texts: Texts, text: str) -> bool:
    """Whether a phrase of sending stands in a text, asked or told."""
    phrases = _phrases(texts.say("after_close.sending"))
    words = _comparable(texts, text)
    if _first(words, phrases):
        return True
    southern = (phrase.replace("gui", "goi") for phrase in phrases)
    return not has_accents(text) and any(
        phrase != CALLING and holds_words(words, phrase) for phrase in southern
    )


def asks(text: str) -> bool:
    """Whether a message sounds like a question."""
    return sounds_like_question(_BARE_POLITE_END.sub("", text))


def _comparable(texts: Texts, text: str) -> str:
    southern, northern = texts.say("after_close.same_word").split(" = ")
    return plain(unicodedata.normalize("NFC", text).casefold().replace(southern, northern))


def _is_done_by_somebody(text: str, words: str, phrase: str) -> bool:
    before = f" {words} ".partition(f" {phrase} ")[0]
    return ":" in text or _BY_SOMEBODY.search(f"{before} ") is not None


def _first(words: str, phrases: tuple[str, ...]) -> str:
    return next((phrase for phrase in phrases if holds_words(words, phrase)), "")


@lru_cache(maxsize=8)
def _phrases(listed: str) -> tuple[str, ...]:
    """The phrases of a list of `texts/after_close.yml`, as they are compared."""
    return tuple(plain(phrase) for phrase in listed.split("|"))
