"""Every sentence that the bot and the console say, as Jinja2 templates in YAML, by subject.

`texts/<subject>.yml` holds `key: template`; `Texts.say("subject.key", …)` renders one. A test
renders them all, and another looks for Vietnamese outside this folder. `texts/english/` holds the
same keys in English, as far as English is spoken (docs/adr/0021-english.md).
"""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from ruamel.yaml import YAML

from bot.texts.english_filters import ENGLISH_FILTERS
from bot.texts.filters import FILTERS

FOLDER = Path(__file__).resolve().parent
ENGLISH_FOLDER = FOLDER / "english"

PAGES = FOLDER / "pages"
"""Parts of pages that the console and the pages of owners share, as Jinja2 macros in HTML."""


class Texts:
    """The sentences of a folder, compiled once. `otherwise`: says what the folder does not hold."""

    def __init__(
        self,
        folder: Path = FOLDER,
        filters: Mapping[str, Any] = FILTERS,
        otherwise: "Texts | None" = None,
    ) -> None:
        self._otherwise = otherwise
        # No HTML here: each channel escapes for itself (`bot/texts/markup.py`).
        environment = Environment(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701
        )
        environment.filters.update(filters)
        self._templates: dict[str, Template] = {}
        yaml = YAML(typ="safe")
        for file in sorted(folder.glob("*.yml")):
            for key, source in yaml.load(file.read_text(encoding="utf-8")).items():
                self._templates[f"{file.stem}.{key}"] = environment.from_string(source)

    def say(self, name: str, /, **values: Any) -> str:
        """Renders a sentence.

        Raises:
            KeyError: no sentence has this name.
            jinja2.UndefinedError: a value is missing.
        """
        if self._otherwise is not None and name not in self._templates:
            return self._otherwise.say(name, **values)
        return self._templates[name].render(**values).strip()

    @cached_property
    def english(self) -> "Texts":
        """The same in English; what has no English is said in Vietnamese."""
        return Texts(ENGLISH_FOLDER, ENGLISH_FILTERS, otherwise=self)

    @property
    def names(self) -> list[str]:
        """The names of the folder itself, sorted."""
        return sorted(self._templates)


@cache
def default_texts() -> Texts:
    """The project's own sentences."""
    return Texts()
