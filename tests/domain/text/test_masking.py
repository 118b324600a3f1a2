"""What names a person is taken out; what a question needs stays."""

import pytest

from bot.domain.text.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("gọi em 0912 345 678 nhé", "gọi em [số] nhé"),
        ("sdt +84912345678", "sdt [số]"),
        ("MST 0101243150-001 đăng ký mã vạch", "MST [số] đăng ký mã vạch"),
        ("CCCD 079 123 456 789 có cần không", "CCCD [số] có cần không"),
        ("hộ Lan, mst 072090001234", "hộ Lan, mst [số]"),
        ("mst 072\u00a0090\u00a0001\u00a0234 ạ", "mst [số] ạ"),
        ("gọi +82 10-1234-5678 hay ０９１２３４５６７８", "gọi [số] hay [số]"),
        ("sđt0912345678nha, mst0101243150- rồi sao", "sđt[số]nha, mst[số]- rồi sao"),
        ("gửi về lan.nguyen+a@may-tan-tru.example.vn giúp", "gửi về [email] giúp"),
        ("em tên là Nguyễn Thị Lan muốn hỏi mã vạch", "em tên là [tên] muốn hỏi mã vạch"),
        ("tôi tên Lan, hỏi 5S", "tôi tên [tên], hỏi 5S"),
        ("ten toi la nguyen van minh", "ten toi la [tên]"),
    ],
)
def test_what_names_a_person_is_taken_out(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "ISO 9001:2015 và TCVN 5603:2023 khác gì nhau",
        "nghị định 37/2026/NĐ-CP có hiệu lực 01/01/2026 chưa",
        "mã số GS1 893 là gì",
        "máy sản xuất năm 2014 nhập được không",
        "lấy tên gì cho nhãn hiệu nước mắm",
    ],
)
def test_a_question_without_a_person_stays_as_it_is(text: str) -> None:
    assert mask(text) == text
