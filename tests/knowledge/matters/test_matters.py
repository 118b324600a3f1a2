"""Matters by their names, and rows that are wrong."""

from pathlib import Path

import pytest

from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.library import Library
from bot.knowledge.matters.matter import Matter, Matters
from bot.knowledge.matters.matter_file import read_sound_matters

MARK = Matter(names=["nhãn hiệu", "logo"], what="mark", told={Aspect.COST: "mark-cost"})
COLLECTIVE = Matter(names=["nhãn hiệu tập thể"], what="collective")
MATTERS = Matters((MARK, COLLECTIVE))


@pytest.mark.parametrize(
    ("text", "matter", "rest"),
    [
        ("Nhãn hiệu mất bao lâu?", MARK, "mat bao lau"),
        ("logo het bao nhieu", MARK, "het bao nhieu"),
        ("nhãn hiệu tập thể ai đứng tên", COLLECTIVE, "ai dung ten"),
    ],
)
def test_the_longest_name_tells(text: str, matter: Matter, rest: str) -> None:
    named = MATTERS.named_in(text)
    assert named is not None
    assert (named.matter, named.rest) == (matter, rest)


@pytest.mark.parametrize("text", ["", "mã vạch bao lâu", "nhãn hiệu tập thể hay nhãn hiệu thường"])
def test_no_matter_or_several_are_none(text: str) -> None:
    assert MATTERS.named_in(text) is None


def test_an_article_belongs_to_the_matter_that_it_tells_of() -> None:
    assert MATTERS.of("mark-cost") == MATTERS.of("mark") == MARK
    assert MATTERS.of("collective") == COLLECTIVE
    assert MATTERS.of("another") is None


def test_what_a_matter_is_told_by_holds_what_is_asked(library: Library) -> None:
    """`steps` is the article itself."""
    knowledge = library.current
    assert len(knowledge.matters.rows) > 40
    lacking = [
        (matter.names[0], aspect, id_)
        for matter in knowledge.matters.rows
        for aspect, id_ in matter.told.items()
        if aspect is not Aspect.STEPS and aspect not in knowledge.articles[id_].aspects
    ]
    assert lacking == []


def test_a_row_that_is_wrong_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "matters.yml"
    rows = ["{names: [x], what: a}", "{names: [y], what: b}", "{names: [X], what: a}"]
    file.write_text("matters:\n" + "".join(f"  - {row}\n" for row in rows), encoding="utf-8")
    matters, problems = read_sound_matters(file, articles={"a"})
    assert [matter.names for matter in matters.rows] == [["x"]]
    assert [problem.line for problem in problems] == [3, 4]


def test_no_file_is_no_matter(tmp_path: Path) -> None:
    matters, problems = read_sound_matters(tmp_path / "matters.yml", articles=())
    assert (matters.rows, problems) == ((), [])
