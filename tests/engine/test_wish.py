"""Whether a wish is done, asked about, or taken for a question."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nlu.wish import DOUBTFUL, QUESTION, Ranking, WishGate

GATE = WishGate(
    confidence=1.0,
    words=1.0,
    constant=0,
    ask=0.4,
    do={"handover": 0.9, "assessment": 0.9, "request_status": 0.6, "send_files": 0.9},
)


def ranking(*pairs: tuple[str, float]) -> Ranking:
    return [{"name": name, "confidence": confidence} for name, confidence in pairs]


def test_what_is_no_wish_passes_as_it_is() -> None:
    told = ranking(("ask", 0.3), ("handover", 0.29))

    assert GATE.weigh(told, 5) == (told, None)


def test_a_plain_wish_passes_as_it_is() -> None:
    told = ranking(("handover", 0.97), ("ask", 0.01))

    assert GATE.weigh(told, 4) == (told, None)


def test_a_doubtful_wish_is_asked_about() -> None:
    weighed, wish = GATE.weigh(ranking(("handover", 0.5), ("ask", 0.3)), 4)

    assert wish == "handover"
    assert weighed == ranking((DOUBTFUL, 0.5), ("ask", 0.3))


def test_what_costs_little_is_done_where_what_costs_much_is_asked_about() -> None:
    costly, cheap = ranking(("handover", 0.5)), ranking(("request_status", 0.5))

    assert GATE.weigh(costly, 4) == (ranking((DOUBTFUL, 0.5)), "handover")
    assert GATE.weigh(cheap, 4) == (cheap, None)


def test_an_improbable_wish_is_a_question_that_is_none_of_ours() -> None:
    told = ranking(("assessment", 0.16), (QUESTION, 0.15), ("ask", 0.1))

    assert GATE.weigh(told, 2) == (ranking((QUESTION, 0.31), ("ask", 0.1)), None)


def test_files_that_are_only_spoken_of_are_never_asked_about() -> None:
    weighed, wish = GATE.weigh(ranking(("send_files", 0.5), ("ask", 0.3)), 4)

    assert wish is None
    assert weighed[0]["name"] == QUESTION


def test_a_deed_without_its_object_asks_for_the_likeliest_wish() -> None:
    told = ranking((DOUBTFUL, 0.9), ("ask", 0.05), ("assessment", 0.02), ("handover", 0.01))

    assert GATE.weigh(told, 1) == (told, "assessment")


@pytest.mark.parametrize("words", [0, 1, 3, 20, 400])
def test_the_fewer_the_words_the_surer_they_must_be(words: int) -> None:
    assert GATE.chance(0.7, words) <= GATE.chance(0.7, words + 1)


@given(
    confidence=st.floats(0, 1),
    words=st.integers(0, 500),
    wish=st.sampled_from(GATE.wishes),
    second=st.sampled_from(["ask", QUESTION, DOUBTFUL, "greet"]),
)
def test_nothing_is_lost_and_nothing_is_done_below_the_mark(
    confidence: float, words: int, wish: str, second: str
) -> None:
    told = ranking((wish, confidence), (second, 0.0))

    weighed, asked = GATE.weigh(told, words)

    names = [one["name"] for one in weighed]
    assert len(names) == len(set(names))
    if weighed[0]["name"] == wish:
        assert GATE.chance(confidence, words) >= GATE.do[wish]
    if asked:
        assert asked == wish
        assert weighed[0]["name"] == DOUBTFUL


def test_the_kept_thresholds_are_in_order_and_name_their_rule() -> None:
    kept = WishGate.read()

    assert all(0 < kept.ask < do < 1 for do in kept.do.values())
    assert kept.confidence > 0
    assert replace(kept, ask=0.0).chance(0.99, 6) > max(kept.do.values())
