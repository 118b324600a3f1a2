"""The stage of risk: where a rule hangs on it, how the product that was named is listed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.text.plain import holds_words, plain
from bot.knowledge.products.product import Product, Risk
from bot.knowledge.products.risk_rule import RiskRule
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.groundwork.own_case import said_first
from bot.services.answering.steering.product_duties import MOST_PRODUCTS


def product_risk(so_far: Findings) -> Findings:
    """Says first how risky the ministries hold the product, and what follows for what is asked.

    “Bóng đèn LED chỉ in mã QR được không”: of the two ways of the electronic label, his.
    """
    answered, question = so_far.answered, so_far.question
    if answered is None or answered.article is None or len(answered.replies) != 1:
        return so_far
    rule = _rule_of(so_far, answered.article)
    if rule is None:
        return so_far
    listed = so_far.knowledge.products
    named = listed.named_in(question.text, so_far.retriever.index.restored(question.text))
    products = [one for one in named if one.risk is not Risk.ELSEWHERE]
    told = plain(answered.replies[0].message.text)
    if not 0 < len(products) <= MOST_PRODUCTS or _is_told(told, products):
        return so_far
    lines = [_line(so_far, one, rule) for one in products]
    return replace(so_far, answered=said_first(so_far, answered, answered.article, lines))


def _rule_of(so_far: Findings, article_id: str) -> RiskRule | None:
    rules = so_far.knowledge.risk_rules
    return next((rule for rule in rules if article_id in rule.articles), None)


def _is_told(said: str, products: Sequence[Product]) -> bool:
    """Whether the reply speaks of one of the products by its name already."""
    return any(holds_words(said, plain(one.name)) for one in products)


def _line(so_far: Findings, product: Product, rule: RiskRule) -> str:
    document = so_far.knowledge.documents.get(product.document or "")
    return so_far.wording.texts.say(
        f"product.risk_{product.risk}",
        name=product.name,
        place=product.place,
        document=document.short if document else "",
        follows=rule.told_of(product.risk),
    )
