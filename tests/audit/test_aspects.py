"""What a title asks for is answered by a sentence, and a figure in it has its clause."""

from pathlib import Path

from bot.audit.aspects import aspects_without_ground, missing_aspects
from bot.audit.shelf import read_shelf
from bot.settings import ROOT
from tests.support.data.small_knowledge import article_file, cite_only, edit


def test_ours_hold_what_their_titles_ask_for() -> None:
    shelf = read_shelf(ROOT / "knowledge_base")
    assert [*missing_aspects(shelf), *aspects_without_ground(shelf)] == []


def test_a_title_that_asks_for_what_nothing_answers_is_told(folder: Path) -> None:
    file = article_file(folder, "5s-la-gi")
    text = file.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    edit(file, title, 'title: "5S bị phạt bao nhiêu, dùng mẫu nào?"')
    found = [one.message for one in missing_aspects(read_shelf(folder)) if one.file == file]
    assert found == [
        "the title asks for it, yet `aspects` lacks fine",
        "the title asks for it, yet `aspects` lacks form",
    ]


def test_a_figure_without_a_document_is_told(folder: Path) -> None:
    file = article_file(folder, "5s-la-gi")
    cite_only(file, "nd-37-2026-nd-cp")
    edit(file, "\nfacts:", '\naspects:\n  cost:\n    say: "Phạt 5 triệu đồng."\nfacts:')
    found = aspects_without_ground(read_shelf(folder))
    [problem] = [one for one in found if one.file == file]
    assert problem.message == "cost says “5 triệu đồng” without a document"
