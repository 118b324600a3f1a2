"""The words of an article with what was asked first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect, Told
from vietnamese.terms import bare_words

ASKED_LIMIT = 800
"""Characters of such an answer: the sentences, and of the short answer what then still fits."""

SAID_TWICE = 0.75
FIGURES_TWICE = 0.5
"""Share of a paragraph's words from which it says no more than the sentences before it; less where
it has figures, and all of them were said."""

MOST_TOLD = 3
"""Sentences that stand first: who asks for more asks for the whole."""

_INSTEAD = {Aspect.FORM: Aspect.PAPERS, Aspect.PAPERS: Aspect.FORM}
"""A form is one of the papers: where one is not told, the other tells most of it."""

_DOCUMENT = re.compile(r"\d+/\d{4}(?:/[\w-]+)?")
_NUMBER = re.compile(r"\d[\d.,/]*")


@dataclass(frozen=True)
class ToldFirst:
    """`text`: the sentences asked for, then the rest of the short answer; `told`: the sentences.

    `is_whole`: whether nothing of the short answer had to stay behind.
    """

    text: str
    told: tuple[Told, ...] = ()
    is_whole: bool = True


def told_first(article: Article, asked: Sequence[Aspect]) -> ToldFirst:
    """The short answer behind what was asked; as it is where the article holds nothing of it."""
    # "Nợ phí duy trì bị phạt thế nào": the fine is what is asked, the fee what it is for.
    in_order = sorted(asked, key=lambda one: one is not Aspect.FINE)
    meant = (one if one in article.aspects else _INSTEAD.get(one, one) for one in in_order)
    told = tuple(dict.fromkeys(article.aspects[one] for one in meant if one in article.aspects))
    told = told[:MOST_TOLD]
    if not told:
        return ToldFirst(article.answer)
    lines = [one.say for one in told]
    room = ASKED_LIMIT - sum(map(len, lines))
    kept: list[str] = []
    is_whole = True
    for block in _blocks(article.answer):
        if _is_told(block, lines):
            continue
        room -= len(block)
        # The first of it is the heart of the answer, and stands however long it is.
        if room < 0 and kept:
            is_whole = False
            break
        kept.append(block)
    return ToldFirst("\n\n".join([*lines, *kept]), told, is_whole)


def _blocks(answer: str) -> Iterator[str]:
    """The paragraphs; one that leads to a list stays with it."""
    lead = ""
    for paragraph in answer.strip().split("\n\n"):
        whole = f"{lead}\n\n{paragraph}" if lead else paragraph
        lead = whole if paragraph.rstrip("* ").endswith(":") else ""
        if not lead:
            yield whole
    if lead:
        yield lead


def _is_told(block: str, lines: Sequence[str]) -> bool:
    """Whether a block says nothing, and no figure, that the sentences before it have not said."""
    told = " ".join(lines)
    numbers = _numbers(block)
    words, said = (set(bare_words(text)) for text in (block, told))
    enough = FIGURES_TWICE if numbers else SAID_TWICE
    return numbers <= _numbers(told) and len(words & said) >= enough * len(words)


def _numbers(text: str) -> set[str]:
    """The figures, without the numbers of documents: those stand below the answer."""
    return {number.strip(".,/") for number in _NUMBER.findall(_DOCUMENT.sub(" ", text))}
