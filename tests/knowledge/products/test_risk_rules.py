"""The rules of risk of the department's own folder, and rows that are wrong."""

import re
from pathlib import Path

import pytest

from bot.knowledge.library import Library
from bot.knowledge.products.product import Risk
from bot.knowledge.products.risk_rule import RiskRule
from bot.knowledge.products.risk_rule_file import read_sound_risk_rules

SOUND = """rules:
  - articles: [a]
    high: "nên phải làm"
    document: luat
    clause: "Điều 1"
"""


def test_each_rule_stands_in_clauses_that_its_articles_cite(library: Library) -> None:
    rules = library.current.risk_rules
    assert len(rules) > 5
    for rule in rules:
        for id_ in rule.articles:
            article = library.current.articles[id_]
            cited = [(one.document, one.clause) for one in article.sources]
            told_of = [(one.document, one.clause) for one in article.aspects.values()]
            told = " ".join(
                clause or "" for document, clause in (*cited, *told_of) if document == rule.document
            )
            assert articles_of(rule.clause) <= articles_of(told), (id_, rule.clause, told)


def articles_of(clause: str) -> set[int]:
    """The articles of a decree that a clause names, those of a span too."""
    spans = re.findall(r"Điều (\d+)[\d.a-zđ]*(?:–(\d+))?", clause)
    return {number for first, last in spans for number in range(int(first), int(last or first) + 1)}


def test_a_rule_goes_on_behind_the_risk_and_leaves_its_ground_to_follow(library: Library) -> None:
    told = [told for rule in library.current.risk_rules for told in (rule.high, rule.medium)]
    assert [one for one in told if one and not (one[0].islower() and not one.endswith("."))] == []


def test_no_article_has_two_rules(library: Library) -> None:
    named = [id_ for rule in library.current.risk_rules for id_ in rule.articles]
    assert len(named) == len(set(named))


@pytest.mark.parametrize(
    ("risk", "told"), [(Risk.HIGH, "nên phải làm"), (Risk.MEDIUM, ""), (Risk.ELSEWHERE, "")]
)
def test_what_follows_from_a_risk(risk: Risk, told: str) -> None:
    rule = RiskRule(articles=["a"], high="nên phải làm", document="luat", clause="Điều 1")
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
