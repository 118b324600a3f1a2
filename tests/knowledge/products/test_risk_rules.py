"""The rules of risk of the department's own folder, and rows that are wrong."""

from pathlib import Path

import pytest

from bot.knowledge.library import Library
from bot.knowledge.products.product import Risk
from bot.knowledge.products.risk_rule import RiskRule
from bot.knowledge.products.risk_rule_file import read_sound_risk_rules

SOUND = """rules:
  - articles: [a]
    high: "nên phải làm."
    document: luat
    clause: "Điều 1"
"""


def test_each_rule_cites_a_document_that_its_articles_cite(library: Library) -> None:
    rules = library.current.risk_rules
    assert len(rules) > 5
    for rule in rules:
        for id_ in rule.articles:
            cited = {source.document for source in library.current.articles[id_].sources}
            assert rule.document in cited, id_


def test_a_rule_goes_on_behind_the_risk_and_ends_its_sentence(library: Library) -> None:
    told = [told for rule in library.current.risk_rules for told in (rule.high, rule.medium)]
    assert [one for one in told if one and not (one[0].islower() and one.endswith("."))] == []


def test_no_article_has_two_rules(library: Library) -> None:
    named = [id_ for rule in library.current.risk_rules for id_ in rule.articles]
    assert len(named) == len(set(named))


@pytest.mark.parametrize(
    ("risk", "told"), [(Risk.HIGH, "nên phải làm."), (Risk.MEDIUM, ""), (Risk.ELSEWHERE, "")]
)
def test_what_follows_from_a_risk(risk: Risk, told: str) -> None:
    rule = RiskRule(articles=["a"], high="nên phải làm.", document="luat", clause="Điều 1")
    assert rule.told_of(risk) == told


def test_a_row_that_names_what_is_not_there_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "risk_rules.yml"
    file.write_text(SOUND + SOUND.partition("\n")[2].replace("[a]", "[b]"), encoding="utf-8")
    rules, problems = read_sound_risk_rules(file, articles={"a"}, documents={"luat"})
    assert [rule.articles for rule in rules] == [["a"]]
    assert [problem.line for problem in problems] == [6]


def test_no_file_is_no_rule(tmp_path: Path) -> None:
    file = tmp_path / "risk_rules.yml"
    assert read_sound_risk_rules(file, articles=(), documents=()) == ((), [])
