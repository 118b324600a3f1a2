from pathlib import Path

import pytest

from bot.audit.look_alikes import FEWEST, LookAlike, look_alikes, told_problems
from bot.audit.shelf import read_shelf
from bot.knowledge.library import Knowledge, read_knowledge
from bot.search.vectors.embedder import Embedder
from tests.support.data.embedding import LetterEmbedder
from tests.support.data.small_knowledge import article_file


def with_twins(folder: Path) -> Knowledge:
    """Two articles that bear the same texts and share their phrasings out between them."""
    one, two = article_file(folder, "5s-la-gi"), article_file(folder, "kaizen-la-gi")
    text = one.read_text(encoding="utf-8").replace("id: 5s-la-gi", "id: kaizen-la-gi")
    two.unlink()
    twin = one.parent / "kaizen-la-gi.md"
    twin.write_text(text, encoding="utf-8")
    return read_knowledge(folder)


@pytest.mark.parametrize("embedder", [None, LetterEmbedder()])
def test_two_articles_with_the_same_words_are_told(folder: Path, embedder: Embedder | None) -> None:
    found = [pair for pair in look_alikes(with_twins(folder), embedder) if pair.is_problem]
    assert {pair.article for pair in found} <= {"5s-la-gi", "kaizen-la-gi"}
    assert {pair.other for pair in found} <= {"5s-la-gi", "kaizen-la-gi"}
    assert found
    (problem, *_) = told_problems(read_shelf(folder), found)
    assert "hard to tell apart" in problem.message
    assert problem.line > 1


def test_a_phrasing_that_belongs_elsewhere_is_no_pair_yet(folder: Path) -> None:
    assert [pair for pair in look_alikes(read_knowledge(folder), None) if pair.is_problem] == []


def test_more_than_a_third_is_a_problem_and_a_third_is_not() -> None:
    assert LookAlike("a", "b", strays=5, asked=14).is_problem
    assert not LookAlike("a", "b", strays=4, asked=12).is_problem
    assert str(LookAlike("a", "b", 4, 12)) == "4 of 12 phrasings find b first"


def test_one_or_two_strays_are_chance(folder: Path) -> None:
    assert all(pair.strays >= FEWEST for pair in look_alikes(read_knowledge(folder), None))


def test_every_phrasing_is_asked_once_by_words_alone_and_kept_for_next_time(folder: Path) -> None:
    embedder = LetterEmbedder()
    look_alikes(read_knowledge(folder), embedder)
    assert embedder.asked == []
