from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.check import check, warnings
from bot.settings import ROOT
from tests.support.small_knowledge import article_file, edit

TODAY = date(2026, 11, 24)


def messages(folder: Path) -> list[str]:
    return [problem.message for problem in check(folder, TODAY)]


def warned(folder: Path, today: date = TODAY) -> list[str]:
    return [problem.message for problem in warnings(folder, today)]


def test_a_good_folder_has_no_problem(folder: Path) -> None:
    assert check(folder, TODAY) == []


def test_our_own_knowledge_base_has_no_problem() -> None:
    assert check(ROOT / "knowledge_base", TODAY) == []


def test_a_phrasing_in_two_articles_is_told_at_both_places(folder: Path) -> None:
    for name, phrasing in (
        ("5s-la-gi", "Chuyện này là sao?"),
        ("co-quan-thue", "chuyen nay la sao"),
    ):
        edit(article_file(folder, name), "phrasings:\n", f'phrasings:\n  - "{phrasing}"\n')
    found = check(folder, TODAY)
    assert {(problem.file.stem, problem.message) for problem in found} == {
        ("5s-la-gi", "“Chuyện này là sao?” stands in co-quan-thue too"),
        ("co-quan-thue", "“chuyen nay la sao” stands in 5s-la-gi too"),
    }
    lines = found[0].file.read_text(encoding="utf-8").splitlines()
    assert "này là sao" in lines[found[0].line - 1].replace("nay", "này").replace("la", "là")


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


def register(folder: Path, lines: str) -> None:
    file = folder / "register.yml"
    file.write_text(
        file.read_text(encoding="utf-8")
        + "  - id: thu-nghiem\n    kind: law\n    short: Thử\n    title: Thử\n    issuer: Thử\n"
        + "    checked_on: 2026-11-24\n"
        + "".join(f"    {line}\n" for line in lines.split("; ")),
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "status: in_force; in_force_from: 2026-01-01; in_force_to: 2025-01-01",
            "thu-nghiem ends before it begins",
        ),
        (
            "status: superseded; replaced_by: [khong-co]",
            "replaced_by: khong-co is no other document",
        ),
        ("status: in_force; amends: [thu-nghiem]", "amends: thu-nghiem is no other document"),
    ],
)
def test_a_contradiction_in_the_register_is_told_with_its_line(
    folder: Path, lines: str, message: str
) -> None:
    register(folder, lines)
    (problem,) = check(folder, TODAY)
    assert problem.message == message
    written = (folder / "register.yml").read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert any(part in written for part in lines.split("; ")[1:])


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("status: superseded", "yet neither"),
        ("status: in_force; in_force_to: 2026-01-01", "called in_force, yet ended on 2026-01-01"),
        ("status: planned; in_force_from: 2026-07-01", "called planned, yet began on 2026-07-01"),
    ],
)
def test_a_doubtful_status_is_a_warning_and_no_problem(
    folder: Path, lines: str, message: str
) -> None:
    register(folder, lines)
    assert check(folder, TODAY) == []
    assert any("thu-nghiem" in found and message in found for found in warned(folder))


def test_a_document_that_says_what_replaced_it_is_fine(folder: Path) -> None:
    register(folder, "status: superseded; in_force_to: 2025-12-31")
    assert warned(folder) == []


def test_an_article_on_nothing_that_holds_is_told(folder: Path) -> None:
    register(folder, "status: in_force; in_force_to: 2026-11-23")
    file = article_file(folder, "5s-la-gi")
    text = file.read_text(encoding="utf-8")
    head, rest = text.split("sources:", 1)
    tail = rest[rest.index("facts:") :]
    file.write_text(f"{head}sources:\n  - document: thu-nghiem\n{tail}", encoding="utf-8")
    assert "cites only documents that no longer hold: not served" in messages(folder)


def test_a_review_is_due_on_its_day_and_not_before(folder: Path) -> None:
    edit(article_file(folder, "5s-la-gi"), "review_due: ", "review_due: 2026-12-01 # ")
    assert warned(folder, date(2026, 11, 30)) == []
    assert warned(folder, date(2026, 12, 1)) == ["the review is due since 2026-12-01"]


@pytest.mark.parametrize("name", ["register.yml", "topics.yml", "offices.yml", "routing.yml"])
def test_a_missing_file_is_a_problem_and_no_crash(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert any("missing" in message for message in messages(folder))
    warnings(folder, TODAY)
