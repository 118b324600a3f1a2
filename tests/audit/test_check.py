from datetime import date
from pathlib import Path

import pytest

from bot.audit.check import check, warnings
from bot.settings import ROOT
from tests.support.data.small_knowledge import article_file, edit

TODAY = date(2026, 11, 29)


def messages(folder: Path) -> list[str]:
    return [problem.message for problem in check(folder, TODAY)]


def test_a_good_folder_has_no_problem(folder: Path) -> None:
    assert check(folder, TODAY) == []


def test_our_own_knowledge_base_has_no_problem() -> None:
    assert check(ROOT / "knowledge_base", TODAY) == []


def test_too_few_phrasings_are_told(folder: Path) -> None:
    file = article_file(folder, "5s-la-gi")
    kept, dropped = 0, []
    for line in file.read_text(encoding="utf-8").splitlines():
        is_phrasing = line.startswith('  - "')
        kept += is_phrasing
        if not is_phrasing or kept <= 7:
            dropped.append(line)
    file.write_text("\n".join(dropped), encoding="utf-8")
    (problem,) = check(folder, TODAY)
    assert problem.file == file
    assert problem.line > 1
    assert "at least 8" in problem.message


def test_a_broken_article_does_not_hide_the_others(folder: Path) -> None:
    edit(article_file(folder, "5s-la-gi"), "office: ", "office: nowhere # ")
    edit(article_file(folder, "co-quan-thue"), "verify: ", "verify: perhaps # ")
    found = messages(folder)
    assert any("verify" in message for message in found)


def test_an_unknown_office_in_the_routing_table_is_told(folder: Path) -> None:
    edit(folder / "routing.yml", "office: ", "office: nowhere # ")
    assert any("nowhere is not in offices.yml" in message for message in messages(folder))


@pytest.mark.parametrize(
    "name", ["register.yml", "topics.yml", "offices.yml", "routing.yml", "menu.yml"]
)
def test_a_missing_file_is_a_problem_and_no_crash(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert any("missing" in message for message in messages(folder))
    warnings(folder, TODAY)
