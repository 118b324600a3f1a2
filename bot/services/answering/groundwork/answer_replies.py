"""Answers in words and buttons: an article with its legal basis and dates, or what to ask back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.domain.talk.messages import Attachment, Choice, OutgoingMessage
from bot.domain.talk.payload import PICK_ARTICLE, payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import CitedSource, Outcome, Understanding
from bot.domain.talk.verdict import Verdict
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect, Told
from bot.knowledge.library import Knowledge
from bot.services.answering.groundwork.first_words import (
    first_paragraph,
    in_two_sentences,
    says_what_is_missing,
)
from bot.services.answering.groundwork.form_files import form_files
from bot.services.answering.groundwork.given_article import given
from bot.services.answering.groundwork.told_first import told_first
from bot.texts import Texts

MAX_SOURCES = 4
"""Lines of legal basis under a short answer; all of them stand in the JSON and in the register."""

MAX_ALTERNATIVES = 5

MAX_RELATED = 2
"""Buttons to other articles under an answer."""

MAX_OFFERS = 3
"""Buttons to articles where none is answered."""

STATUS_ORDER = ("in_force", "unverified", "planned", "suspended", "superseded", "expired")

ASKS_BACK = "answer.clarify"
"""The sentence between two articles: there “none of these” comes before an officer."""

_LEADS_TO_A_PAGE = frozenset({Aspect.WHERE, Aspect.FORM})
"""Who asks where, or for a form, gets the pages at once; others find them behind “Chi tiết”."""

_LEADS_TO_A_FORM = frozenset({Aspect.FORM, Aspect.PAPERS, Aspect.STEPS})
"""The same of our own forms."""


@dataclass(frozen=True)
class Side:
    """One of two things compared, and the article that tells of it; None where none does.

    `said`: what is told of it instead of the beginning of the article.
    """

    name: str
    article: Article | None
    said: str = ""


class AnswerReplies:
    """Words articles; invents nothing.

    `within_form`: nobody is asked what he thinks of an answer, for the form's question comes next.
    """

    def __init__(self, knowledge: Knowledge, texts: Texts, *, within_form: bool = False) -> None:
        self.texts = texts
        self._knowledge = knowledge
        self._within_form = within_form

    def short(
        self,
        article: Article,
        today: date,
        *,
        confidence: float = 1.0,
        alternatives: Sequence[str] = (),
        asked: Sequence[Aspect] = (),
    ) -> Reply:
        """The short answer of an article, or that it is not served today.

        `asked`: what of the matter was asked for; the sentences on it stand first.
        """
        if not self._knowledge.is_served(article, today):
            return self._not_served(article, alternatives)
        sources = self._knowledge.sources(article, today)
        first = told_first(article, asked)
        whole = [] if first.is_whole else [self._whole(article)]
        forms = self._forms(article, today) if _LEADS_TO_A_FORM.intersection(asked) else []
        return Reply(
            message=OutgoingMessage(
                text=self.texts.say(
                    "answer.answer",
                    answer=first.text,
                    links=article.links if _LEADS_TO_A_PAGE.intersection(asked) else [],
                    changed=article.changed,
                    sources=self.source_lines([*self._grounds(first.told, today), *sources]),
                    verify_note=self.verify_note(article, today, said=first.text),
                    reviewed_on=article.reviewed_on,
                ),
                choices=[*whole, *self._choices(article, today)],
                attachments=forms,
            ),
            understanding=Understanding(
                outcome=_outcome(article),
                article=article.id,
                confidence=confidence,
                alternatives=list(alternatives[:MAX_ALTERNATIVES]),
                sources=sources,
                given=[given(article)],
            ),
        )

    def likely(self, short: Reply, siblings: Sequence[str]) -> Reply:
        """A short answer as what is probably meant; beside it its siblings and an officer."""
        article = self._knowledge.articles.get(short.understanding.article or "")
        if article is None:
            return short
        text = self.texts.say("answer.likely", subject=article.subject, answer=short.message.text)
        choices = [
            *self._detail(article),
            *(article_choice(self._knowledge.articles[name]) for name in siblings),
            self.officer(),
            *self._verdicts(article),
        ]
        return _with(short, text, choices)

    def item(
        self,
        number: int,
        short: Reply,
        today: date,
        *,
        is_last: bool,
        asked: Sequence[Aspect] = (),
    ) -> Reply:
        """One question of several, answered in short behind its number."""
        article = self._knowledge.articles.get(short.understanding.article or "")
        if article is None:
            return short
        told = "\n\n".join(one.say for one in told_first(article, asked).told)
        said = told or first_paragraph(article.answer)
        note = self.verify_note(article, today, said=said)
        text = self.texts.say("answer.item", number=number, answer=said, verify_note=note)
        choices = [*self._detail(article), *([self.officer()] if is_last else [])]
        return _with(short, text, choices)

    def same_item(self, number: int, item: str, place: int) -> Reply:
        """That one question of several is answered by the reply to another of them."""
        text = self.texts.say("answer.same_item", number=number, item=item, place=place)
        answered = Understanding(outcome=Outcome.ANSWER)
        return Reply(message=OutgoingMessage(text=text), understanding=answered)

    def unknown_item(self, number: int, item: str) -> Reply:
        """That one question of several has no sure answer."""
        text = self.texts.say("answer.unknown_item", number=number, item=item)
        return Reply(
            message=OutgoingMessage(text=text, choices=[self.officer()]),
            understanding=Understanding(outcome=Outcome.HANDOVER),
        )

    def beside(self, sides: Sequence[Side], link: str, today: date) -> Reply:
        """Two things one beside the other, each in a line or two; what is not known is named."""
        told = [
            side.article
            for side in sides
            if side.article and self._knowledge.is_served(side.article, today)
        ]
        lines = [
            {
                "name": side.name,
                "answer": side.said or in_two_sentences(side.article.answer)
                if side.article
                else "",
            }
            for side in sides
            if side.article is None or side.article in told
        ]
        notes = dict.fromkeys(filter(None, (self.verify_note(one, today) for one in told)))
        text = self.texts.say("answer.beside", sides=lines, link=link, notes=list(notes))
        details = [
            self._choice(
                "answer.choice_detail_of",
                payload("show_detail", article=one.id),
                button=one.button,
            )
            for one in told
            if one.detail or one.next_steps
        ]
        first, *others = (article.id for article in told)
        return Reply(
            message=OutgoingMessage(text=text, choices=[*details, self.officer()]),
            understanding=Understanding(
                outcome=Outcome.ANSWER,
                article=first,
                confidence=1.0,
                alternatives=others,
                sources=[source for one in told for source in self._knowledge.sources(one, today)],
                given=[given(one) for one in told],
            ),
        )

    def detail(self, article: Article, today: date) -> Reply:
        """What lies behind the button of an article."""
        if not self._knowledge.is_served(article, today):
            return self._not_served(article)
        if not (article.detail or article.next_steps):
            return self.say("answer.no_detail", Outcome.ANSWER, [self.officer()])
        return Reply(
            message=OutgoingMessage(
                text=self.texts.say(
                    "answer.detail",
                    title=article.title,
                    detail=article.detail,
                    next_steps=article.next_steps,
                    links=article.links,
                ),
                choices=[*self._related(article), self.officer(), self._request()],
                attachments=self._forms(article, today),
            ),
            understanding=Understanding(
                outcome=_outcome(article),
                article=article.id,
                confidence=1.0,
                sources=self._knowledge.sources(article, today),
                given=[given(article)],
            ),
        )

    def in_short(self, article: Article, sentence: str, today: date) -> Reply:
        """The first paragraph of the short answer, and what of it is not confirmed."""
        short = self.short(article, today)
        if short.understanding.article is None:
            return short
        text = self.texts.say(
            sentence,
            answer=first_paragraph(article.answer),
            verify_note=self.verify_note(article, today),
        )
        choices = [*self._detail(article), self.officer()]
        return _with(short, text, choices)

    def at_hand(self, article: Article, today: date) -> Reply:
        """What of an article is needed at this very moment: the first block of its detail."""
        short = self.short(article, today)
        if short.understanding.article is None:
            return short
        text = self.texts.say(
            "answer.at_hand",
            answer=article.detail.partition("\n\n")[0] or article.answer,
            sources=self.source_lines(short.understanding.sources),
            verify_note=self.verify_note(article, today),
            reviewed_on=article.reviewed_on,
        )
        message = OutgoingMessage(text=text, choices=self._detail(article))
        return short.model_copy(update={"message": message})

    def ground(self, article: Article, today: date) -> Reply:
        """The legal bases of an article, or that it leans on none."""
        short = self.short(article, today)
        if short.understanding.article is None:
            return short
        lines = self.source_lines(short.understanding.sources)
        name = "answer.ground" if lines else "answer.no_ground"
        text = self.texts.say(name, subject=article.subject, sources=lines)
        choices = [*self._detail(article), self.officer()]
        return short.model_copy(update={"message": OutgoingMessage(text=text, choices=choices)})

    def offer(
        self,
        sentence: str,
        outcome: Outcome,
        offered: Sequence[str],
        *,
        nearest: Sequence[str] = (),
        confidence: float = 0.0,
    ) -> Reply:
        """A sentence with buttons to the articles on offer, and a last one out of them."""
        articles = [self._knowledge.articles[name] for name in offered[:MAX_OFFERS]]
        last = self._none_of_these() if sentence == ASKS_BACK else self.officer()
        choices = [*map(article_choice, articles), last]
        return Reply(
            message=OutgoingMessage(text=self.texts.say(sentence), choices=choices),
            understanding=Understanding(
                outcome=outcome,
                confidence=confidence,
                alternatives=list((nearest or offered)[:MAX_ALTERNATIVES]),
            ),
        )

    def far(self, *, nearest: Sequence[str] = (), confidence: float = 0.0) -> Reply:
        """That it is not our matter. `nearest` is offered to nobody: officers look at it later."""
        name = "answer.out_of_scope_within" if self._within_form else "answer.out_of_scope"
        choices = [] if self._within_form else [self.officer()]
        return Reply(
            message=OutgoingMessage(text=self.texts.say(name), choices=choices),
            understanding=Understanding(
                outcome=Outcome.OUT_OF_SCOPE,
                confidence=confidence,
                alternatives=list(nearest[:MAX_ALTERNATIVES]),
            ),
        )

    def say(self, name: str, outcome: Outcome, choices: Sequence[Choice] = ()) -> Reply:
        """A sentence and its buttons."""
        return Reply(
            message=OutgoingMessage(text=self.texts.say(name), choices=list(choices)),
            understanding=Understanding(outcome=outcome),
        )

    def officer(self) -> Choice:
        """The button to a person."""
        return self._choice("answer.choice_officer", payload("handover"))

    def _not_served(self, article: Article, alternatives: Sequence[str] = ()) -> Reply:
        return Reply(
            message=OutgoingMessage(
                text=self.texts.say("answer.not_served", title=article.title),
                choices=[self.officer()],
            ),
            understanding=Understanding(
                outcome=Outcome.HANDOVER, alternatives=list(alternatives[:MAX_ALTERNATIVES])
            ),
        )

    def _choices(self, article: Article, today: date) -> list[Choice]:
        choices = [*self._detail(article), *self._related(article)]
        if self._knowledge.is_unverified(article, today):
            choices.append(self.officer())
        return [*choices, *self._verdicts(article)]

    def _detail(self, article: Article) -> list[Choice]:
        if not (article.detail or article.next_steps):
            return []
        return [self._choice("answer.choice_detail", payload("show_detail", article=article.id))]

    def _verdicts(self, article: Article) -> list[Choice]:
        ways = () if self._within_form else (("right", Verdict.UP), ("wrong", Verdict.DOWN))
        return [
            self._choice(
                f"answer.choice_{name}", payload("rate_answer", verdict=way, article=article.id)
            )
            for name, way in ways
        ]

    def _related(self, article: Article) -> list[Choice]:
        near = article.related[:MAX_RELATED]
        return [article_choice(self._knowledge.articles[name]) for name in near]

    def verify_note(self, article: Article, today: date, *, said: str = "") -> str:
        """What of an article is not confirmed; empty where nothing is, or `said` tells it."""
        if not self._knowledge.is_unverified(article, today) or says_what_is_missing(said):
            return ""
        return article.verify_note or self.texts.say("answer.source_unverified_note")

    def source_lines(self, sources: Sequence[CitedSource]) -> list[str]:
        """The legal bases as lines, those that hold first; each once."""
        ordered = sorted(sources, key=lambda source: STATUS_ORDER.index(source.status))
        lines = (self.texts.say("answer.source", **source.model_dump()) for source in ordered)
        return list(islice(dict.fromkeys(lines), MAX_SOURCES))

    def _grounds(self, told: Sequence[Told], today: date) -> list[CitedSource]:
        """The clauses of the sentences that stand first."""
        return [
            self._knowledge.documents[one.document].cited(one.clause, today)
            for one in told
            if one.document is not None and one.clause is not None
        ]

    def _forms(self, article: Article, today: date) -> list[Attachment]:
        return form_files(self._knowledge.forms_on(today).of(article.id))

    def _whole(self, article: Article) -> Choice:
        return self._choice("answer.choice_whole", payload(PICK_ARTICLE, article=article.id))

    def _none_of_these(self) -> Choice:
        return self._choice("answer.choice_none", payload("none_of_these"))

    def _request(self) -> Choice:
        return self._choice("answer.choice_request", payload("request_help"))

    def _choice(self, name: str, sent: str, **values: str) -> Choice:
        return Choice(title=self.texts.say(name, **values), payload=sent)


def article_choice(article: Article) -> Choice:
    """The button to an article."""
    return Choice(title=article.button, payload=payload(PICK_ARTICLE, article=article.id))


def _with(short: Reply, text: str, choices: list[Choice]) -> Reply:
    """The reply in other words and with other buttons; what is attached stays."""
    told = {"text": text, "choices": choices}
    return short.model_copy(update={"message": short.message.model_copy(update=told)})


def _outcome(article: Article) -> Outcome:
    return Outcome.WRONG_OFFICE if article.is_wrong_office else Outcome.ANSWER
