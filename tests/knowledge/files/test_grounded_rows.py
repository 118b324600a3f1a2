"""Rows that name an article or a document that is not there are left out and told."""

from pathlib import Path

from bot.knowledge.files.grounded_rows import read_grounded_rows
from bot.knowledge.products.risk_rule import RiskRules

ROW = '  - {articles: [a], high: "nên làm", document: luat, clause: "Điều 1"}\n'


def test_each_wrong_name_is_told_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text(
        "rules:\n" + ROW + ROW.replace("[a]", "[a, b]") + ROW.replace("luat", "khac"), "utf-8"
    )
    read, problems = read_grounded_rows(
        file, RiskRules, "rules", articles={"a"}, documents={"luat"}
    )
    assert [rule.articles for rule in read.rules] == [["a"]]
    assert [(problem.line, problem.values["name"]) for problem in problems] == [
        (3, "b"),
        (4, "khac"),
    ]


def test_no_file_holds_nothing(tmp_path: Path) -> None:
    read, problems = read_grounded_rows(
        tmp_path / "rules.yml", RiskRules, "rules", articles=(), documents=()
    )
    assert (read.rules, problems) == ([], [])
