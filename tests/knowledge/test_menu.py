"""What a newcomer is offered: ours against real articles; what is refused has file and line."""

from pathlib import Path

import pytest

from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.library import Library
from bot.knowledge.menu import Menu, read_menu, read_sound_menu

ARTICLES = {"iso9001-la-gi", "tu-cham-iso9001"}
GOOD = """\
questions:
  - button: ISO 9001
    article: iso9001-la-gi
assessments: [5s]
read_instead: [tu-cham-iso9001]
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "menu.yml"
    file.write_text(text, encoding="utf-8")
    return file


def read(file: Path) -> Menu:
    return read_menu(file, articles=ARTICLES, assessments={"5s"})


def test_ours_offers_articles_and_an_assessment_that_are_there(library: Library) -> None:
    menu = library.tables.menu

    assert {one.article for one in menu.questions} <= library.current.articles.keys()
    assert set(menu.read_instead) <= library.current.articles.keys()
    assert menu.assessments
    assert set(menu.assessments) == set(library.tables.assessments)
    assert menu.questions


def test_buttons_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    more = GOOD.replace(
        "assessments:", "  - button: Tự chấm\n    article: tu-cham-iso9001\nassessments:"
    )

    menu = read(written(tmp_path, more))

    assert [one.button for one in menu.questions] == ["ISO 9001", "Tự chấm"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("article: iso9001-la-gi", "article: khong-co", 3),
        ("assessments: [5s]", "assessments: [khong-co]", 4),
        ("[tu-cham-iso9001]", "[khong-co]", 5),
        ("button: ISO 9001", "button: ''", 2),
        ("button: ISO 9001", f"button: {'x' * 41}", 2),
    ],
)
def test_what_is_not_there_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    file = written(tmp_path, GOOD.replace(old, new))

    with pytest.raises(KnowledgeError) as wrong:
        read(file)

    (problem,) = wrong.value.problems
    assert (problem.file, problem.line) == (file, line)


def test_a_row_that_is_wrong_costs_no_other(tmp_path: Path) -> None:
    bad = GOOD.replace("assessments:", "  - button: Lạ\n    article: khong-co\nassessments:")

    menu = read_sound_menu(written(tmp_path, bad), articles=ARTICLES)

    assert [one.article for one in menu.questions] == ["iso9001-la-gi"]
    assert menu.assessments == ["5s"]
