"""The table of `docs/figures.md`: every figure that an answer begins with, and its ground.

    python -m tests.support.figures

draws it anew; `tests/docs/test_figures_page.py` holds it to the articles.
"""

import re
from collections.abc import Iterator

from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge, read_knowledge
from bot.settings import ROOT

PAGE = ROOT / "docs" / "figures.md"

HEAD = (
    "# Figures: what is said of days, money, dates and cycles, and by which clause\n\n"
    "Drawn from the articles by `python -m tests.support.figures`. One row for each sentence with "
    "a figure that an answer may begin with; “practice” stands where no law says it. Who read it, "
    "and when: the article's `reviewed_by` and `reviewed_on`; in what the document was read: "
    "`read_in` of the register.\n\n"
    "| article | asked | said | ground | read on | in |\n|---|---|---|---|---|---|\n"
)

_FIGURE = re.compile(r"\d")


def page(knowledge: Knowledge) -> str:
    """The whole page."""
    articles = sorted(knowledge.articles.values(), key=lambda article: article.id)
    return HEAD + "".join(row for article in articles for row in _rows(article, knowledge))


def _rows(article: Article, knowledge: Knowledge) -> Iterator[str]:
    for aspect, told in article.aspects.items():
        if not _FIGURE.search(told.say):
            continue
        document = knowledge.documents.get(told.document or "")
        clause = f", {told.clause}" if told.clause else ""
        ground = f"{document.short}{clause}" if document else "practice"
        read_in = (document.read_in or "") if document else ""
        say = " ".join(told.say.split()).replace("|", "/")
        doubt = " (not confirmed)" if article.verify else ""
        yield (
            f"| `{article.id}` | {aspect} | {say} | {ground}{doubt} "
            f"| {article.reviewed_on} | {read_in} |\n"
        )


def main() -> None:
    """Draws the page."""
    PAGE.write_text(page(read_knowledge(ROOT / "knowledge_base")), encoding="utf-8")


if __name__ == "__main__":
    main()
