"""Right first by style of writing as bars, one colour a set."""

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.evaluation.quality import Quality, SetFigures

COLOURS = ("#2f7d6d", "#d9822b", "#4c6ef5", "#7b8794")
WIDTH_INCHES, DPI = 9.0, 100
BAR_INCHES, FRAME_INCHES = 0.24, 1.3
GROUP_SHARE = 0.8


def style_picture(quality: Quality) -> bytes:
    """A PNG of horizontal bars, the first style on top; what was not measured has no bar."""
    shown = {name: _percents(figures) for name, figures in quality.sets.items()}
    labels = list(dict.fromkeys(label for bars in shown.values() for label in bars))
    height = FRAME_INCHES + max(len(labels), 1) * (len(shown) + 1) * BAR_INCHES
    figure = Figure(figsize=(WIDTH_INCHES, height), dpi=DPI, layout="constrained")
    axes = figure.add_subplot()
    thickness = GROUP_SHARE / max(len(shown), 1)
    for number, (name, bars) in enumerate(shown.items()):
        shift = (number - (len(shown) - 1) / 2) * thickness
        drawn = axes.barh(
            [labels.index(label) + shift for label in bars],
            list(bars.values()),
            thickness * 0.9,
            color=COLOURS[number % len(COLOURS)],
            label=name,
        )
        axes.bar_label(drawn, fmt="%.0f", padding=3, fontsize=9)
    _draw_frame(axes, labels)
    figure.legend(loc="outside lower center", ncols=len(shown), frameon=False)
    picture = BytesIO()
    # Without the name of the software: its version is no part of the result.
    figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def _percents(figures: SetFigures) -> dict[str, float]:
    shares = {style: figure.right_first for style, figure in figures.by_style.items()}
    shares |= {
        f"all, {spelling.replace('_', ' ')}": again.right_first
        for spelling, again in figures.respelled.items()
    }
    return {label: one.percent for label, one in shares.items() if one.percent is not None}


def _draw_frame(axes: Axes, labels: list[str]) -> None:
    axes.set(
        xlim=(0, 105),
        ylim=(max(len(labels), 1) - 0.5, -0.5),
        yticks=range(len(labels)),
        yticklabels=labels,
        title="Right first by style of writing, %",
    )
    axes.grid(axis="x", color="#edf1f4")
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
