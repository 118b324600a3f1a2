import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.decision import (
    ANSWER,
    ASKING,
    HAND_OVER,
    KNOWN,
    KNOWN_TO_BOTH,
    LIKELY,
    OFFERED,
    SURELY_OURS,
    TAKEN_FOR_OURS,
    USUAL_DOUBT,
    Decision,
    DecisionKind,
    Place,
    decide,
)
from bot.search.hit import Hit


def hits(*confidences: float) -> list[Hit]:
    return [Hit(f"a{place}", -float(place), c) for place, c in enumerate(confidences)]


@pytest.mark.parametrize(
    ("confidences", "kind", "articles"),
    [
        ((0.9, 0.05), DecisionKind.ANSWER, ("a0",)),
        ((0.45, 0.4, 0.05), DecisionKind.ANSWER, ("a0",)),
        ((0.35, 0.3, 0.2, 0.1), DecisionKind.CLARIFY, ("a0", "a1")),
        ((0.5, 0.1), DecisionKind.CLARIFY, ("a0", "a1")),
        ((0.2, 0.15, 0.1, 0.1), DecisionKind.UNSURE, ("a0", "a1", "a2")),
        ((0.1, 0.05), DecisionKind.FAR, ()),
        ((), DecisionKind.FAR, ()),
    ],
)
def test_the_ways_of_the_hits_alone(
    confidences: tuple[float, ...], kind: DecisionKind, articles: tuple[str, ...]
) -> None:
    decision = decide(hits(*confidences))
    assert (decision.kind, decision.articles) == (kind, articles)


def known(known: float, *confidences: float) -> list[Hit]:
    return [Hit(f"a{place}", -float(place), c, known) for place, c in enumerate(confidences)]


def test_beside_its_siblings_the_first_is_likely() -> None:
    found = known(0.98, 0.3, 0.15, 0.1)
    assert decide(found, off_topic=0.0).kind is DecisionKind.UNSURE
    assert decide(found, off_topic=0.0, siblings={"a1", "a2"}) == Decision(
        DecisionKind.LIKELY, ("a0", "a1", "a2")
    )


@pytest.mark.parametrize(
    "found",
    [
        known(0.5, 0.3, 0.15, 0.05),  # we may not know the matter at all
        known(0.98, LIKELY - 0.01, 0.18, 0.17),  # it has hardly a chance itself
        known(0.98, 0.22, 0.05, 0.04),  # nor has its family
    ],
)
def test_what_is_not_likely_is_asked_about(found: list[Hit]) -> None:
    assert decide(found, off_topic=0.0, siblings={"a1", "a2"}).kind in ASKING


def test_doubt_of_the_classifier_makes_nothing_likely() -> None:
    found = known(0.98, 0.3, 0.15, 0.1)
    assert decide(found, off_topic=0.9, siblings={"a1", "a2"}).kind is not DecisionKind.LIKELY


def test_a_classifier_sure_of_chit_chat_keeps_a_doubtful_answer_back() -> None:
    found = hits(0.6, 0.25)
    assert decide(found).kind is DecisionKind.ANSWER
    assert decide(found, off_topic=0.97).kind is DecisionKind.FAR


def test_a_classifier_does_not_overrule_a_certain_hit() -> None:
    assert decide(hits(0.99, 0.009), off_topic=0.9).kind is DecisionKind.ANSWER


def test_a_second_witness_lets_the_first_be_less_sure() -> None:
    found = hits(0.55, 0.1)
    assert decide(found).kind is DecisionKind.CLARIFY
    assert decide(found, off_topic=0.01).kind is DecisionKind.ANSWER


def test_even_a_little_doubt_keeps_back_what_is_hardly_known() -> None:
    found = hits(0.3, 0.12, 0.08)
    assert decide(found, off_topic=0.04).kind is DecisionKind.UNSURE
    assert decide(found, off_topic=0.3).kind is DecisionKind.FAR


def test_what_is_surely_of_our_field_goes_to_an_officer() -> None:
    found = hits(0.15, 0.1, 0.05)
    assert decide(found, off_topic=SURELY_OURS / 2).kind is DecisionKind.UNSURE
    assert decide(found, off_topic=SURELY_OURS * 1.5).kind is DecisionKind.FAR
    assert decide(hits(0.1, 0.05), off_topic=SURELY_OURS / 2).kind is DecisionKind.FAR


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=5).filter(lambda c: sum(c) > 0),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_more_doubt_never_answers_more(chances: list[float], one: float, other: float) -> None:
    whole = max(sum(chances), 1.0)
    found = hits(*sorted((chance / whole for chance in chances), reverse=True))
    less, more = sorted((one, other))
    if decide(found, off_topic=more).kind is DecisionKind.ANSWER:
        assert decide(found, off_topic=less).kind is DecisionKind.ANSWER
    if decide(found, off_topic=less).kind is DecisionKind.FAR:
        assert decide(found, off_topic=more).kind is DecisionKind.FAR


@given(st.lists(st.floats(0, 1), max_size=5), st.floats(0, 1))
def test_an_answer_is_always_sure_enough(chances: list[float], off_topic: float) -> None:
    whole = max(sum(chances), 1.0)
    found = hits(*sorted((chance / whole for chance in chances), reverse=True))
    decision = decide(found, off_topic=off_topic)
    assert len(decision.articles) <= OFFERED[decision.kind]
    if decision.kind is DecisionKind.ANSWER:
        assert found[0].confidence >= ANSWER
        enough = KNOWN_TO_BOTH if off_topic < TAKEN_FOR_OURS else KNOWN
        assert sum(hit.confidence for hit in found) >= enough - 1e-9
    if decision.kind is DecisionKind.FAR and off_topic <= USUAL_DOUBT:
        assert sum(hit.confidence for hit in found) < HAND_OVER


def test_two_witnesses_need_not_be_as_sure_as_one() -> None:
    known = hits(0.5, (KNOWN + KNOWN_TO_BOTH) / 2 - 0.5)
    assert decide(known, off_topic=0.0).kind is DecisionKind.ANSWER
    assert decide(known, off_topic=0.3).kind is not DecisionKind.ANSWER
    assert decide(known).kind is not DecisionKind.ANSWER


def test_a_short_question_behind_an_answer_needs_only_a_clear_lead() -> None:
    clear, close, unknown = hits(0.3, 0.1, 0.05), hits(0.25, 0.2), hits(0.2, 0.05)
    assert decide(clear).kind is not DecisionKind.ANSWER
    assert decide(clear, place=Place.SHORT_BEHIND).kind is DecisionKind.ANSWER
    assert decide(close, place=Place.SHORT_BEHIND) == decide(close)
    assert decide(unknown, place=Place.SHORT_BEHIND) == decide(unknown)


def test_what_leans_on_the_answer_before_is_given_as_likely_whatever_its_chance() -> None:
    leaning = decide(hits(0.1, 0.08), place=Place.LEANING)
    assert leaning.kind is DecisionKind.LIKELY
    assert leaning.articles[0] == decide(hits(0.6, 0.1)).articles[0]


def test_behind_an_answer_of_its_topic_less_is_enough_to_be_likely() -> None:
    known = [Hit("a", 1.0, 0.3, 0.8), Hit("b", 0.5, 0.2, 0.8), Hit("c", 0.4, 0.2, 0.8)]
    assert decide(known).kind is not DecisionKind.LIKELY
    assert decide(known, place=Place.BEHIND, off_topic=0.0).kind is DecisionKind.LIKELY
    assert decide(known, place=Place.BEHIND, off_topic=0.9).kind is not DecisionKind.LIKELY
