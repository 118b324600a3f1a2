"""The forms that owners ask for: handed out with what the article says of forms, or listed."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.forms.form import Form
from bot.knowledge.library import Knowledge
from bot.search.asking.form_wish import FormWish, form_wished, names_no_form
from bot.services.answering.groundwork.answer_replies import AnswerReplies, article_choice
from bot.services.answering.groundwork.form_files import form_files
from bot.texts import Texts

_OTHER_PAPER = re.compile(
    r"\b(?:hop dong|uy quyen|chuyen nhuong|li xang|gia han|cap lai|sua doi|phan doi|bao cao"
    r"|cong van|giay phep|hoa don|bao gia|quy che|phe duyet)\b"
)
"""Names another paper than the form whose name stands beside it."""


class FormReplies:
    """Answers to who asks for a form. `address`: of the page with all of them, or empty."""

    def __init__(self, knowledge: Knowledge, texts: Texts, *, address: str = "") -> None:
        self._knowledge = knowledge
        self._texts = texts
        self._wording = AnswerReplies(knowledge, texts, within_form=True)
        self._address = address

    def answer(self, text: str, last_article: str, today: date) -> Reply | None:
        """The forms that a message names, else those of the article answered last.

        None where no form of ours is asked for, or none is known: that is answered as ever.
        """
        wish = form_wished(text)
        if wish is None or not self._knowledge.forms.by_id:
            return None
        named, rest = self._knowledge.forms.heard_in(text)
        if _OTHER_PAPER.search(rest):
            return None
        if named:
            return self._given(named, last_article, today)
        if wish is FormWish.LIST or not last_article:
            return self._listed() if names_no_form(rest) else None
        return self._of_last(rest, last_article, today)

    def _of_last(self, rest: str, last_article: str, today: date) -> Reply | None:
        """The forms of the article answered last, else what it says of the official one."""
        forms = self._knowledge.forms.of(last_article)
        known = frozenset[str]().union(*(form.words for form in forms))
        if not names_no_form(rest, known):
            return None
        article = self._knowledge.articles.get(last_article)
        if forms or article is None or Aspect.FORM not in article.aspects:
            return self._given(forms, last_article, today)
        return self._wording.short(article, today, asked=[Aspect.FORM])

    def _given(self, forms: Sequence[Form], last_article: str, today: date) -> Reply | None:
        if not forms:
            return None
        article = self._knowledge.articles.get(forms[0].articles[0])
        if article is None or not self._knowledge.is_served(article, today):
            return None
        told = article.aspects.get(Aspect.FORM)
        named = {source.document: source.clause for source in forms[0].sources}
        if told is not None and told.document is not None:
            named[told.document] = told.clause
        documents = self._knowledge.documents
        sources = [
            documents[document].cited(clause, today)
            for document, clause in named.items()
            if document in documents
        ]
        files = form_files(forms)
        text = self._texts.say(
            "answer.answer",
            answer=self._texts.say(
                "form.given", count=len(files), told=told.say if told is not None else ""
            ),
            links=article.links,
            changed="",
            sources=self._wording.source_lines(sources),
            verify_note=self._wording.verify_note(article, today),
            reviewed_on=forms[0].reviewed_on,
        )
        return Reply(
            message=OutgoingMessage(
                text=text, choices=self._choices(article, last_article), attachments=files
            ),
            understanding=Understanding(
                outcome=Outcome.ANSWER, article=article.id, confidence=1.0, sources=sources
            ),
        )

    def _choices(self, article: Article, last_article: str) -> list[Choice]:
        known = [] if article.id == last_article else [article_choice(article)]
        return [*known, self._wording.officer()]

    def _listed(self) -> Reply:
        names = [form.name for form in self._knowledge.forms.by_id.values()]
        text = self._texts.say("form.list", names=names, address=self._address)
        return Reply(
            message=OutgoingMessage(text=text, choices=[self._wording.officer()]),
            understanding=Understanding(outcome=Outcome.ANSWER, confidence=1.0),
        )
