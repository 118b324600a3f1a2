from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.library import Knowledge, Library
from bot.search.asking.questions import split_questions
from bot.search.retriever import Hit, Retriever
from bot.settings import ROOT
from tests.support.data.embedding import LetterEmbedder
from vietnamese import strip_accents

HELD_OUT = ROOT / "nlu_data" / "held_out"


@pytest.fixture(params=["by_words", "by_letters"])
def search(request: pytest.FixtureRequest) -> Retriever:
    retriever: Retriever = request.getfixturevalue(request.param)
    return retriever


def parts_of(search: Retriever, text: str) -> list[Sequence[Hit]]:
    return search.search_parts(split_questions(text), search.search(text))


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("xin mã vạch cho sản phẩm thì đăng ký chỗ nào", "ma-vach-dang-ky"),
        ("ISO 9001 tốn cỡ bao nhiêu tiền", "iso9001-chi-phi"),
        ("kaizen nghĩa là gì", "kaizen-la-gi"),
        ("hồ sơ đăng ký nhãn hiệu gồm những gì", "nhan-hieu-ho-so-nop-o-dau"),
    ],
)
def test_a_question_finds_its_article_with_and_without_accents(
    search: Retriever, text: str, article: str
) -> None:
    assert search.search(text)[0].article_id == article
    assert search.search(strip_accents(text))[0].article_id == article


def test_a_typed_error_does_not_hide_the_article(search: Retriever) -> None:
    assert search.search("kaizenn laf gi")[0].article_id == "kaizen-la-gi"


def test_hits_come_best_first_and_share_their_confidence(search: Retriever) -> None:
    hits = search.search("phí mã vạch", limit=5)
    assert len(hits) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert sum(hit.confidence for hit in hits) <= 1


@pytest.mark.parametrize("text", ["", "   ", "???", "🙂🙂"])
def test_a_message_without_a_word_finds_nothing(search: Retriever, text: str) -> None:
    assert search.search(text) == []
    assert parts_of(search, text) == [[]]


def test_an_empty_knowledge_base_finds_nothing(small_knowledge: Knowledge) -> None:
    empty = Knowledge({}, small_knowledge.documents, {}, {})
    assert Retriever(empty, None).search("mã vạch là gì") == []


def test_a_follow_up_leans_on_the_article_before(by_letters: Retriever) -> None:
    articles = by_letters.knowledge.articles
    fee = by_letters.search("phí bao nhiêu", context=articles["ma-vach-dang-ky"])
    assert fee[0].article_id == "ma-vach-phi"
    fee = by_letters.search("phí bao nhiêu", context=articles["nhan-hieu-ho-so-nop-o-dau"])
    assert fee[0].article_id == "nhan-hieu-chi-phi"


def test_a_complete_question_is_not_dragged_back(search: Retriever) -> None:
    before = search.knowledge.articles["nhan-hieu-chi-phi"]
    hits = search.search("kaizen là gì, có lợi gì cho xưởng", context=before)
    assert hits[0].article_id == "kaizen-la-gi"


def test_an_article_that_is_gone_is_no_context(search: Retriever) -> None:
    gone = search.knowledge.articles["5s-la-gi"].model_copy(update={"id": "da-xoa"})
    alone = [hit.article_id for hit in search.search("mã vạch là gì")]
    assert [hit.article_id for hit in search.search("mã vạch là gì", context=gone)] == alone


def test_two_questions_are_answered_apart(library: Library) -> None:
    search = Retriever(library.current, None)
    parts = parts_of(search, "kaizen là gì còn 5S là gì")
    assert [hits[0].article_id for hits in parts] == ["kaizen-la-gi", "5s-la-gi"]


def test_two_clauses_about_one_thing_stay_together(search: Retriever) -> None:
    assert len(parts_of(search, "kaizen là gì, sao gọi là kaizen")) == 1


def test_what_nobody_knows_is_trusted_less(by_words: Retriever) -> None:
    ours = sum(hit.confidence for hit in by_words.search("đăng ký nhãn hiệu hết bao nhiêu tiền"))
    other = sum(hit.confidence for hit in by_words.search("chiều nay trời mưa to quá"))
    assert other < 0.3
    assert ours > 0.8


def test_each_message_is_embedded_once(small_knowledge: Knowledge) -> None:
    embedder = LetterEmbedder()
    Retriever(small_knowledge, embedder).search("phí của ai")
    assert embedder.asked == ["phí của ai"]


def test_what_its_words_settle_is_not_embedded() -> None:
    embedder = LetterEmbedder()
    search = _SHARED.embedded(embedder)
    phrasing = search.knowledge.articles["kaizen-la-gi"].phrasings[0]
    search.foresee(phrasing)
    assert search.search(phrasing)[0].article_id == "kaizen-la-gi"
    assert embedder.asked == []
    search.foresee("làm sao cho gọn")
    search.search("làm sao cho gọn")
    assert embedder.asked == ["làm sao cho gọn"] * 2


def test_behind_an_answer_the_meaning_is_asked_too(small_knowledge: Knowledge) -> None:
    embedder = LetterEmbedder()
    search = Retriever(small_knowledge, embedder)
    article = small_knowledge.articles["kaizen-la-gi"]
    search.search(article.phrasings[0], context=small_knowledge.articles["5s-la-gi"])
    assert len(embedder.asked) == 1


def test_vectors_that_come_later_change_nothing(small_knowledge: Knowledge) -> None:
    at_once = Retriever(small_knowledge, LetterEmbedder())
    later = Retriever(small_knowledge, None).embedded(LetterEmbedder())
    for text in ("phí của ai", "làm sao cho xưởng gọn hơn", "logo"):
        assert later.search(text) == at_once.search(text)


def test_the_first_build_tells_how_far_it_is(small_knowledge: Knowledge) -> None:
    heard: list[tuple[int, int]] = []
    Retriever(small_knowledge, LetterEmbedder(), lambda done, of: heard.append((done, of)))
    assert heard
    assert heard[0][0] <= heard[0][1]


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_no_message_breaks_the_search(text: str) -> None:
    for hit in _SHARED.search(text):
        assert 0 <= hit.confidence <= 1
    assert 1 <= len(parts_of(_SHARED, text)) <= 3


_SHARED = Retriever(Library(ROOT / "knowledge_base").current, None)


def test_own_follow_ups_are_found_even_by_words_alone() -> None:
    lines = (HELD_OUT / "follow_ups.txt").read_text(encoding="utf-8").splitlines()
    rows = [[part.strip() for part in row.split("|")] for row in lines if not row.startswith("#")]
    articles = _SHARED.knowledge.articles
    found = [
        bool(
            {hit.article_id for hit in _SHARED.search(text, context=articles[before])[:3]}
            & set(right.split(","))
        )
        for before, text, right in rows
    ]
    assert sum(found) / len(found) >= 0.85


def test_own_off_topic_lines_are_seldom_trusted() -> None:
    lines = (HELD_OUT / "out_of_scope.txt").read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if not line.startswith("#")]
    sure = [sum(hit.confidence for hit in _SHARED.search(text)) >= 0.8 for text in texts]
    assert len(texts) >= 150
    assert sum(sure) / len(sure) <= 0.2
