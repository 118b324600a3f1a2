"""The question stands behind "cho em hỏi"."""

import pytest

from bot.search.lead import part_lead


@pytest.mark.parametrize(
    ("text", "before", "asked"),
    [
        ("cho em hỏi chi phí nhãn hiệu", "", "chi phí nhãn hiệu"),
        ("em là Lan, xin hỏi: nộp ở đâu", "em là Lan", "nộp ở đâu"),
        ("trong luc cho cho hoi phi nhan hieu", "trong luc cho", "phi nhan hieu"),
        (
            "em là Lan, cho em hỏi phí nhãn hiệu, với cho hỏi thêm mã vạch ở đâu",
            "em là Lan",
            "phí nhãn hiệu, với cho hỏi thêm mã vạch ở đâu",
        ),
        ("phí nhãn hiệu bao nhiêu", "", "phí nhãn hiệu bao nhiêu"),
        ("cho em hỏi", "", "cho em hỏi"),
        ("cho em hỏi phí", "", "cho em hỏi phí"),
        ("", "", ""),
    ],
)
def test_what_leads_is_parted_from_what_is_asked(text: str, before: str, asked: str) -> None:
    assert part_lead(text) == (before, asked)
