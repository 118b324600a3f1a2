"""Which words plainly ask for erasing, without the dialogue engine."""

import pytest
from ruamel.yaml import YAML

from bot.domain.erasure_wish import MOST_WORDS, wants_erasure
from bot.settings import ROOT

EXAMPLES = ROOT / "nlu_data" / "nlu"
WISHES = ("privacy_erase", "privacy_withdraw")


@pytest.mark.parametrize(
    "text",
    [
        "xóa dữ liệu của tôi",
        "XOÁ HẾT THÔNG TIN CỦA EM ĐI",
        "xoa du lieu",
        "Chị ơi, xóa giúp em thông tin cá nhân với ạ",
        "Tôi muốn xóa toàn bộ tin nhắn này",
        "gỡ thông tin của công ty tôi khỏi hệ thống",
        "cho tôi rút lại sự đồng ý",
        "thu hồi đồng ý",
        "xóa lịch sử trò chuyện giùm em nha",
    ],
)
def test_a_plain_wish_is_read(text: str) -> None:
    assert wants_erasure(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xóa",
        "đừng xóa dữ liệu của tôi",
        "em không xóa thông tin nào cả",
        "xóa thông tin sai trên nhãn thì làm sao chị",
        "thông tin trên bao bì có được tẩy xóa không",
        "hủy đơn đăng ký nhãn hiệu",
        "em đồng ý nha chị",
        "dạ em gửi lại dữ liệu rồi ạ",
        "kể " * MOST_WORDS + "xóa dữ liệu của tôi",
    ],
)
def test_other_words_are_for_the_officer(text: str) -> None:
    assert not wants_erasure(text)


def test_no_example_of_another_intent_is_taken_for_the_wish() -> None:
    read = {}
    for file in sorted(EXAMPLES.glob("*.yml")):
        for block in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.removeprefix("- ") for line in block["examples"].splitlines()]
            read[block["intent"]] = [line for line in lines if wants_erasure(line)]
    assert {intent for intent, hits in read.items() if hits} == set(WISHES)
