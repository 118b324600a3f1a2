from benchmarks.scale import PHRASINGS, DrawnVectors, synthetic
from bot.knowledge.library import Library
from bot.search.retriever import Retriever
from bot.settings import ROOT

REAL = Library(ROOT / "knowledge_base").current


def test_synthetic_articles_are_as_many_as_asked_and_full_of_real_words() -> None:
    size = len(REAL.articles) + 20
    grown = synthetic(REAL, size)
    assert len(grown.articles) == size
    real_words = {
        word
        for article in REAL.articles.values()
        for text in (article.title, *article.phrasings)
        for word in text.split(" ")
    }
    for article in list(grown.articles.values())[len(REAL.articles) :]:
        assert 1 <= len(article.phrasings) <= PHRASINGS
        assert len(set(article.phrasings)) == len(article.phrasings)
        assert real_words.issuperset(word for text in article.phrasings for word in text.split(" "))


def test_a_small_one_is_the_real_one_cut_short() -> None:
    assert list(synthetic(REAL, 5).articles) == list(REAL.articles)[:5]


def test_drawn_vectors_make_a_search_that_works() -> None:
    search = Retriever(synthetic(REAL, 20), DrawnVectors(None))
    assert len(search.search("mã vạch là gì")) == 5
