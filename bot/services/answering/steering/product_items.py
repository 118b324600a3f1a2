"""The stage of products among several questions: an item on a product gets what the lists say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.domain.text.plain import plain
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.library import Knowledge
from bot.knowledge.products.product import Product, Risk
from bot.search.asking.aspects import aspect_asked
from bot.search.asking.elliptical import is_elliptical
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.groundwork.product_words import product_words, receiver_words
from bot.services.answering.steering.product_duties import asks_a_duty
from bot.texts import Texts

_ON_IMPORT = re.compile(r"\bkiem tra\b|\bcua khau\b|\bthong quan\b")
"""Asked of a listed product, whether it is inspected is the lists' matter, not the customs'."""

_OF_THE_LISTS = re.compile(r"\b(?:quy chuan|qcvn|rui ro|nhom (?:2|hai)|tu danh gia)\b")
"""What only the lists tell of a product."""


@dataclass(frozen=True)
class _Item:
    """One of the questions, from 1, with the products that it means and what was found for it.

    `names_them`: whether it names the products itself.
    """

    number: int
    text: str
    products: tuple[Product, ...]
    names_them: bool
    reply: Reply


def product_items(so_far: Findings) -> Findings:
    """Of several questions, those on a listed product that found nothing sure are told its duties.

    An item that names no product means the one before it: “lò vi sóng nhập Thái Lan: quy chuẩn
    nào, kiểm tra ở cửa khẩu không”. The duties are said once.
    """
    answered = so_far.answered
    if answered is None or not so_far.listed or len(answered.replies) != len(so_far.parts):
        return so_far
    told: dict[tuple[str, ...], int] = {}
    replies = []
    for item in _items(so_far, answered.replies):
        reply = item.reply
        if receivers := _receivers(so_far, item):
            reply = _told(so_far, item, receivers)
        elif item.products and _is_of_the_lists(so_far, item):
            place = told.setdefault(tuple(one.id for one in item.products), item.number)
            words = [product_words(one, *_of(so_far)) for one in item.products]
            is_new = place == item.number
            reply = _told(so_far, item, words) if is_new else _again(so_far, item, place)
        replies.append(reply)
    if replies == list(answered.replies):
        return so_far
    served = [one.understanding.article for one in replies if one.understanding.article]
    return replace(so_far, answered=replace(answered, replies=replies, article=served[-1]))


def _items(so_far: Findings, replies: Sequence[Reply]) -> list[_Item]:
    listed, restored = so_far.knowledge.products, so_far.retriever.index.restored
    before: tuple[Product, ...] = ()
    items = []
    for number, (text, reply) in enumerate(zip(so_far.parts, replies, strict=True), 1):
        named = listed.named_in(text, restored(text))
        own = tuple(one for one in named if one.risk is not Risk.ELSEWHERE)
        before = own or before
        items.append(_Item(number, text, before, bool(own), reply))
    return items


def _is_of_the_lists(so_far: Findings, item: _Item) -> bool:
    """Whether it asks for a duty and found nothing, or the authority that only clears goods.

    “Lò vi sóng theo quy chuẩn nào” asks for what the lists say, whatever was found.
    """
    if item.names_them and _OF_THE_LISTS.search(plain(item.text)):
        return True
    understanding = item.reply.understanding
    article = so_far.knowledge.articles.get(understanding.article or "")
    if article is None:
        nothing = understanding.outcome is Outcome.HANDOVER
        return nothing and (asks_a_duty(item.text) or _asks_of_import(item.text))
    return article.is_wrong_office and _asks_of_import(item.text)


def _asks_of_import(text: str) -> bool:
    return _ON_IMPORT.search(plain(text)) is not None


def _receivers(so_far: Findings, item: _Item) -> list[str]:
    """Who takes in the products' declarations, where an item asks just that: "nộp ở đâu"."""
    if not is_elliptical(item.text) or aspect_asked(item.text) is not Aspect.WHERE:
        return []
    told = (receiver_words(one, *_of(so_far)) for one in item.products)
    return [words for words in told if words]


def _of(so_far: Findings) -> tuple[Knowledge, Texts]:
    return so_far.knowledge, so_far.wording.texts


def _told(so_far: Findings, item: _Item, words: Sequence[str]) -> Reply:
    wording, knowledge, today = so_far.wording, so_far.knowledge, so_far.question.today
    text = wording.texts.say(
        "answer.item", number=item.number, answer="\n\n".join(words), verify_note=""
    )
    sources = [
        knowledge.documents[one.document].cited(one.place, today)
        for one in item.products
        if one.document in knowledge.documents
    ]
    return Reply(
        message=OutgoingMessage(text=text, choices=item.reply.message.choices),
        understanding=Understanding(
            outcome=Outcome.ANSWER,
            article=knowledge.products.article,
            confidence=1.0,
            sources=sources,
        ),
    )


def _again(so_far: Findings, item: _Item, place: int) -> Reply:
    said = so_far.wording.same_item(item.number, item.text, place)
    choices = item.reply.message.choices
    return said.model_copy(update={"message": said.message.model_copy(update={"choices": choices})})
