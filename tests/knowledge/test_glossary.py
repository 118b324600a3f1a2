"""The glossary's file: ours, and what is refused with file and line."""

from datetime import date
from pathlib import Path

import pytest

from bot.audit.check import check
from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.glossary import Glossary
from bot.knowledge.glossary_file import read_glossary
from bot.knowledge.library import Library, read_knowledge
from tests.support.data.words import GLOSSARY
from vietnamese import strip_accents, tokens

TODAY = date(2026, 11, 29)


def read(file: Path) -> Glossary:
    return read_glossary(
        file,
        articles={"ma-vach-phi", "ma-so-ma-vach-la-gi", "kaizen-la-gi", "nhan-hieu-chi-phi"},
        documents={"luat-78-2025-qh15"},
        topics={"ma_so_ma_vach", "thuong_hieu_nhan_hieu"},
    )


def written(folder: Path, text: str) -> Path:
    file = folder / "glossary.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_good_file_is_read_in_its_order(tmp_path: Path) -> None:
    glossary = read(written(tmp_path, GLOSSARY))
    assert [term.id for term in glossary.terms] == ["ma-vach", "nhan-hieu", "gln"]
    assert glossary.term("ma-vach").words == ["mã số mã vạch", "mã vạch", "barcode"]
    assert glossary.old_terms[0].since is None


def test_without_a_file_there_is_an_empty_glossary(tmp_path: Path) -> None:
    assert read(tmp_path / "glossary.yml") == Glossary()


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("article: ma-so-ma-vach-la-gi", "article: ma-vach", 7, "ma-vach is no article"),
        ("explained_in: kaizen-la-gi", "explained_in: kaizen", 27, "kaizen is no article"),
        ("articles: [nhan-hieu-chi-phi]", "articles: [x]", 28, "x is no article"),
        ("not_in: [kaizen-la-gi]", "not_in: [kaizen]", 37, "kaizen is no article"),
        ("document: luat-78-2025-qh15", "document: luat-78", 35, "is no document of register"),
        ("topics: [ma_so_ma_vach]", "topics: [ma_vach]", 36, "ma_vach is no topic"),
        ("meant: nhan-hieu", "meant: nhanhieu", 25, "nhanhieu is no term"),
        ("id: gln", "id: nhan-hieu", 16, "nhan-hieu stands here twice"),
        ('"barcode"]', '"barcode", "Mã  Địa Điểm"]', 6, "stands for gln too"),
        ('name: "GLN"', 'name: "ma vach"', 17, "“ma vach” stands for ma-vach too"),
        ('said: ["thương hiệu"]', 'said: ["nhan hieu"]', 24, "is the right word for nhan-hieu"),
        ("facts: [F5.17]", "facts: [5.17]", 29, "facts"),
        ('now: "ba mức rủi ro"', "new: x", 33, "new"),
        ("kind: rule", "kind: law", 34, "kind"),
        ("terms:", "terms: [", 3, ""),
    ],
)
def test_a_mistake_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in GLOSSARY
    file = written(tmp_path, GLOSSARY.replace(old, new, 1))
    with pytest.raises(KnowledgeError) as raised:
        read(file)
    told = [(p.file, p.line) for p in raised.value.problems if message in p.message]
    assert (file, line) in told, raised.value.problems


def test_a_row_that_would_never_be_heard_is_told(tmp_path: Path) -> None:
    row = GLOSSARY[GLOSSARY.index("  - said:") : GLOSSARY.index("old_terms:")]
    text = GLOSSARY.replace("old_terms:", f"{row}old_terms:", 1)
    with pytest.raises(KnowledgeError, match="“thuong hieu” is put right at nhan-hieu-chi-phi"):
        read(written(tmp_path, text))


def test_the_check_tells_a_glossary_that_names_a_missing_article(folder: Path) -> None:
    written(folder, GLOSSARY)
    assert check(folder, TODAY) == []
    written(folder, GLOSSARY.replace("article: ma-so-ma-vach-la-gi", "article: ma-vach", 1))
    (problem,) = check(folder, TODAY)
    assert problem.message == "ma-vach is no article"
    assert problem.line == 7


def test_an_article_that_cannot_be_read_is_told_once_and_not_by_the_glossary(folder: Path) -> None:
    written(folder, GLOSSARY)
    broken = next((folder / "articles").rglob("ma-so-ma-vach-la-gi.md"))
    broken.write_text("no header", encoding="utf-8")
    (problem,) = check(folder, TODAY)
    assert problem.file == broken


def test_the_knowledge_base_carries_its_glossary(folder: Path) -> None:
    written(folder, GLOSSARY)
    assert read_knowledge(folder).glossary.term("gln").article is None


class TestOurGlossary:
    def test_it_covers_every_topic(self, library: Library) -> None:
        knowledge = library.current
        terms = knowledge.glossary.terms
        assert len(terms) >= 60
        assert {term.topic for term in terms} == set(knowledge.topics)

    def test_a_confusion_is_explained_where_it_says(self, library: Library) -> None:
        knowledge = library.current
        for row in knowledge.glossary.confusions:
            explaining = knowledge.articles[row.explained_in]
            whole = _bare(f"{explaining.title} {explaining.answer} {explaining.detail}")
            words = knowledge.glossary.term(row.meant).words
            assert any(_bare(word) in whole for word in words), (row.meant, explaining.id)

    def test_what_replaced_the_old_still_holds(self, library: Library) -> None:
        knowledge = library.current
        for row in knowledge.glossary.old_terms:
            if row.document is not None:
                assert knowledge.documents[row.document].holds_on(TODAY), row.old

    def test_sentences_are_short_and_end_as_the_template_expects(self, library: Library) -> None:
        glossary = library.current.glossary
        for row in glossary.confusions:
            assert len(row.difference) <= 110, row.difference
            assert row.difference[-1] not in ".!?", row.difference
        for term in glossary.terms:
            assert len(term.meaning) <= 110, term.meaning
            assert term.meaning.endswith("."), term.meaning
            assert term.meaning[:1].isupper(), term.meaning


def _bare(text: str) -> str:
    return strip_accents(" ".join(tokens(text)))


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("lean", "lean-la-gi"),
        (" LEAN. ", "lean-la-gi"),
        ("tinh gon", "lean-la-gi"),
        ("5s", "5s-la-gi"),
        ("ai", None),
        ("lean với 5s", None),
        ("", None),
    ],
)
def test_a_bare_term_names_the_article_on_it(
    library: Library, text: str, article: str | None
) -> None:
    assert library.current.glossary.explained_by(text) == article
