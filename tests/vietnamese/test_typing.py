"""The parts that the speller is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese import strip_accents
from vietnamese.bigrams import Bigrams
from vietnamese.keystrokes import keystrokes
from vietnamese.lexicon import Lexicon
from vietnamese.near_words import NearWords, distance
from vietnamese.spaces import Spaces
from vietnamese.syllable import is_syllable, is_well_toned
from vietnamese.typing_error import (
    ADDED,
    DOUBLED,
    DROPPED,
    FAR,
    MARK_LEFT_OUT,
    NEIGHBOUR,
    SWAPPED,
    WRONG_MARK,
    marks_cost,
    slip,
)

words = st.text(alphabet="anghie", min_size=1, max_size=6)


@pytest.mark.parametrize(
    "bare", ["nghiep", "quy", "gi", "nguoi", "khuyen", "a", "yeu", "oach", "xoong", "giay", "thue"]
)
def test_a_syllable_is_known_by_its_build(bare: str) -> None:
    assert is_syllable(bare)


@pytest.mark.parametrize("bare", ["nghyp", "haccp", "shopee", "facebook", "nhxn", "ngh", "", "f"])
def test_what_is_not_built_so_is_no_syllable(bare: str) -> None:
    assert not is_syllable(bare)


@pytest.mark.parametrize(
    ("word", "well"),
    [("nghiệp", True), ("nhãn", True), ("mua", True), ("vàch", False), ("hièú", False)],
)
def test_a_stop_carries_only_two_of_the_tones(word: str, *, well: bool) -> None:
    assert is_well_toned(word, strip_accents(word)) is well


@pytest.mark.parametrize("typed", ["hiệu", "hieeuj", "hieeụ", "hieuej", "hiejeu", "hiêuj", "ihệu"])
def test_the_keys_are_the_same_wherever_the_marks_went(typed: str) -> None:
    assert keystrokes(typed) == keystrokes("hiệu")


def test_each_mark_has_its_key() -> None:
    assert keystrokes("đường") == "".join(sorted("dduwowngf"))
    assert keystrokes("ắỗẩ") == "".join(sorted("awsooxaar"))


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("hieuu", "hieu", DOUBLED),
        ("hiexu", "hieu", ADDED),
        ("hiu", "hieu", DROPPED),
        ("hiru", "hieu", NEIGHBOUR),
        ("hipu", "hieu", FAR),
        ("heiu", "hieu", SWAPPED),
    ],
)
def test_one_error_has_its_cost(typed: str, meant: str, cost: float) -> None:
    made = slip(typed, meant)
    assert made is not None
    assert made.cost == cost


def test_two_errors_are_no_slip() -> None:
    assert slip("hxxu", "hieu") is None
    assert slip("hi", "hieu") is None


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("nhxn", "nhãn", 0.0),  # the error took the accented letter
        ("nhan", "nhãnh", 0.0),  # nothing accented: written that way
        ("hợpq", "hợp", 0.0),
        ("hơpq", "hợp", WRONG_MARK),
        ("nghiêpj", "nghiệp", WRONG_MARK),
        ("đươcj", "được", WRONG_MARK),
        ("đuợcj", "được", MARK_LEFT_OUT),
    ],
)
def test_marks_cost_by_the_letter(typed: str, meant: str, cost: float) -> None:
    made = slip(strip_accents(typed), strip_accents(meant))
    assert made is not None
    assert marks_cost(typed, meant, made) == cost


@given(words, words)
def test_distance_is_even_handed(left: str, right: str) -> None:
    assert distance(left, right) == distance(right, left)
    assert (distance(left, right) == 0) is (left == right)


@given(st.lists(words, max_size=8), words)
def test_no_word_one_error_away_is_missed(known: list[str], typed: str) -> None:
    found = NearWords(known).one_error(typed)
    long_enough = {word for word in known if len(word) > 1}
    assert {word for word in long_enough if distance(typed, word) == 1} <= found
    assert typed not in found


@given(st.lists(words, max_size=8), words)
def test_words_two_errors_away_are_two_errors_away(known: list[str], typed: str) -> None:
    found = NearWords(known).two_errors(typed)
    assert found == {word for word in found if distance(typed, word) == 2}


def test_spaces_are_mended_only_where_the_pieces_are_no_words() -> None:
    spaces = Spaces(Lexicon([["doanh", "nghiệp", "nhỏ"], ["hợp", "quy"], ["mã", "an"], ["man"]]))
    assert spaces.mend(["doanhnghiệp"]) == ["doanh", "nghiệp"]
    assert spaces.mend(["ngh", "iệp"]) == ["nghiệp"]
    assert spaces.mend(["hop", "quy"]) == ["hop", "quy"]
    assert spaces.mend(["ma", "n", "9001"]) == ["man", "9001"]
    assert spaces.mend(["blockchain"]) == ["blockchain"]


def test_the_path_weighs_pairs_against_costs() -> None:
    bigrams = Bigrams([["mã", "vạch"]] * 5 + [["má", "tôi"]])
    assert bigrams.best_path([[("mã", 0.0), ("má", 0.0)], [("vạch", 0.0)]]) == ["mã", "vạch"]
    assert bigrams.best_path([[("mã", 50.0), ("má", 0.0)], [("vạch", 0.0)]]) == ["má", "vạch"]
    assert bigrams.best_path([]) == []


def test_a_pair_seen_is_likelier_than_one_never_seen() -> None:
    bigrams = Bigrams([["mã", "vạch"]])
    assert ("mã", "vạch") in set(bigrams.pairs())
    assert bigrams.alone("vạch") > bigrams.alone("vách")
