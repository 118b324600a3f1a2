"""What the stages of answering have found so far: each reads it and gives the next one more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.talk.reply import Reply
from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge
from bot.search.decision import Decision
from bot.search.hit import Hit
from bot.search.retriever import Retriever
from bot.services.answering.groundwork.answer_replies import AnswerReplies
from bot.services.answering.groundwork.question import Question


@dataclass(frozen=True)
class Answered:
    """What a question came to. `article`: the one served first; `alternatives`: best first.

    No reply: the words were small talk and asked nothing. `subject`: the article that the next
    question leans on, though none was served. `heard`: the words told something and asked nothing.
    `beside`: the other article of a comparison.
    """

    replies: list[Reply] = field(default_factory=list)
    article: str | None = None
    alternatives: list[str] = field(default_factory=list)
    subject: str | None = None
    heard: bool = False
    beside: str | None = None


@dataclass(frozen=True)
class Findings:
    """A question on its way through the stages. What is `answered` is searched no more.

    `whole`: the hits of all its words, None before they are searched for. `parts`: the questions
    that it may hold, `listed` where it plainly does; `found`: the hits of each that is answered
    apart, or of the whole alone.
    `leans`: the first hit is what is meant, as the matter answered before or the product tells.
    `decision`: over one question; several answered apart leave nothing to decide.
    """

    question: Question
    retriever: Retriever
    wording: AnswerReplies
    whole: Sequence[Hit] | None = None
    parts: tuple[str, ...] = ()
    listed: bool = False
    found: tuple[Sequence[Hit], ...] = ()
    leans: bool = False
    decision: Decision | None = None
    answered: Answered | None = None

    @property
    def knowledge(self) -> Knowledge:
        """The reading that the index was built from: a newer one may lack what it finds."""
        return self.retriever.knowledge

    @property
    def context(self) -> Article | None:
        """The article answered last, if it is still there."""
        return self.knowledge.articles.get(self.question.last_article)
