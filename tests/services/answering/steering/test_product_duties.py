"""Who asks what must be done for a product gets what the ministries' lists say of it."""

from collections.abc import Callable

import pytest

from bot.services.answering.groundwork.findings import Answered


def said(answered: Answered) -> str:
    (reply,) = answered.replies
    return reply.message.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("nồi cơm điện có phải hợp quy không", ["rủi ro cao", "được chỉ định", "Sở KH&CN"]),
        ("may giat nhap ve ban phai hop quy khong", ["rủi ro trung bình", "tự đánh giá"]),
        ("xăng nhập khẩu phải kiểm tra chất lượng ở đâu", ["rủi ro cao", "Ủy ban TĐC"]),
        ("mã hs 8516.60.10 thuộc nhóm rủi ro nào", ["Nồi cơm điện", "rủi ro cao"]),
        ("áptômát có phải hợp quy không", ["01/04/2027"]),
    ],
)
def test_the_duties_stand_in_the_answer(
    real: Callable[[str], Answered], words: str, told: list[str]
) -> None:
    text = said(real(words))
    assert all(one in text for one in told), text


def test_a_phone_may_not_be_assessed_by_the_firm(real: Callable[[str], Answered]) -> None:
    text = said(real("điện thoại di động có phải công bố hợp quy không"))
    assert "rủi ro trung bình" in text
    assert "**hoặc tự đánh giá**" not in text


@pytest.mark.parametrize(
    "words",
    [
        "nhãn nồi cơm điện phải ghi gì",
        "đăng ký nhãn hiệu cho nồi cơm điện",
        "bàn ghế gỗ có phải hợp quy không",
        "nồi cơm điện, máy giặt, tivi, mũ bảo hiểm nhập khẩu",
    ],
)
def test_other_matters_are_left_alone(real: Callable[[str], Answered], words: str) -> None:
    assert all("theo thứ tự" not in reply.message.text for reply in real(words).replies)
