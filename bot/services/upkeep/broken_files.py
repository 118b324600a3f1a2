"""The files of the knowledge base that cannot be served, in the words of those who edit them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.files.problem import Problem, shown
from bot.knowledge.library import Library
from bot.texts import Texts


@dataclass(frozen=True)
class BrokenPlace:
    """Where something is wrong, and why and how to mend it."""

    place: str
    reason: str


def broken_places(library: Library, texts: Texts) -> list[BrokenPlace]:
    """What is wrong with the files of the newest reading, in the order of files and lines."""
    return list(_told(library.problems, library.folder, texts))


def reason_of(problem: Problem, texts: Texts) -> str:
    """Why a file or row is left out, and how to mend it."""
    return texts.say(
        f"upkeep.fault_{problem.fault}",
        **{name: shown(value) for name, value in problem.values.items()},
    )


def _told(problems: Iterable[Problem], folder: Path, texts: Texts) -> Iterable[BrokenPlace]:
    for problem in problems:
        file = shown(problem.file.relative_to(folder).as_posix())
        place = texts.say("upkeep.broken_place", file=file, line=problem.line)
        yield BrokenPlace(place, reason_of(problem, texts))
