"""The matter of a request: guessed from the owner's words and from what was answered before."""

import re

from actions.shape.desk import Desk
from actions.shape.turn import Turn
from bot.domain.office.routing import EXTERNAL_TOPIC
from bot.domain.text.plain import plain
from bot.search.topic_guess import GUESS_CONFIDENCE, NO_MATTERS, names_a_matter, topics_of
from vietnamese.likeness import count_words

SURE_OF_ANOTHER = 0.4
"""Confidence from which words behind an answer speak of another matter than that answer."""

NAMED_IN_WORDS = 6
"""A longer message tells more than the name of a matter."""

_WORD = re.compile(r"\w+")


def guess_topic(desk: Desk, turn: Turn) -> str | None:
    """The topic of the button, of the message, or of the article answered last."""
    knowledge = desk.knowledge
    if turn.entity("topic") in knowledge.topics:
        return turn.entity("topic")
    last = knowledge.articles.get(turn.slot("last_article"))
    before = last.topic if last and last.topic not in NO_MATTERS else None
    if turn.pressed or not names_a_matter(turn.text):
        return before
    return topic_of(desk, turn.text, SURE_OF_ANOTHER if before else GUESS_CONFIDENCE) or before


def topic_of(desk: Desk, text: str, sure_from: float = GUESS_CONFIDENCE) -> str | None:
    """The matter that a message speaks of; None where the search has no idea."""
    return next(iter(topics_of(desk.retriever(), text, sure_from)), None)


def topics_in_order(desk: Desk, turn: Turn) -> list[str]:
    """All topics that a request may have: the guess, those near the need, then as in the table."""
    need = turn.slot("request_question")
    near = topics_of(desk.retriever(), need, 0.0) if need else []
    guess = turn.slot("request_topic_guess")
    every = [topic for topic in desk.knowledge.topics if topic not in NO_MATTERS]
    ordered = dict.fromkeys([guess, *near, *every])
    return [topic for topic in ordered if topic in every]


def topic_named(desk: Desk, text: str) -> str | None:
    """The one topic whose title holds all words of a short message; None where none or several."""
    words = set(_WORD.findall(plain(text)))
    if not words or count_words(text) > NAMED_IN_WORDS:
        return None
    found = [
        topic.id
        for topic in desk.knowledge.topics.values()
        if words <= set(_WORD.findall(plain(topic.title))) and topic.id != EXTERNAL_TOPIC
    ]
    return found[0] if len(found) == 1 else None
