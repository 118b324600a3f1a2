"""A question about a fine gets the article that states it, and its sentence first."""

from collections.abc import Callable

import pytest

from bot.services.answering.groundwork.findings import Answered
from bot.services.answering.steering.fines import asks_for_a_fine


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("bán cân chưa kiểm định phạt nhiêu", True),
        ("nhan mo co bi phat khong", True),
        ("muc phat ma vach", True),
        ("quỹ phát triển khoa học công nghệ là gì", False),
        ("ngày phát hành tiêu chuẩn", False),
        ("phí nhãn hiệu", False),
    ],
)
def test_what_asks_for_a_fine(words: str, *, asks: bool) -> None:
    assert asks_for_a_fine(words) is asks


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("hàng không có dấu hợp quy bị phạt bao nhiêu tiền", "phat-khong-hop-quy"),
        ("bán hàng không nhãn phụ bị phạt nhiêu", "nhan-phat"),
        ("quên xuất hóa đơn cho khách có bị phạt không", "co-quan-thue"),
        ("hoa don ghi sai bi phat bao nhieu", "co-quan-thue"),
        ("chậm đóng bảo hiểm xã hội bị phạt sao", "co-quan-lao-dong"),
    ],
)
def test_the_article_that_states_the_fine(
    real: Callable[[str], Answered], words: str, article: str
) -> None:
    assert real(words).article == article


def test_the_sentence_on_the_fine_goes_first(real: Callable[[str], Answered]) -> None:
    (reply,) = real("tự tháo đồng hồ nước có bị phạt không").replies
    assert reply.understanding.article == "dong-ho-nuoc-thay"
    assert "phạt hành chính" in reply.message.text.partition("\n\n")[0]


def test_an_article_on_fines_stays_in_its_order(real: Callable[[str], Answered]) -> None:
    (reply,) = real("không công bố hợp quy bị phạt bao nhiêu").replies
    assert reply.message.text.startswith("**30–40 triệu đồng**")
