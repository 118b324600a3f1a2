"""The stage of sums: who tells how many groups or goods gets what they cost, line by line."""

import re
from dataclasses import replace

from bot.domain.text.plain import plain
from bot.knowledge.fees.fees import BarcodeFees, MarkFees
from bot.search.asking.goods_count import goods_count
from bot.services.answering.groundwork.fee_words import barcode_words, mark_words
from bot.services.answering.groundwork.findings import Answered, Findings
from bot.services.answering.groundwork.own_case import meant

_ASKS = re.compile(
    r"\b(?:bao nhieu|nhiu|bn|phi|tien|ton|het|gia|mat|dong|chi phi|thi sao|the nao|tinh)\b"
)


def fee_sum(so_far: Findings) -> Findings:
    """Puts the sum first where the fee is answered, or was answered before, and counts are told."""
    answered = so_far.answered
    if answered is None or len(answered.replies) != 1:
        return so_far
    said = plain(so_far.question.text)
    if _ASKS.search(said) is None:
        return so_far
    # Where nothing was sure enough to be answered, the counts settle what is meant.
    ids = meant(so_far, answered)
    for schedule in (so_far.knowledge.fees.marks, so_far.knowledge.fees.barcodes):
        if schedule is None or schedule.article not in ids:
            continue
        words = _words(so_far, schedule)
        if words:
            return replace(so_far, answered=_first(so_far, schedule, words))
    return so_far


def _words(so_far: Findings, schedule: MarkFees | BarcodeFees) -> str:
    question, texts = so_far.question, so_far.wording.texts
    if isinstance(schedule, MarkFees):
        count = goods_count(question.text, unless_told=schedule.covered)
        return mark_words(schedule, count, question.today, texts) if count else ""
    count = goods_count(question.text, unless_told=0)
    pack = schedule.pack_for(count.goods) if count and not count.says_groups else None
    return barcode_words(schedule, pack, count.goods, texts) if count and pack else ""


def _first(so_far: Findings, schedule: MarkFees | BarcodeFees, words: str) -> Answered:
    article = so_far.knowledge.articles[schedule.article]
    short = so_far.wording.short(article, so_far.question.today)
    if short.understanding.article is None:
        return Answered([short])
    text = so_far.wording.texts.say(
        "answer.answer",
        answer=words,
        links=[],
        changed="",
        sources=so_far.wording.source_lines(short.understanding.sources),
        verify_note=article.verify_note,
        reviewed_on=article.reviewed_on,
    )
    message = short.message.model_copy(update={"text": text})
    return Answered([short.model_copy(update={"message": message})], article.id)
