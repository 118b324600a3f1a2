"""The stage of sizes and shares: who tells staff, revenue or a contract gets what follows."""

import re
from dataclasses import replace

from bot.domain.text.plain import plain
from bot.domain.text.told_figures import told_figures
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.groundwork.own_case import meant, said_first
from bot.services.answering.groundwork.support_words import (
    grant_lines,
    is_called,
    named_size,
    size_line,
    sizes_of,
)

_HOW_ABOUT = re.compile(r"\b(?:con|neu)\b")


def own_figures(so_far: Findings) -> Findings:
    """Puts size and support first, where an article on them is meant and figures are told."""
    answered, support = so_far.answered, so_far.knowledge.support
    if answered is None or len(answered.replies) != 1:
        return so_far
    told = told_figures(so_far.question.text)
    said = plain(so_far.question.text)
    if told.staff is None and not told.amounts and named_size(said) is None:
        return so_far
    texts = so_far.wording.texts
    found = sizes_of(support.sizes, said, told) if support.sizes else {}
    size = next(iter(found.values())) if len(set(found.values())) == 1 else named_size(said)
    for id_ in meant(so_far, answered):
        grants = [one for one in support.grants if id_ in one.articles]
        called = [one for one in grants if is_called(one, said)]
        # Behind an answer on them all are meant: "còn siêu nhỏ thì sao".
        is_before = so_far.context is not None and id_ == so_far.context.id
        behind = is_before and _HOW_ABOUT.search(said) is not None
        lines = grant_lines(called or (grants if behind else []), told, size, texts)
        is_on_size = support.sizes is not None and id_ == support.sizes.article
        if support.sizes and (is_on_size or lines):
            lines = [*filter(None, [size_line(support.sizes, said, told, texts)]), *lines]
        if lines:
            return replace(so_far, answered=said_first(so_far, answered, id_, lines))
    return so_far
