"""Adds the knowledge base's phrasings to the intent `ask`, so that the engine knows its field.

A new article is searched at once without any training; the classifier learns its phrasings at
the next one.
"""

import logging
import os
import re
from pathlib import Path
from typing import Any, List, Optional, Union

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from vietnamese import normalise, strip_accents

log = logging.getLogger(__name__)

SETTING = "DONGHANH_KNOWLEDGE_DIR"
OUR_OWN = Path(__file__).resolve().parent.parent / "knowledge_base"


class KnowledgeImporter(RasaFileImporter):
    """Rasa's own importer, and the phrasings of the articles."""

    def __init__(
        self,
        config_file: Optional[str] = None,
        domain_path: Optional[str] = None,
        training_data_paths: Optional[Union[List[str], str]] = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)

    def get_nlu_data(self, language: Optional[str] = "vi") -> TrainingData:
        """The files' examples and the phrasings."""
        own = super().get_nlu_data(language)
        if not own.intent_examples:
            return own
        # A phrasing that our own examples give to another intent ("gặp cán bộ") stays with it.
        taken = {strip_accents(normalise(e.get(TEXT))) for e in own.intent_examples}
        phrasings = [p for p in _phrasings() if strip_accents(normalise(p)) not in taken]
        return own.merge(
            TrainingData(training_examples=[Message.build(text=p, intent="ask") for p in phrasings])
        )


def articles_folder() -> Path:
    """The articles of the knowledge base that the setting names, or of the project's own."""
    named = os.environ.get(SETTING, "").strip()
    return (Path(named).expanduser() if named else OUR_OWN) / "articles"


def _phrasings() -> List[str]:
    folder = articles_folder()
    return [
        phrasing
        for file in sorted(folder.rglob("*.md"))
        if not _is_foreign(file.relative_to(folder))
        for phrasing in phrasings_of(file)
    ]


def _is_foreign(file: Path) -> bool:
    """What editors' machines leave beside the files: `._x.md`, `.#x.md`, `__MACOSX/`."""
    return any(part.startswith(".") or part == "__MACOSX" for part in file.parts)


def phrasings_of(file: Path) -> List[str]:
    """The phrasings in the header of an article, none where it cannot be read.

    A broken file is the business of `kb check` and of the console; the training goes on without.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        parts = re.split(r"^---[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)
        header = YAML(typ="safe").load(parts[1]) if len(parts) == 3 else None
    except Exception as error:  # noqa: BLE001  (whatever was saved, the others are learnt)
        log.warning("%s is left out of the training: %s", file, str(error).partition("\n")[0])
        return []
    listed = header.get("phrasings") if isinstance(header, dict) else None
    return [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
