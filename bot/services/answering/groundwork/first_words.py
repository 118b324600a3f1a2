"""The beginning of an answer, where the whole is too long."""

import re

from bot.domain.text.plain import plain
from bot.search.message import sentences

SENTENCES_OF_A_SIDE = 2


def first_paragraph(answer: str) -> str:
    """What stands first; a paragraph that only leads to a list takes the list along."""
    first, _, rest = answer.strip().partition("\n\n")
    return f"{first}\n\n{rest.partition(chr(10) * 2)[0]}" if first.endswith(":") else first


def in_two_sentences(answer: str) -> str:
    """The beginning of the first paragraph; a list is left whole."""
    paragraph = first_paragraph(answer)
    if "\n" in paragraph:
        return paragraph
    return " ".join(sentences(paragraph)[:SENTENCES_OF_A_SIDE]) or paragraph


_MISSING = re.compile(r"\bem chua (?:co|doc|thay|chac|biet|tim|ro)\b")


def says_what_is_missing(text: str) -> bool:
    """Whether words say themselves what is not known: it is told once, and not again below."""
    return _MISSING.search(plain(text)) is not None
