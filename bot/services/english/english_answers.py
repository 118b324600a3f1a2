"""What a question in English comes to: an answer, a question back, or people who can help."""

import re
from datetime import date

from bot.domain.talk.reply import Reply
from bot.knowledge.library import Knowledge
from bot.search.english.concepts import (
    COST,
    DUTY,
    PAPERS,
    PLACE,
    TIME,
    aspects_of,
    concepts_of,
    leans,
    without_aspects,
)
from bot.search.english.english_search import EnglishFinding, EnglishSearch
from bot.services.english.english_replies import EnglishReplies
from bot.texts import Texts

MOST_OFFERS = 3

_SPEAKS_OF = {
    COST: re.compile(r"\b(?:VND|fees?|costs?|price|pay)\b", re.IGNORECASE),
    TIME: re.compile(r"\d \w*\s?(?:days?|months?|years?)|\b(?:days?|months?|years?)\b"),
    PLACE: re.compile(r"\b(?:file|portal|office|department|online)\b", re.IGNORECASE),
    PAPERS: re.compile(r"\b(?:papers|form|certificate|cop(?:y|ies))\b", re.IGNORECASE),
    DUTY: re.compile(r"\b(?:compulsory|mandatory|voluntary|must)\b", re.IGNORECASE),
}
"""By what an answer shows that it speaks of an aspect."""


class EnglishAnswers:
    """Answers questions in English over one reading of the knowledge base.

    `bare`: within a form, whose own question comes next.
    """

    def __init__(
        self, knowledge: Knowledge, search: EnglishSearch, texts: Texts, *, bare: bool = False
    ) -> None:
        self._knowledge = knowledge
        self._search = search
        self._replies = EnglishReplies(knowledge, texts, bare=bare)

    def answer(self, text: str, *, last: str, today: date) -> Reply:
        """The answer to a question. `last`: the article answered before it, or empty.

        A question that names no matter of its own asks on about that article's.
        """
        if last in self._knowledge.english and leans(text):
            followed = self._follow(text, last, today)
            if followed is not None:
                return followed
        return self._told(self._search.find(text), today, is_term=len(concepts_of(text)) == 1)

    def give(self, article_id: str, *, today: date) -> Reply:
        """The article of a button."""
        if article_id in self._knowledge.english:
            return self._replies.article(article_id, today)
        if article_id in self._knowledge.english_titles:
            return self._replies.untold(article_id)
        return self._replies.say_more()

    def ground(self, article_id: str, *, today: date) -> Reply:
        """The legal basis of the article of a button."""
        if article_id not in self._knowledge.articles:
            return self._replies.say_more()
        return self._replies.ground(article_id, today)

    def say_more(self) -> Reply:
        """A question for more words."""
        return self._replies.say_more()

    def nothing(self) -> Reply:
        """That there is no answer in English, and who can help."""
        return self._replies.nothing()

    def _follow(self, text: str, last: str, today: date) -> Reply | None:
        """The same matter asked on; None where nothing of it is asked."""
        asked = aspects_of(text)
        if not asked:
            return None
        topic = self._knowledge.articles[last].topic
        siblings = {one.id for one in self._knowledge.articles.values() if one.topic == topic}
        subject = without_aspects(self._knowledge.english[last].subject)
        found = self._search.find(f"{text} {subject}", siblings)
        if found.hits and found.hits[0].told and (found.sure or self._is_on(found, asked)):
            return self._replies.article(
                found.hits[0].article_id, today, confidence=found.confidence
            )
        short = self._knowledge.english[last].short
        if any(_SPEAKS_OF[aspect].search(short) for aspect in asked):
            return self._replies.article(last, today)
        return self._told(found, today, is_term=False)

    def _is_on(self, found: EnglishFinding, asked: frozenset[str]) -> bool:
        """Whether the first article is on just what is asked of the matter, by its title."""
        first = self._knowledge.english[found.hits[0].article_id]
        return not asked.isdisjoint(aspects_of(f"{first.title} {first.subject}"))

    def _told(self, found: EnglishFinding, today: date, *, is_term: bool) -> Reply:
        """What a search came to. `is_term`: of one word, nobody knows yet what of it is asked."""
        if not found.hits:
            return self._replies.nothing()
        first = found.hits[0]
        offered = [hit.article_id for hit in found.hits if hit.told][:MOST_OFFERS]
        if found.sure or found.likely:
            if not first.told and not (is_term and offered):
                return self._replies.untold(first.article_id)
            if first.told and found.sure:
                return self._replies.article(first.article_id, today, confidence=found.confidence)
            if first.told:
                return self._replies.likely(
                    first.article_id, offered[1:], today, confidence=found.confidence
                )
        if offered:
            return self._replies.near(offered, confidence=found.confidence)
        return self._replies.nothing()
