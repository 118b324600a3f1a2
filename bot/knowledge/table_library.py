"""The newest good reading of the tables: routing, office calendar, self-assessments."""

import logging
import threading
from pathlib import Path

from bot.knowledge.problem import KnowledgeError
from bot.knowledge.tables import Tables, read_tables

log = logging.getLogger(__name__)


class TableLibrary:
    """Reads again when a table's file changed; a broken edit keeps the last good reading."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._stamp = self._stamp_of_files()
        self._tables = read_tables(folder)

    @property
    def current(self) -> Tables:
        """The newest good reading."""
        with self._lock:
            stamp = self._stamp_of_files()
            if stamp != self._stamp:
                self._stamp = stamp
                self._read_again()
            return self._tables

    def _read_again(self) -> None:
        try:
            self._tables = read_tables(self._folder)
        except KnowledgeError as error:
            log.error("the tables stay as they were:\n%s", error)  # noqa: TRY400

    def _stamp_of_files(self) -> tuple[tuple[str, int], ...]:
        files = [*self._folder.glob("*.yml"), *self._folder.glob("assessments/*.yml")]
        return tuple((file.name, file.stat().st_mtime_ns) for file in sorted(files))
