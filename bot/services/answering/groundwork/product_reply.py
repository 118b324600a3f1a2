"""The reply on products of the lists, under the article that speaks of such duties."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import CitedSource
from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.products.product import Product
from bot.knowledge.served import Knowledge
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.groundwork.first_words import first_paragraph
from bot.services.answering.groundwork.product_words import product_words, receiver_words
from bot.services.answering.groundwork.told_first import told_first

_TO_WHOM = re.compile(
    r"\b(?:o dau|cho nao|noi nao|nop dau|(?:so|co quan|ben|don vi|bo) nao"
    r"|(?:nop|gui) ai|cho ai)\b"
)
_DECLARING = re.compile(r"\b(?:cong bo|nop|hop quy|thu tuc)\b")
_ANOTHER_STEP = re.compile(r"\b(?:kiem tra|thu nghiem|thu mau|chung nhan|kiem dinh|mua)\b")
"""Done elsewhere than where it is declared."""


def product_reply(
    so_far: Findings, article: Article, products: Sequence[Product], asked: Sequence[Aspect]
) -> Reply:
    """The duties of the products; before them what was asked for, or whose matter it is.

    The article's own reply where it is not served.
    """
    wording, knowledge, today = so_far.wording, so_far.knowledge, so_far.question.today
    short = wording.short(article, today)
    if short.understanding.article is None:
        return short
    places = [] if article.is_wrong_office else _places(so_far, products)
    others = [one for one in asked if not places or one not in (Aspect.WHERE, Aspect.WHO)]
    first = [*places, *(one.say for one in told_first(article, others).told)]
    if article.is_wrong_office or (not first and article.id in knowledge.products.beside):
        first = [first_paragraph(article.answer)]
    words = [product_words(one, knowledge, wording.texts) for one in products]
    cited = list(_cited(knowledge, products, today))
    text = wording.texts.say(
        "answer.answer",
        answer="\n\n".join([*first, *words]),
        links=[],
        changed="",
        sources=wording.source_lines(cited),
        verify_note="",
        reviewed_on=article.reviewed_on,
    )
    message = short.message.model_copy(update={"text": text})
    understanding = short.understanding.model_copy(update={"sources": cited})
    return Reply(message=message, understanding=understanding)


def _places(so_far: Findings, products: Sequence[Product]) -> list[str]:
    """Whose list it is and who takes in the declaration, where that is asked for."""
    said = plain(so_far.question.text)
    if not _TO_WHOM.search(said) or not _DECLARING.search(said) or _ANOTHER_STEP.search(said):
        return []
    words = (receiver_words(one, so_far.knowledge, so_far.wording.texts) for one in products)
    return [one for one in words if one]


def _cited(knowledge: Knowledge, products: Sequence[Product], today: date) -> Iterator[CitedSource]:
    """Where the products stand, and the clause of their risk."""
    for product in products:
        if product.document in knowledge.documents:
            yield knowledge.documents[product.document].cited(product.place, today)
    receiving = knowledge.products.receiving
    if receiving is not None and any(map(knowledge.products.receiver, products)):
        yield knowledge.documents[receiving.document].cited(receiving.clause, today)
    grounds = knowledge.products.grounds
    for risk in dict.fromkeys(product.risk for product in products):
        if risk in grounds and grounds[risk].document in knowledge.documents:
            ground = grounds[risk]
            yield knowledge.documents[ground.document].cited(ground.clause, today)
