"""The page, its JSON and its picture."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import matplotlib.image
import pytest
from markdown_it import MarkdownIt

from bot.evaluation.page import markdown, summary, write_page
from bot.evaluation.picture import style_picture
from bot.evaluation.quality import Quality, Table, measure
from tests.support.data.evaluation import answer_row, came, dialogue_row, expected, labelled, result

ROWS = [
    answer_row("a", "a", style="plain"),
    answer_row("a", "x a", style="plain"),
    answer_row("b", "- b", style="teencode"),
    result(labelled("chitchat"), came("chitchat")),
    result(labelled("request"), came("request")),
    result(labelled("answer", "a b", parts=["a", "b"]), came("answer", "a b")),
    result(labelled("answer", "a"), came("clarify", "- a b", offered="a b")),
]
TABLE = Table(ROWS, [dialogue_row((expected("chitchat"), came("chitchat")))], left_out=2)


@pytest.fixture
def quality() -> Quality:
    own = measure(Table(TABLE.messages, TABLE.dialogues, {"no_accents": ROWS}, 2), {"a": "labels"})
    return Quality(
        measured_on=date(2026, 11, 24), sets={"own": own, "development": measure(TABLE, {})}
    )


def test_the_page_names_every_figure(quality: Quality) -> None:
    page = markdown(quality)
    assert "Measured on 2026-11-24" in page
    assert "| right first | 40.0 % (2/5) | 40.0 % (2/5) |" in page
    assert "| left out: no such article | 2 | 2 |" in page
    assert "| recognised: request | 100.0 % (1/1) | 100.0 % (1/1) |" in page
    assert "| dialogues: turns as expected | 100.0 % (1/1) |" in page
    assert "| no accents | 40.0 % (2/5) |" in page
    assert "| a | x | 1 |" in page


def test_its_tables_are_tables(quality: Quality) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(quality))
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == 2 * 5 + 1 + 1
    text = [token.content for token in tokens if token.type == "inline" and token.level < 3]
    assert not any("|" in line for line in text)


def test_another_run_stands_beside(quality: Quality) -> None:
    worse = measure(Table([answer_row("a", "x"), answer_row("a", "a")]), {})  # 1 of 2
    own = {"own": quality.sets["own"]}  # 2 of 5
    before = Quality(measured_on=date(2026, 11, 1), assistant="model x", sets={"own": worse})
    page = markdown(quality.model_copy(update={"sets": own}), before)
    assert "A: measured on 2026-11-01 with model x. B: this run." in page
    assert "| own | A | B | difference |" in page
    assert "| right first | 50.0 % (1/2) | 40.0 % (2/5) | -10.0 |" in page
    assert "| two questions | – | 100.0 % (1/1) | – |" in page
    assert markdown(quality) in markdown(quality, None)


def test_two_runs_without_a_common_set_cannot_be_compared(quality: Quality) -> None:
    before = Quality(measured_on=date(2026, 11, 1), sets={"third": measure(TABLE, {})})
    assert "No set was measured in both." in markdown(quality, before)


def test_an_empty_set_still_makes_a_page() -> None:
    empty = Quality(measured_on=date(2026, 11, 24), sets={"own": measure(Table(), {})})
    assert "| right first | – |" in markdown(empty)
    assert style_picture(empty).startswith(b"\x89PNG")


def test_the_json_comes_back_as_it_went(quality: Quality, tmp_path: Path) -> None:
    write_page(quality, tmp_path / "new" / "folder")
    written = (tmp_path / "new" / "folder" / "quality.json").read_text(encoding="utf-8")
    assert Quality.model_validate_json(written) == quality
    head = json.loads(written)["sets"]["own"]["headline"]
    assert head["right_first"] == {"hits": 2, "of": 5, "percent": 40.0}


def test_the_same_figures_make_the_same_files(quality: Quality, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_page(quality, tmp_path / folder)
    for name in ("quality.md", "quality.json", "quality.png", "reliability.png"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_picture_grows_with_the_styles(quality: Quality) -> None:
    few = quality.model_copy(update={"sets": {"own": quality.sets["own"]}})
    heights = [
        matplotlib.image.imread(BytesIO(style_picture(one)), format="png").shape[0]
        for one in (few, quality)
    ]
    assert heights[0] < heights[1]


def test_the_summary_is_short_and_says_the_headline(quality: Quality) -> None:
    lines = summary(quality).splitlines()
    assert lines[0] == "own"
    assert [line.split() for line in lines[1:5]] == [
        ["messages", "7"],
        ["dialogues", "1"],
        ["left", "out:", "no", "such", "article", "2"],
        ["right", "first", "40.0", "%", "(2/5)"],
    ]
    assert len(lines) < 50
