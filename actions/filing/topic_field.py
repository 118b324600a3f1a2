"""The matter in the request form: six buttons at a time, or a word."""

import re

from actions.filing.request_fields import (
    ON_WITH_IT,
    Fields,
    Read,
    elsewhere,
)
from actions.filing.topic_guess import (
    topic_named,
    topic_of,
    topics_in_order,
)
from actions.shape.desk import Desk
from actions.shape.patience import failed, offers_a_way_out
from actions.shape.turn import Turn
from bot.domain.talk.messages import Choice
from bot.domain.talk.payload import payload
from bot.domain.text.plain import folded
from bot.search.topic_guess import ASKING_FOR_HELP
from vietnamese import tokens

AT_ONCE = 6
"""Topics on buttons at a time: what a small phone shows without scrolling."""

TELLS_MORE_WORDS = 8
"""Words from which what is typed instead of a matter belongs to the need."""

DECLINED = "request_topics_declined"
"""The slot of the topics that were shown and were not it."""

_NOT_THAT = re.compile(r"\b(?:khong|ko|k|hong|chua) phai\b")


def read_topic(desk: Desk, turn: Turn) -> Fields | Read:
    """A topic button, a yes to the guess, a no to all that is shown, or a topic named in words."""
    if turn.entity("topic") in desk.knowledge.topics:
        return {"request_topic": turn.entity("topic")}
    guess = turn.slot("request_topic_guess")
    if turn.intent == "affirm" and guess:
        return {"request_topic": guess}
    # "Chưa đúng" is no thumb here: nothing was answered.
    denies = turn.intent in ("deny", "none_of_these") or (
        turn.intent == "rate_answer" and not turn.pressed
    )
    is_another = denies or _NOT_THAT.search(folded(turn.text))
    if denies or (is_another and guess):
        return {"request_topic_guess": None, **_declined(desk, turn), "problem": None}
    if turn.intent in ON_WITH_IT and turn.intent != "request_help":
        return Read.UNCLEAR
    named = None if turn.pressed or is_another else topic_named(desk, turn.text)
    if named is not None:
        return {"request_topic": named}
    if elsewhere(turn):
        return Read.ELSEWHERE
    return _guessed(desk, turn, guess) if not turn.pressed else Read.UNCLEAR


def _guessed(desk: Desk, turn: Turn, guess: str) -> Fields | Read:
    """What the typed words may mean; a whole sentence tells of the need besides."""
    need: Fields = {}
    if len(tokens(turn.text)) >= TELLS_MORE_WORDS:
        told = [turn.slot("request_question"), turn.text]
        need["request_question"] = "\n".join(filter(None, told))
    meant = topic_of(desk, turn.text)
    if meant is None:
        return {**failed(turn, "problem_topic"), **need} if need else Read.UNCLEAR
    if meant == guess:
        return {"request_topic": meant, **need}
    # Asked for another topic each time, he gets to see them all.
    return failed(turn, None, request_topic_guess=meant, **need)


def guess_shown(turn: Turn) -> str:
    """The topic to be confirmed; none once guessing did not help."""
    return "" if offers_a_way_out(turn) else turn.slot("request_topic_guess")


def topic_choices(desk: Desk, turn: Turn) -> list[Choice]:
    """The guess, the nearest others, and a way to the rest; at last, that an officer may say."""
    say = desk.choice
    shown, rest = _shown(desk, turn)
    guess = guess_shown(turn)
    choices = [
        say("request.choice_yes", payload("affirm"))
        if topic == guess
        else Choice(title=desk.topic_title(topic), payload=payload("inform", topic=topic))
        for topic in shown
    ]
    if rest:
        choices.append(say("request.choice_other_topic", payload("deny")))
    if not guess:
        choices.append(say("request.choice_any_topic", payload("inform", topic=ASKING_FOR_HELP)))
    return choices


def _shown(desk: Desk, turn: Turn) -> tuple[list[str], list[str]]:
    """The topics on buttons now, and those behind them; once all were declined, from the front."""
    declined = turn.slots.get(DECLINED) or []
    every = topics_in_order(desk, turn)
    left = [topic for topic in every if topic not in declined] or every
    return left[:AT_ONCE], left[AT_ONCE:]


def _declined(desk: Desk, turn: Turn) -> Fields:
    shown, rest = _shown(desk, turn)
    return {DECLINED: [*(turn.slots.get(DECLINED) or []), *shown] if rest else []}
