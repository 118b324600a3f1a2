"""The table of figures is the articles'."""

from bot.knowledge.library import Library
from tests.support.figures import PAGE, page


def test_the_page_is_drawn_from_the_articles(library: Library) -> None:
    drawn = page(library.files)
    assert drawn.count("\n| `") > 400
    assert PAGE.read_text(encoding="utf-8") == drawn, "run `python -m tests.support.figures`"
