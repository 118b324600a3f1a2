"""Files of people: readable and writable by the user that runs the service, and by nobody else."""

import contextlib
import os
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
EVERYBODY_ELSE = 0o077


def private_folder(folder: Path) -> None:
    """Makes a folder that nobody else can enter; one that is there is closed to others."""
    folder.mkdir(parents=True, exist_ok=True)
    _close(folder, PRIVATE_FOLDER)


def private_file(file: Path) -> None:
    """Makes an empty file that nobody else can read; one that is there is closed to others."""
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE))
    _close(file, PRIVATE_FILE)


def write_private(file: Path, content: bytes) -> None:
    """Writes a new file that nobody else can read."""
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(opened, "wb") as kept:
        kept.write(content)


def _close(place: Path, mode: int) -> None:
    # Not ours to change, on a disk that several share: then its owner has decided.
    with contextlib.suppress(PermissionError):
        if place.stat().st_mode & EVERYBODY_ELSE:
            place.chmod(mode)
