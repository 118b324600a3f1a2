from pathlib import Path

import pytest

from bot.audit.shelf import read_shelf
from bot.audit.written_dates import contradicting_dates
from bot.settings import ROOT
from tests.support.data.small_knowledge import article_file, registered


@pytest.fixture
def folder(folder: Path) -> Path:
    registered(
        folder,
        'status: in_force; number: "500/2025/NĐ-CP"; issued_on: 2025-06-14;'
        " in_force_from: 2026-01-01; in_force_to: 2027-12-31",
    )
    registered(folder, 'status: in_force; number: "501/2025/NĐ-CP"', "khong-ngay")
    return folder


def told(folder: Path, words: str) -> list[str]:
    file = article_file(folder, "5s-la-gi")
    file.write_text(f"{file.read_text(encoding='utf-8')}\n- {words}\n", encoding="utf-8")
    return [problem.message for problem in contradicting_dates(read_shelf(folder))]


def test_our_own_articles_write_the_dates_of_the_register() -> None:
    assert list(contradicting_dates(read_shelf(ROOT / "knowledge_base"))) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("NĐ 500/2025/NĐ-CP (áp dụng từ 02/01/2026)", "in force from 2026-01-02"),
        ("Điều 3 Nghị định 500/2025/NĐ-CP, có hiệu lực từ ngày 1/7/2026", "from 2026-07-01"),
        ("Nghị định 500/2025 (từ 01/01/2025) bỏ điều này", "in force from 2025-01-01"),
        ("NĐ 500/2025/NĐ-CP ban hành 15/06/2025", "issued on 2025-06-15"),
        ("NĐ 500/2025/NĐ-CP ngày 15/06/2025", "issued on 2025-06-15"),
        ("NĐ 500/2025/NĐ-CP (15/06/2025)", "issued or in force on 2025-06-15"),
        ("NĐ 500/2025/NĐ-CP hết hiệu lực từ 31/12/2027", "over from 2027-12-31"),
        ("NĐ 500/2025/NĐ-CP có hiệu lực đến hết 30/12/2027", "in force until 2027-12-30"),
        ("NĐ 500/2025/NĐ-CP (áp dụng từ 31/02/2026)", "is no day"),
    ],
)
def test_a_date_that_contradicts_the_register_is_told(
    folder: Path, words: str, message: str
) -> None:
    (found,) = told(folder, words)
    assert message in found
    assert "thu-nghiem" in found


@pytest.mark.parametrize(
    "words",
    [
        "NĐ 500/2025/NĐ-CP (áp dụng từ 01/01/2026)",
        "NĐ 500/2025/NĐ-CP ngày 14/06/2025",
        "NĐ 500/2025/NĐ-CP (14/06/2025)",
        "NĐ 500/2025/NĐ-CP (01/01/2026)",
        "NĐ 500/2025/NĐ-CP hết hiệu lực từ 01/01/2028",
        "NĐ 500/2025/NĐ-CP có hiệu lực đến 31/12/2027",
        "NĐ 500/2025/NĐ-CP; từ 01/07/2025 một số việc đã đổi",
        "Theo NĐ 500/2025/NĐ-CP. Từ 01/07/2025 tỉnh đã sáp nhập",
        "NĐ 500/2025/NĐ-CP, ví dụ NSX 05/11/2026",
        "NĐ 501/2025/NĐ-CP (áp dụng từ 02/01/2026)",
        "NĐ 501/2025/NĐ-CP, NĐ 500/2025/NĐ-CP (áp dụng từ 01/01/2026)",
    ],
)
def test_a_date_that_fits_or_belongs_to_something_else_passes(folder: Path, words: str) -> None:
    assert told(folder, words) == []
