from dataclasses import replace
from datetime import date

import pytest

from bot.audit.impact import Impact, find_documents, impact, nearest_documents
from bot.knowledge.articles.article import SourceReference
from bot.knowledge.glossary import Change, Glossary, OldTerm, Term
from bot.knowledge.library import Knowledge

TODAY = date(2026, 11, 29)

CITING = ("5s-la-gi", "kaizen-la-gi", "co-quan-thue", "ma-vach-dang-ky", "iso9001-chi-phi")


@pytest.fixture
def knowledge(small_knowledge: Knowledge) -> Knowledge:
    """`5s-la-gi` cites Nghị định 37/2026 twice and nothing else, `kaizen-la-gi` beside a law."""
    once = SourceReference(document="nd-37-2026-nd-cp", clause="Điều 4")
    again = SourceReference(document="nd-37-2026-nd-cp", clause=None)
    law = SourceReference(document="luat-05-2007-qh12")
    silent = {"sources": [], "answer": "Có.", "detail": "", "next_steps": "", "verify_note": ""}
    articles = {
        id_: article.model_copy(update=silent) for id_, article in small_knowledge.articles.items()
    }
    for id_, sources in (("5s-la-gi", [once, again]), ("kaizen-la-gi", [once, law])):
        articles[id_] = articles[id_].model_copy(update={"sources": sources})
    named = {"answer": "Xem Nghị định 37/2026."}
    articles["co-quan-thue"] = articles["co-quan-thue"].model_copy(update=named)
    glossary = Glossary(
        terms=[
            Term(id="nam-s", name="5S", meaning="x", topic="x", article="5s-la-gi", facts=[]),
            Term(id="thue", name="thuế", meaning="x", topic="x", article="co-quan-thue", facts=[]),
        ],
        old_terms=[
            OldTerm(
                said=["nhóm 2"],
                old="hàng nhóm 2",
                now="rủi ro trung bình",
                kind=Change.RULE,
                document="nd-37-2026-nd-cp",
                facts=["F1.01"],
            )
        ],
    )
    return replace(small_knowledge, articles=articles, glossary=glossary)


def of(knowledge: Knowledge, id_: str = "nd-37-2026-nd-cp") -> Impact:
    return impact(knowledge, {}, knowledge.documents[id_], TODAY)


def test_articles_that_cite_it_are_told_with_their_clauses(knowledge: Knowledge) -> None:
    found = {one.article.id: one for one in of(knowledge).articles}
    assert found.keys() == set(CITING)
    assert found["5s-la-gi"].clauses == ("Điều 4", None)
    assert not found["co-quan-thue"].is_cited
    assert found["5s-la-gi"].office == "tdc"


def test_an_article_that_leans_on_nothing_else_would_fall_silent(knowledge: Knowledge) -> None:
    assert [one.article.id for one in of(knowledge).silent] == ["5s-la-gi"]


def test_phrasings_of_the_citing_articles_are_counted(knowledge: Knowledge) -> None:
    counted = [knowledge.articles[id_].phrasings for id_ in ("5s-la-gi", "kaizen-la-gi")]
    assert of(knowledge).phrasings == sum(map(len, counted))


def test_terms_and_old_terms_are_touched(knowledge: Knowledge) -> None:
    assert of(knowledge).terms == ["hàng nhóm 2", "5S"]


def test_related_documents_are_told_both_ways(knowledge: Knowledge) -> None:
    replaced = {one.id for one in of(knowledge).replaces}
    assert "nd-43-2017-nd-cp" in replaced
    assert [one.id for one in of(knowledge, "nd-43-2017-nd-cp").replaced_by] == ["nd-37-2026-nd-cp"]
    law = of(knowledge, "luat-05-2007-qh12")
    assert "luat-78-2025-qh15" in {one.id for one in law.amended_by}
    assert [one.id for one in of(knowledge, "luat-78-2025-qh15").amends] == ["luat-05-2007-qh12"]


@pytest.mark.parametrize(
    "wish",
    [
        "nd-37-2026-nd-cp",
        "37/2026/NĐ-CP",
        "37/2026/nd-cp",
        "  NĐ 37/2026/NĐ-CP ",
        "Nghị định 37",
        "nghi dinh 37/2026/nd-cp",
        "37/2026",
    ],
)
def test_a_document_is_found_however_it_is_written(knowledge: Knowledge, wish: str) -> None:
    assert [one.id for one in find_documents(knowledge, wish)] == ["nd-37-2026-nd-cp"]


def test_what_fits_several_finds_all_and_a_whole_name_only_its_own(knowledge: Knowledge) -> None:
    assert len(find_documents(knowledge, "ISO 14001")) > 1
    assert [one.id for one in find_documents(knowledge, "ISO 14001:2015")] == ["iso-14001-2015"]


@pytest.mark.parametrize("wish", ["", "…", "999/2031/NĐ-CP"])
def test_what_nobody_wrote_down_finds_nothing(knowledge: Knowledge, wish: str) -> None:
    assert find_documents(knowledge, wish) == []


def test_a_slip_is_offered_the_nearest(knowledge: Knowledge) -> None:
    near = nearest_documents(knowledge, "119/2017/ND-CPP")
    assert near[0].id == "nd-119-2017-nd-cp"
    assert len({one.id for one in near}) == len(near)
