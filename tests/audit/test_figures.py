from pathlib import Path

import pytest

from bot.audit.figures import figures_without_source
from bot.audit.shelf import read_shelf
from tests.support.data.small_knowledge import article_file, cite_only, edit


@pytest.fixture
def file(folder: Path) -> Path:
    """An article that cites nothing and doubts nothing."""
    found = article_file(folder, "nhan-hieu-chi-phi")
    cite_only(found)
    head, _ = found.read_text(encoding="utf-8").split("verify: ", 1)
    found.write_text(
        f'{head}verify: false\nreviewed_on: 2026-11-24\nreviewed_by: "Nhóm"\n'
        "review_due: 2027-05-24\nrelated: []\n---\nAnh/chị nộp đơn tại cục.\n",
        encoding="utf-8",
    )
    return found


def told(folder: Path) -> list[str]:
    return [problem.message for problem in figures_without_source(read_shelf(folder))]


def add(file: Path, words: str) -> None:
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("Phí là 150.000 đồng mỗi đơn.", "150.000 đồng"),
        ("Hỗ trợ tối đa 50 triệu mỗi năm.", "50 triệu"),
        ("Nộp trong vòng 30 ngày.", "trong vòng 30 ngày"),
        ("Có kết quả sau 5 ngày làm việc.", "5 ngày làm việc"),
        ("Sai thì bị phạt tiền.", "bị phạt tiền"),
        ("Được hỗ trợ đến 50% giá trị hợp đồng.", "hỗ trợ đến 50%"),
        ("Giảm 30% nếu nộp trên mạng.", "Giảm 30%"),
        ("Xem Điều 12.", "Điều 12"),
    ],
)
def test_a_legal_figure_without_any_source_is_told(
    folder: Path, file: Path, words: str, figure: str
) -> None:
    assert told(folder) == []
    add(file, words)
    assert told(folder) == [f"says “{figure}” without any source"]


@pytest.mark.parametrize(
    "words",
    [
        "Sẵn sàng 420 ÷ 480 = 87,5%.",
        "Đạt 60–79% là trung bình.",
        "Làm thử 30 ngày ở một khu vực.",
        "Đừng dùng số liệu để phạt công nhân, họ sẽ ghi sai.",
        "Chứng chỉ dùng được 5 năm.",
    ],
)
def test_what_is_no_legal_figure_passes(folder: Path, file: Path, words: str) -> None:
    add(file, words)
    assert told(folder) == []


def test_a_source_is_ground_enough(folder: Path, file: Path) -> None:
    add(file, "Phí là 150.000 đồng mỗi đơn.")
    cite_only(file, "luat-50-2005-qh11")
    assert told(folder) == []


def test_what_says_that_it_is_unconfirmed_passes(folder: Path, file: Path) -> None:
    add(file, "Phí là 150.000 đồng mỗi đơn.")
    edit(file, "verify: false", 'verify: true\nverify_note: "Mức phí chưa xác nhận."')
    assert told(folder) == []
