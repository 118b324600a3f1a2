"""Where a rule hangs on the risk of a product, that of the named one is said and what follows."""

from collections.abc import Callable

import pytest

from bot.services.answering.groundwork.findings import Answered


def said(answered: Answered) -> str:
    return answered.replies[0].message.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "bóng đèn led nhà tôi làm, dùng nhãn điện tử quét QR thay hết nhãn in được không",
            ["rủi ro trung bình", "**không** bỏ hết chữ", "4 mục"],
        ),
        (
            "máy giặt có bắt buộc truy xuất nguồn gốc không",
            ["Máy giặt", "rủi ro trung bình", "**không bắt buộc** truy xuất"],
        ),
        (
            "do choi tre em co bat buoc truy xuat nguon goc khong",
            ["Đồ chơi trẻ em", "rủi ro cao", "theo lộ trình"],
        ),
    ],
)
def test_the_risk_and_what_follows_stand_first(
    real: Callable[[str], Answered], words: str, told: list[str]
) -> None:
    first = said(real(words)).partition("\n\n")[0]
    assert all(one in first for one in told), first


@pytest.mark.parametrize(
    "words",
    [
        "hàng nào bắt buộc truy xuất nguồn gốc",
        "nước mắm có bắt buộc truy xuất nguồn gốc không",
        "nhãn điện tử là gì",
        "máy giặt có phải dán nhãn năng lượng không",
    ],
)
def test_without_a_listed_product_or_a_rule_nothing_is_put_first(
    real: Callable[[str], Answered], words: str
) -> None:
    assert "là hàng **rủi ro" not in said(real(words)).partition("\n\n")[0]
