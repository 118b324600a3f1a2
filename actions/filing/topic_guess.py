"""The matter of a request: guessed from the owner's words and from what was answered before."""

import re

from actions.shape.desk import Desk
from actions.shape.turn import Turn
from actions.talking.answer import ASKING_FOR_HELP
from bot.domain.text.plain import plain
from vietnamese.foreign.english import is_english
from vietnamese.foreign.english_wishes import english_wish
from vietnamese.likeness import count_words

OTHER_AUTHORITIES = "co_quan_khac"
"""The topic of what others are in charge of: no request is filed under it."""

NO_MATTERS = frozenset({ASKING_FOR_HELP, OTHER_AUTHORITIES})

GUESS_CONFIDENCE = 0.05
"""A guess is confirmed by the owner, so it may be bold."""

SURE_OF_ANOTHER = 0.4
"""Confidence from which words behind an answer speak of another matter than that answer."""

NAMED_IN_WORDS = 6
"""A longer message tells more than the name of a matter."""

_ASKS_FOR_HELP = re.compile(
    r"\b(?:yeu cau|ho tro|tu van|huong dan|can bo|dang ky|ben so|toi|em|minh|anh|chi|a|da|ad|oi|nha"
    r"|nhe|voi|gium|giup|dum|ho|cho|muon|can|nho|xin|duoc|gui|lap|mo|lam|phieu|don|so|gap|co|nguoi"
    r"|xuong|khong|ko|k|den|tan noi|luon|di)\b"
)
"""Words that say that help is wanted, and nothing of the matter."""

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


def names_a_matter(text: str) -> bool:
    """Whether a wish says more than that help is wanted: "gửi yêu cầu hỗ trợ" does not."""
    return bool(_ASKS_FOR_HELP.sub(" ", plain(text)).strip())


def topic_of(desk: Desk, text: str, sure_from: float = GUESS_CONFIDENCE) -> str | None:
    """The matter that a message speaks of; None where the search has no idea."""
    return next(iter(_topics_of(desk, text, sure_from)), None)


def _topics_of(desk: Desk, text: str, sure_from: float = GUESS_CONFIDENCE) -> list[str]:
    """The matters that a message may speak of, likeliest first.

    Wanting help is itself a topic of articles and says nothing about the matter: "hỗ trợ đăng ký
    nhãn hiệu" is about trademarks.
    """
    retriever = desk.retriever()
    articles, topics = retriever.knowledge.articles, retriever.knowledge.topics
    if english_wish(text) is not None:
        return []
    if is_english(text):
        near = [articles[one].topic for one in retriever.english.find(text).nearest]
        return list(dict.fromkeys(one for one in near if one not in NO_MATTERS))

    def found_by(words: str) -> list[str]:
        return [
            articles[hit.article_id].topic
            for hit in retriever.search(words)
            if hit.confidence >= sure_from and articles[hit.article_id].topic != OTHER_AUTHORITIES
        ]

    found = found_by(text)
    if found and set(found) <= NO_MATTERS and names_a_matter(text):
        # All of it was taken for the wish: without the words of wishing the matter is left.
        found = [*found_by(_ASKS_FOR_HELP.sub(" ", plain(text))), *found]
    return sorted(dict.fromkeys(found), key=lambda topic: topics[topic].last_resort)


def topics_in_order(desk: Desk, turn: Turn) -> list[str]:
    """All topics that a request may have: the guess, those near the need, then as in the table."""
    need = turn.slot("request_question")
    near = _topics_of(desk, need, 0.0) if need else []
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
        if words <= set(_WORD.findall(plain(topic.title))) and topic.id != OTHER_AUTHORITIES
    ]
    return found[0] if len(found) == 1 else None
