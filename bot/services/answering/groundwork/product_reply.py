"""The reply on products of the lists, under the article that speaks of such duties."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import CitedSource
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.products.product import Product
from bot.knowledge.served import Knowledge
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.groundwork.first_words import first_paragraph
from bot.services.answering.groundwork.product_words import product_words
from bot.services.answering.groundwork.told_first import told_first


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
    first = [one.say for one in told_first(article, asked).told]
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


def _cited(knowledge: Knowledge, products: Sequence[Product], today: date) -> Iterator[CitedSource]:
    """Where the products stand, and the clause of their risk."""
    for product in products:
        if product.document in knowledge.documents:
            yield knowledge.documents[product.document].cited(product.place, today)
    grounds = knowledge.products.grounds
    for risk in dict.fromkeys(product.risk for product in products):
        if risk in grounds and grounds[risk].document in knowledge.documents:
            ground = grounds[risk]
            yield knowledge.documents[ground.document].cited(ground.clause, today)
