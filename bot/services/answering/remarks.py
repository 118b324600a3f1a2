"""Remarks before an answer: the right word where the owner said another, gently and once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import PICK_ARTICLE, payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.knowledge.articles.article import Article
from bot.knowledge.glossary import Confusion, OldTerm, Term
from bot.knowledge.library import Knowledge
from bot.search.heard import Heard, hear
from bot.search.message import sentences
from bot.services.answering.groundwork.answer_replies import article_choice
from bot.services.answering.groundwork.findings import Findings
from bot.texts import Texts

ASKING_WORDS = 5
"""Words around a term in a message that asks what it is and nothing else: "cho hỏi … là gì vậy"."""

MEANING_OFFERS = 2
"""Buttons to articles under a meaning."""


@dataclass(frozen=True)
class Remark:
    """A sentence, and the article that explains more where there is one."""

    text: str
    article: str | None = None


def note(so_far: Findings) -> Findings:
    """The stage after the replies stand: the first answer that needs it gets its remark."""
    answered = so_far.answered
    if answered is None or not answered.replies:
        return so_far
    question = so_far.question
    remarks = RemarkService(so_far.knowledge, so_far.wording.texts)
    replies = remarks.before(
        answered.replies, question.text, told=question.told, today=question.today
    )
    return replace(so_far, answered=replace(answered, replies=replies))


class RemarkService:
    """Minds what the glossary tells about an owner's words; silent wherever it is in doubt."""

    def __init__(self, knowledge: Knowledge, texts: Texts) -> None:
        self._knowledge = knowledge
        self._glossary = knowledge.glossary
        self._texts = texts

    def before(
        self, replies: list[Reply], text: str, *, told: Iterable[str], today: date
    ) -> list[Reply]:
        """The replies to a message, the first answer that needs it behind a remark.

        `told`: what this owner has read so far; a remark among it is not made again. Where no
        article answers what a term of the glossary is, its meaning is told.
        """
        if not any(reply.understanding.article for reply in replies):
            return [*map(partial(self._with_meaning, hear(text)), replies[:1]), *replies[1:]]
        for place, reply in enumerate(replies):
            article = self._knowledge.articles.get(reply.understanding.article or "")
            remark = self.on(text, article, today, alone=len(replies) == 1) if article else None
            if remark is not None:
                if any(earlier.startswith(remark.text) for earlier in told):
                    return replies
                return [*replies[:place], self._behind(remark, reply), *replies[place + 1 :]]
        return replies

    def on(self, text: str, article: Article, today: date, *, alone: bool = True) -> Remark | None:
        """The remark on a message that an article answers, or None.

        None where the owner used the right word too, or the answer itself minds the other one.
        Of several answers (not `alone`) each tells its own: no meaning is put before one of them.
        """
        heard = hear(text)
        return (
            self._on_confusion(heard, article)
            or self._on_old_term(heard, article, today)
            or (self._on_meaning(heard, article) if alone else None)
        )

    def _with_meaning(self, heard: Heard, reply: Reply) -> Reply:
        for term in self._glossary.terms:
            asked = _asked(heard, term, self._glossary.asks_meaning)
            if asked and len(heard.words) <= len(hear(asked).words) + ASKING_WORDS:
                return self._meaning(asked, term, reply)
        return reply

    def _meaning(self, asked: str, term: Term, reply: Reply) -> Reply:
        """The meaning, with buttons to what we know beside it and the last one of the reply."""
        near = dict.fromkeys([term.article, *reply.understanding.alternatives])
        articles = [self._knowledge.articles[id_] for id_ in near if id_ is not None]
        beside = [article for article in articles if article.topic == term.topic][:MEANING_OFFERS]
        message = OutgoingMessage(
            text=self._texts.say("answer.meaning_only", term=asked, meaning=term.meaning),
            choices=[*map(article_choice, beside), *reply.message.choices[-1:]],
        )
        understood = reply.understanding.model_copy(update={"outcome": Outcome.CLARIFY})
        return Reply(message=message, understanding=understood)

    def _behind(self, remark: Remark, reply: Reply) -> Reply:
        message = reply.message
        text = self._texts.say("answer.remarked", remark=remark.text, answer=message.text)
        choices = self._with_button(message.choices, remark)
        changed = message.model_copy(update={"text": text, "choices": choices})
        return reply.model_copy(update={"message": changed})

    def _with_button(self, choices: list[Choice], remark: Remark) -> list[Choice]:
        """The buttons with one to the article that explains more, in place of the last related."""
        explaining = self._knowledge.articles.get(remark.article or "")
        if explaining is None:
            return choices
        button = article_choice(explaining)
        if button in choices:
            return choices
        related = [place for place, choice in enumerate(choices) if _picks_article(choice)]
        if not related:
            return [*choices[:1], button, *choices[1:]]
        return [*choices[: related[-1]], button, *choices[related[-1] + 1 :]]

    def _on_confusion(self, heard: Heard, article: Article) -> Remark | None:
        for row in self._glossary.confusions:
            said = heard.first_of(row.said) if article.id in row.articles else ""
            if not said:
                continue
            term = self._glossary.term(row.meant)
            right = _holds_any(heard.without(said), term.words)
            if not right and not _opens_with(article, said):
                return self._confused(row, term, article)
        return None

    def _confused(self, row: Confusion, term: Term, article: Article) -> Remark:
        text = self._texts.say("answer.confused", term=term.name, difference=row.difference)
        return Remark(text, row.explained_in if row.explained_in != article.id else None)

    def _on_old_term(self, heard: Heard, article: Article, today: date) -> Remark | None:
        for row in self._glossary.old_terms:
            if (
                _is_minded(row, article)
                and _holds_any(heard, row.said)
                and self._holds(row, today)
                and not _holds_any(heard, [row.now])
                and not _holds_any(hear(article.answer), row.said)
            ):
                return Remark(self._renamed(row))
        return None

    def _renamed(self, row: OldTerm) -> str:
        document = self._knowledge.documents.get(row.document) if row.document else None
        since = row.since or (document.in_force_from if document else None)
        return self._texts.say(
            f"answer.old_{row.kind}",
            old=row.old,
            now=row.now,
            since=since,
            document=document.short if document else None,
        )

    def _holds(self, row: OldTerm, today: date) -> bool:
        """What replaced the old must hold itself: the register may know better by now."""
        return row.document is None or self._knowledge.documents[row.document].holds_on(today)

    def _on_meaning(self, heard: Heard, article: Article) -> Remark | None:
        """The meaning of a term that is asked for and that the answer is not about."""
        if not _holds_any(heard, self._glossary.asks_meaning):
            return None
        for term in self._glossary.terms:
            if term.topic != article.topic or term.article == article.id:
                continue
            asked = _asked(heard, term, self._glossary.asks_meaning)
            if asked and not _holds_any(hear(f"{article.title} {article.answer}"), term.words):
                return Remark(
                    self._texts.say("answer.meaning", term=asked, meaning=term.meaning),
                    term.article,
                )
        return None


def _picks_article(choice: Choice) -> bool:
    return choice.payload.startswith(payload(PICK_ARTICLE))


def _opens_with(article: Article, said: str) -> bool:
    """Whether the first sentence of an answer holds the confused word: it explains itself."""
    return hear(" ".join(sentences(article.answer)[:1])).holds(said)


def _is_minded(row: OldTerm, article: Article) -> bool:
    return article.id not in row.not_in and (not row.topics or article.topic in row.topics)


def _holds_any(heard: Heard, phrases: Iterable[str]) -> bool:
    return any(heard.holds(phrase) for phrase in phrases)


def _asked(heard: Heard, term: Term, endings: Iterable[str]) -> str:
    """The word of a term behind which the owner asks what it is, or empty."""
    for word in term.words:
        if _holds_any(heard, (f"{word} {ending}" for ending in endings)):
            return word
    return ""
