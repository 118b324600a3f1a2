"""Pictures of the page: right first by style of writing, and how far confidence can be trusted."""

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.evaluation.figures.calibration import Calibration
from bot.evaluation.quality import Quality, SetFigures

COLOURS = ("#2f7d6d", "#d9822b", "#4c6ef5", "#7b8794")
WIDTH_INCHES, DPI = 9.0, 100
BAR_INCHES, FRAME_INCHES = 0.24, 1.3
GROUP_SHARE = 0.8
SQUARE_INCHES, DOT_POINTS = 5.5, 20


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
    return _png(figure, columns=len(shown))


def calibration_picture(quality: Quality) -> bytes:
    """A PNG of the reliability curve: mean confidence across, share right upward, bin by bin.

    On the dashed line both are equal; below it the assistant is surer than it is right. The larger
    the dot, the more answers lie in its bin.
    """
    figure = Figure(figsize=(SQUARE_INCHES, SQUARE_INCHES), dpi=DPI, layout="constrained")
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], linestyle="--", color=COLOURS[-1], linewidth=1)
    for number, (name, figures) in enumerate(quality.sets.items()):
        points = curve(figures.calibration)
        colour = COLOURS[number % len(COLOURS)]
        axes.plot([x for x, _, _ in points], [y for _, y, _ in points], color=colour, label=name)
        axes.scatter(
            [x for x, _, _ in points],
            [y for _, y, _ in points],
            [DOT_POINTS + count for _, _, count in points],
            color=colour,
        )
    axes.set(
        xlim=(0, 1.03),
        ylim=(0, 1.03),
        xlabel="confidence",
        ylabel="share right",
        title="Can confidence be trusted?",
    )
    axes.grid(color="#edf1f4")
    _clear(axes)
    return _png(figure, columns=len(quality.sets))


def curve(measured: Calibration) -> list[tuple[float, float, int]]:
    """For each bin that holds answers: mean confidence, share right (both 0 to 1), how many."""
    return [
        (one.mean_confidence, one.right.hits / one.right.of, one.right.of)
        for one in measured.bins
        if one.mean_confidence is not None
    ]


def _png(figure: Figure, columns: int) -> bytes:
    figure.legend(loc="outside lower center", ncols=max(columns, 1), frameon=False)
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
    _clear(axes)


def _clear(axes: Axes) -> None:
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
