"""The rules of risk as `risk_rules.yml` keeps them."""

from collections.abc import Container
from pathlib import Path

from bot.knowledge.files.grounded_rows import read_grounded_rows
from bot.knowledge.files.problem import Problem
from bot.knowledge.products.risk_rule import RiskRule, RiskRules


def read_sound_risk_rules(
    file: Path, *, articles: Container[str], documents: Container[str]
) -> tuple[tuple[RiskRule, ...], list[Problem]]:
    """The file's rules; those that name what is not there are left out and told.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    read, problems = read_grounded_rows(
        file, RiskRules, "rules", articles=articles, documents=documents
    )
    return tuple(read.rules), problems
