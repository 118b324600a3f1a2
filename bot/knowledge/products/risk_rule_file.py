"""The rules of risk as `risk_rules.yml` keeps them."""

from collections.abc import Container, Iterator
from pathlib import Path

from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import TableFile, read_sound_rows
from bot.knowledge.products.risk_rule import RiskRule, RiskRules


def read_sound_risk_rules(
    file: Path, *, articles: Container[str], documents: Container[str]
) -> tuple[tuple[RiskRule, ...], list[Problem]]:
    """The file's rules; those that name what is not there are left out and told.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return (), []

    def unknown(table: TableFile[RiskRules]) -> Iterator[Problem]:
        for place, rule in enumerate(table.rows.rules):
            for id_ in rule.articles:
                if id_ not in articles:
                    yield _unknown(table, place, "articles", id_, "articles")
            if rule.document not in documents:
                yield _unknown(table, place, "document", rule.document, "register.yml")

    sound = read_sound_rows(file, RiskRules, unknown)
    return tuple(sound.table.rows.rules), sound.problems


def _unknown(
    table: TableFile[RiskRules], place: int, field: str, value: str, where: str
) -> Problem:
    return table.problem(
        f"{value} is not in {where}", "rules", place, field,
        fault=Fault.UNKNOWN, name=value, table=where,
    )  # fmt: skip
