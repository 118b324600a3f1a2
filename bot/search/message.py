"""A message as the search reads it, and where two questions in one part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.text.plain import holds_words, plain
from bot.search.index import Index
from vietnamese import tokens
from vietnamese.terms import bare_words

TAIL_WORDS = 20
"""Words that are embedded, from the end. Owners tell their story first and ask last; the words
before still count lexically. Costs nothing and halves the slowest searches
(`docs/measurements/long-messages.md`)."""

_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+|\n+")


@dataclass(frozen=True)
class Message:
    """Bare words of the whole and of its last sentence, and the accented end that is embedded."""

    words: list[str]
    last_words: list[str]
    tail: str

    @property
    def has_background(self) -> bool:
        """Whether something stands before the last sentence."""
        return len(self.last_words) < len(self.words)


def read_message(text: str, index: Index) -> Message:
    """A message read in the words that the index knows."""
    words = index.read(text)
    whole = bare_words(" ".join(words))
    told = sentences(text)
    last = bare_words(" ".join(index.read(told[-1]))) if len(told) > 1 else whole
    return Message(whole, last, " ".join(words[-TAIL_WORDS:]))


def with_its_matter(message: Message, names: Sequence[str]) -> Message:
    """The message with the name of its matter before the end that is embedded, if it lacks it.

    “Hợp tác xã … muốn lên OCOP 3 sao. Trước thì huyện chấm, giờ bỏ huyện rồi thì nộp ở đâu”: its
    last words speak of districts.
    """
    if len(message.words) <= TAIL_WORDS:
        return message
    end = plain(message.tail)
    if any(holds_words(end, plain(name)) for name in names):
        return message
    return replace(message, tail=f"{names[0].lower()} {message.tail}")


def sentences(text: str) -> list[str]:
    """The sentences of a text; crumbs of one word join nothing and are left out."""
    return [part for part in _SENTENCE_END.split(text) if len(tokens(part)) > 1]
