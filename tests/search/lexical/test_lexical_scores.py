import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.lexical.bm25 import Bm25, TfIdf
from bot.search.lexical.counted import Counted, counted, counted_parts
from bot.search.lexical.postings import Postings
from vietnamese.terms import letter_runs, letter_terms

DOCUMENTS = [["ma", "vach", "phi"], ["ma", "vach", "dang", "ky"], ["iso", "9001"], ["ma"]]

words = st.sampled_from(["ma", "vach", "phi", "iso", "la", "xin"])
documents = st.lists(st.lists(words, max_size=6), min_size=1, max_size=6)


def test_the_product_with_a_query_is_the_sum_over_its_terms() -> None:
    found = counted([["a", "b"], ["b"], []])
    weights = np.array([1.0, 2.0, 3.0])
    query = {"a": 10.0, "b": 1.0, "z": 5.0}
    assert Postings(found, weights).score(query).tolist() == [12.0, 3.0, 0.0]


@given(documents)
def test_parts_of_words_are_counted_as_if_they_were_written_out(rows: list[list[str]]) -> None:
    apart = counted_parts(rows, letter_runs)
    written = counted([letter_terms(row) for row in rows])
    assert apart.vocabulary.keys() == written.vocabulary.keys()
    assert apart.lengths.tolist() == written.lengths.tolist()
    assert _by_name(apart) == _by_name(written)


def _by_name(found: Counted) -> set[tuple[str, int, int]]:
    names = list(found.vocabulary)
    rows = zip(found.terms.tolist(), found.rows.tolist(), found.times.tolist(), strict=True)
    return {(names[term], row, times) for term, row, times in rows}


def test_a_row_holds_what_it_was_given() -> None:
    found = counted([["a"], [], ["a", "b"]])
    postings = Postings(found, np.ones(3))
    assert [postings.holds(row, "a") for row in range(3)] == [True, False, True]
    assert not postings.holds(0, "unknown")
    assert postings.holders("a") == {0, 2}
    assert postings.holders("unknown") == set()


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
    cosine = TfIdf(counted(rows))
    for place, row in enumerate(rows):
        scores = cosine.score(row)
        assert scores.max() <= 1 + 1e-6
        if row:
            assert scores[place] == pytest.approx(1.0)


@given(documents, st.lists(words, max_size=5))
def test_scores_are_finite_and_never_negative(rows: list[list[str]], asked: list[str]) -> None:
    for scores in (Bm25(rows).score(asked), TfIdf(counted(rows)).score(asked)):
        assert scores.shape == (len(rows),)
        assert np.isfinite(scores).all()
        assert (scores >= 0).all()
