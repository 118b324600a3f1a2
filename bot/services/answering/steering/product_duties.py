"""The stage of products: who asks what must be done for one gets what the lists say of it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.products.product import Risk
from bot.search.asking.aspects import aspects_asked
from bot.services.answering.groundwork.findings import Answered, Findings
from bot.services.answering.groundwork.product_reply import product_reply

MOST_PRODUCTS = 2
"""More are a list of goods, and no question about one."""

SEARCHED = 10

_DUTY = re.compile(
    r"\b(?:hop quy|rui ro|nhom 2|nhom hai|qcvn|quy chuan|dau cr|tem cr|chung nhan"
    r"|kiem tra (?:chat luong|nha nuoc)|cong bo|danh muc|hs|nhap"
    r"|can giay (?:to )?gi|giay to gi|can gi|can lam gi|phai lam gi|phai co gi|thu tuc gi"
    r"|dieu kien (?:gi|nao)|co phai (?:lam|xin|dang ky|thu|kiem)|ban (?:can|phai))\b"
)
"""In bare letters: what a seller asks of a kind of goods."""


def product_duties(so_far: Findings) -> Findings:
    """Puts the duties of the product that a question names first.

    Only where what was answered speaks of such duties, or nothing was: its label, its mark or its
    bar code are other matters.
    """
    answered = so_far.answered
    if answered is None or len(answered.replies) != 1:
        return so_far
    text, listed = so_far.question.text, so_far.knowledge.products
    general = so_far.knowledge.articles.get(listed.article)
    if general is None or not asks_a_duty(text):
        return so_far
    restored = so_far.retriever.index.restored(text)
    named = listed.named_in(text, restored)
    products = [one for one in named if one.risk is not Risk.ELSEWHERE]
    if not 0 < len(products) <= MOST_PRODUCTS:
        return so_far
    (reply,) = answered.replies
    sure = reply.understanding.confidence
    is_mistaken = listed.is_mistaken(answered.article or "", text, restored, sure)
    if not is_mistaken and not _may_speak(so_far, reply, general):
        return so_far
    found = so_far.knowledge.articles.get(answered.article or "", general)
    article = general if is_mistaken else found
    # Of a mistaken article's stead the general one tells how any thing is looked up: this one is.
    asked = [] if is_mistaken else [one for one in aspects_asked(text) if one is not Aspect.YES_NO]
    if asked and article.aspects.keys().isdisjoint(asked):
        article = _telling(so_far, general, asked) or article
    reply = product_reply(so_far, article, products, asked)
    if reply.understanding.article is None:
        return so_far
    others = [name for name in answered.alternatives if name != article.id]
    return replace(so_far, answered=Answered([reply], article.id, others))


def asks_a_duty(text: str) -> bool:
    """Whether a seller asks what must be done for a kind of goods."""
    return _DUTY.search(plain(text)) is not None


def _telling(so_far: Findings, general: Article, asked: Sequence[Aspect]) -> Article | None:
    """Of the duties of any product, the article that tells what was asked."""
    words = so_far.knowledge.products.without_names(so_far.question.text)
    for hit in so_far.retriever.search(words, limit=SEARCHED) if words else ():
        found = so_far.knowledge.articles[hit.article_id]
        if found.topic == general.topic and not found.aspects.keys().isdisjoint(asked):
            return found
    return None


def _may_speak(so_far: Findings, reply: Reply, general: Article) -> bool:
    article = so_far.knowledge.articles.get(reply.understanding.article or "")
    if article is not None and article.is_wrong_office:
        return article.id in so_far.knowledge.goods_in(so_far.question.text)
    if article is not None:
        listed = so_far.knowledge.products
        return article == general or article.id in (*listed.instead, *listed.beside)
    return reply.understanding.outcome in (Outcome.CLARIFY, Outcome.HANDOVER, Outcome.OUT_OF_SCOPE)
