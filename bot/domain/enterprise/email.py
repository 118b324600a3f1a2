"""E-mail addresses in what an owner types: as they are, or with the spaces of a phone keyboard."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.input.lengths import REACH

LOCAL_LENGTH = 64
LABEL_LENGTH = 63
"""Letters before the @, and of one part of what follows (RFC 5321, RFC 1035)."""

_PART = r"[^\s.@<>(),;:\"“”‘’\[\]/\\|]+"
_DOT = r"(?:\.|[ \t]+\.[ \t]*|\.[ \t]+(?=(?:com|vn|net|org|edu|gov)\b))"
"""Spaces around a dot only where no sentence ends: before it, or with a usual ending behind."""

_LETTER_BEFORE_AT = r"[^\s@<>(),;:\"“”‘’\[\]/\\|]"
_BEFORE_AT = re.compile(rf"[ \t]*{_LETTER_BEFORE_AT}*")
"""Read from the @ back."""

_AROUND_AT = re.compile(
    rf"(?P<local>{_LETTER_BEFORE_AT}*)(?P<at>[ \t]*@[ \t]*)"
    rf"(?P<domain>@|(?:{_PART}(?:{_DOT}{_PART})*)?)",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"[a-z0-9_%+'&-]+(?:\.[a-z0-9_%+'&-]+)*", re.IGNORECASE | re.ASCII)
_LABEL = re.compile(r"\w(?:[\w-]*\w)?")
_LAST_LABEL = re.compile(r"[a-z]{2,}|xn--[a-z0-9-]+", re.ASCII)
_BEFORE, _BEHIND = "'`*-–…!?", ".'`*-–…!?"
"""Marks beside an address that are none of it."""


@dataclass(frozen=True)
class TypedEmail:
    """What stands around an @. `address`: as it is kept; None where it is none."""

    start: int
    end: int
    address: str | None

    @property
    def is_long(self) -> bool:
        """Whether it is more than can be kept."""
        return self.address is None and self.end - self.start > REACH


def emails_in(text: str) -> list[TypedEmail]:
    """Every e-mail address of a text in NFC, right or wrong; a name such as `@lan` is none."""
    if "@" not in (read := _narrow(text)):
        return []
    return [
        TypedEmail(found.start(), found.end(), _address(found))
        for found in _around_each_at(read)
        if not _is_handle(found)
    ]


def _around_each_at(read: str) -> Iterator[re.Match[str]]:
    """What stands around each @ that is no part of what stood around the one before."""
    position = 0
    while (at := read.find("@", position)) >= 0:
        before = _BEFORE_AT.match(read[position:at][::-1])
        found = _AROUND_AT.match(read, at - (before.end() if before else 0))
        if found is None:
            return
        yield found
        position = found.end()


def _is_handle(found: re.Match[str]) -> bool:
    """Whether it is a name on some platform: "zalo @lan"."""
    stands_apart = not found["local"] or found["at"].startswith((" ", "\t"))
    return stands_apart and "." not in found["domain"] and found["domain"] != "@"


def _address(found: re.Match[str]) -> str | None:
    local = found["local"].lstrip(_BEFORE)
    domain = re.sub(r"[ \t]", "", found["domain"]).rstrip(_BEHIND).lower()
    if found["at"].strip(" \t") != "@" or (found["at"][0] != "@" and found["at"][-1] == "@"):
        # "zalo @lan.shop" may be anything; glued together it would be somebody's address.
        return None
    if not _LOCAL.fullmatch(local) or len(local) > LOCAL_LENGTH or not _is_domain(domain):
        return None
    address = f"{local}@{domain}"
    return address if len(address) <= REACH else None


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    if len(labels) == 1 or not _LAST_LABEL.fullmatch(labels[-1]):
        return False
    try:
        as_sent = [label.encode("idna") for label in labels]
    except UnicodeError:
        return False
    return all(
        _LABEL.fullmatch(label) and len(sent) <= LABEL_LENGTH
        for label, sent in zip(labels, as_sent, strict=True)
    )


def _narrow(text: str) -> str:
    """Letter for letter, as long as it was: wide letters and marks in ASCII, spaces as one kind."""
    return "".join(map(_narrow_letter, text))


def _narrow_letter(letter: str) -> str:
    if unicodedata.category(letter) in {"Zs", "Cf"}:
        return " "
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 and plain.isascii() else letter
