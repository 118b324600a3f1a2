"""What is told in English is held to what the Vietnamese article tells."""

import shutil
from pathlib import Path

import pytest

from bot.audit.check import check
from bot.audit.english import asks_twice, changed_since, numbers_of_its_own, silent_doubts
from bot.audit.shelf import read_shelf
from bot.settings import ROOT
from tests.conftest import NOW
from tests.support.data.small_knowledge import article_file, edit

FEE = "ma-vach-phi"


@pytest.fixture
def file(folder: Path) -> Path:
    """The English article on the barcode fee."""
    (folder / "english").mkdir()
    name = f"{FEE}.yml"
    return Path(shutil.copy(ROOT / "knowledge_base" / "english" / name, folder / "english" / name))


def told(folder: Path) -> list[str]:
    return [problem.message for problem in numbers_of_its_own(read_shelf(folder))]


def test_ours_are_clean() -> None:
    shelf = read_shelf(ROOT / "knowledge_base")
    assert len(shelf.english) >= 40
    for rule in (numbers_of_its_own, silent_doubts, asks_twice, changed_since):
        assert list(rule(shelf)) == []


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ("VND 1,200,000", "1,200,000"),
        ("VND 1.2 million", "1.2 million"),
        ("VND 7,000,000", "7,000,000"),
        ("within 47 days", "47"),
        ("within eleven months", "eleven months"),
        ("from 24 January 2026", "24 January 2026"),
        ("Article 17", "17"),
    ],
)
def test_a_number_of_its_own_is_told(folder: Path, file: Path, instead: str, said: str) -> None:
    edit(file, "VND 1,500,000", instead)

    assert told(folder) == [f"says “{said}”, and {FEE} does not"]


@pytest.mark.parametrize("instead", ["VND 1.5 million", "VND 1500 thousand", "1,500,000 dong"])
def test_the_same_number_may_be_written_in_another_way(
    folder: Path, file: Path, instead: str
) -> None:
    edit(file, "VND 1,500,000", instead)

    assert told(folder) == []


def test_a_doubt_of_the_vietnamese_article_is_not_left_out(folder: Path, file: Path) -> None:
    assert list(silent_doubts(read_shelf(folder))) == []

    edit(article_file(folder, FEE), "verify: false", 'verify: true\nverify_note: "Chưa rõ."')

    [problem] = silent_doubts(read_shelf(folder))
    assert problem.message == f"{FEE} is not verified: `unconfirmed` must say what"


def test_a_way_of_asking_stands_in_one_article_only(folder: Path, file: Path) -> None:
    other = file.with_name("ma-vach-dang-ky.yml")
    shutil.copy(ROOT / "knowledge_base" / "english" / other.name, other)
    edit(other, "get GS1 barcode number", "Barcode fee?")

    [problem] = asks_twice(read_shelf(folder))

    assert problem.file == file
    assert problem.message == "“barcode fee” stands in ma-vach-dang-ky too"


def test_an_article_that_has_changed_since_is_named_with_its_new_mark(
    folder: Path, file: Path
) -> None:
    edit(article_file(folder, FEE), "1.500.000 đồng", "1.510.000 đồng")

    [problem] = changed_since(read_shelf(folder))
    assert problem.file == file
    mark = problem.message.split('"')[1]

    text = file.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("made_from:"))
    edit(file, old, f'made_from: "{mark}"')
    assert list(changed_since(read_shelf(folder))) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("subject:", "matter:", "subject: Field required"),
        ("reviewed: false", "reviewed: perhaps", "reviewed:"),
        (f"id: {FEE}", "id: ma-vach", "id: ma-vach is not the file's name"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(
    folder: Path, file: Path, old: str, new: str, message: str
) -> None:
    edit(file, old, new)

    problems = [one for one in check(folder, NOW.date()) if one.file == file]

    assert any(one.message.startswith(message) and one.line for one in problems)


def test_a_file_of_no_article_is_told(folder: Path, file: Path) -> None:
    lost = file.with_name("no-such-article.yml")
    lost.write_text(file.read_text("utf-8").replace(f"id: {FEE}", f"id: {lost.stem}"), "utf-8")

    messages = [one.message for one in check(folder, NOW.date()) if one.file == lost]

    assert "no-such-article is no article" in messages
