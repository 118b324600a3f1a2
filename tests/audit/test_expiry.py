"""What stops being served, by when, and who is warned; days are counted by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.audit.expiry import (
    FIRST_WARNING,
    LAST_WARNING,
    Due,
    Expiry,
    Reason,
    expiry,
    warned,
)
from bot.knowledge.articles.article import Article, SourceReference
from bot.knowledge.library import Knowledge
from bot.knowledge.register import DocumentKind, DocumentStatus, LegalDocument

TODAY = date(2026, 11, 29)
LAST_DAY = date(2026, 12, 31)
SILENT = date(2027, 1, 1)


def document(id_: str, end: date | None, status: str = "in_force") -> LegalDocument:
    return LegalDocument(
        id=id_,
        kind=DocumentKind.LAW,
        short=id_,
        title=id_,
        issuer=None,
        in_force_to=end,
        status=DocumentStatus(status),
        checked_on=TODAY,
    )


@pytest.fixture
def knowledge(small_knowledge: Knowledge) -> Knowledge:
    """Eleven articles that cite nothing and are not due; `ending` ends with the year."""
    documents = [
        document("ending", LAST_DAY),
        document("lasting", None),
        document("over", date(2020, 6, 30), "expired"),
        document("replaced", None, "superseded"),
    ]
    articles = {
        id_: article.model_copy(update={"sources": [], "review_due": date(2030, 1, 1)})
        for id_, article in small_knowledge.articles.items()
    }
    return replace(small_knowledge, documents={one.id: one for one in documents}, articles=articles)


def citing(knowledge: Knowledge, *ids: str, name: str = "5s-la-gi") -> Knowledge:
    sources = [SourceReference(document=id_) for id_ in ids]
    return changed(knowledge, knowledge.articles[name].model_copy(update={"sources": sources}))


def reviewed(knowledge: Knowledge, due: date, name: str = "5s-la-gi") -> Knowledge:
    return changed(knowledge, knowledge.articles[name].model_copy(update={"review_due": due}))


def changed(knowledge: Knowledge, article: Article) -> Knowledge:
    return replace(knowledge, articles={**knowledge.articles, article.id: article})


def reasons(found: Expiry) -> list[tuple[str, str, date]]:
    return [(due.article.id, due.reason, due.on) for due in found.due]


def test_an_article_falls_silent_on_the_day_after_its_last_source(knowledge: Knowledge) -> None:
    kb = citing(knowledge, "ending")
    assert reasons(expiry(kb, TODAY, LAST_DAY)) == []
    found = expiry(kb, TODAY, SILENT)
    assert reasons(found) == [("5s-la-gi", "silent", SILENT)]
    assert [one.id for one in found.documents] == ["ending"]
    (due,) = found.due
    assert due.document is not None
    assert due.document.id == "ending"


def test_an_article_with_another_source_that_holds_only_loses_one(knowledge: Knowledge) -> None:
    kb = citing(knowledge, "ending", "lasting", "ending")
    assert reasons(expiry(kb, TODAY, SILENT)) == [("5s-la-gi", "weakened", SILENT)]


def test_what_ran_out_long_ago_beside_a_source_that_holds_is_no_news(
    knowledge: Knowledge,
) -> None:
    kb = citing(knowledge, "over", "lasting")
    assert reasons(expiry(kb, TODAY, SILENT)) == []
    assert expiry(kb, TODAY, TODAY).documents == []


def test_what_is_silent_already_stays_on_the_list_until_it_is_mended(
    knowledge: Knowledge,
) -> None:
    found = expiry(citing(knowledge, "over"), TODAY, TODAY)
    assert reasons(found) == [("5s-la-gi", "silent", date(2020, 7, 1))]


def test_an_article_that_no_date_silenced_counts_from_today(knowledge: Knowledge) -> None:
    (due,) = expiry(citing(knowledge, "replaced"), TODAY, SILENT).due
    assert (due.reason, due.on, due.document) == (Reason.SILENT, TODAY, None)


def test_the_last_of_two_ends_silences_and_the_first_weakens(knowledge: Knowledge) -> None:
    kb = citing(knowledge, "ending", "earlier")
    kb = replace(kb, documents={**kb.documents, "earlier": document("earlier", date(2026, 12, 15))})
    assert reasons(expiry(kb, TODAY, SILENT)) == [
        ("5s-la-gi", "weakened", date(2026, 12, 16)),
        ("5s-la-gi", "silent", SILENT),
    ]


def test_a_review_is_listed_from_its_day_on_however_long_ago(knowledge: Knowledge) -> None:
    kb = reviewed(knowledge, date(2026, 12, 1))
    assert reasons(expiry(kb, TODAY, date(2026, 11, 30))) == []
    assert reasons(expiry(kb, TODAY, date(2026, 12, 1))) == [
        ("5s-la-gi", "review", date(2026, 12, 1))
    ]
    assert len(expiry(kb, date(2028, 1, 1), date(2028, 1, 1)).of(Reason.REVIEW)) == 1


def test_an_office_is_warned_60_days_and_again_14_days_before(knowledge: Knowledge) -> None:
    (due,) = expiry(reviewed(knowledge, SILENT), TODAY, SILENT).due
    assert (due.first_warning, due.last_warning) == (date(2026, 11, 2), date(2026, 12, 18))
    assert (FIRST_WARNING.days, LAST_WARNING.days) == (60, 14)


@pytest.mark.parametrize(("days", "count"), [(60, 1), (61, 0), (0, 1), (-400, 1)])
def test_a_warning_stands_from_60_days_before_until_it_is_mended(
    knowledge: Knowledge, days: int, count: int
) -> None:
    kb = reviewed(knowledge, TODAY + timedelta(days=days))
    assert len(warned(kb, TODAY, None)) == count


def test_an_office_hears_of_its_own_articles_and_heads_of_all(knowledge: Knowledge) -> None:
    kb = reviewed(reviewed(knowledge, TODAY), TODAY, name="nhan-hieu-chi-phi")

    def heard(*offices: str) -> set[str]:
        return {due.article.id for due in warned(kb, TODAY, frozenset(offices))}

    assert heard("tdc") == {"5s-la-gi"}
    assert heard("shtt") == {"nhan-hieu-chi-phi"}
    assert heard("quan_ly_khoa_hoc") == set()
    assert len(warned(kb, TODAY, None)) == 2


def test_what_another_authority_handles_is_looked_after_by_the_topics_office(
    knowledge: Knowledge,
) -> None:
    article = knowledge.articles["co-quan-thue"]
    assert knowledge.offices[article.office].external
    assert knowledge.looked_after_by(article) == knowledge.topics[article.topic].office
    assert knowledge.looked_after_by(knowledge.articles["5s-la-gi"]) == "tdc"


def test_what_comes_first_stands_first(knowledge: Knowledge) -> None:
    kb = reviewed(citing(knowledge, "ending", name="kaizen-la-gi"), date(2026, 12, 24))
    due: list[Due] = expiry(kb, TODAY, date(2027, 6, 1)).due
    assert [one.article.id for one in due] == ["5s-la-gi", "kaizen-la-gi"]
