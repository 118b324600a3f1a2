"""The last good copy of each file of a knowledge base, kept on disk for a start after a bad edit.

The copies lie as the files do, so they are read as a knowledge base of their own. Several
processes keep them at a time; each copy is put in its place at once.
"""

import contextlib
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.knowledge.files.source_file import Stamp, files, stamp

log = logging.getLogger(__name__)

NAME_LENGTH = 16


class LastGood:
    """The copies of one knowledge base. `cache`: where those of all of them lie."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self._source = folder
        # Another knowledge base, tried by the same installation, has copies of its own.
        name = hashlib.sha256(os.path.realpath(folder).encode()).hexdigest()[:NAME_LENGTH]
        self.folder = cache / name

    def keep(self, read: Mapping[Path, Stamp], broken: frozenset[Path]) -> None:
        """Copies what was read and is good, and forgets what is no longer there.

        `broken`: files and folders with a problem. A disk that takes no copies keeps nobody from
        being served.
        """
        failed: list[OSError] = []
        for file, seen in read.items():
            if file in broken:
                continue
            # One file that cannot be copied keeps no other from it.
            try:
                self._copy(file, seen)
            except OSError as error:
                failed.append(error)
        if failed:
            log.warning(
                "no copy of %d files of the knowledge base could be kept: %s",
                len(failed),
                failed[0],
            )
        try:
            for copy in files(self.folder):
                file = self._source / copy.relative_to(self.folder)
                # A folder that is gone as a whole stands for its files.
                if file not in read and broken.isdisjoint({file, *file.parents}):
                    copy.unlink(missing_ok=True)
        except OSError as error:
            log.warning("no copy of the knowledge base could be kept: %s", error)

    def _copy(self, file: Path, seen: Stamp) -> None:
        copy = self.folder / file.relative_to(self._source)
        modified, _, size = seen
        kept_modified, _, kept_size = stamp(copy)
        if (modified, size) == (kept_modified, kept_size):
            return
        copy.parent.mkdir(parents=True, exist_ok=True)
        number, fresh = tempfile.mkstemp(dir=copy.parent, prefix=".", suffix=copy.suffix)
        os.close(number)
        try:
            shutil.copy2(file, fresh)
            # Written to since it was read: what is there now has not been found good.
            if stamp(file) == seen:
                Path(fresh).replace(copy)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(fresh)  # noqa: PTH108
