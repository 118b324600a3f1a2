"""The light Markdown as Telegram HTML, in parts that Telegram accepts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from bot.texts.markup import Line, LineKind, Run, inline_html, plain_line, prefix, read

PART_LIMIT = 4000
"""UTF-16 units of a rendered part: Telegram's limit is 4,096; which unit it counts is not told."""


@dataclass(frozen=True)
class Part:
    """One message to send, with its fall-back without marks."""

    html: str
    plain: str


def telegram_parts(text: str, limit: int = PART_LIMIT) -> list[Part]:
    """A text in parts of at most `limit` units, cut between paragraphs, lines or words.

    A tag or an entity is never cut. A text without visible characters gives no part.
    """
    parts: list[list[Line]] = []
    for block in _blocks(read(text)):
        if parts and _size([*parts[-1], _BLANK, *block]) <= limit:
            parts[-1] += [_BLANK, *block]
        elif _size(block) <= limit:
            parts.append(list(block))
        else:
            parts += _packed(block, limit)
    return [_part(lines) for lines in parts]


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


_BLANK = Line(LineKind.BLANK)


def _part(lines: list[Line]) -> Part:
    return Part(html=_html(lines), plain="\n".join(plain_line(line) for line in lines))


def _html(lines: list[Line]) -> str:
    return "\n".join(
        _aside(list(block)) if aside else _lines(block)
        for aside, block in groupby(lines, lambda line: line.aside)
    )


def _aside(lines: list[Line]) -> str:
    """Folded by Telegram itself where it is long (https://core.telegram.org/bots/api#html-style)."""
    return f"<blockquote expandable>{_lines(lines)}</blockquote>"


def _lines(lines: Iterable[Line]) -> str:
    return "\n".join(
        prefix(line, bullet="• ") + inline_html(line.runs, bold_tag="b") for line in lines
    )


def _size(lines: list[Line]) -> int:
    return utf16_units(_html(lines))


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line.kind is LineKind.BLANK:
            yield block
            block = []
        else:
            block.append(line)
    if block:
        yield block


def _packed(block: list[Line], limit: int) -> list[list[Line]]:
    """The lines of a block that is too long, as few parts as fit."""
    parts: list[list[Line]] = []
    size = limit
    for line in block:
        for piece in [line] if _size([line]) <= limit else _pieces(line, limit):
            grown = size + 1 + _size([piece])
            if grown > limit:
                parts.append([piece])
                size = _size([piece])
            else:
                parts[-1].append(piece)
                size = grown
    return parts


def _pieces(line: Line, limit: int) -> Iterator[Line]:
    """A line that is too long, cut between words; only the first piece keeps the list mark."""
    head = replace(line, runs=())
    room = limit - _size([head])
    taken: list[Run] = []
    for run in line.runs:
        rest = run.text
        while rest:
            left = room - sum(_cost(done) for done in taken)
            cut = _fitting(rest, left - _cost(Run("", bold=run.bold)))
            if cut < len(rest):
                cut = _at_a_space(rest, cut, may_be_empty=bool(taken))
            if cut:
                taken.append(Run(rest[:cut], bold=run.bold))
            if cut == len(rest):
                break
            rest = rest[cut:].lstrip()
            yield replace(head, runs=_trimmed(taken))
            head = Line(LineKind.TEXT, aside=line.aside)
            taken, room = [], limit - _size([head])
    if taken:
        yield replace(head, runs=_trimmed(taken))


def _cost(run: Run) -> int:
    return utf16_units(inline_html((run,), bold_tag="b"))


def _fitting(text: str, room: int) -> int:
    """How many characters fit into the room once escaped."""
    used = 0
    for index, character in enumerate(text):
        used += utf16_units(inline_html((Run(character),), bold_tag="b"))
        if used > room:
            return index
    return len(text)


def _at_a_space(text: str, cut: int, *, may_be_empty: bool) -> int:
    """The last word boundary at or before the cut; a word longer than a part is cut anywhere."""
    if cut and text[cut].isspace():
        return cut
    space = max(text.rfind(" ", 0, cut), text.rfind("\t", 0, cut))
    if space > 0:
        return space
    return 0 if may_be_empty else max(cut, 1)


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    if not runs:
        return ()
    last = runs[-1]
    return (*runs[:-1], Run(last.text.rstrip(), bold=last.bold))
