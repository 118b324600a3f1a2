import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.confidence import (
    Situation,
    Weights,
    confidences,
    fitted,
    known,
    shares_of,
    situation,
)
from bot.search.evidence import FEATURES, Evidence

scores = st.lists(st.floats(-20, 20), min_size=1, max_size=12).map(np.array)


def test_every_situation_has_fitted_weights_for_known_features() -> None:
    for weights in fitted().weights.values():
        assert set(weights.features) <= set(FEATURES)
    assert set(fitted().weights) == set(Situation)


def test_the_file_says_when_and_how_it_was_fitted() -> None:
    assert fitted().fitted_on == "2026-11-29"
    assert "held out" in fitted().rule


def test_likeness_never_speaks_against_a_message() -> None:
    for weights in fitted().weights.values():
        assert all(w >= 0 for name, w in weights.features.items() if name != "length")


@given(scores, st.floats(0.1, 3))
def test_shares_sum_to_one_and_follow_the_scores(values: np.ndarray, sharpness: float) -> None:
    shares = shares_of(values, sharpness)
    assert shares.sum() == pytest.approx(1)
    assert shares[int(values.argmax())] == shares.max()


@given(scores)
def test_confidences_share_the_chance_that_we_know_the_matter(values: np.ndarray) -> None:
    features = np.linspace(0, 1, len(FEATURES))
    weights = fitted().weights[Situation.ALONE]
    chances = confidences(Evidence(values, features, values), weights)
    assert chances.sum() == pytest.approx(known(features, weights))
    assert chances.sum() <= 1 + 1e-9


def test_without_evidence_the_constant_decides() -> None:
    weights = Weights(sharpness=1, constant=0, features={})
    assert known(np.zeros(len(FEATURES)), weights) == 0.5


def test_situations_are_told_apart() -> None:
    found = {situation(vectors=v, context=c) for v in (True, False) for c in (True, False)}
    assert found == set(Situation)
