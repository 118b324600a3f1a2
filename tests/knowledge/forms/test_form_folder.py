"""Forms are read like the other files: a broken one is told with its line, and hides no other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.forms.form_folder import read_form_folder
from bot.knowledge.library import Library
from bot.knowledge.reading import read_as_served
from bot.services.upkeep.broken_files import reason_of
from bot.texts import default_texts
from tests.support.data.small_knowledge import edit

FORM = """id: phieu-thu
kind: word
title: "Phiếu thử"
name: "Phiếu thử của xưởng"
articles: [ma-vach-phi]
called: ["phiếu thử"]
guide: "Điền chỗ chấm."
official:
  name: "Mẫu số 5"
  document: nd-37-2026-nd-cp
sources:
  - document: nd-37-2026-nd-cp
    clause: "Điều 29"
blocks:
  - heading: "1. Cơ sở"
  - fields: ["Tên", {label: "Lý do", lines: 2}]
  - table:
      columns: [{title: "Việc"}, {title: "Ngày", width: 1}]
      rows: [["Làm thử"]]
      blank: 2
reviewed_on: 2026-11-29
reviewed_by: "Nhóm thử"
review_due: 2027-05-28
"""

Write = Callable[[str], Path]


@pytest.fixture
def write(folder: Path) -> Write:
    """Writes the one form of a small knowledge base."""

    def write(text: str = FORM, name: str = "phieu-thu.yml") -> Path:
        (folder / "forms").mkdir(exist_ok=True)
        file = folder / "forms" / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def told(folder: Path) -> list[Problem]:
    return list(read_as_served(folder).problems)


def test_a_form_is_served_with_its_article(folder: Path, write: Write) -> None:
    write(FORM)
    reading = read_as_served(folder)
    (form,) = reading.knowledge.forms.by_id.values()
    assert form.file_name == "phieu-thu.docx"
    assert [block.lines for block in form.blocks[1].fields] == [1, 2]
    assert form.documents == ["nd-37-2026-nd-cp", "nd-37-2026-nd-cp"]
    assert reading.knowledge.forms.of("ma-vach-phi") == [form]
    assert reading.knowledge.forms.of("5s-la-gi") == []
    assert reading.problems == ()


def test_a_knowledge_base_without_forms_is_none_the_worse(folder: Path) -> None:
    reading = read_as_served(folder)
    assert dict(reading.knowledge.forms.by_id) == {}
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "fault", "word"),
    [
        ("articles: [ma-vach-phi]", "articles: [khong-co]", 5, Fault.UNKNOWN, "khong-co"),
        ("    clause:", "    document_: x\n    clause:", 13, Fault.STRANGE_FIELD, "document_"),
        ("  document: nd-37-2026-nd-cp\nsources", "  document: luat-ma\nsources", 10,
         Fault.UNKNOWN, "luat-ma"),
        ("  - document: nd-37-2026-nd-cp", "  - document: luat-ma", 12, Fault.UNKNOWN, "luat-ma"),
        ("id: phieu-thu", "id: phieu-khac", 1, Fault.FILE_NAME, "phieu-khac"),
        ("kind: word", "kind: pdf", 2, Fault.WRONG_FIELD, "kind"),
        ('title: "Phiếu thử"\n', "", 1, Fault.NO_FIELD, "title"),
        ('rows: [["Làm thử"]]', 'rows: [["a", "b", "c"]]', 17, Fault.WRONG_RULE, ""),
        ('  - heading: "1. Cơ sở"', '  - heading: "1"\n    text: "2"', 15, Fault.WRONG_RULE, ""),
        ("width: 1}", "width: 1, total: true}", 1, Fault.WRONG_RULE, ""),
        ("2027-05-28", "2026-05-28", 1, Fault.WRONG_RULE, ""),
        ('called: ["phiếu thử"]', "called: []", 6, Fault.WRONG_FIELD, "called"),
        ('guide: "Điền chỗ chấm."', "guide: [", 9, Fault.WRITING, ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_in_the_editors_words(  # noqa: PLR0917
    folder: Path, write: Write, old: str, new: str, line: int, fault: Fault, word: str
) -> None:
    edit(write(FORM), old, new)
    reading = read_as_served(folder)
    problem = next(one for one in reading.problems if one.fault is fault)
    assert problem.line == line
    assert problem.file.name == "phieu-thu.yml"
    said = reason_of(problem, default_texts())
    assert word in said
    assert dict(reading.knowledge.forms.by_id) == {}


def test_a_broken_form_is_served_as_it_was_and_hides_no_other(folder: Path, write: Write) -> None:
    file = write(FORM)
    write(FORM.replace("phieu-thu", "phieu-hai"), "phieu-hai.yml")
    before = read_as_served(folder)
    edit(file, "kind: word", "kind: tranh")
    after = read_as_served(folder, before)
    assert after.knowledge.forms == before.knowledge.forms
    assert list(read_as_served(folder).knowledge.forms.by_id) == ["phieu-hai"]


def test_a_form_of_an_article_that_is_gone_is_not_offered(folder: Path, write: Write) -> None:
    edit(write(FORM), "[ma-vach-phi]", "[ma-vach-phi, khong-co]")
    found, problems = read_form_folder(
        folder, articles={"ma-vach-phi"}, documents={"nd-37-2026-nd-cp"}, before={}
    )
    assert found == {}
    assert [problem.values["name"] for problem in problems] == ["khong-co"]


def topic_of_its_article(folder: Path) -> str:
    return read_as_served(folder).knowledge.articles["ma-vach-phi"].topic


def no_topics_at_all(folder: Path) -> None:
    (folder / "topics.yml").write_text("topics: [", encoding="utf-8")


def no_topics_file(folder: Path) -> None:
    (folder / "topics.yml").unlink()


def one_bad_topic(folder: Path) -> None:
    name = topic_of_its_article(folder)
    edit(folder / "topics.yml", f"  - id: {name}\n", f"  - id: {name}\n    strange: 1\n")


@pytest.mark.parametrize("spoil", [no_topics_at_all, no_topics_file, one_bad_topic])
def test_at_a_fresh_start_a_topic_that_is_not_served_costs_no_form(
    folder: Path, write: Write, spoil: Callable[[Path], None]
) -> None:
    write(FORM)
    topic = topic_of_its_article(folder)
    spoil(folder)
    reading = read_as_served(folder)
    assert topic not in reading.knowledge.topics
    assert "topics.yml" in {problem.file.name for problem in reading.problems}
    assert "ma-vach-phi" in reading.knowledge.articles
    assert list(reading.knowledge.forms.by_id) == ["phieu-thu"]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("xin nhãn đỏ", ["phieu-thu"]),
        ("xin nhan do", ["phieu-thu"]),
        ("xin nhản đỏ", ["phieu-thu"]),
        ("xin nhãn đo", ["phieu-thu"]),
        ("xin nhận đỏ", []),
        ("xin nhãn đó", []),
        ("nhãn đỏ của nhà máy cũ", []),
    ],
)
def test_a_name_is_heard_as_it_is_typed_and_not_beside_what_is_unlike_it(
    folder: Path, write: Write, text: str, forms: list[str]
) -> None:
    edit(write(FORM), 'called: ["phiếu thử"]', 'called: ["nhãn đỏ"]\nunlike: ["máy cũ"]')
    heard, rest = read_as_served(folder).knowledge.forms.heard_in(text)
    assert [form.id for form in heard] == forms
    assert ("|" in rest.split()) == (bool(forms) or "máy" in text)


def test_a_word_that_is_unlike_it_has_some_letters(folder: Path, write: Write) -> None:
    edit(write(FORM), 'called: ["phiếu thử"]', 'called: ["phiếu thử"]\nunlike: ["-"]')
    assert [problem.fault for problem in told(folder)] == [Fault.WRONG_RULE]


@pytest.mark.parametrize("name", ["phieu-thu.docx", "phieu.yml.txt", "phieu.md"])
def test_a_file_of_another_sort_is_named(folder: Path, write: Write, name: str) -> None:
    write("x", name)
    assert [problem.fault for problem in told(folder)] == [Fault.MISNAMED]


def test_what_an_editor_saves_is_seen(folder: Path, write: Write) -> None:
    file = write(FORM)
    library = Library(folder)
    edit(file, '"Phiếu thử của xưởng"', '"Phiếu thử mới"')
    assert library.refresh()
    assert library.current.forms.by_id["phieu-thu"].name == "Phiếu thử mới"
