"""The forms that owners ask for: handed out with what the article says of forms, or listed."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.forms.form import Form
from bot.knowledge.forms.forms import Forms
from bot.knowledge.library import Knowledge
from bot.search.asking.form_wish import FormWish, form_wished, names_no_form
from bot.services.answering.groundwork.answer_replies import AnswerReplies, article_choice
from bot.services.answering.groundwork.form_files import form_files
from bot.services.answering.groundwork.given_article import given
from bot.texts import Texts

_OTHER_PAPER = re.compile(
    r"\b(?:hop dong|uy quyen|chuyen nhuong|li xang|gia han|cap lai|sua doi|phan doi|bao cao"
    r"|cong van|giay phep|hoa don|bao gia|quy che|phe duyet|giay chung nhan|giay xac nhan"
    r"|chung chi|(?<!\| )(?:chung|cong|tiep|xac) nhan)\b"
)
"""Names another paper than the form whose name stands beside it."""

_FOR_AN_OFFICE = re.compile(
    r"\bdon\b(?! gian| vi| hang| chiec)|\bto khai\b|\b(?:giay|van ban) de nghi\b"
)
"""Names a paper for an office: a form of ours where it prepares one, else another."""

_STANDARD = re.compile(r"\biso ?(?:iec |ts )?(?!20[12]\d\b)(\d{4,5})\b")


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
        forms = self._knowledge.forms_on(today)
        if wish is None or not forms.by_id:
            return None
        named, rest = self._knowledge.forms.heard_in(text)
        if _OTHER_PAPER.search(rest) or _of_another_standard(text, self._knowledge.forms):
            return None
        if named:
            meant = [form for form in named if form.official or not _FOR_AN_OFFICE.search(rest)]
            today_s = [form for form in meant if form.id in forms.by_id]
            return self._given(today_s, last_article, today)
        if wish is FormWish.LIST or not last_article:
            return self._listed(forms) if names_no_form(rest) else None
        return self._of_last(forms.of(last_article), rest, last_article, today)

    def _of_last(
        self, forms: Sequence[Form], rest: str, last_article: str, today: date
    ) -> Reply | None:
        """The forms of the article answered last, else what it says of the official one."""
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
        if article is None:
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
                outcome=Outcome.ANSWER,
                article=article.id,
                confidence=1.0,
                sources=sources,
                given=[given(article)],
            ),
        )

    def _choices(self, article: Article, last_article: str) -> list[Choice]:
        known = [] if article.id == last_article else [article_choice(article)]
        return [*known, self._wording.officer()]

    def _listed(self, forms: Forms) -> Reply:
        names = [form.name for form in forms.by_id.values()]
        text = self._texts.say("form.list", names=names, address=self._address)
        return Reply(
            message=OutgoingMessage(text=text, choices=[self._wording.officer()]),
            understanding=Understanding(outcome=Outcome.ANSWER, confidence=1.0),
        )


def _of_another_standard(text: str, forms: Forms) -> bool:
    """Whether a standard is named of which no form of ours speaks."""
    return any(number not in forms.words for number in _STANDARD.findall(plain(text)))
