"""The parts as they are kept: made where the folder lacks them, and put into it at once."""

import contextlib
import fcntl
import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.search.vectors.e5.folder import PartsDamaged, PartsMissing, read_parts, write_parts
from bot.search.vectors.e5.parts import E5Parts

LOCK = "lock"

Make = Callable[[], E5Parts]

log = logging.getLogger(__name__)


def kept_parts(folder: Path, make: Make) -> E5Parts:
    """The parts in a folder; made and put there where it has none, or others than were written.

    Of several processes one makes them and the others wait. Where the disk does not take them they
    are made for this process alone.
    """
    with contextlib.suppress(PartsMissing, PartsDamaged):
        return read_parts(folder)
    try:
        with _alone(folder.parent):
            return _read_or_made(folder, make)
    except _Unkept as unkept:
        log.warning(
            "the weights of the sentence vectors cannot be kept in %s, and are converted anew "
            "at each start: %s",
            folder,
            unkept,
        )
        return unkept.parts or make()


class _Unkept(Exception):
    """The disk does not take the parts."""

    def __init__(self, error: OSError, parts: E5Parts | None = None) -> None:
        super().__init__(str(error))
        self.parts = parts


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Waits until no other process writes in a folder. The lock goes with whoever dies."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("w")
    except OSError as error:
        raise _Unkept(error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError as error:
            raise _Unkept(error) from error
        yield


def _read_or_made(folder: Path, make: Make) -> E5Parts:
    try:
        # Somebody else may have written while we waited.
        return read_parts(folder)
    except PartsMissing:
        log.info("the weights of the sentence vectors are converted into %s, once", folder)
    except PartsDamaged as damaged:
        log.warning("%s is damaged and is written anew: %s", folder, damaged)
    parts = make()
    try:
        _write(parts, folder)
    except OSError as error:
        raise _Unkept(error, parts) from error
    return parts


def _write(parts: E5Parts, folder: Path) -> None:
    """Puts the parts in their place at once, and takes away whatever else lies there."""
    # What a killed writer left, what is damaged, what older code wrote. Who runs with it goes on:
    # a mapped file lives on.
    for other in folder.parent.iterdir():
        if other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
    fresh = folder.with_name(f"{folder.name}.part")
    try:
        fresh.mkdir()
        write_parts(parts, fresh)
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
