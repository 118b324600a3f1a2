"""What was written in a form, by field: shown again where the form is refused."""

from starlette.datastructures import FormData

from bot.console.frame.forms import field
from bot.console.gaps.article_form import NAMES
from bot.console.gaps.gaps import SOURCE_ROWS

CHOSEN = frozenset({"topic", "office"})
"""Fields of an article that are picked from a list."""

WRITTEN = (
    "words",
    "codes",
    "text",
    "question",
    "english",
    "last_words",
    "reason",
    "note",
    "remark",
    "why",
    "opinion",
    *(name for name in NAMES if name not in CHOSEN),
    *(f"clause_{number}" for number in range(SOURCE_ROWS)),
    "texts",
)
"""The fields that hold words; no password is among them. `_words.html` names each."""


def written(form: FormData | None) -> dict[str, str]:
    """The words that a form holds, by field; none where no form was sent."""
    words = {name: field(form, name) for name in WRITTEN} if form is not None else {}
    return {name: text for name, text in words.items() if text}
