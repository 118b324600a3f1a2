"""The talks: enough of them, in ten voices, over articles that exist, learned from by nothing."""

import json
from collections import Counter

import pytest

from bot.domain.text.plain import plain
from bot.evaluation.asking.evaluation_set import EvaluationSet, read_set
from bot.knowledge.library import Library
from bot.settings import ROOT
from tests.evaluation.test_own_set import _learned, _questions

FOLDER = ROOT / "nlu_data" / "talks"
COMMON_WORDS = 5
"""Up to so many words everybody asks on in the same ones: "đăng ký ở đâu"."""

PARTS = ("seen", "unseen")


@pytest.fixture(scope="module", params=PARTS)
def talks(request: pytest.FixtureRequest) -> EvaluationSet:
    return read_set(FOLDER / request.param)


def test_there_are_120_of_five_turns_and_more_in_ten_voices() -> None:
    rows = [
        json.loads(line)
        for part in PARTS
        for line in (FOLDER / part / "dialogues.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    voices = Counter(row["id"].partition("-")[0] for row in rows)
    assert len(rows) == 120
    assert len({row["id"] for row in rows}) == 120
    assert set(voices.values()) == {12}
    assert len(voices) == 10
    assert all(5 <= len(row["turns"]) <= 10 for row in rows)
    assert all(turn["want"] for row in rows for turn in row["expect"])


def test_every_accepted_article_exists(talks: EvaluationSet, library: Library) -> None:
    accepted = {
        article
        for one in talks.dialogues
        for turn in one.expect
        for label in turn.any_of
        for article in label.accept
    }
    assert accepted <= set(library.current.articles)


def test_nothing_of_them_was_learned_from(talks: EvaluationSet, library: Library) -> None:
    learned = set(_learned(library))
    long = [text for text in _questions(talks) if len(plain(text).split()) > COMMON_WORDS]
    assert [text for text in long if plain(text) in learned] == []
