"""Who says in so many words that he sends a request gets the form."""

from collections.abc import Callable

import pytest

from actions.shape.desk import Desk
from actions.shape.turn import Turn
from actions.talking.plain_wish import plain_wish

Begins = Callable[..., str]


@pytest.fixture
def begins(desk: Desk) -> Begins:
    """The form that words begin; empty for none."""

    def form(text: str, **slots: object) -> str:
        turn = Turn("c", "in:1", text, "greet", 0.9, {}, {}, dict(slots), [])
        found = plain_wish(desk, turn)
        return str(found.events[0]["name"]) if found is not None else ""

    return form


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
def test_the_form_begins(begins: Begins, text: str) -> None:
    assert begins(text) == "request_form"
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
def test_a_question_a_name_and_a_no_begin_nothing(begins: Begins, text: str) -> None:
    assert not begins(text)


@pytest.mark.parametrize(
    "text",
    [
        "tự đánh giá ISO 9001",
        "tu danh gia so huu tri tue",
        "em muốn tự chấm chuyển đổi số",
        "làm bài năng suất đi em",
        "cho em làm bài quản lý chất lượng",
        "Nên làm bài nào?",
        "sản phẩm của tôi phải làm gì",
        "chấm điểm 5S",
        "đánh giá giúp em truy xuất nguồn gốc",
        "làm bài nào bây giờ",
        "cho em hỏi nên làm bài nào",
    ],
)
def test_an_assessment_that_is_named_begins(begins: Begins, text: str) -> None:
    assert begins(text) == "assessment_form"
    assert not begins(text, __loop__="request_form")


@pytest.mark.parametrize(
    "text",
    [
        "tự đánh giá hợp quy cần giấy tờ gì",
        "đánh giá ISO 9001 bao nhiêu tiền",
        "bài viết về năng suất",
        "chấm công",
        "tự đánh giá",
        "đánh giá ISO 9001 xong rồi thì làm sao",
        "sản phẩm của tôi phải làm gì để xuất khẩu",
    ],
)
def test_what_asks_about_assessing_begins_none(begins: Begins, text: str) -> None:
    assert not begins(text)
