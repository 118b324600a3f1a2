"""Replies that an office keeps, with fields for what is of one case.

A field is a word in braces. Of a language of templates nothing more is wanted here: whoever writes
them is no programmer, a wrong field is known when the reply is kept, and none can fail later.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from bot.domain.text.plain import without_accents


class Field(StrEnum):
    """What of a case stands in a reply, under the name that is typed for it."""

    NAME = "ten"
    CODE = "ma"
    OFFICER = "can_bo"
    OFFICE = "don_vi"
    HOUR = "gio_hen"


_FIELD = re.compile(r"\{([^{}\n]*)\}")
_BRACE = re.compile(r"[{}]")


def wrong_fields(text: str) -> list[str]:
    """What stands in braces and is no field, and each brace without its other half."""
    unknown = [name for name in _FIELD.findall(text) if _read(name) is None]
    return list(dict.fromkeys([*unknown, *_BRACE.findall(_FIELD.sub("", text))]))


def filled(text: str, values: Mapping[Field, str]) -> str:
    """The reply with the values of one case; what is no field stays as it is typed."""

    def value(found: re.Match[str]) -> str:
        known = _read(found[1])
        return found[0] if known is None else values[known]

    return _FIELD.sub(value, text)


def _read(name: str) -> Field | None:
    """A field, with accents, spaces and capitals as one likes."""
    folded = "_".join(without_accents(name).lower().split())
    return Field(folded) if folded in set(Field) else None
