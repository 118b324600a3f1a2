"""Vectors kept between starts, by a hash of what was embedded, in one file."""

import hashlib
import logging
import os
import tempfile
import threading
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

LIMIT = 50_000
"""Vectors kept: about 77 MB. The oldest leave first."""

log = logging.getLogger(__name__)


class VectorCache:
    """Vectors by key. Safe between threads; of two processes, the later adds to what it finds."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._vectors = _read(file)

    def get(self, key: str) -> Vector | None:
        """The vector of a key, where it is known."""
        return self._vectors.get(key)

    def __getitem__(self, key: str) -> Vector:
        return self._vectors[key]

    def add(self, vectors: Mapping[str, Vector]) -> None:
        """Keeps vectors, on disk too. The file is never seen half written."""
        if not vectors:
            return
        with self._lock:
            # Another process may have written meanwhile.
            merged = {**_read(self._file), **self._vectors, **vectors}
            kept = dict(list(merged.items())[-LIMIT:])
            _write(self._file, kept)
            self._vectors = kept


def key_of(model: str, kind: str, text: str) -> str:
    """The key of a text as a model embeds it."""
    return hashlib.blake2b(f"{model}\n{kind}\n{text}".encode(), digest_size=16).hexdigest()


def _read(file: Path) -> dict[str, Vector]:
    try:
        # Opened here: of a broken archive numpy leaves the file open.
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
        log.warning("the vector cache %s is unreadable and is made anew: %s", file, error)
        return {}


def _write(file: Path, vectors: Mapping[str, Vector]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, keys=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
