"""The project's own Python files, read once for the tests that hold its rules."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

PACKAGES = ("bot", "actions", "vietnamese", "engine")
"""What runs; `engine` without the environment that lies in it."""


@dataclass(frozen=True)
class SourceFile:
    """A Python file by its path from the root, such as `bot/domain/clock.py`."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def imports(self) -> Iterator[tuple[str, int]]:
        """Every imported name in full (`bot.domain.clock.Clock`) with its line."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self._base(node)
                yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.path.removesuffix(".py").split("/")[: -node.level]
        return ".".join([*package, *filter(None, [node.module])])


@cache
def source_files(packages: tuple[str, ...] = PACKAGES) -> tuple[SourceFile, ...]:
    """All Python files of packages, sorted by path."""
    return tuple(
        SourceFile(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
        for package in packages
        for file in sorted((ROOT / package).rglob("*.py"))
        if not any(part.startswith(".") for part in file.relative_to(ROOT).parts)
    )


def report(found: Iterable[str]) -> str:
    """One violation a line, for the message of an assertion."""
    return "\n" + "\n".join(found)
