"""The glossary's word stands before an owner's word that hardly any article says."""

from dataclasses import replace

import pytest

from bot.knowledge.glossary import Glossary, Term
from bot.knowledge.library import Knowledge, Library
from bot.search.retriever import Retriever
from bot.search.rewording import Rewording


def term(name: str, *synonyms: str, article: str | None = None) -> Term:
    return Term(
        id=article or "x",
        name=name,
        meaning="…",
        topic="nang_suat",
        synonyms=list(synonyms),
        article=article,
        facts=[],
    )


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary(
        terms=[
            term("mã số mã vạch", "vạch sọc", "bar-code", "mã vạch", article="ma-so-ma-vach-la-gi"),
            term("kaizen", "cải thiện tí xíu", "small steps", article="kaizen-la-gi"),
            term("nhãn hiệu", "R&D"),
        ]
    )


@pytest.fixture(scope="module")
def rewording(glossary: Glossary, by_words: Retriever) -> Rewording:
    return Rewording(glossary, by_words.index, few=0)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Vạch sọc giá nhiêu?", "mã số mã vạch Vạch sọc giá nhiêu?"),
        ("xin vach soc o dau. Gap lam!", "mã số mã vạch xin vach soc o dau. Gap lam!"),
        ("vach sọc", "mã số mã vạch vach sọc"),
        ("BAR CODE, bar-code", "mã số mã vạch BAR CODE, bar-code"),
        ("R&D ko?", "nhãn hiệu R&D ko?"),
        ("vạch sọc rồi cải thiện tí xíu", "mã số mã vạch kaizen vạch sọc rồi cải thiện tí xíu"),
        ("kaizen là cải thiện tí xíu", "kaizen là cải thiện tí xíu"),
        ("vạch sọcc", "vạch sọcc"),
        ("đăng ký mã vạch ở đâu", "đăng ký mã vạch ở đâu"),
        ("chuyện khác", "chuyện khác"),
        ("", ""),
    ],
)
def test_the_name_is_put_before_what_few_articles_say(
    rewording: Rewording, typed: str, read: str
) -> None:
    assert rewording.read(typed) == read


def test_without_synonyms_nothing_changes(by_words: Retriever) -> None:
    assert Rewording(Glossary(), by_words.index).read("vạch sọc") == "vạch sọc"


def test_the_search_finds_by_a_word_that_only_the_glossary_knows(
    glossary: Glossary, small_knowledge: Knowledge
) -> None:
    knowing = Retriever(replace(small_knowledge, glossary=glossary), None)
    without = Retriever(small_knowledge, None)
    assert knowing.search("small steps là gì")[0].article_id == "kaizen-la-gi"
    assert without.search("small steps là gì")[0].article_id != "kaizen-la-gi"


def test_every_synonym_of_our_glossary_can_be_compiled(
    library: Library, by_words: Retriever
) -> None:
    assert Rewording(library.current.glossary, by_words.index).read("không có gì") == "không có gì"


def test_a_word_in_capitals_is_not_the_common_word(by_words: Retriever) -> None:
    intelligence = term("trí tuệ nhân tạo").model_copy(update={"capitals": ["AI"]})
    rewording = Rewording(Glossary(terms=[intelligence]), by_words.index)
    assert rewording.read("AI vẽ ra thì ai đứng tên") == "trí tuệ nhân tạo AI vẽ ra thì ai đứng tên"
    assert rewording.read("ai vẽ ra thì ai đứng tên") == "ai vẽ ra thì ai đứng tên"
    assert rewording.read("AI ĐỨNG TÊN") == "AI ĐỨNG TÊN"
    assert rewording.read("trí tuệ nhân tạo (AI) là ai") == "trí tuệ nhân tạo (AI) là ai"
