"""The piece of a text around the first word that was looked for."""

from collections.abc import Collection

from bot.domain.text.search_text import search_text

BEFORE = 40
"""Characters that stand before the word at most."""

LONGEST = 140


def excerpt(text: str, words: Collection[str]) -> str:
    """One line of a text, whole words of it, with “…” where something is left out.

    `words`: folded (`search_text`); where none stands in the text the line is its beginning.
    """
    parts = text.split()
    hit = next((place for place, part in enumerate(parts) if _is_one(part, words)), 0)
    first = hit
    while first > 0 and len(" ".join(parts[first - 1 : hit])) <= BEFORE:
        first -= 1
    line = " ".join(parts[first:])
    cut = line[:LONGEST].rpartition(" ")[0] or line[:LONGEST] if len(line) > LONGEST else line
    return f"{'… ' if first else ''}{cut}{' …' if cut != line else ''}"


def _is_one(part: str, words: Collection[str]) -> bool:
    return any(word in words for word in search_text(part).split())
