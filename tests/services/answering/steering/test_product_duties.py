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
    ("words", "ministry", "office"),
    [
        ("nồi cơm điện công bố hợp quy nộp ở đâu", "Bộ Khoa học và Công nghệ", "Bộ phận TĐC"),
        ("khan giay hop quy nop so nao", "Bộ Công Thương", "Sở Công Thương"),
        ("thang máy công bố hợp quy ở sở nào", "Bộ Nội vụ", "Sở Nội vụ"),
        ("máy giặt nộp hồ sơ hợp quy cho ai", "Bộ Khoa học và Công nghệ", "Bộ phận TĐC"),
    ],
)
def test_whose_list_it_is_and_who_takes_it_in_is_told_first(
    real: Callable[[str], Answered], words: str, ministry: str, office: str
) -> None:
    first = said(real(words)).partition("\n")[0]
    assert f"thuộc danh mục của **{ministry}**" in first
    assert "nqi.gov.vn" in first
    assert office in first


def test_where_a_product_is_inspected_is_another_place(real: Callable[[str], Answered]) -> None:
    text = said(real("xăng nhập khẩu phải kiểm tra chất lượng ở đâu"))
    assert "nơi nhận ở tỉnh" not in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("máy giặt làm hợp quy mất bao lâu", "ngày làm việc"),
        ("nồi cơm điện công bố hợp quy hết bao nhiêu tiền", "Lệ phí"),
    ],
)
def test_how_long_and_how_much_are_told_of_the_declaring(
    real: Callable[[str], Answered], words: str, told: str
) -> None:
    assert told in said(real(words))


def test_a_new_machine_is_not_answered_as_a_used_one(real: Callable[[str], Answered]) -> None:
    assert "rủi ro trung bình" in said(real("nhập máy giặt mới cần giấy tờ gì"))
    assert "rủi ro trung bình" not in said(real("nhập máy giặt cũ cần giấy tờ gì"))


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
