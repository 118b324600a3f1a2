"""A start after a bad edit: what was good when it was last read is served again."""

import os
from pathlib import Path

import pytest

from bot.knowledge.files.last_good import LastGood
from bot.knowledge.files.source_file import files, stamps
from bot.knowledge.library import Library
from tests.support.data.small_knowledge import (
    article_file,
    copy_small_knowledge,
    edit,
    keep_cited_documents,
)

NAME = "5s-la-gi"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = copy_small_knowledge(tmp_path / "knowledge_base")
    keep_cited_documents(place)
    return place


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return tmp_path / "var" / "cache" / "last-good"


@pytest.mark.parametrize(
    "name",
    [
        "register.yml",
        "offices.yml",
        "topics.yml",
        "routing.yml",
        "menu.yml",
        "office_calendar.yml",
        NAME,
    ],
)
def test_a_start_after_a_bad_edit_serves_what_was_good(
    folder: Path, copies: Path, name: str
) -> None:
    before = Library(folder, copies=copies)
    file = article_file(folder, NAME) if name == NAME else folder / name
    file.write_bytes(b"\xff")

    after = Library(folder, copies=copies)

    assert after.current == before.current
    assert after.tables.routing == before.tables.routing
    assert [problem.file for problem in after.problems] == [file]


def test_the_newest_good_reading_is_kept_and_no_bad_one(folder: Path, copies: Path) -> None:
    library = Library(folder, copies=copies)
    edit(article_file(folder, NAME), "button: ", 'button: "Năm S" # ')
    library.refresh()
    edit(article_file(folder, NAME), "verify: ", "verify: perhaps # ")
    library.refresh()

    again = Library(folder, copies=copies)

    assert again.current.articles[NAME].button == "Năm S"


def test_what_cannot_be_copied_keeps_no_other_file_from_it(folder: Path, copies: Path) -> None:
    good = stamps(folder)
    pipe = folder / "aaa.yml"
    os.mkfifo(pipe)
    kept = LastGood(folder, copies)

    kept.keep({pipe: (1, 1, 1), **good}, frozenset())

    assert set(files(kept.folder)) == {kept.folder / one.relative_to(folder) for one in good}


def test_what_was_deleted_does_not_come_back(folder: Path, copies: Path) -> None:
    library = Library(folder, copies=copies)
    article_file(folder, NAME).unlink()
    library.refresh()
    (folder / "register.yml").write_bytes(b"\xff")

    again = Library(folder, copies=copies)

    assert NAME not in again.current.articles
    assert "kaizen-la-gi" in again.current.articles


def test_a_folder_that_is_gone_for_a_while_takes_no_copy_with_it(
    folder: Path, copies: Path
) -> None:
    before = Library(folder, copies=copies).current
    folder.rename(folder.with_name("elsewhere"))

    assert Library(folder, copies=copies).current.articles == before.articles
    assert Library(folder, copies=copies).current.articles == before.articles


def test_each_knowledge_base_has_copies_of_its_own(folder: Path, copies: Path) -> None:
    other = copy_small_knowledge(folder.with_name("other"))
    edit(article_file(other, NAME), "button: ", 'button: "Khác" # ')
    Library(folder, copies=copies)
    Library(other, copies=copies)
    article_file(folder, NAME).write_bytes(b"")

    assert Library(folder, copies=copies).current.articles[NAME].button != "Khác"


def test_what_was_written_to_since_it_was_read_is_not_taken_for_good(
    folder: Path, copies: Path
) -> None:
    good = LastGood(folder, copies)
    read = stamps(folder)
    article_file(folder, NAME).write_bytes(b"half")
    good.keep(read, broken=frozenset())

    assert list(good.folder.rglob(f"{NAME}.md")) == []
    assert list(good.folder.rglob("kaizen-la-gi.md"))


def test_a_disk_that_takes_no_copies_keeps_nobody_from_being_served(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "full").write_bytes(b"no folder")

    assert NAME in Library(folder, copies=tmp_path / "full").current.articles
    assert "no copy" in caplog.text
