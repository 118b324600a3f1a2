"""Answers in English in words and buttons: an article, its legal basis, or who can help."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import PICK_ARTICLE, payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import CitedSource, GivenArticle, Outcome, Understanding
from bot.knowledge.articles.article import Article
from bot.knowledge.english.english_article import EnglishArticle
from bot.knowledge.library import Knowledge
from bot.texts import Texts

IN_VIETNAMESE = "vi"
"""The value of a button that leads back to Vietnamese."""


class EnglishReplies:
    """Words articles in English; invents nothing. `texts`: the English ones.

    `bare`: within a form, whose own question and buttons come next.
    """

    def __init__(self, knowledge: Knowledge, texts: Texts, *, bare: bool = False) -> None:
        self._knowledge = knowledge
        self._texts = texts
        self._bare = bare

    def article(self, article_id: str, today: date, *, confidence: float = 1.0) -> Reply:
        """The answer with what is not confirmed, or that it is not served today."""
        english, article = self._knowledge.english[article_id], self._knowledge.articles[article_id]
        if not self._knowledge.is_served(article, today):
            return self._say("answer.english_not_served", Outcome.HANDOVER, self._people())
        text = self._texts.say(
            "answer.english_answer",
            answer=english.short.strip(),
            unconfirmed=self._unconfirmed(english, article, today),
            changed=english.made_from != article.mark,
            reviewed=english.reviewed,
            reviewed_on=article.reviewed_on,
        )
        choices = [
            self._choice("answer.choice_ground", payload("show_detail", article=article_id)),
            *self._people(),
            self._choice("answer.choice_vietnamese", _vietnamese(article_id)),
        ]
        given = GivenArticle(article=article.id, mark=english.made_from, english=True)
        reply = self._reply(text, choices, article, today, confidence)
        return reply.model_copy(
            update={"understanding": reply.understanding.model_copy(update={"given": [given]})}
        )

    def likely(
        self, article_id: str, others: Sequence[str], today: date, *, confidence: float
    ) -> Reply:
        """The answer as what is probably meant, with buttons to what else may be."""
        reply = self.article(article_id, today, confidence=confidence)
        if reply.understanding.article is None:
            return reply
        text = self._texts.say(
            "answer.english_likely",
            subject=self._knowledge.english[article_id].subject,
            answer=reply.message.text,
        )
        choices = [*self._titles(others), *reply.message.choices]
        message = OutgoingMessage(text=text, choices=[] if self._bare else choices)
        return reply.model_copy(update={"message": message})

    def ground(self, article_id: str, today: date) -> Reply:
        """The legal basis in English words, and the way to the whole article."""
        article = self._knowledge.articles[article_id]
        sources = self._knowledge.sources(article, today)
        name = "answer.english_ground" if sources else "answer.english_no_ground"
        lines = [self._source(one) for one in sources]
        english = self._knowledge.english.get(article_id)
        title = english.title if english else article.title
        text = self._texts.say(name, title=title, sources=lines)
        whole = payload("show_detail", article=article_id, value=IN_VIETNAMESE)
        choices = [self._choice("answer.choice_whole_article", whole), *self._people()]
        return self._reply(text, choices, article, today, 1.0)

    def near(self, offered: Sequence[str], *, confidence: float) -> Reply:
        """A question back with the titles of what may be meant."""
        reply = self._say(
            "answer.english_near", Outcome.CLARIFY, [*self._titles(offered), *self._people()]
        )
        understood = Understanding(
            outcome=Outcome.CLARIFY, confidence=confidence, alternatives=list(offered)
        )
        return reply.model_copy(update={"understanding": understood})

    def untold(self, article_id: str) -> Reply:
        """That this is known in Vietnamese only, with the people who speak English."""
        title = self._knowledge.english_titles[article_id].title
        choices = [
            *self._people(),
            self._choice("answer.choice_whole_article", _vietnamese(article_id)),
        ]
        text = self._texts.say("answer.english_untold", title=title)
        message = OutgoingMessage(text=text, choices=[] if self._bare else choices)
        understood = Understanding(outcome=Outcome.HANDOVER, alternatives=[article_id])
        return Reply(message=message, understanding=understood)

    def nothing(self) -> Reply:
        """That there is no answer in English, and who can help."""
        return self._say("answer.english_only_vietnamese", Outcome.HANDOVER, self._people())

    def say_more(self) -> Reply:
        """A question for more words."""
        return self._say("answer.english_say_more", Outcome.CLARIFY, self._people())

    def _say(self, name: str, outcome: Outcome, choices: list[Choice]) -> Reply:
        shown = [] if self._bare else choices
        message = OutgoingMessage(text=self._texts.say(name), choices=shown)
        return Reply(message=message, understanding=Understanding(outcome=outcome))

    def _reply(
        self, text: str, choices: list[Choice], article: Article, today: date, confidence: float
    ) -> Reply:
        outcome = Outcome.WRONG_OFFICE if article.is_wrong_office else Outcome.ANSWER
        return Reply(
            message=OutgoingMessage(text=text, choices=[] if self._bare else choices),
            understanding=Understanding(
                outcome=outcome,
                article=article.id,
                confidence=confidence,
                sources=self._knowledge.sources(article, today),
            ),
        )

    def _unconfirmed(self, english: EnglishArticle, article: Article, today: date) -> str:
        if english.unconfirmed or not self._knowledge.is_unverified(article, today):
            return english.unconfirmed
        return self._texts.say("answer.english_source_note")

    def _source(self, source: CitedSource) -> str:
        values = source.model_dump()
        for part in ("document", "clause"):
            values[part] = self._in_english_words(values[part] or "")
        return self._texts.say("answer.english_source", **values)

    def _in_english_words(self, name: str) -> str:
        for pair in self._texts.say("answer.english_legal_words").split("|"):
            vietnamese, english = pair.strip().split(" = ")
            name = re.sub(rf"(?<!\w){re.escape(vietnamese)}(?= )", english, name)
        return name

    def _titles(self, offered: Sequence[str]) -> list[Choice]:
        return [
            Choice(
                title=self._knowledge.english[one].title,
                payload=payload(PICK_ARTICLE, article=one),
            )
            for one in offered
        ]

    def _people(self) -> list[Choice]:
        return [
            self._choice("answer.choice_request", payload("request_help")),
            self._choice("answer.choice_officer", payload("handover")),
        ]

    def _choice(self, name: str, sent: str) -> Choice:
        return Choice(title=self._texts.say(name), payload=sent)


def _vietnamese(article_id: str) -> str:
    return payload(PICK_ARTICLE, article=article_id, value=IN_VIETNAMESE)
