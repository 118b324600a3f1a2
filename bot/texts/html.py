"""The light Markdown as HTML, the same for an owner's page and an officer's: safe to insert."""

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

from bot.texts.markup import Line, LineKind, Run, inline_html, read

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


def to_html(text: str) -> str:
    """Paragraphs, lists, bold, links, folded asides; every other character is escaped."""
    return "".join(
        _folded(list(lines)) if aside else _blocks(lines)
        for aside, lines in groupby(read(text), _is_aside)
    )


def owner_html(text: str) -> str:
    """An owner's own words: no marks are read, only lines and links."""
    lines = text.strip().split("\n")
    return "<p>" + "<br>".join(_with_links((Run(line),)) for line in lines) + "</p>"


def _is_aside(line: Line) -> bool:
    return line.aside


def _folded(lines: list[Line]) -> str:
    """An aside behind its first line; one line alone hides nothing and stays in sight."""
    first, *rest = lines
    if not rest:
        return f'<p class="aside">{_with_links(first.runs)}</p>'
    summary = f"<summary>{_with_links(first.runs)}</summary>"
    return f'<details class="aside">{summary}{_blocks(rest)}</details>'


def _blocks(lines: Iterable[Line]) -> str:
    return "".join(_block(kind, list(block)) for kind, block in groupby(lines, _kind))


def _kind(line: Line) -> LineKind:
    return line.kind


def _block(kind: LineKind, lines: list[Line]) -> str:
    if kind is LineKind.BLANK:
        return ""
    if kind is LineKind.TEXT:
        return "<p>" + "<br>".join(_with_links(line.runs) for line in lines) + "</p>"
    if kind is LineKind.BULLET:
        return "<ul>" + "".join(_item(line) for line in lines) + "</ul>"
    return "<ol>" + "".join(_item(line, value=line.number) for line in lines) + "</ol>"


def _item(line: Line, *, value: str = "") -> str:
    number = f' value="{int(value)}"' if value else ""
    depth = f' class="depth-{line.depth}"' if line.depth else ""
    return f"<li{number}{depth}>{_with_links(line.runs)}</li>"


def _with_links(runs: tuple[Run, ...]) -> str:
    return "".join(_linked(run) for run in runs)


def _linked(run: Run) -> str:
    pieces = []
    end = 0
    for found in _ADDRESS.finditer(run.text):
        pieces.append(inline_html((Run(run.text[end : found.start()]),), bold_tag="strong"))
        address = escape(found[0])
        pieces.append(f'<a href="{address}" target="_blank" rel="noopener nofollow">{address}</a>')
        end = found.end()
    pieces.append(inline_html((Run(run.text[end:]),), bold_tag="strong"))
    inner = "".join(pieces)
    return f"<strong>{inner}</strong>" if run.bold else inner
