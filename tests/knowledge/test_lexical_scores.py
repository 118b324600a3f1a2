import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.bm25 import Bm25, TfIdf
from bot.knowledge.postings import Postings

DOCUMENTS = [["ma", "vach", "phi"], ["ma", "vach", "dang", "ky"], ["iso", "9001"], ["ma"]]

words = st.sampled_from(["ma", "vach", "phi", "iso", "la", "xin"])
documents = st.lists(st.lists(words, max_size=6), min_size=1, max_size=6)


def test_the_product_with_a_query_is_the_sum_over_its_terms() -> None:
    postings = Postings([{"a": 1.0, "b": 2.0}, {"b": 3.0}, {}])
    assert postings.score({"a": 10.0, "b": 1.0, "z": 5.0}).tolist() == [12.0, 3.0, 0.0]


def test_a_row_holds_what_it_was_given() -> None:
    postings = Postings([{"a": 1.0}, {}, {"a": 1.0, "b": 1.0}])
    assert [postings.holds(row, "a") for row in range(3)] == [True, False, True]
    assert not postings.holds(0, "unknown")


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    scores = Bm25(DOCUMENTS).score(["phi", "iso"])
    assert scores[0] > 0
    assert scores[2] > scores[0], "iso stands in a shorter document"
    assert scores[1] == scores[3] == 0


def test_among_equals_the_shorter_document_wins() -> None:
    scores = Bm25(DOCUMENTS).score(["ma"])
    assert scores[3] > scores[0] > scores[1]


def test_repeating_a_word_in_the_message_changes_nothing() -> None:
    ranking = Bm25(DOCUMENTS)
    assert ranking.score(["phi", "phi"]).tolist() == ranking.score(["phi"]).tolist()


def test_what_no_document_holds_is_rarest() -> None:
    ranking = Bm25(DOCUMENTS)
    assert ranking.rarity("xyz") > ranking.rarity("phi") > ranking.rarity("ma")


@given(documents)
def test_a_document_is_nearest_to_itself(rows: list[list[str]]) -> None:
    cosine = TfIdf(rows)
    for place, row in enumerate(rows):
        scores = cosine.score(row)
        assert scores.max() <= 1 + 1e-9
        if row:
            assert scores[place] == pytest.approx(1.0)


@given(documents, st.lists(words, max_size=5))
def test_scores_are_finite_and_never_negative(rows: list[list[str]], asked: list[str]) -> None:
    for scores in (Bm25(rows).score(asked), TfIdf(rows).score(asked)):
        assert scores.shape == (len(rows),)
        assert np.isfinite(scores).all()
        assert (scores >= 0).all()
