"""The project's own evaluation set: of good breadth, over articles that exist, in own words."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from ruamel.yaml import YAML

from bot.domain.text.plain import plain
from bot.evaluation.asking.evaluation_set import EvaluationSet, read_set, within
from bot.knowledge.library import Library
from bot.settings import ROOT

STYLES = {
    "plain", "short", "background", "noaccent", "half", "teencode", "typo", "caps", "spoken",
}  # fmt: skip
OUTCOMES = {
    "answer", "wrong_office", "handover", "out_of_scope", "chitchat", "request", "request_status",
    "assessment", "privacy",
}  # fmt: skip
SHORTEST = 3
"""Words that a text must have more of before being equal to another tells anything."""

CODE = re.compile(r"ht \d\d \w{5}")

DEVELOPMENT = ROOT.parent / "shared" / "eval"


@pytest.fixture(scope="module")
def own() -> EvaluationSet:
    return read_set(ROOT / "nlu_data" / "evaluation")


def test_it_is_large_enough_to_tell_something(own: EvaluationSet) -> None:
    assert len(own.messages) >= 340
    assert len(own.dialogues) >= 44
    assert sum(one.parts is not None for one in own.messages) >= 20
    assert any(turn.resumes for one in own.dialogues for turn in one.expect)


def test_every_style_and_outcome_is_there(own: EvaluationSet) -> None:
    styles = Counter(one.style for one in own.messages)
    outcomes = Counter(one.outcome.value for one in own.messages)
    assert set(styles) == STYLES
    assert set(outcomes) == OUTCOMES
    assert min(styles.values()) >= 20
    assert min(outcomes.values()) >= 12
    assert outcomes["out_of_scope"] + outcomes["chitchat"] >= 40


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
    learned = set(_learned(library))
    assert [text for text in _questions(own) if plain(text) in learned] == []


@pytest.mark.skipif(not DEVELOPMENT.exists(), reason="the development set lies outside the project")
def test_nothing_was_learned_from_a_development_message(
    own: EvaluationSet, library: Library
) -> None:
    development = [one for one in read_set(DEVELOPMENT).messages if _is_long(one.text)]
    known = {plain(one.text): one.id for one in development if not CODE.fullmatch(plain(one.text))}
    ours = {*_learned(library), *map(plain, _questions(own))} - set(_names(library))
    # Their ids: the words themselves stay where they are.
    assert sorted(known[text] for text in known.keys() & ours) == []


def _questions(chosen: EvaluationSet) -> list[str]:
    """The messages, and the turns of dialogues that an article answers and that say which."""
    return [one.text for one in chosen.messages if _is_long(one.text)] + [
        text
        for one in chosen.dialogues
        for text, turn in zip(one.turns, one.expect, strict=True)
        if turn.accept and _is_long(text)
    ]


def _is_long(text: str) -> bool:
    """“Xin chào”, “còn phí?” and “5S là gì” have no other words."""
    return len(plain(text).split()) > SHORTEST


def _names(library: Library) -> Iterator[str]:
    """What articles are called, plain: their names come from the department's catalogue."""
    for article in library.current.articles.values():
        yield from map(plain, [article.id, article.title, article.button, article.subject])


def _learned(library: Library) -> Iterator[str]:
    """All that the assistant learns from, plain: phrasings, examples, the glossary."""
    return map(plain, [*_phrasings(library), *_examples(), *_glossary()])


def _phrasings(library: Library) -> Iterator[str]:
    for article in library.current.articles.values():
        yield from [article.title, *article.phrasings]


def _examples() -> Iterator[str]:
    yaml = YAML(typ="safe")
    for file in sorted((ROOT / "nlu_data" / "nlu").glob("*.yml")):
        for block in yaml.load(file.read_text(encoding="utf-8"))["nlu"]:
            yield from (line.removeprefix("- ") for line in block["examples"].splitlines())


def _glossary() -> Iterator[str]:
    """Every string of the glossary, whatever its shape."""
    yaml = YAML(typ="safe")
    for file in sorted((ROOT / "knowledge_base").glob("glossary*.yml")):
        yield from _strings(yaml.load(file.read_text(encoding="utf-8")))


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from [*_strings(key), *_strings(value)]
    elif isinstance(data, list):
        for one in data:
            yield from _strings(one)
