"""What a later version of a conclusion says otherwise than the one before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.storage.models import GapConclusion

SHOWN = (
    "title", "button", "subject", "topic", "office", "answer", "detail", "next_steps", "sources",
    "verify_note", "phrasings",
)  # fmt: skip
"""Fields of an article that a person writes, in the order of the form."""


@dataclass(frozen=True)
class FieldChange:
    """One field, as it was and as it is; `article` and `texts` are the conclusion's own."""

    field: str
    before: str
    after: str


def version_changes(conclusion: GapConclusion) -> list[FieldChange]:
    """The fields that differ from the version it replaces; none where it is the first one."""
    before = conclusion.replaces
    if before is None:
        return []
    pairs = [
        ("article", before.article, conclusion.article),
        ("texts", _words(before.texts), _words(conclusion.texts)),
    ]
    if conclusion.draft is not None:
        old: Mapping[str, Any] = before.draft or {}
        pairs += [(name, _words(old.get(name)), _words(conclusion.draft.get(name)))
                  for name in SHOWN]  # fmt: skip
    return [FieldChange(name, was, is_) for name, was, is_ in pairs if was != is_]


def _words(value: object) -> str:
    """A field as lines; of a source its document and clause."""
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return "\n".join(_words(part) for part in value)
    return str(value or "")
