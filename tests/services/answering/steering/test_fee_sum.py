"""Who tells how many groups and goods gets the sum with its lines."""

from collections.abc import Callable

import pytest

from bot.services.answering.groundwork.findings import Answered


def said(answered: Answered) -> str:
    (reply,) = answered.replies
    return reply.message.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "đăng ký nhãn hiệu 2 nhóm, 8 + 4 sản phẩm hết bao nhiêu tiền",
            ["2.490.000 đồng", "2.030.000", "460.000", "2 × 550.000", "bớt **75.000"],
        ),
        ("phi dang ky nhan hieu 1 nhom 10 san pham het nhieu tien", ["1.960.000 đồng"]),
        ("lệ phí nhãn hiệu 3 nhóm bao nhiêu", ["3.020.000 đồng"]),
        ("phí mã vạch cho 30 sản phẩm là bao nhiêu", ["mã 10 số", "1.500.000", "1.250.000"]),
        ("phi ma vach cho 500 san pham het bao nhieu tien", ["mã 9 số", "1.800.000"]),
    ],
)
def test_the_sum_stands_first(real: Callable[[str], Answered], words: str, told: list[str]) -> None:
    text = said(real(words))
    assert all(one in text for one in told), text
    assert "Căn cứ" in text


@pytest.mark.parametrize(
    "words", ["phí đăng ký nhãn hiệu bao nhiêu", "nhãn hiệu nhóm 30 gồm hàng gì", "mã vạch là gì"]
)
def test_without_counts_the_article_stands(real: Callable[[str], Answered], words: str) -> None:
    assert all("Khi được cấp **" not in one.message.text for one in real(words).replies)
