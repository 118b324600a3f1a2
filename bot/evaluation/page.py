"""The quality page: Markdown to read, JSON to compare with, a picture."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.evaluation.picture import style_picture
from bot.evaluation.quality import Quality, SetFigures

FOLDER = Path(__file__).resolve().parent
PICTURE = "quality.png"


def markdown(quality: Quality) -> str:
    """The page."""
    return _template().render(quality=quality, rows=_rows(quality), picture=PICTURE).strip() + "\n"


def write_page(quality: Quality, folder: Path) -> None:
    """Writes `quality.md`, `quality.json` and `quality.png` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "quality.md").write_text(markdown(quality), encoding="utf-8")
    data = quality.model_dump_json(indent=2) + "\n"
    (folder / "quality.json").write_text(data, encoding="utf-8")
    (folder / PICTURE).write_bytes(style_picture(quality))


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


def overview(figures: SetFigures) -> dict[str, str]:
    """The figures that one looks at first, as they are shown."""
    head, talks = figures.headline, figures.conversations
    shown: dict[str, object] = {
        "messages": figures.messages,
        "dialogues": figures.dialogues,
        "left out: no such article": figures.left_out,
        "right first": head.right_first,
        "in three": head.in_three,
        "two questions": head.two_questions,
        "off-topic answered": head.off_topic_answered,
        "asked back or refused": head.asked_back_or_refused,
        "dialogues: turns as expected": talks.turns,
        "dialogues: whole": talks.whole,
        "dialogues: form resumed": talks.resumed,
    }
    shown |= {f"recognised: {_words(name)}": one for name, one in figures.recognised.items()}
    shown |= {"median, ms": figures.latency.median_ms, "p95, ms": figures.latency.p95_ms}
    return {label: "–" if cell is None else str(cell) for label, cell in shown.items()}


def _rows(quality: Quality) -> list[tuple[str, list[str]]]:
    """A row for each figure, a cell for each set."""
    columns = [overview(figures) for figures in quality.sets.values()]
    labels = dict.fromkeys(label for column in columns for label in column)
    return [(label, [column[label] for column in columns]) for label in labels]


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
