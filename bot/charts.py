"""Pictures of results, drawn without a screen: the same numbers give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
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
INK, QUIET = "#1f2933", "#7b8794"
STRONG_BAR, WEAK_BAR, TRACK = "#2f7d6d", "#d9822b", "#edf1f4"
WEAK_INK = "#a85b0a"
"""Of the weak bars' colour, dark enough to be read on white."""

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


def bar_chart(title: str, bars: Sequence[Bar], *, note: str = "") -> bytes:
    """A PNG of horizontal bars, the first on top; `note`: a line below, coloured as marked bars."""
    height = FRAME_HEIGHT + BAR_HEIGHT * len(bars)
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="white")
    axes = figure.add_axes((0.2, 70 / height, 0.68, (height - FRAME_HEIGHT) / height))
    _draw_bars(axes, bars)
    figure.text(
        0.03, 1 - 50 / height, title, fontfamily=FONT, fontsize=19, weight="bold", color=INK
    )
    figure.text(0.03, 22 / height, note, fontfamily=FONT, fontsize=13, color=WEAK_INK)
    picture = BytesIO()
    # Without the name of the software: its version is no part of the result.
    figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def _draw_bars(axes: Axes, bars: Sequence[Bar]) -> None:
    places = range(len(bars))
    axes.barh(places, [100] * len(bars), color=TRACK, height=0.62)
    axes.barh(
        places,
        [bar.percent for bar in bars],
        color=[WEAK_BAR if bar.marked else STRONG_BAR for bar in bars],
        height=0.62,
    )
    letters: dict[str, Any] = {"va": "center", "fontfamily": FONT, "fontsize": 15}
    for place, bar in enumerate(bars):
        weight = "bold" if bar.marked else "normal"
        label = fill(bar.label, LABEL_LETTERS)
        axes.text(-2, place, label, ha="right", color=INK, weight=weight, **letters)
        ink = WEAK_INK if bar.marked else INK
        if bar.before is not None:
            axes.plot(
                [bar.before, bar.before],
                [place - TICK, place + TICK],
                color=INK,
                linewidth=3,
                solid_capstyle="butt",
            )
        axes.text(102, place, f"{bar.percent}%", color=ink, weight="bold", **letters)
    axes.set(
        xlim=(0, 100), ylim=(len(bars) - 0.5, -0.5), yticks=[], xticks=[0, 20, 40, 60, 80, 100]
    )
    axes.tick_params(axis="x", length=0, labelsize=11, labelcolor=QUIET, labelfontfamily=FONT)
    axes.grid(axis="x", color="white", linewidth=1.2)
    for spine in axes.spines.values():
        spine.set_visible(False)
