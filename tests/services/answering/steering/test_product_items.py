"""Of several questions, those on a listed product are told what the lists say of it."""

from collections.abc import Callable

import pytest

from bot.services.answering.groundwork.findings import Answered

Real = Callable[[str], Answered]


def said(answered: Answered) -> list[str]:
    return [reply.message.text for reply in answered.replies]


def test_an_item_without_a_product_means_the_one_before(real: Real) -> None:
    answered = real(
        "máy sấy tóc nhập Trung Quốc, tháng sau về cảng: quy chuẩn nào, "
        "kiểm tra ở cửa khẩu không, nhãn năng lượng dán cho thiết bị nào"
    )
    texts = said(answered)
    assert [text.startswith(f"**{number}.**") for number, text in enumerate(texts, 1)] == [
        True for _ in texts
    ]
    told = "\n".join(texts)
    assert "Máy sấy tóc" in told
    assert "rủi ro cao" in told
    assert "hải quan" not in told


def test_the_duties_are_said_once(real: Real) -> None:
    told = "\n".join(
        said(real("lò vi sóng theo quy chuẩn nào, kiểm tra ở cửa khẩu không, mã vạch phí nhiêu"))
    )
    assert told.count("Việc phải làm, theo thứ tự") == 1
    assert "có trong phần trả lời câu 1" in told


def test_where_asks_who_takes_in_the_declaration_of_that_product(real: Real) -> None:
    answered = real("đồ chơi gỗ: có phải hợp quy không, kiểm tra khi thông quan không, nộp ở đâu")
    *_, last = said(answered)
    assert "**Đồ chơi trẻ em**" in last
    assert "nqi.gov.vn" in last
    assert "Sở Công Thương" not in last
    assert answered.article == "san-pham-phai-hop-quy"


@pytest.mark.parametrize(
    "words",
    [
        "1. iso 9001 bao lâu 2. haccp bao nhiêu tiền 3. nộp ở đâu",
        "mã vạch phí bao nhiêu, đăng ký nhãn hiệu bao lâu, đồ chơi trẻ em ghi nhãn gì",
    ],
)
def test_other_items_are_answered_as_ever(real: Real, words: str) -> None:
    assert not any("Việc phải làm, theo thứ tự" in text for text in said(real(words)))
