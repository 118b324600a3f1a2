"""An officer looks for an article by words of its title."""

import pytest

from bot.knowledge.articles.titled import titled
from bot.knowledge.library import Library


@pytest.mark.parametrize("search", ["phí mã vạch", "VACH phi", "ma-vach-phi"])
def test_all_words_count_in_any_order_and_spelling(library: Library, search: str) -> None:
    found = titled(library.current.articles.values(), search, 12)
    assert "ma-vach-phi" in [article.id for article in found]


@pytest.mark.parametrize("search", ["", "  ", "!!"])
def test_no_word_finds_nothing(library: Library, search: str) -> None:
    assert titled(library.current.articles.values(), search, 12) == []


def test_no_more_than_wanted(library: Library) -> None:
    assert len(titled(library.current.articles.values(), "nhan", 3)) == 3
