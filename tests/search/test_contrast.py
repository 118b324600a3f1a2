"""What an owner says he does not mean is not searched for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.contrast import without_denied


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ý tôi là tem phụ chứ không phải tem chống giả", "ý tôi là tem phụ"),
        (
            "hỏi kiểm định cân chứ ko phải hiệu chuẩn, phí bao nhiêu",
            "hỏi kiểm định cân , phí bao nhiêu",
        ),
        ("minh hoi sang che chu khong phai nhan hieu", "minh hoi sang che"),
        ("không phải công ty mà là hộ kinh doanh thì có được hỗ trợ", "hộ kinh doanh thì có được"),
    ],
)
def test_what_is_denied_falls_away(said: str, meant: str) -> None:
    left = " ".join(without_denied(said).split())
    assert left.startswith(meant)
    assert "không phải" not in left


@pytest.mark.parametrize(
    "said",
    [
        "có phải làm hợp quy không",
        "không phải đóng phí đúng không ạ",
        "chứ không phải à",
        "hàng này phải dán nhãn gì",
    ],
)
def test_what_denies_nothing_stays(said: str) -> None:
    assert without_denied(said) == said


def test_the_question_behind_what_is_denied_stays() -> None:
    left = without_denied("ý em là hợp chuẩn chứ không phải hợp quy thì nộp ở đâu")
    assert left.endswith("thì nộp ở đâu")
    assert "hợp quy" not in left


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(without_denied(text), str)
