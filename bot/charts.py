"""Pictures of results, drawn without a screen: the same numbers give the same bytes."""

import json
import struct
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from textwrap import fill
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

FONT = "DejaVu Sans"
"""Comes with matplotlib and has all Vietnamese letters."""

_FOLDER = Path(mpl.get_data_path()) / "fonts" / "ttf"
PLAIN_FONT_FILE, BOLD_FONT_FILE = _FOLDER / "DejaVuSans.ttf", _FOLDER / "DejaVuSans-Bold.ttf"

WIDTH, BAR_HEIGHT, FRAME_HEIGHT = 900, 68, 160
"""Pixels. Five bars make 900 × 500: whole on a phone held upright, its letters still readable."""

DPI = 100

NUMBERS = "Donghanh-Chart"
"""The part of a picture's file that holds what it shows, so that it can be drawn again."""

PNG_MARK = b"\x89PNG\r\n\x1a\n"
MOST_BARS, LONGEST_WORDS = 40, 300
"""Of a chart that is drawn again: a file may come from anybody."""


@dataclass(frozen=True)
class Palette:
    """The colours of a picture. `weak_ink`: of the weak bars' colour, and readable as words."""

    ground: str
    ink: str
    quiet: str
    strong_bar: str
    weak_bar: str
    track: str
    weak_ink: str


LIGHT = Palette("#ffffff", "#1f2933", "#5f6b78", "#2f7d6d", "#c8741c", "#edf1f4", "#a85b0a")
"""For paper, Telegram and pages by day."""

DARK = Palette("#1a2529", "#e4ecee", "#a3b3b8", "#2f9b88", "#d9822b", "#2b3a40", "#f2bb7c")
"""On the ground of the web chat by night."""

TICK = 0.4
"""Half the height of the tick of an earlier percent; a bar is 0.62 high."""

LABEL_LETTERS = 14
"""What fits beside a bar; longer labels go on in a second line."""


@dataclass(frozen=True)
class Bar:
    """One bar; `percent` 0 to 100; `marked`: in the colour of what needs work.

    `before`: an earlier percent, drawn as a tick.
    """

    label: str
    percent: int
    marked: bool = False
    before: int | None = None


def bar_chart(
    title: str, bars: Sequence[Bar], *, note: str = "", palette: Palette = LIGHT
) -> bytes:
    """A PNG of horizontal bars, the first on top; `note`: a line below, coloured as marked bars."""
    height = FRAME_HEIGHT + BAR_HEIGHT * len(bars)
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=palette.ground)
    axes = figure.add_axes((0.2, 70 / height, 0.68, (height - FRAME_HEIGHT) / height))
    axes.set_facecolor(palette.ground)
    _draw_bars(axes, bars, palette)
    figure.text(
        0.03, 1 - 50 / height, title, fontfamily=FONT, fontsize=19, weight="bold", color=palette.ink
    )
    figure.text(0.03, 22 / height, note, fontfamily=FONT, fontsize=13, color=palette.weak_ink)
    picture = BytesIO()
    numbers = json.dumps({"title": title, "note": note, "bars": [astuple(bar) for bar in bars]})
    # Without the name of the software: its version is no part of the result.
    figure.savefig(picture, format="png", metadata={"Software": None, NUMBERS: numbers})
    return picture.getvalue()


@lru_cache(maxsize=16)
def dark_chart(png: bytes) -> bytes | None:
    """The same chart for a dark page, drawn from its own file; None where that is no chart."""
    try:
        told = json.loads(_text_of(png, NUMBERS))
        bars = [Bar(str(label), int(percent), bool(m), b) for label, percent, m, b in told["bars"]]
        title, note = str(told["title"]), str(told["note"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not _is_drawable(title, note, bars):
        return None
    return bar_chart(title, bars, note=note, palette=DARK)


def _is_drawable(title: str, note: str, bars: Sequence[Bar]) -> bool:
    words = (title, note, *(bar.label for bar in bars))
    percents = [p for bar in bars for p in (bar.percent, bar.before) if p is not None]
    return (
        0 < len(bars) <= MOST_BARS
        and all(len(one) <= LONGEST_WORDS for one in words)
        and all(isinstance(p, int) and 0 <= p <= 100 for p in percents)  # noqa: PLR2004  (percent)
    )


def _text_of(png: bytes, keyword: str) -> str:
    """The words under a keyword in the file of a picture.

    Raises:
        ValueError: there are none.
    """
    opening = keyword.encode() + b"\0"
    place = len(PNG_MARK) if png.startswith(PNG_MARK) else len(png)
    while place + 8 <= len(png):
        size, kind = struct.unpack(">I4s", png[place : place + 8])
        content = png[place + 8 : place + 8 + size]
        if kind == b"tEXt" and content.startswith(opening):
            return content[len(opening) :].decode("latin-1")
        place += size + 12
    raise ValueError(keyword)


def _draw_bars(axes: Axes, bars: Sequence[Bar], palette: Palette) -> None:
    places = range(len(bars))
    axes.barh(places, [100] * len(bars), color=palette.track, height=0.62)
    axes.barh(
        places,
        [bar.percent for bar in bars],
        color=[palette.weak_bar if bar.marked else palette.strong_bar for bar in bars],
        height=0.62,
    )
    letters: dict[str, Any] = {"va": "center", "fontfamily": FONT, "fontsize": 15}
    for place, bar in enumerate(bars):
        weight = "bold" if bar.marked else "normal"
        label = fill(bar.label, LABEL_LETTERS)
        axes.text(-2, place, label, ha="right", color=palette.ink, weight=weight, **letters)
        ink = palette.weak_ink if bar.marked else palette.ink
        if bar.before is not None:
            _draw_tick(axes, place, bar.before, palette)
        axes.text(102, place, f"{bar.percent}%", color=ink, weight="bold", **letters)
    axes.set(
        xlim=(0, 100), ylim=(len(bars) - 0.5, -0.5), yticks=[], xticks=[0, 20, 40, 60, 80, 100]
    )
    axes.tick_params(
        axis="x", length=0, labelsize=11, labelcolor=palette.quiet, labelfontfamily=FONT
    )
    axes.grid(axis="x", color=palette.ground, linewidth=1.2)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _draw_tick(axes: Axes, place: int, percent: int, palette: Palette) -> None:
    axes.plot(
        [percent, percent],
        [place - TICK, place + TICK],
        color=palette.ink,
        linewidth=3,
        solid_capstyle="butt",
    )
