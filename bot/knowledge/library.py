"""The knowledge base in service: read again where a file changed, whatever was saved in it."""

import logging
import threading
from pathlib import Path
from typing import Protocol

from bot.knowledge.files.last_good import LastGood
from bot.knowledge.files.problem import Problem
from bot.knowledge.files.source_file import stamps
from bot.knowledge.files.table_file import stop_at
from bot.knowledge.reading import Reading, read_as_served
from bot.knowledge.served import Knowledge
from bot.knowledge.tables import Tables

__all__ = ["Knowledge", "Layer", "Library", "read_knowledge"]

log = logging.getLogger(__name__)


def read_knowledge(folder: Path) -> Knowledge:
    """Reads the whole folder, for those who want it without any fault.

    Raises:
        KnowledgeError: with every problem found, each with file and line.
    """
    reading = read_as_served(folder)
    stop_at(list(reading.problems))
    return reading.knowledge


class Layer(Protocol):
    """What lies over the files (`docs/adr/0007-approved-additions.md`)."""

    def stamp(self) -> object:
        """Differs from the one before when the layer has changed. Cheap."""
        ...

    def over(self, knowledge: Knowledge) -> Knowledge:
        """The files' knowledge with the layer over it; never raises for what does not fit."""
        ...


class Library:
    """The newest reading of a folder. What cannot be read is served as it was when it last could.

    `layer`: what is laid over each reading; `copies`: where the last good copy of each file is
    kept, for a start with files that are broken.
    """

    def __init__(
        self, folder: Path, layer: Layer | None = None, *, copies: Path | None = None
    ) -> None:
        self.folder = folder
        self._layer = layer
        self._last_good = LastGood(folder, copies) if copies is not None else None
        self._lock = threading.Lock()
        self._stamps = stamps(folder)
        self._layer_stamp = self._stamp_of_layer()
        self._told: frozenset[Problem] = frozenset()
        self._reading = self._first_reading()
        self._look_after()
        self._knowledge = self._laid_over()

    @property
    def files(self) -> Knowledge:
        """The newest reading without what lies over it."""
        return self._reading.knowledge

    @property
    def current(self) -> Knowledge:
        """The newest reading."""
        return self._knowledge

    @property
    def tables(self) -> Tables:
        """Routing, office calendar and self-assessments of the newest reading."""
        return self._reading.tables

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files, in the order of files and lines."""
        return self._reading.problems

    def refresh(self) -> bool:
        """Reads the folder again where a file changed; whether other knowledge is served now."""
        with self._lock:
            layer_stamp, found = self._stamp_of_layer(), stamps(self.folder)
            if (found, layer_stamp) == (self._stamps, self._layer_stamp):
                return False
            before = self._reading.knowledge
            if found != self._stamps:
                self._stamps = found
                self._reading = read_as_served(self.folder, self._reading)
                self._look_after()
            if layer_stamp == self._layer_stamp and self._reading.knowledge == before:
                return False
            self._layer_stamp = layer_stamp
            self._knowledge = self._laid_over()
            return True

    def _first_reading(self) -> Reading:
        reading = read_as_served(self.folder)
        if not reading.problems or self._last_good is None:
            return reading
        return read_as_served(self.folder, read_as_served(self._last_good.folder))

    def _look_after(self) -> None:
        """Says what is newly wrong, and keeps a copy of what is right."""
        problems = frozenset(self._reading.problems)
        for problem in self._reading.problems:
            if problem not in self._told:
                log.warning("left out of the knowledge base: %s", problem)
        if self._told and not problems:
            log.info("nothing is left out of the knowledge base any more")
        self._told = problems
        if self._last_good is not None:
            self._last_good.keep(self._stamps, frozenset(one.file for one in problems))

    def _stamp_of_layer(self) -> object:
        return None if self._layer is None else self._layer.stamp()

    def _laid_over(self) -> Knowledge:
        knowledge = self._reading.knowledge
        return knowledge if self._layer is None else self._layer.over(knowledge)
