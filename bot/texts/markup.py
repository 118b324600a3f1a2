"""The light Markdown of an `OutgoingMessage`, read once and written for each channel.

The dialect: paragraphs, line breaks, `**bold**`, lists with `-` and `1.`, and `> ` before each
line of an aside: what stands below the answer, whose first line tells what it is, and which a
channel may fold away behind that line. Everything else is plain text, so a text of hostile or
broken marks is shown as it is, and no other character is lost.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape

from markdown_it import MarkdownIt

TAB = 2
"""Spaces that make a list item one level deeper."""

_ASIDE = re.compile(r"> (?=[ ]*\S)")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-*•]|\d{1,3}[.)])[ \t]+(?P<rest>\S.*)")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INLINE = MarkdownIt("zero", {"html": False}).enable("emphasis")


class LineKind(StrEnum):
    """What a line is."""

    TEXT = "text"
    BULLET = "bullet"
    NUMBER = "number"
    BLANK = "blank"


@dataclass(frozen=True)
class Run:
    """Characters of one look."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """One line: its kind, a list item's number and depth, its runs, and whether of an aside."""

    kind: LineKind
    runs: tuple[Run, ...] = ()
    number: str = ""
    depth: int = 0
    aside: bool = False

    @property
    def is_item(self) -> bool:
        """Whether the line belongs to a list."""
        return self.kind in {LineKind.BULLET, LineKind.NUMBER}


def read(text: str) -> list[Line]:
    """The lines of a text: NFC, without control characters, never two blank lines in a row."""
    lines: list[Line] = []
    for raw in printable(text).split("\n"):
        line = _line(raw.rstrip())
        if line.kind is LineKind.BLANK and (not lines or lines[-1].kind is LineKind.BLANK):
            continue
        lines.append(line)
    while lines and lines[-1].kind is LineKind.BLANK:
        lines.pop()
    return lines


def printable(text: str) -> str:
    """NFC, lines ended by a newline, without characters that no channel can carry."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNPRINTABLE.sub("", composed)


def to_plain(text: str) -> str:
    """Plain text: lists keep their marks, bold loses its stars."""
    return "\n".join(plain_line(line) for line in read(text))


def plain_line(line: Line) -> str:
    """One line as plain text."""
    return prefix(line, bullet="- ") + "".join(run.text for run in line.runs)


def prefix(line: Line, *, bullet: str) -> str:
    """What stands before the words of a list item; empty elsewhere."""
    indent = " " * (TAB * line.depth)
    if line.kind is LineKind.BULLET:
        return indent + bullet
    return f"{indent}{line.number}. " if line.kind is LineKind.NUMBER else ""


def inline_html(runs: tuple[Run, ...], *, bold_tag: str) -> str:
    """Runs as HTML text (not for attributes); every mark of the text is escaped."""
    return "".join(
        f"<{bold_tag}>{_escaped(run)}</{bold_tag}>" if run.bold else _escaped(run) for run in runs
    )


def _escaped(run: Run) -> str:
    return escape(run.text, quote=False)


def _line(raw: str) -> Line:
    aside = _ASIDE.match(raw)
    return replace(_plain(raw[aside.end() :]), aside=True) if aside else _plain(raw)


def _plain(raw: str) -> Line:
    if not raw.strip():
        return Line(LineKind.BLANK)
    item = _ITEM.fullmatch(raw)
    if item is None:
        return Line(LineKind.TEXT, _runs(raw.strip()))
    depth = min(len(item["indent"].expandtabs(TAB)) // TAB, 3)
    marker = item["marker"]
    kind = LineKind.NUMBER if marker[0].isdigit() else LineKind.BULLET
    number = marker[:-1] if kind is LineKind.NUMBER else ""
    return Line(kind, _runs(item["rest"]), number=number, depth=depth)


def _runs(text: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    bold = 0
    for token in _INLINE.parseInline(text)[0].children or []:
        if token.markup == "**" and token.nesting:
            bold += token.nesting
            continue
        # Single stars and underlines are no marks of ours: they stay in the text.
        words = token.content or token.markup
        if runs and runs[-1].bold == (bold > 0):
            runs[-1] = Run(runs[-1].text + words, bold=bold > 0)
        elif words:
            runs.append(Run(words, bold=bold > 0))
    return tuple(runs)
