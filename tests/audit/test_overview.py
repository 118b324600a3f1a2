from datetime import date, timedelta
from pathlib import Path

from bot.audit.overview import SOON, overview
from bot.knowledge.library import Knowledge, read_knowledge
from tests.support.data.small_knowledge import article_file, edit

TODAY = date(2026, 11, 29)


def with_end(knowledge: Knowledge, ends: dict[str, date]) -> Knowledge:
    documents = {
        id_: document.model_copy(update={"in_force_to": ends.get(id_)})
        for id_, document in knowledge.documents.items()
    }
    return Knowledge(knowledge.articles, documents, knowledge.offices, knowledge.topics)


def test_what_ends_within_90_days_is_listed_soonest_first(small_knowledge: Knowledge) -> None:
    one, two, three, four = list(small_knowledge.documents)[:4]
    ends = {
        one: TODAY + SOON,
        two: TODAY,
        three: TODAY + SOON + timedelta(days=1),
        four: TODAY - timedelta(days=1),
    }
    found = overview(with_end(small_knowledge, ends), TODAY)
    assert [document.id for document in found.ending] == [two, one]


def test_reviews_due_soon_are_listed(folder: Path) -> None:
    edit(article_file(folder, "5s-la-gi"), "review_due: ", "review_due: 2026-12-20 # ")
    found = overview(read_knowledge(folder), TODAY)
    assert [article.id for article in found.reviews] == ["5s-la-gi"]


def test_what_is_unverified_is_listed(small_knowledge: Knowledge) -> None:
    found = {article.id for article in overview(small_knowledge, TODAY).unverified}
    for id_, article in small_knowledge.articles.items():
        assert (id_ in found) == small_knowledge.is_unverified(article, TODAY)


def test_an_article_with_few_phrasings_is_listed(small_knowledge: Knowledge) -> None:
    assert overview(small_knowledge, TODAY).thin == []
    article = small_knowledge.articles["5s-la-gi"]
    poor = article.model_copy(update={"phrasings": article.phrasings[:8]})
    knowledge = Knowledge(
        {**small_knowledge.articles, poor.id: poor},
        small_knowledge.documents,
        small_knowledge.offices,
        small_knowledge.topics,
    )
    assert overview(knowledge, TODAY).thin == [poor]
