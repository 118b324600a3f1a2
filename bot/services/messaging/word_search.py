"""Which messages hold the words of a search."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from bot.domain.input.lengths import SAID_WORD
from bot.domain.text.search_text import Term
from bot.storage.models import Message, MessageWord

DIALLED = ("", "0", "84")
"""What may stand before the digits of a number that are looked for."""

BEYOND = "\U0010ffff"
"""Stands behind whatever goes on after a beginning."""


def messages_holding(terms: Sequence[Term]) -> Select[int]:
    """The messages of owners and officers that hold all terms, in any order; one term at least.

    Whole words, unlike in the columns of a row: in long texts the beginnings of short words are
    everywhere. A number is found from its first digit on, or without its 0 or 84.
    """
    wanted = _wanted(terms)
    first = aliased(MessageWord)
    query = select(first.message_id).where(_is_any_of(first, wanted[0]))
    for ranges in wanted[1:]:
        other = aliased(MessageWord)
        query = query.join(
            other, and_(other.message_id == first.message_id, _is_any_of(other, ranges))
        )
    return query


def message_holds(terms: Sequence[Term]) -> ColumnElement[bool]:
    """The same, asked of each of few messages, where it is quicker than finding all of them."""
    conditions = []
    for ranges in _wanted(terms):
        word = aliased(MessageWord)
        found = select(word.message_id).where(
            word.message_id == Message.id, _is_any_of(word, ranges)
        )
        conditions.append(found.correlate(Message).exists())
    return and_(*conditions)


def _wanted(terms: Sequence[Term]) -> list[list[tuple[str, str]]]:
    """For each word or number the ranges in which it may lie."""
    numbers = [_begins_like(term.digits) for term in terms if term.digits]
    words = {word for term in terms if not term.digits for word in term.beginnings[0].split()}
    # A long word stands in fewer messages: each of the others is then one look into the key.
    return numbers + [[(word, "")] for word in sorted(words, key=lambda word: (-len(word), word))]


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
