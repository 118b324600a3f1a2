"""Which messages hold the words of a search."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from bot.domain.input.lengths import SAID_WORD
from bot.domain.text.search_text import Term
from bot.storage.models import MessageWord

DIALLED = ("", "0", "84")
"""What may stand before the digits of a number that are looked for."""

BEYOND = "\U0010ffff"
"""Stands behind whatever goes on after a beginning."""


def messages_holding(terms: Sequence[Term]) -> Select[int]:
    """The messages of owners and officers that hold all terms, in any order; one term at least.

    Whole words, unlike in the columns of a row: in long texts the beginnings of short words are
    everywhere. A number is found from its first digit on, or without its 0 or 84.
    """
    wanted = [_begins_like(term.digits) for term in terms if term.digits]
    words = {word for term in terms if not term.digits for word in term.beginnings[0].split()}
    # A long word stands in fewer messages: each of the others is then one look into the key.
    wanted += [[(word, "")] for word in sorted(words, key=lambda word: (-len(word), word))]
    first = aliased(MessageWord)
    query = select(first.message_id).where(_is_any_of(first, wanted[0]))
    for ranges in wanted[1:]:
        other = aliased(MessageWord)
        query = query.join(
            other, and_(other.message_id == first.message_id, _is_any_of(other, ranges))
        )
    return query


def _begins_like(digits: str) -> list[tuple[str, str]]:
    return [(before + digits, before + digits + BEYOND) for before in DIALLED]


def _is_any_of(row: type[MessageWord], ranges: list[tuple[str, str]]) -> ColumnElement[bool]:
    """Whether a row's word lies in one of the ranges; an end that is empty: is just that word."""
    return or_(
        *(
            and_(row.word >= _cut(first), row.word < last) if last else row.word == _cut(first)
            for first, last in ranges
        )
    )


def _cut(word: str) -> str:
    return word[:SAID_WORD]
