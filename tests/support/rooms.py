"""Which folder leans on which, read from the code.

`python -m tests.support.rooms` draws the table of `docs/architecture.md` anew.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter

from tests.support.source import ROOT, SourceFile, source_files

Leanings = Mapping[str, frozenset[str]]

PAGE = ROOT / "docs" / "architecture.md"
HEAD = "| folder | modules | leans on |\n|---|---|---|\n"


def folder_of(module: str, packages: frozenset[str]) -> str:
    """The folder that a module lies in; what lies in `bot` itself counts alone."""
    if module in packages:
        return module
    folder = module.rpartition(".")[0]
    return module if folder == "bot" else folder


@cache
def folders() -> Leanings:
    """Each folder, and those that a file in it imports from."""
    found: dict[str, set[str]] = {}
    for file in source_files():
        found.setdefault(_folder(file.module), set()).update(_imported(file))
    return {folder: frozenset(on - {folder}) for folder, on in sorted(found.items())}


def circle(leanings: Leanings) -> list[str]:
    """A way that ends where it began; empty where there is none."""
    try:
        TopologicalSorter(leanings).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def size(folder: str) -> int:
    """How many modules lie in a folder, without its `__init__`."""
    return sum(
        _folder(file.module) == folder and not file.path.endswith("__init__.py")
        for file in source_files()
    )


def page() -> str:
    """The table of `docs/architecture.md`."""
    return HEAD + "".join(
        f"| `{folder}` | {size(folder) or 1} | {', '.join(f'`{one}`' for one in sorted(on))} |\n"
        for folder, on in folders().items()
        if on or size(folder)
    )


@cache
def _packages() -> frozenset[str]:
    return frozenset(f.module for f in source_files() if f.path.endswith("__init__.py"))


@cache
def _modules() -> frozenset[str]:
    return frozenset(file.module for file in source_files())


def _folder(module: str) -> str:
    return folder_of(module, _packages())


def _imported(file: SourceFile) -> Iterator[str]:
    for name, _line in file.imports():
        module = _longest(name)
        if module is not None:
            yield _folder(module)


def _longest(name: str) -> str | None:
    while name and name not in _modules():
        name = name.rpartition(".")[0]
    return name or None


def draw() -> None:
    """Puts the table where the page has it: at its end."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text[: text.rindex(HEAD)] + page(), encoding="utf-8")


if __name__ == "__main__":
    draw()
