"""Reads the project's papers: tables and links of Markdown."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import ROOT

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_CELL = re.compile(r"(?<!\\)\|")


def papers() -> list[Path]:
    """Every Markdown file of the project, without what is built or brought."""
    return [
        file
        for file in sorted(ROOT.rglob("*.md"))
        if not {".venv", "var", "node_modules", ".pytest_cache"}.intersection(
            file.relative_to(ROOT).parts
        )
    ]


def rows(path: str, *, heading: str) -> list[list[str]]:
    """The rows of the table whose first heading is `heading`, as cells, without code marks."""
    found: list[list[str]] = []
    inside = False
    for line in (ROOT / path).read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip("|"))]
        if cells[0] == heading:
            inside = True
        elif inside and not set("".join(cells)) <= set("-: "):
            found.append(cells)
    assert found, f"{path} has no table that begins with {heading}"
    return found


def code(cell: str) -> str:
    """What stands between the code marks of a cell."""
    return cell.strip("`")


def links(text: str) -> Iterator[str]:
    """The targets of all links and pictures outside of code."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    for match in LINK.finditer(prose):
        yield match[1] or match[2]
