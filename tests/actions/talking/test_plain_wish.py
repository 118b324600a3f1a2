"""Who says in so many words that he sends a request gets the form."""

import pytest

from actions.shape.turn import Turn
from actions.talking.plain_wish import plain_wish


def begins(text: str, **slots: object) -> bool:
    turn = Turn("c", "in:1", text, "greet", 0.9, {}, {}, dict(slots), [])
    return plain_wish(turn) is not None


@pytest.mark.parametrize(
    "text",
    [
        "alo sở ơi, em muốn gửi yêu cầu nha",
        "thôi vậy gửi phiếu nhờ coi nhãn đi",
        "cho chị lập một phiếu với",
        "toi can gui yeu cau ho tro",
        "anh muốn gửi câu hỏi cho cán bộ xem nha",
    ],
)
def test_the_form_begins(text: str) -> None:
    assert begins(text)
    assert not begins(text, __loop__="request_form")


@pytest.mark.parametrize(
    "text",
    [
        "gửi yêu cầu ở đâu",
        "yêu cầu về nhãn",
        "mẫu phiếu công bố",
        "cần gửi hồ sơ",
        "em không muốn gửi yêu cầu nữa",
        "thôi đừng gửi phiếu",
        "em nhờ gửi yêu cầu rồi mà",
        "",
    ],
)
def test_a_question_a_name_and_a_no_begin_nothing(text: str) -> None:
    assert not begins(text)
