"""Takes out of a text what names a person: numbers, addresses, names said as names."""

import re

PERSONAL = re.compile(r"(?<!\d)(?<!\d-)(?!\d{4}-\d\d-\d\d[ T]\d\d:)\+?\d(?:[\s.-]?\d){8,13}(?!\d)")
"""Tax codes, identity cards and phone numbers: nine to fourteen digits, however spaced.

Also where they stick to a word: “sđt0912345678nha”. Not the time at the head of a line.
"""

_BEHIND_AN_ADDRESS = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
_BEFORE_AN_ADDRESS = re.compile(r"[\w.+-]+")
"""The second is read from the @ back."""

NAMED = re.compile(
    r"(?i:(?<!\w)(?:tên(?:\s+(?:tôi|em|anh|chị|mình|tui))?\s+là|ten(?:\s+(?:toi|em|tui))?\s+la"
    r"|(?:tôi|tui|em|toi)\s+(?:tên|ten)(?:\s+(?:là|la))?)\s+)"
    r"((?:[^\W\d_]+)(?:\s+[^\W\d_]+){0,3})"
)
"""A name said as one: up to four words behind “tên là”, “tôi tên”."""

LOG_MARK = "[number]"

NUMBER_MARK = "[số]"
EMAIL_MARK = "[email]"
NAME_MARK = "[tên]"
"""What stands instead, as officers read it."""


def mask_numbers(text: str, mark: str = LOG_MARK) -> str:
    """The text without personal numbers."""
    return PERSONAL.sub(mark, text)


def mask(text: str) -> str:
    """The text without personal numbers, e-mail addresses and names said as names."""
    return NAMED.sub(_without_name, mask_numbers(_without_emails(text), NUMBER_MARK))


def is_masked(text: str) -> bool:
    """Whether something was taken out of a text."""
    return any(mark in text for mark in (NUMBER_MARK, EMAIL_MARK, NAME_MARK))


def _without_emails(text: str) -> str:
    pieces, position = [], 0
    for found in _BEHIND_AN_ADDRESS.finditer(text):
        before = _BEFORE_AN_ADDRESS.match(text[position : found.start()][::-1])
        if before is not None:
            pieces += [text[position : found.start() - before.end()], EMAIL_MARK]
            position = found.end()
    return "".join([*pieces, text[position:]])


def _without_name(found: re.Match[str]) -> str:
    """The capitalised words go; written all small, every word that may be the name goes."""
    said, name = found[0], found[1]
    words = name.split()
    capitals = next((n for n, word in enumerate(words) if not word[0].isupper()), len(words))
    rest = words[capitals:] if capitals else []
    lead = said[: len(said) - len(name)]
    return " ".join([f"{lead}{NAME_MARK}", *rest])
