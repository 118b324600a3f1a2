"""Every sentence that the bot and the console say, as Jinja2 templates in YAML, by subject.

`texts/<subject>.yml` holds `key: template`; `Texts.say("subject.key", …)` renders one. A test
renders them all, and another looks for Vietnamese outside this folder.
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from ruamel.yaml import YAML

from bot.texts.filters import FILTERS

FOLDER = Path(__file__).resolve().parent


class Texts:
    """The sentences of a folder, compiled once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        # No HTML here: each channel escapes for itself (`bot/texts/markup.py`).
        environment = Environment(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701
        )
        environment.filters.update(FILTERS)
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
        return self._templates[name].render(**values).strip()

    @property
    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted(self._templates)


@cache
def default_texts() -> Texts:
    """The project's own sentences."""
    return Texts()
