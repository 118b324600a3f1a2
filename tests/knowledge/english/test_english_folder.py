"""English articles are served beside the Vietnamese ones; a broken file keeps nothing from it."""

import shutil
from pathlib import Path

import pytest

from bot.knowledge.reading import read_as_served
from bot.settings import ROOT
from tests.support.data.small_knowledge import edit

OWN = ROOT / "knowledge_base"


@pytest.fixture
def english(folder: Path) -> Path:
    """The folder of two articles in English; of one of them the Vietnamese article is missing."""
    (folder / "english").mkdir()
    for name in ("ma-vach-phi", "ma-vach-nuoc-ngoai"):
        shutil.copy(OWN / "english" / f"{name}.yml", folder / "english" / f"{name}.yml")
    shutil.copy(OWN / "english_titles.yml", folder / "english_titles.yml")
    return folder / "english"


def test_what_has_its_vietnamese_article_is_served(folder: Path, english: Path) -> None:
    reading = read_as_served(folder)

    assert list(reading.knowledge.english) == ["ma-vach-phi"]
    assert [problem.message for problem in reading.problems] == ["ma-vach-nuoc-ngoai is no article"]


def test_titles_are_those_of_articles_not_told_in_english(folder: Path, english: Path) -> None:
    # A copy of the whole: every title that is not here is of an article that is not.
    served = read_as_served(folder).knowledge

    assert served.english_titles
    assert set(served.english_titles) <= set(served.articles) - set(served.english)


def test_a_broken_file_is_served_as_it_was(folder: Path, english: Path) -> None:
    before = read_as_served(folder)
    edit(english / "ma-vach-phi.yml", "asks:", "asks: none\nwas:")

    after = read_as_served(folder, before)

    assert after.knowledge.english == before.knowledge.english
    assert any(problem.file.name == "ma-vach-phi.yml" for problem in after.problems)


def test_nearly_every_article_of_ours_is_known_in_english() -> None:
    served = read_as_served(OWN).knowledge

    unknown = set(served.articles) - set(served.english) - set(served.english_titles)
    assert len(unknown) <= len(served.articles) / 10


def test_topics_and_our_offices_have_an_english_title() -> None:
    served = read_as_served(OWN).knowledge

    named = [*served.topics.values(), *served.offices.values()]
    assert [one.id for one in named if not one.english] == []
