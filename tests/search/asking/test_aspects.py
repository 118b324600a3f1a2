"""What a message asks about its matter, in whatever words stand around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.aspects import aspect_asked, aspects_asked, every_aspect_asked, tells


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cho hoi iso 9001 mat bao lau", [Aspect.HOW_LONG]),
        ("Đăng ký nhãn hiệu hết bao nhiêu tiền và nộp ở đâu?", [Aspect.COST, Aspect.WHERE]),
        (
            "hồ sơ công bố hợp quy gồm gì, nộp ở đâu, mất bao lâu",
            [Aspect.PAPERS, Aspect.WHERE, Aspect.HOW_LONG],
        ),
        ("cân đồng hồ bao lâu phải kiểm định lại", [Aspect.VALID_FOR]),
        ("giấy chứng nhận nhãn hiệu có hiệu lực bao lâu", [Aspect.VALID_FOR]),
        ("không dán nhãn bị phạt bao nhiêu", [Aspect.FINE]),
        ("dùng mẫu đơn nào để xin mã vạch", [Aspect.FORM]),
        ("ai cấp chứng nhận doanh nghiệp khoa học", [Aspect.WHO]),
        ("mã vạch có bắt buộc không", [Aspect.YES_NO]),
        ("có phải nộp lệ phí không, hết bao nhiêu tiền", [Aspect.COST]),
        ("bao nhiêu vậy", [Aspect.COST]),
        ("nop dau", [Aspect.WHERE]),
        ("nộp bên Sở KHCN phải không ạ", [Aspect.WHERE]),
        (
            "cần tờ khai gì, gửi cơ quan nào, mấy ngày trả lời",
            [Aspect.FORM, Aspect.WHERE, Aspect.HOW_LONG],
        ),
        ("đổi nhà máy thì vẫn còn được giảm chứ", [Aspect.YES_NO]),
        ("lean là gì", []),
        ("làm 5S thì bắt đầu từ đâu", []),
        ("phát triển sản phẩm mới", []),
        ("", []),
    ],
)
def test_what_a_message_asks(text: str, asked: list[Aspect]) -> None:
    assert list(aspects_asked(text)) == asked


def test_what_is_asked_of_a_matter_named_before() -> None:
    assert aspect_asked("mất bao lâu vậy") is Aspect.HOW_LONG
    assert aspect_asked("bảo hộ bao lâu") is Aspect.VALID_FOR
    assert aspect_asked("điều kiện thế nào") is Aspect.WHO
    assert every_aspect_asked("mất bao lâu, bị phạt bao nhiêu, nộp sở nào") == (
        Aspect.HOW_LONG,
        Aspect.FINE,
        Aspect.WHERE,
    )
    assert aspect_asked("dạ") is None


def test_a_title_that_tells_it() -> None:
    assert tells("Đăng ký nhãn hiệu mất bao lâu?", Aspect.HOW_LONG)
    assert not tells("Nhãn hiệu là gì?", Aspect.HOW_LONG)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    asked = aspects_asked(text)
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(
    "text",
    [
        "giữ độc quyền cái tên tốn nhiều tiền không",
        "lam haccp co nhieu tien ko",
        "ton nhieu phi hong",
    ],
)
def test_much_money_asks_for_the_cost(text: str) -> None:
    assert Aspect.COST in aspects_asked(text)


def test_much_money_that_is_given_asks_for_none() -> None:
    assert Aspect.COST not in aspects_asked("ai được nhiều tiền không")
