"""The matter that words speak of, as the articles nearest to them tell."""

import re

from bot.domain.office.routing import EXTERNAL_TOPIC
from bot.domain.text.plain import plain
from bot.search.retriever import Retriever
from vietnamese.foreign.english import is_english
from vietnamese.foreign.english_wishes import english_wish

ASKING_FOR_HELP = "yeu_cau_ho_tro"
"""The topic of what helps to write to us: it says nothing of the matter."""

NO_MATTERS = frozenset({ASKING_FOR_HELP, EXTERNAL_TOPIC})

GUESS_CONFIDENCE = 0.05
"""A guess is confirmed by a person, so it may be bold."""

_ASKS_FOR_HELP = re.compile(
    r"\b(?:yeu cau|ho tro|tu van|huong dan|can bo|dang ky|ben so|toi|em|minh|anh|chi|a|da|ad|oi|nha"
    r"|nhe|voi|gium|giup|dum|ho|cho|muon|can|nho|xin|duoc|gui|lap|mo|lam|phieu|don|so|gap|co|nguoi"
    r"|xuong|khong|ko|k|den|tan noi|luon|di)\b"
)
"""Words that say that help is wanted, and nothing of the matter."""


def names_a_matter(text: str) -> bool:
    """Whether a wish says more than that help is wanted: "gửi yêu cầu hỗ trợ" does not."""
    return bool(_ASKS_FOR_HELP.sub(" ", plain(text)).strip())


def topics_of(retriever: Retriever, text: str, sure_from: float = GUESS_CONFIDENCE) -> list[str]:
    """The matters that a message may speak of, likeliest first.

    Wanting help is itself a topic of articles and says nothing about the matter: "hỗ trợ đăng ký
    nhãn hiệu" is about trademarks.
    """
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
            if hit.confidence >= sure_from and articles[hit.article_id].topic != EXTERNAL_TOPIC
        ]

    found = found_by(text)
    if found and set(found) <= NO_MATTERS and names_a_matter(text):
        # All of it was taken for the wish: without the words of wishing the matter is left.
        found = [*found_by(_ASKS_FOR_HELP.sub(" ", plain(text))), *found]
    return sorted(dict.fromkeys(found), key=lambda topic: topics[topic].last_resort)
