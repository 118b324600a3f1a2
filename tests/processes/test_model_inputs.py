"""A model has the name of what it was trained on, so another name means another training."""

import re
from pathlib import Path

import pytest

from bot.processes.model_inputs import INPUTS, inputs_hash
from tests.support.source import ROOT

ARTICLE = """---
id: iso-9001
title: "ISO 9001 là gì?"
phrasings:
  - "iso 9001 là gì"
  # của chủ cơ sở
  - "chứng chỉ iso"
reviewed_on: 2026-11-01
---
ISO 9001 là tiêu chuẩn.
"""


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    article = tmp_path / "articles" / "iso" / "iso-9001.md"
    article.parent.mkdir(parents=True)
    article.write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def edited(knowledge: Path, old: str, new: str) -> str:
    """The name after an edit of the article."""
    (article,) = knowledge.rglob("*.md")
    text = article.read_text(encoding="utf-8")
    assert old in text
    article.write_text(text.replace(old, new), encoding="utf-8")
    return inputs_hash(knowledge)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("chứng chỉ iso", "giấy iso"),
        ("  # của chủ cơ sở\n", '  - "làm iso"\n'),
        ('phrasings:\n  - "iso 9001 là gì"\n', 'phrasings: ["iso"]\nx:\n'),
        ("phrasings:", '"phrasings":'),
    ],
)
def test_an_edited_phrasing_is_trained_on(knowledge: Path, old: str, new: str) -> None:
    assert inputs_hash(knowledge) != edited(knowledge, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ISO 9001 là tiêu chuẩn", "ISO 9001 là một tiêu chuẩn"),
        ("reviewed_on: 2026-11-01", "reviewed_on: 2026-11-20"),
        ("ISO 9001 là gì?", "ISO 9001 nghĩa là gì?"),
    ],
)
def test_what_is_only_searched_needs_no_training(knowledge: Path, old: str, new: str) -> None:
    assert inputs_hash(knowledge) == edited(knowledge, old, new)


def test_an_article_that_comes_or_goes_is_trained_on(knowledge: Path) -> None:
    before = inputs_hash(knowledge)
    other = knowledge / "articles" / "iso" / "iso-9002.md"
    other.write_text(ARTICLE.replace("chứng chỉ iso", "iso 9002"), encoding="utf-8")
    assert inputs_hash(knowledge) != before
    other.unlink()
    assert inputs_hash(knowledge) == before


def test_what_an_editor_s_machine_leaves_is_not_trained_on(knowledge: Path) -> None:
    before = inputs_hash(knowledge)
    (knowledge / "articles" / "iso" / "._iso-9001.md").write_text(ARTICLE, encoding="utf-8")
    (knowledge / "articles" / "__MACOSX").mkdir()
    (knowledge / "articles" / "__MACOSX" / "a.md").write_text(ARTICLE, encoding="utf-8")
    assert inputs_hash(knowledge) == before


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_of_the_project_counts(knowledge: Path, tmp_path: Path, name: str) -> None:
    root = tmp_path / "project"
    file = root / name if Path(name).suffix else root / name / "x.yml"
    file.parent.mkdir(parents=True)
    file.write_text("a", encoding="utf-8")
    before = inputs_hash(knowledge, root)
    file.write_text("b", encoding="utf-8")
    assert inputs_hash(knowledge, root) != before


def test_every_input_is_there_and_every_component_is_one() -> None:
    config = (ROOT / "config.yml").read_text(encoding="utf-8")
    components = re.findall(r"name: (engine\.[\w.]+)\.\w+", config)
    files = [f"{one.replace('.', '/')}.py" for one in components]

    assert files
    assert [one for one in files if not one.startswith(INPUTS)] == []
    assert [one for one in INPUTS if not (ROOT / one).exists()] == []
