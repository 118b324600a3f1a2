"""Words of a question in English are read by what they mean."""

import pytest

from bot.search.english.concepts import (
    COST,
    PLACE,
    TIME,
    aspects_of,
    concepts_of,
    leans,
    without_aspects,
)


def test_words_of_one_meaning_are_one() -> None:
    assert concepts_of("How much is a bar code?") == concepts_of("barcode price")
    assert concepts_of("register my brands") == concepts_of("trademark registration")


@pytest.mark.parametrize(
    ("text", "aspect"),
    [("how much?", COST), ("how long does it take", TIME), ("where do I apply", PLACE)],
)
def test_what_is_asked_of_a_matter_names_none(text: str, aspect: str) -> None:
    assert aspects_of(text) == {aspect}
    assert leans(text)


@pytest.mark.parametrize("text", ["how do I renew it", "which documents do I need for that"])
def test_a_word_that_points_back_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text", ["how much is a patent", "where can I verify scales", "what is a company standard"]
)
def test_a_question_with_its_own_matter_leans_on_nothing(text: str) -> None:
    assert not leans(text)


def test_a_subject_is_told_from_what_is_asked_of_it() -> None:
    assert without_aspects("cost of a patent") == "of a patent"
    assert without_aspects("steps and time of a patent") == "and of a patent"
