"""What a model is trained on, as one short name: another name means that it must be trained anew.

Of the articles only the phrasings count: the rest of them is searched, and never trained on.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from bot.settings import ROOT

PROJECT = "config.yml"

INPUTS = (
    PROJECT,
    "domain.yml",
    "nlu_data/nlu",
    "nlu_data/rules",
    "engine/knowledge_importer.py",
    "engine/nlu",
    "engine/rule_policy.py",
    "engine/train.py",
    "engine/uv.lock",
    "vietnamese",
)
"""Files and folders of the project: data, what learns from them, and the versions of libraries."""

IGNORED = frozenset({".venv", "__pycache__", "README.md"})

_HEADER = re.compile(rb"^---[ \t]*\r?$", re.MULTILINE)
_PHRASINGS = re.compile(rb"^phrasings:.*?(?=^[^\s#-]|\Z)", re.MULTILINE | re.DOTALL)
"""The entry of the header up to the next one."""


def inputs_hash(knowledge_dir: Path, root: Path = ROOT) -> str:
    """A name for the state of all inputs."""
    digest = hashlib.sha256()
    for file in _project_files(root):
        digest.update(str(file.relative_to(root)).encode())
        digest.update(file.read_bytes())
    for phrasings in _phrasings(knowledge_dir / "articles"):
        digest.update(phrasings)
    return digest.hexdigest()[:16]


def _project_files(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        start = root / name
        for file in [start] if start.is_file() else sorted(start.rglob("*")):
            if file.is_file() and not IGNORED.intersection(file.relative_to(root).parts):
                yield file


def _phrasings(articles: Path) -> Iterator[bytes]:
    """The phrasings of each article as they are written, in the importer's order."""
    for file in sorted(articles.rglob("*.md")):
        # What editors' machines leave beside the files is not trained on either.
        hidden = any(
            part.startswith(".") or part == "__MACOSX" for part in file.relative_to(articles).parts
        )
        if hidden or not file.is_file():
            continue
        parts = _HEADER.split(file.read_bytes(), maxsplit=2)
        if len(parts) == 3:  # noqa: PLR2004  (what stands before, the header, the text)
            # A header that is written in another way counts as a whole.
            written = _PHRASINGS.search(parts[1])
            yield written[0] if written else parts[1]
