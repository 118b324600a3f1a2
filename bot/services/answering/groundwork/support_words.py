"""Sentences on the size of an enterprise and on what it is paid, from its own figures."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.text.plain import holds_words
from bot.domain.text.told_figures import Role, ToldFigures
from bot.knowledge.support.support import Grant, Size, Sizes
from bot.texts import Texts

MOST_GRANTS = 2

_FIRM = r"(?:doanh nghiep|dn|cong ty|cty)"
_NAMED = {
    Size.MICRO: re.compile(r"\bsieu nho\b"),
    Size.SMALL: re.compile(rf"\b{_FIRM} nho(?= (?:thi|duoc|thue|mua|xin|dang)\b|$)"),
    Size.MEDIUM: re.compile(rf"\b{_FIRM} vua(?= (?:thi|duoc)\b|$)"),
}
"""In bare words, only where what follows shows them: “nhờ”, “nho” and “vừa mở” look alike."""


def size_line(sizes: Sizes, said: str, told: ToldFigures, texts: Texts) -> str:
    """How large it is; by sector, where the message names none and they differ."""
    found = sizes_of(sizes, said, told)
    if told.staff is None or not found:
        return ""
    amounts = ((role, told.amount(role)) for role in (Role.REVENUE, Role.CAPITAL))
    figures = [
        texts.say("support.staff", count=told.staff),
        *(texts.say(f"support.{role}", count=one) for role, one in amounts if one is not None),
    ]
    by_staff = sizes_of(sizes, said, replace(told, amounts=()))
    is_settled = all(told.amount(role) is not None for role in (Role.REVENUE, Role.CAPITAL))
    lines = []
    for sector, size in found.items():
        smaller = by_staff[sector] if by_staff[sector] != size and not is_settled else None
        lines.append(
            texts.say(
                "support.size_any" if len(set(found.values())) == 1 else "support.size_in",
                sector=sector,
                size=texts.say(f"support.{size}"),
                smaller=texts.say(f"support.{smaller}") if smaller else "",
                has_revenue=told.amount(Role.REVENUE) is not None,
                is_open=len(figures) == 1 and size is not Size.LARGE,
            )
        )
    return texts.say("support.size", figures=figures, sizes=list(dict.fromkeys(lines)))


def named_size(said: str) -> Size | None:
    """The size that a message calls its enterprise; None where it names none, or several."""
    found = {size for size, words in _NAMED.items() if words.search(said)}
    return next(iter(found)) if len(found) == 1 else None


def sizes_of(sizes: Sizes, said: str, told: ToldFigures) -> dict[str, Size]:
    """The size in each sector that may be meant, by its name; empty where no staff is told."""
    if told.staff is None:
        return {}
    named = [one for one in sizes.sectors if any(holds_words(said, name) for name in one.called)]
    return {
        one.name: one.size(told.staff, told.amount(Role.REVENUE), told.amount(Role.CAPITAL))
        for one in (named if len(named) == 1 else sizes.sectors)
    }


def grant_lines(
    grants: list[Grant], told: ToldFigures, size: Size | None, texts: Texts
) -> list[str]:
    """What each of the first grants pays; nothing where no figure tells."""
    return list(_lines(grants[:MOST_GRANTS], told, size, texts))


def is_called(grant: Grant, said: str) -> bool:
    """Whether plain words mean a grant, where one of its articles is meant."""
    return not grant.called or any(holds_words(said, name) for name in grant.called)


def _lines(
    grants: list[Grant], told: ToldFigures, size: Size | None, texts: Texts
) -> Iterator[str]:
    for grant in grants:
        spent = told.amount(grant.figure)
        is_one = len(grant.shares) == 1 and size is not Size.LARGE
        if spent is not None and (size is not None or is_one):
            yield _paid(grant, spent, told, size, texts)
        elif spent is not None:
            yield _by_size(grant, spent, told, texts)
        elif size is not None and grant.depends_on_size:
            yield _of_size(grant, size, texts)


def _paid(grant: Grant, spent: int, told: ToldFigures, size: Size | None, texts: Texts) -> str:
    share = grant.shares[0] if size is None else grant.share(size)
    if share is None:
        return texts.say("support.no_share", name=grant.name, size=texts.say(f"support.{size}"))
    return texts.say(
        "support.share",
        name=grant.name,
        spent_on=grant.of,
        count=spent,
        paid=share.of(spent, women=told.women),
        percent=share.percent,
        most=(told.women and share.women_most) or share.most,
        condition=grant.condition,
    )


def _by_size(grant: Grant, spent: int, told: ToldFigures, texts: Texts) -> str:
    lines = [
        texts.say(
            "support.share_item",
            size=texts.say(f"support.{size}"),
            paid=share.of(spent, women=told.women),
        )
        for size in Size
        if (share := grant.share(size)) is not None
    ]
    return texts.say(
        "support.share_by_size",
        name=grant.name,
        spent_on=grant.of,
        count=spent,
        paid_each=lines,
        condition=grant.condition,
    )


def _of_size(grant: Grant, size: Size, texts: Texts) -> str:
    share = grant.share(size)
    shown = texts.say(f"support.{size}")
    if share is None:
        return texts.say("support.no_share", name=grant.name, size=shown)
    return texts.say(
        "support.share_of_size",
        name=grant.name,
        size=shown,
        percent=share.percent,
        most=share.most,
        women_most=share.women_most,
        condition=grant.condition,
    )
