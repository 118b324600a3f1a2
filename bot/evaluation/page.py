"""The quality page: Markdown to read, JSON to compare with, a picture."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.evaluation.comparison import compare, main_shares, shared_sets
from bot.evaluation.picture import calibration_picture, style_picture
from bot.evaluation.quality import Quality, SetFigures

FOLDER = Path(__file__).resolve().parent
PICTURE = "quality.png"
RELIABILITY = "reliability.png"


def markdown(quality: Quality, beside: Quality | None = None) -> str:
    """The page; `beside`: another run, set beside this one figure by figure."""
    names = shared_sets(beside, quality) if beside else []
    page = _template().render(
        quality=quality,
        rows=_rows(quality),
        picture=PICTURE,
        reliability=RELIABILITY,
        beside=beside,
        compared={name: compare(beside.sets[name], quality.sets[name]) for name in names}
        if beside
        else {},
    )
    return page.strip() + "\n"


def write_page(quality: Quality, folder: Path, beside: Quality | None = None) -> None:
    """Writes `quality.md`, `quality.json` and the two pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "quality.md").write_text(markdown(quality, beside), encoding="utf-8")
    data = quality.model_dump_json(indent=2) + "\n"
    (folder / "quality.json").write_text(data, encoding="utf-8")
    (folder / PICTURE).write_bytes(style_picture(quality))
    (folder / RELIABILITY).write_bytes(calibration_picture(quality))


def summary(quality: Quality) -> str:
    """The figures of each set in a few lines."""
    lines = []
    for name, figures in quality.sets.items():
        lines.append(name)
        lines += [f"  {label:<38}{cell}" for label, cell in overview(figures).items()]
        lines += [
            f"  {f'right first, {spelling}'.replace('_', ' '):<38}{again.right_first}"
            for spelling, again in figures.respelled.items()
        ]
    return "\n".join(lines)


def differences(a: Quality, b: Quality) -> str:
    """What stands apart between two runs, a line for each figure."""
    if not shared_sets(a, b):
        return "no set was measured in both runs"
    lines = [
        f"  {one.figure:<38}{one.a} → {one.b} ({one.difference:+.1f})"
        for name in shared_sets(a, b)
        for one in compare(a.sets[name], b.sets[name])
        if one.difference
    ]
    return "\n".join(["beside the other run", *(lines or ["  no figure differs"])])


def overview(figures: SetFigures) -> dict[str, str]:
    """The figures that one looks at first, as they are shown."""
    shown: dict[str, object] = {
        "messages": figures.messages,
        "dialogues": figures.dialogues,
        "left out: no such article": figures.left_out,
        **main_shares(figures),
    }
    shown |= {"median, ms": figures.latency.median_ms, "p95, ms": figures.latency.p95_ms}
    return {label: "–" if cell is None else str(cell) for label, cell in shown.items()}


def _rows(quality: Quality) -> list[tuple[str, list[str]]]:
    """A row for each figure, a cell for each set."""
    columns = [overview(figures) for figures in quality.sets.values()]
    labels = dict.fromkeys(label for column in columns for label in column)
    return [(label, [column.get(label, "–") for column in columns]) for label in labels]


def _words(name: object) -> str:
    return str(name).replace("_", " ")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701  (Markdown, of our own names and numbers)
    )
    environment.filters["words"] = _words
    return environment.get_template("page.md.j2")
