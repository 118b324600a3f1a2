"""The project's own evaluation set: of good breadth, over articles that exist, in own words."""

from collections import Counter
from collections.abc import Iterator

import pytest
from ruamel.yaml import YAML

from bot.domain.plain import plain
from bot.evaluation.evaluation_set import EvaluationSet, read_set, within
from bot.knowledge.library import Library
from bot.settings import ROOT

STYLES = {
    "plain", "short", "background", "noaccent", "half", "teencode", "typo", "caps", "spoken",
}  # fmt: skip
OUTCOMES = {
    "answer", "wrong_office", "handover", "out_of_scope", "chitchat", "request", "request_status",
    "assessment", "privacy",
}  # fmt: skip
DEVELOPMENT = ROOT.parent / "shared" / "eval"


@pytest.fixture(scope="module")
def own() -> EvaluationSet:
    return read_set(ROOT / "nlu_data" / "evaluation")


def test_it_is_large_enough_to_tell_something(own: EvaluationSet) -> None:
    assert len(own.messages) >= 120
    assert len(own.dialogues) >= 15
    assert sum(one.parts is not None for one in own.messages) >= 12
    assert any(turn.resumes for one in own.dialogues for turn in one.expect)


def test_every_style_and_outcome_is_there(own: EvaluationSet) -> None:
    styles = Counter(one.style for one in own.messages)
    outcomes = Counter(one.outcome.value for one in own.messages)
    assert set(styles) == STYLES
    assert set(outcomes) == OUTCOMES
    assert min(styles.values()) >= 10
    assert min(outcomes.values()) >= 5


def test_every_accepted_article_exists(own: EvaluationSet, library: Library) -> None:
    articles = library.current.articles
    accepted = {article for one in own.messages for article in one.accept} | {
        article for one in own.dialogues for turn in one.expect for article in turn.accept
    }
    assert accepted <= set(articles)
    assert within(own, articles).left_out == 0


def test_wrong_office_is_said_of_articles_that_point_elsewhere(
    own: EvaluationSet, library: Library
) -> None:
    for one in own.messages:
        elsewhere = [library.current.articles[name].is_wrong_office for name in one.accept]
        assert all(elsewhere) == (one.outcome.value == "wrong_office") or not elsewhere


def test_parts_are_among_the_accepted(own: EvaluationSet) -> None:
    for one in own.messages:
        for part in one.parts or []:
            assert set(part) <= set(one.accept)


def test_every_topic_is_asked_about(own: EvaluationSet, library: Library) -> None:
    knowledge = library.current
    asked = {knowledge.articles[name].topic for one in own.messages for name in one.accept}
    assert asked == set(knowledge.topics)


def test_no_message_stands_there_twice(own: EvaluationSet) -> None:
    counts = Counter(plain(one.text) for one in own.messages)
    assert [text for text, count in counts.items() if count > 1] == []


def test_nothing_of_it_was_learned_from(own: EvaluationSet, library: Library) -> None:
    learned = {plain(text) for text in _learned(library)}
    texts = [one.text for one in own.messages] + [
        text
        for one in own.dialogues
        for text, turn in zip(one.turns, one.expect, strict=True)
        if turn.accept
    ]
    assert [text for text in texts if plain(text) in learned] == []


def _learned(library: Library) -> Iterator[str]:
    for article in library.current.articles.values():
        yield from [article.title, *article.phrasings]
    yaml = YAML(typ="safe")
    for file in sorted((ROOT / "nlu_data" / "nlu").glob("*.yml")):
        for block in yaml.load(file.read_text(encoding="utf-8"))["nlu"]:
            yield from (line.removeprefix("- ") for line in block["examples"].splitlines())
    if DEVELOPMENT.exists():
        yield from (one.text for one in read_set(DEVELOPMENT).messages)
