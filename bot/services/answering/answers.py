"""Answers of the bot: composed from reviewed articles only, with their legal basis and dates."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import PICK_ARTICLE, payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import CitedSource, Outcome, Understanding
from bot.domain.talk.verdict import Verdict
from bot.knowledge.article import Article
from bot.knowledge.library import Knowledge
from bot.knowledge.settled import SettledQuestion
from bot.search.decision import FOLLOW_UP_WORDS, Decision, DecisionKind, decide
from bot.search.retriever import Hit, Retriever
from bot.services.answering.remarks import RemarkService
from bot.texts import Texts
from vietnamese.likeness import count_words

MAX_SOURCES = 4
"""Lines of legal basis under a short answer; all of them stand in the JSON and in the register."""

MAX_ALTERNATIVES = 5

MAX_RELATED = 2
"""Buttons to other articles under an answer."""

UNSURE_OFFERS = 3

STATUS_ORDER = ("in_force", "unverified", "planned", "suspended", "superseded", "expired")


@dataclass(frozen=True)
class Answered:
    """What a question came to. `article`: the one served first; `alternatives`: best first.

    `subject`: the article that the next question leans on, though none was served.
    """

    replies: list[Reply]
    article: str | None = None
    alternatives: list[str] = field(default_factory=list)
    subject: str | None = None


class AnswerService:
    """Finds articles and words them; invents nothing.

    `thumbs`: whether the owner is asked what he thinks of an answer; not within a form.
    """

    def __init__(
        self, knowledge: Knowledge, retriever: Retriever, texts: Texts, *, thumbs: bool = True
    ) -> None:
        self._knowledge = knowledge
        self._retriever = retriever
        self._texts = texts
        self._thumbs = thumbs

    def answer(
        self,
        text: str,
        *,
        last_article: str,
        off_topic: float,
        today: date,
        told: Sequence[str] = (),
    ) -> Answered:
        """Answers a message; two questions in one are both answered.

        A word that the owner confuses or that is old is put right before the answer, unless this
        was `told` in the conversation before.
        """
        found = self._found(text, last_article, off_topic, today)
        remarks = RemarkService(self._knowledge, self._texts)
        return replace(found, replies=remarks.before(found.replies, text, told=told, today=today))

    def give(self, article_id: str, *, today: date, confidence: float = 1.0) -> Reply:
        """The short answer of an article that the owner picked."""
        article = self._knowledge.articles.get(article_id)
        if article is None:
            return self._say("answer.say_more", Outcome.CLARIFY)
        return self._reply(article, confidence, [], today)

    def detail(self, article_id: str, *, today: date) -> Reply:
        """What lies behind the button of an article."""
        article = self._knowledge.articles.get(article_id)
        if article is None:
            return self._say("answer.nothing_yet", Outcome.CHITCHAT)
        if not self._knowledge.is_served(article, today):
            return self._not_served(article, [])
        if not (article.detail or article.next_steps):
            return self._say("answer.no_detail", Outcome.ANSWER, [self._officer()])
        return Reply(
            message=OutgoingMessage(
                text=self._texts.say(
                    "answer.detail",
                    title=article.title,
                    detail=article.detail,
                    next_steps=article.next_steps,
                ),
                choices=[*self._related(article), self._officer(), self._request()],
            ),
            understanding=Understanding(
                outcome=_outcome(article),
                article=article.id,
                confidence=1.0,
                sources=self._knowledge.sources(article, today),
            ),
        )

    def none_of_these(self, alternatives: list[str]) -> Reply:
        """The next nearest articles; without any, asks for more words."""
        if not alternatives:
            return self._say("answer.say_more", Outcome.CLARIFY, [self._officer()])
        return self._offer("answer.none_of_these", Outcome.CLARIFY, alternatives, [], 0.0)

    def thank(self) -> Reply:
        """What is said to a thumb up."""
        return self._say("answer.thumb_up", Outcome.CHITCHAT)

    def make_amends(self, alternatives: list[str]) -> Reply:
        """What is said to a thumb down: what else it may have been, and an officer."""
        if not alternatives:
            return self._say("answer.thumb_down_alone", Outcome.CLARIFY, [self._officer()])
        return self._offer("answer.thumb_down", Outcome.CLARIFY, alternatives, [], 0.0)

    # — inside —

    def _found(self, text: str, last_article: str, off_topic: float, today: date) -> Answered:
        settled = self._knowledge.settled.find(text)
        if settled is not None:
            return self._settled(settled, today)
        context = self._knowledge.articles.get(last_article)
        named = self._named(text, context)
        if named is not None:
            return Answered([self._reply(named, 1.0, [], today)], named.id)
        parts = self._retriever.answerable_parts(text, context=context)
        if len(parts) > 1:
            return self._answer_parts(parts, today)
        hits = parts[0]
        follows = self._follows(text, hits, context)
        decision = decide(hits, off_topic=off_topic, follows=follows)
        return self._answer_one(hits, decision, today)

    def _named(self, text: str, context: Article | None) -> Article | None:
        """The article on a bare term: too little to be searched, and yet plain.

        Behind an answer of its topic the bare term may ask the question before once more.
        """
        article = self._knowledge.articles.get(self._knowledge.glossary.explained_by(text) or "")
        if article is None or (context is not None and context.topic == article.topic):
            return None
        return article

    def _follows(self, text: str, hits: list[Hit], context: Article | None) -> bool:
        """Whether it is a short question behind an answer, on the same topic."""
        if context is None or not hits or count_words(text) > FOLLOW_UP_WORDS:
            return False
        return self._knowledge.articles[hits[0].article_id].topic == context.topic

    def _settled(self, settled: SettledQuestion, today: date) -> Answered:
        """What two officers decided about this very question; nothing is weighed any more."""
        if settled.article is None:
            far = self._say("answer.out_of_scope", Outcome.OUT_OF_SCOPE, [self._officer()], 1.0)
            return Answered([far])
        article = self._knowledge.articles[settled.article]
        return Answered([self._reply(article, 1.0, [], today)], article.id)

    def _answer_parts(self, parts: list[list[Hit]], today: date) -> Answered:
        """Each part that is surely known is answered; the same article is given once."""
        firsts = {hits[0].article_id: hits[0] for hits in parts if hits}
        replies = [
            self._reply(
                self._knowledge.articles[hit.article_id],
                hit.confidence,
                [other for other in firsts if other != hit.article_id],
                today,
            )
            for hit in firsts.values()
        ]
        articles = list(firsts)
        return Answered(replies, articles[-1], [])

    def _answer_one(self, hits: list[Hit], decision: Decision, today: date) -> Answered:
        ids = [hit.article_id for hit in hits]
        kind, offered = decision.kind, list(decision.articles)
        best = hits[0].confidence if hits else 0.0
        left = [article for article in ids if article not in offered]
        match kind:
            case DecisionKind.FAR:
                far = self._say("answer.out_of_scope", Outcome.OUT_OF_SCOPE, [self._officer()])
                return Answered([_near(far, ids)])
            case DecisionKind.CLARIFY:
                asked = self._offer("answer.clarify", Outcome.CLARIFY, offered, ids, best)
                return Answered([asked], None, left, offered[0])
            case DecisionKind.UNSURE:
                unsure = self._offer("answer.unsure", Outcome.HANDOVER, offered, ids, best)
                return Answered([unsure], None, left, next(iter(offered), None))
        article = self._knowledge.articles[ids[0]]
        return Answered([self._reply(article, best, left, today)], article.id, left)

    def _reply(
        self, article: Article, confidence: float, alternatives: list[str], today: date
    ) -> Reply:
        if not self._knowledge.is_served(article, today):
            return self._not_served(article, alternatives)
        sources = self._knowledge.sources(article, today)
        return Reply(
            message=OutgoingMessage(
                text=self._texts.say(
                    "answer.answer",
                    answer=article.answer,
                    sources=self._source_lines(sources),
                    verify_note=self._verify_note(article, today),
                    reviewed_on=article.reviewed_on,
                ),
                choices=self._choices(article, today),
            ),
            understanding=Understanding(
                outcome=_outcome(article),
                article=article.id,
                confidence=confidence,
                alternatives=alternatives[:MAX_ALTERNATIVES],
                sources=sources,
            ),
        )

    def _choices(self, article: Article, today: date) -> list[Choice]:
        choices = []
        if article.detail or article.next_steps:
            choices.append(
                self._choice("answer.choice_detail", payload("show_detail", article=article.id))
            )
        choices.extend(self._related(article))
        if self._knowledge.is_unverified(article, today):
            choices.append(self._officer())
        return [*choices, *self._verdicts(article)]

    def _verdicts(self, article: Article) -> list[Choice]:
        if not self._thumbs:
            return []
        right = payload("rate_answer", verdict=Verdict.UP, article=article.id)
        wrong = payload("rate_answer", verdict=Verdict.DOWN, article=article.id)
        return [
            self._choice("answer.choice_right", right),
            self._choice("answer.choice_wrong", wrong),
        ]

    def _related(self, article: Article) -> list[Choice]:
        near = [self._knowledge.articles[name] for name in article.related[:MAX_RELATED]]
        return [
            Choice(title=other.button, payload=payload(PICK_ARTICLE, article=other.id))
            for other in near
        ]

    def _verify_note(self, article: Article, today: date) -> str:
        if not self._knowledge.is_unverified(article, today):
            return ""
        return article.verify_note or self._texts.say("answer.source_unverified_note")

    def _source_lines(self, sources: list[CitedSource]) -> list[str]:
        ordered = sorted(sources, key=lambda source: STATUS_ORDER.index(source.status))
        return [
            self._texts.say("answer.source", **source.model_dump())
            for source in ordered[:MAX_SOURCES]
        ]

    def _not_served(self, article: Article, alternatives: list[str]) -> Reply:
        return Reply(
            message=OutgoingMessage(
                text=self._texts.say("answer.not_served", title=article.title),
                choices=[self._officer()],
            ),
            understanding=Understanding(
                outcome=Outcome.HANDOVER, alternatives=alternatives[:MAX_ALTERNATIVES]
            ),
        )

    def _offer(
        self,
        sentence: str,
        outcome: Outcome,
        offered: list[str],
        alternatives: list[str],
        confidence: float,
    ) -> Reply:
        buttons = [
            Choice(
                title=self._knowledge.articles[name].button,
                payload=payload(PICK_ARTICLE, article=name),
            )
            for name in offered[:UNSURE_OFFERS]
        ]
        last = (
            self._choice("answer.choice_none", payload("none_of_these"))
            if outcome is Outcome.CLARIFY and sentence == "answer.clarify"
            else self._officer()
        )
        return Reply(
            message=OutgoingMessage(text=self._texts.say(sentence), choices=[*buttons, last]),
            understanding=Understanding(
                outcome=outcome,
                confidence=confidence,
                alternatives=(alternatives or offered)[:MAX_ALTERNATIVES],
            ),
        )

    def _say(
        self,
        name: str,
        outcome: Outcome,
        choices: list[Choice] | None = None,
        confidence: float = 0.0,
    ) -> Reply:
        return Reply(
            message=OutgoingMessage(text=self._texts.say(name), choices=choices or []),
            understanding=Understanding(outcome=outcome, confidence=confidence),
        )

    def _choice(self, name: str, sent: str) -> Choice:
        return Choice(title=self._texts.say(name), payload=sent)

    def _officer(self) -> Choice:
        return self._choice("answer.choice_officer", payload("handover"))

    def _request(self) -> Choice:
        return self._choice("answer.choice_request", payload("request_help"))


def _near(reply: Reply, alternatives: list[str]) -> Reply:
    """A reply that offers nothing, with what came nearest: officers look at it later."""
    understood = reply.understanding.model_copy(
        update={"alternatives": alternatives[:MAX_ALTERNATIVES]}
    )
    return reply.model_copy(update={"understanding": understood})


def _outcome(article: Article) -> Outcome:
    return Outcome.WRONG_OFFICE if article.is_wrong_office else Outcome.ANSWER
