from datetime import date
from pathlib import Path

import pytest

from bot.audit.register_dates import silent_ends, wrong_documents
from bot.audit.shelf import read_shelf
from bot.settings import ROOT
from tests.support.data.small_knowledge import registered

TODAY = date(2026, 11, 29)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A register of two good documents."""
    (tmp_path / "register.yml").write_text("documents:\n", encoding="utf-8")
    registered(tmp_path, "status: in_force; in_force_from: 2020-01-01", "cu")
    registered(tmp_path, "status: in_force; in_force_from: 2024-07-01", "moi")
    return tmp_path


def wrong(folder: Path, today: date = TODAY) -> list[str]:
    return [problem.message for problem in wrong_documents(read_shelf(folder), today)]


def test_our_own_register_contradicts_itself_nowhere() -> None:
    assert wrong(ROOT / "knowledge_base") == []


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "status: expired; in_force_from: 2026-01-01; in_force_to: 2025-01-01",
            "thu-nghiem ends before it begins",
        ),
        (
            "status: in_force; issued_on: 2025-06-14; in_force_from: 2025-06-13",
            "thu-nghiem is in force before it was issued",
        ),
        (
            'status: in_force; number: "37/2026/NĐ-CP"; issued_on: 2025-12-31',
            "thu-nghiem bears the year 2026, yet was issued on 2025-12-31",
        ),
        (
            "status: in_force; in_force_to: 2026-01-01",
            "thu-nghiem is called in_force, yet ended on 2026-01-01",
        ),
        (
            "status: unverified; in_force_to: 2026-11-23",
            "thu-nghiem is called unverified, yet ended on 2026-11-23",
        ),
        (
            "status: planned; in_force_from: 2026-07-01",
            "thu-nghiem is called planned, yet began on 2026-07-01",
        ),
        (
            "status: expired; in_force_to: 2026-11-29",
            "thu-nghiem is called expired, yet holds until 2026-11-29",
        ),
        (
            "status: in_force; in_force_from: 2019-12-31; amends: [cu]",
            "thu-nghiem is in force before cu, which it amends",
        ),
        (
            "status: superseded; in_force_from: 2021-01-01; replaced_by: [cu]",
            "cu is in force before thu-nghiem, which it replaces",
        ),
        (
            "status: superseded; in_force_to: 2024-06-29; replaced_by: [moi]",
            "thu-nghiem holds until 2024-06-29, yet what replaces it begins on 2024-07-01",
        ),
        (
            "status: in_force; replaced_by: [moi]",
            "thu-nghiem still holds, yet what replaces it began on 2024-07-01",
        ),
        (
            "status: superseded; replaced_by: [khong-co]",
            "replaced_by: khong-co is no other document",
        ),
        ("status: in_force; amends: [thu-nghiem]", "amends: thu-nghiem is no other document"),
    ],
)
def test_a_contradiction_is_told_with_its_line(folder: Path, lines: str, message: str) -> None:
    registered(folder, lines)
    (problem,) = wrong_documents(read_shelf(folder), TODAY)
    assert problem.message == message
    written = (folder / "register.yml").read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert any(part in written for part in lines.split("; "))


@pytest.mark.parametrize(
    "lines",
    [
        "status: in_force; issued_on: 2025-06-14; in_force_from: 2025-06-14",
        "status: in_force; in_force_to: 2026-11-29",
        "status: planned; in_force_from: 2026-11-30",
        "status: expired; in_force_to: 2026-11-23",
        "status: superseded; in_force_to: 2024-06-30; replaced_by: [moi]",
        "status: superseded; in_force_to: 2024-12-31; replaced_by: [moi]",
        "status: superseded; in_force_to: 2024-06-30; replaced_by: [cu, moi]",
        "status: superseded; replaced_by: [moi]",
        "status: in_force; in_force_from: 2024-07-01; amends: [moi, cu]",
    ],
)
def test_what_fits_together_passes(folder: Path, lines: str) -> None:
    registered(folder, lines)
    assert wrong(folder) == []


def test_two_that_replace_each_other_are_told(folder: Path) -> None:
    registered(folder, "status: superseded; replaced_by: [hai]", "mot")
    registered(folder, "status: superseded; replaced_by: [mot]", "hai")
    assert wrong(folder) == ["mot and hai replace each other", "hai and mot replace each other"]


def test_a_document_cannot_have_been_checked_tomorrow(folder: Path) -> None:
    assert wrong(folder, date(2026, 11, 23)) == [
        "cu was checked on a day that has not come",
        "moi was checked on a day that has not come",
    ]


def test_an_end_that_nobody_wrote_down_is_worth_a_look(folder: Path) -> None:
    registered(folder, "status: superseded; in_force_to: 2025-12-31", "mot")
    registered(folder, "status: superseded; replaced_by: [moi]", "hai")
    registered(folder, "status: superseded", "ba")
    (problem,) = silent_ends(read_shelf(folder))
    assert problem.message.startswith("ba is superseded, yet neither")


def test_a_register_that_cannot_be_read_contradicts_nothing(folder: Path) -> None:
    (folder / "register.yml").unlink()
    assert wrong(folder) == []
    assert list(silent_ends(read_shelf(folder))) == []
