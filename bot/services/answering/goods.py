"""The stage of products: no article about another product than the owner's is given."""

from collections.abc import Sequence
from dataclasses import replace

from bot.search.hit import Hit
from bot.services.answering.groundwork.findings import Findings
from vietnamese.likeness import count_words

SPEAKS_OF_IT = 0.05
"""Chance from which an article about the very product goes before those about any."""

SURE_OF_THE_REST = 0.4
"""Chance from which an article about any product stands: a fee is the same for all."""

BARE_WORDS = 4


def guard(so_far: Findings) -> Findings:
    """Puts back what speaks of other products only, and puts first what speaks of this one.

    "Quần áo trẻ em có phải hợp quy không" is near to the toys, and is not about them.
    """
    if so_far.answered is not None or len(so_far.found) != 1:
        return so_far
    named = so_far.knowledge.goods_in(so_far.question.text)
    if not named:
        return so_far
    hits = so_far.found[0]
    fitting = _shared_anew([hit for hit in hits if _fits(so_far, hit, named)], hits)
    about_it = _about_it(so_far, fitting, named)
    if about_it is not None:
        rest = [hit for hit in fitting if hit.article_id != about_it.article_id]
        return replace(so_far, found=([about_it, *rest],), leans=True)
    if len(fitting) == len(hits):
        return so_far
    return replace(so_far, found=(fitting,))


def _shared_anew(fitting: Sequence[Hit], hits: Sequence[Hit]) -> list[Hit]:
    """What is left shares the chance that was found: the matter is known, though not that one."""
    left = sum(hit.confidence for hit in fitting)
    if len(fitting) == len(hits) or left <= 0:
        return list(fitting)
    more = sum(hit.confidence for hit in hits) / left
    return [replace(hit, confidence=hit.confidence * more) for hit in fitting]


def _fits(so_far: Findings, hit: Hit, named: frozenset[str]) -> bool:
    return hit.article_id in named or not so_far.knowledge.articles[hit.article_id].goods


def _about_it(so_far: Findings, hits: Sequence[Hit], named: frozenset[str]) -> Hit | None:
    """The hit about the product, unless an article about any product is surer.

    Its bare name asks for it even where the search does not find it.
    """
    found = next((hit for hit in hits if hit.article_id in named), None)
    if found is not None and (found == hits[0] or found.confidence >= SPEAKS_OF_IT):
        sure_of_another = hits[0].confidence >= SURE_OF_THE_REST and found != hits[0]
        already_sure = found == hits[0] and found.confidence >= SURE_OF_THE_REST
        return None if sure_of_another or already_sure else found
    if count_words(so_far.question.text) > BARE_WORDS or so_far.context is not None:
        return None
    first = next(name for name in so_far.knowledge.articles if name in named)
    return found or Hit(first, 0.0, 0.0)
