import logging
import threading
from pathlib import Path

import pytest

from bot.knowledge.library import Library
from bot.search.retriever import Retriever
from bot.search.searcher import Searcher
from tests.support.data.embedding import LetterEmbedder
from tests.support.data.small_knowledge import article_file, edit

NEW = "cái sọc đen trắng trên bịch bánh xin chỗ nào"


@pytest.fixture
def searcher(folder: Path) -> Searcher:
    return Searcher(Library(folder), LetterEmbedder())


def add_phrasing(folder: Path) -> None:
    edit(article_file(folder, "ma-vach-dang-ky"), "phrasings:\n", f'phrasings:\n  - "{NEW}"\n')


def first(searcher: Searcher) -> str:
    return searcher.current.search(NEW)[0].article_id


def test_an_edited_article_is_found_without_a_restart(searcher: Searcher, folder: Path) -> None:
    before = searcher.current.search(NEW)[0].confidence
    add_phrasing(folder)
    assert searcher.look()
    hit = searcher.current.search(NEW)[0]
    assert hit.article_id == "ma-vach-dang-ky"
    assert hit.confidence > before


def test_an_unchanged_folder_keeps_the_search(searcher: Searcher) -> None:
    before = searcher.current
    assert not searcher.look()
    assert searcher.current is before


def test_a_broken_edit_keeps_the_last_good_search_and_says_where(
    searcher: Searcher, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = searcher.current
    file = article_file(folder, "5s-la-gi")
    edit(file, "verify: ", "verify: perhaps # ")
    with caplog.at_level(logging.WARNING):
        assert not searcher.look()
    assert searcher.current is before
    assert f"{file}:" in caplog.text
    assert "verify" in caplog.text


def test_a_broken_edit_is_told_once(
    searcher: Searcher, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    edit(article_file(folder, "5s-la-gi"), "verify: ", "verify: perhaps # ")
    searcher.look()
    caplog.clear()
    searcher.look()
    assert caplog.text == ""


def test_a_mended_edit_is_taken(searcher: Searcher, folder: Path) -> None:
    file = article_file(folder, "5s-la-gi")
    edit(file, "verify: ", "verify: perhaps # ")
    searcher.look()
    edit(file, "verify: perhaps # ", "verify: ")
    add_phrasing(folder)
    assert searcher.look()
    assert first(searcher) == "ma-vach-dang-ky"


def test_a_reading_that_somebody_else_made_is_taken_too(folder: Path) -> None:
    library = Library(folder)
    searcher = Searcher(library, None)
    add_phrasing(folder)
    assert library.refresh()
    assert searcher.look()


def test_a_removed_article_is_found_no_more(searcher: Searcher, folder: Path) -> None:
    article_file(folder, "kaizen-la-gi").unlink()
    assert searcher.look()
    assert "kaizen-la-gi" not in [h.article_id for h in searcher.current.search("kaizen", limit=20)]


def test_the_follower_takes_an_edit_by_itself(folder: Path) -> None:
    rebuilt = threading.Event()

    class Watched(Searcher):
        def look(self) -> bool:
            found = super().look()
            if found:
                rebuilt.set()
            return found

    searcher = Watched(Library(folder), LetterEmbedder())
    searcher.follow(every_seconds=0.01)
    searcher.follow(every_seconds=0.01)
    try:
        add_phrasing(folder)
        assert rebuilt.wait(30)
        assert first(searcher) == "ma-vach-dang-ky"
    finally:
        searcher.close()


def test_the_follower_outlives_a_look_that_fails(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    looked_again = threading.Event()

    class Stumbling(Searcher):
        looks = 0

        def look(self) -> bool:
            self.looks += 1
            if self.looks == 1:
                raise FileNotFoundError("gone while it was read")
            looked_again.set()
            return super().look()

    searcher = Stumbling(Library(folder), None)
    searcher.follow(every_seconds=0.01)
    try:
        assert looked_again.wait(30)
    finally:
        searcher.close()
    assert "could not be looked at" in caplog.text


def test_it_serves_by_words_until_the_vectors_are_learnt(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Retriever] = []
    searcher = Searcher(Library(folder), LetterEmbedder(), rebuilt=heard.append, at_once=True)
    by_words = searcher.current
    assert by_words.index.vectors is None
    assert by_words.search("mã vạch là gì")
    assert heard == []
    with caplog.at_level(logging.INFO):
        searcher.learn()
        searcher.learn()
    assert searcher.current.index.vectors is not None
    assert heard == [searcher.current]
    assert caplog.text.count("compares meanings from now on") == 1
    assert not searcher.look()


def test_the_follower_learns_the_vectors_by_itself(folder: Path) -> None:
    learnt = threading.Event()
    searcher = Searcher(
        Library(folder), LetterEmbedder(), rebuilt=lambda _: learnt.set(), at_once=True
    )
    searcher.follow(every_seconds=60)
    try:
        assert learnt.wait(30)
        assert searcher.current.index.vectors is not None
    finally:
        searcher.close()


def test_without_an_embedder_nothing_is_waited_for(folder: Path) -> None:
    heard: list[Retriever] = []
    searcher = Searcher(Library(folder), None, rebuilt=heard.append, at_once=True)
    assert heard == [searcher.current]
    searcher.learn()
    assert heard == [searcher.current]


def test_an_edit_before_the_vectors_are_learnt_is_served_by_words(folder: Path) -> None:
    heard: list[Retriever] = []
    searcher = Searcher(Library(folder), LetterEmbedder(), rebuilt=heard.append, at_once=True)
    add_phrasing(folder)
    assert searcher.look()
    assert searcher.current.index.vectors is None
    assert first(searcher) == "ma-vach-dang-ky"
    assert heard == []
    searcher.learn()
    assert first(searcher) == "ma-vach-dang-ky"
    assert heard == [searcher.current]
