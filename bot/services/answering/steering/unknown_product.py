"""The stage of a thing on no list: the three questions that decide what must be done for it."""

from dataclasses import replace

from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.aspects import aspects_asked
from bot.services.answering.groundwork.answer_replies import article_choice
from bot.services.answering.groundwork.findings import Answered, Findings
from bot.services.answering.groundwork.traded_thing import (
    asks_conformity,
    asks_duties_of_a_thing,
    is_for_sale,
)

SURE = 0.92
"""Confidence from which an article is what was asked for, though it names no such thing."""

AS_REVIEWED = 0.98
"""The same of the article on any product: only its own reviewed wording is so near."""

NOTHING_SURE = frozenset({Outcome.CLARIFY, Outcome.HANDOVER})

_OF_THE_DUTY = frozenset({Aspect.YES_NO, Aspect.PAPERS, Aspect.STEPS, Aspect.WHO})
"""Asked of a thing, these ask whether anything must be done; where and how much are told of any."""


def unknown_product(so_far: Findings) -> Findings:
    """Asks what decides, where nothing sure was found for a thing that the lists do not know.

    Never another product's article.
    """
    answered, text = so_far.answered, so_far.question.text
    listed, articles = so_far.knowledge.products, so_far.knowledge.articles
    general = articles.get(listed.article)
    if answered is None or general is None or len(answered.replies) != 1:
        return so_far
    restored = so_far.retriever.index.restored(text)
    if not asks_duties_of_a_thing(text) or not _is_unsure(so_far, answered, general, restored):
        return so_far
    if listed.named_in(text, restored):
        return so_far
    reply = _questions(so_far, answered.article, general)
    others = [name for name in answered.alternatives if name != general.id]
    asked = Answered(
        [reply],
        reply.understanding.article,
        [general.id, *others],
        subject=answered.subject or general.id,
    )
    return replace(so_far, answered=asked)


def _is_unsure(so_far: Findings, answered: Answered, general: Article, restored: str) -> bool:
    """Whether nothing was found, or what speaks of any product, or of others than this one."""
    (reply,) = answered.replies
    found, text, listed = reply.understanding, so_far.question.text, so_far.knowledge.products
    article = so_far.knowledge.articles.get(found.article or "")
    if article is None:
        return found.outcome in NOTHING_SURE or (
            found.outcome is Outcome.OUT_OF_SCOPE and asks_conformity(text)
        )
    if article.id in so_far.knowledge.goods_in(text):
        return False
    # First: of some articles the row says that they are taken for what they are not, ever so sure.
    if listed.is_mistaken(article.id, text, restored, found.confidence):
        return True
    sure = AS_REVIEWED if article == general else SURE
    return found.confidence < sure and _is_of_others(so_far, article, general)


def _is_of_others(so_far: Findings, article: Article, general: Article) -> bool:
    """Whether an article speaks of any product, or of others than the one that is asked about."""
    text, listed = so_far.question.text, so_far.knowledge.products
    if article.is_wrong_office:
        return False
    if article.id in listed.not_for_sale:
        return is_for_sale(text)
    if article == general or article.id in listed.instead:
        return True
    if article.id in listed.beside:
        return _OF_THE_DUTY.issuperset(aspects_asked(text))
    return bool(article.goods)


def _questions(so_far: Findings, answered: str | None, general: Article) -> Reply:
    """The three questions, where the lists are, and a person.

    Where the article on any product was found, its sentence on the lists answers for it.
    """
    wording, texts, today = so_far.wording, so_far.wording.texts, so_far.question.today
    is_served = so_far.knowledge.is_served(general, today)
    where = general.aspects.get(Aspect.WHERE)
    lines = [texts.say("product.unknown")]
    if where is not None and is_served:
        lines.append(where.say)
    message = OutgoingMessage(
        text="\n\n".join(lines),
        choices=[article_choice(general), wording.officer()],
    )
    if answered != general.id or not is_served:
        understanding = Understanding(outcome=Outcome.CLARIFY, alternatives=[general.id])
    else:
        understanding = wording.short(general, today).understanding
    return Reply(message=message, understanding=understanding)
