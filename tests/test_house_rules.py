"""The house's rules hold; each rule notices its own bad example and lets the good one pass."""

import pytest

from tests.support.house_rules import RULES, Rule
from tests.support.source import ROOT, SourceFile, report, source_files

ALL = ("bot", "actions", "engine", "tests")

BAD = [(rule, code) for rule in RULES for code in rule.bad]
GOOD = [(rule, code) for rule in RULES for code in rule.good]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_holds(rule: Rule) -> None:
    found = [breach for file in source_files(ALL) for breach in rule.violations(file)]

    assert not found, report(found)


@pytest.mark.parametrize(("rule", "code"), BAD, ids=[rule.name for rule, _ in BAD])
def test_a_breach_is_noticed(rule: Rule, code: str) -> None:
    assert list(rule.violations(SourceFile(rule.example, code)))


@pytest.mark.parametrize(("rule", "code"), GOOD, ids=[rule.name for rule, _ in GOOD])
def test_what_is_right_passes(rule: Rule, code: str) -> None:
    assert not list(rule.violations(SourceFile(rule.example, code)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_exception_is_explained_and_still_there(rule: Rule) -> None:
    assert all(rule.exceptions.values())
    assert [path for path in rule.exceptions if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_looks_only_into_its_rooms(rule: Rule) -> None:
    assert not list(rule.violations(SourceFile("docs/x.py", rule.bad[0])))
