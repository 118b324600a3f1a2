"""Which words plainly ask for erasing, without the dialogue engine."""

import pytest
from ruamel.yaml import YAML

from bot.domain.talk.erasure_wish import MOST_WORDS, takes_erasure_back, wants_erasure
from bot.settings import ROOT

WISHES = ("privacy_erase", "privacy_withdraw")


def examples() -> dict[str, list[str]]:
    """Each intent's examples, as the dialogue engine learns them."""
    blocks = [
        block
        for file in sorted((ROOT / "nlu_data" / "nlu").glob("*.yml"))
        for block in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]
    ]
    return {
        block["intent"]: [line.removeprefix("- ") for line in block["examples"].splitlines()]
        for block in blocks
    }


EXAMPLES = examples()


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
        "không, xóa dữ liệu của tôi đi",
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
    read = {
        intent for intent, lines in EXAMPLES.items() if any(wants_erasure(line) for line in lines)
    }
    assert read == set(WISHES)


@pytest.mark.parametrize(
    "text",
    [
        "thôi em đổi ý, không xóa nữa ạ",
        "doi y roi, dung xoa nua",
        "Không xóa",
        "đừng xóa dữ liệu của tôi",
        "thôi khỏi xóa nha chị ơi",
        "em không muốn xóa dữ liệu nữa",
        "tôi nghĩ lại rồi, không cần xóa đâu",
        "khoan hãy xóa dữ liệu của em",
        "em xin rút lại yêu cầu xóa thông tin",
        "hủy đề nghị xóa dữ liệu của tôi",
        "Thôi, cứ giữ lại dữ liệu cho em",
        "giữ thông tin của em nhé",
    ],
)
def test_a_plain_taking_back_is_read_and_is_no_wish(text: str) -> None:
    assert takes_erasure_back(text)
    assert not wants_erasure(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thôi",
        "em đổi ý rồi",
        "không xóa à",
        "không xóa?",
        "không xóa được",
        "chưa xóa",
        "sao không xóa dữ liệu của tôi",
        "đừng quên xóa dữ liệu của tôi",
        "đừng giữ lại dữ liệu của tôi",
        "không được giữ lại dữ liệu của tôi",
        "đừng xóa tin nhắn, chỉ xóa số điện thoại",
        "không hủy nữa",
        "giữ nguyên thông tin trên nhãn anh ạ",
        "cho tôi rút lại sự đồng ý",
        "thôi " * MOST_WORDS + "không xóa",
    ],
)
def test_what_may_mean_something_else_takes_nothing_back(text: str) -> None:
    assert not takes_erasure_back(text)


@pytest.mark.parametrize("before", ["", "thôi em đổi ý, ", "dạ chị ơi ", "không, "])
def test_whoever_wants_erasing_takes_nothing_back_by_it(before: str) -> None:
    for wish in WISHES:
        for line in EXAMPLES[wish]:
            assert not takes_erasure_back(before + line), before + line
