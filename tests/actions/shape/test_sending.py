"""Words that say that something is sent, those that may say so, and those that do not."""

import pytest

from actions.shape.desk import Desk
from actions.shape.sending import Sending, sending, speaks_of_sending
from tests.actions.conftest import MakeTurn


@pytest.mark.parametrize(
    ("words", "intent", "says"),
    [
        ("em gửi lại mẫu nhãn", "smalltalk", Sending.PLAINLY),
        ("em gởi lại mẫu nhãn", "handover", Sending.PLAINLY),
        ("Gởi Lại mẫu nhãn", "ask", Sending.PLAINLY),
        ("quen goi mau nhan, goi kem day", "ask", Sending.PLAINLY),
        ("xin chào anh, em gửi lại mẫu nhãn", "greet", Sending.PLAINLY),
        ("em bổ sung thêm ảnh nhãn", "ask", Sending.PLAINLY),
        ("bổ sung thông tin: 12 người", "ask", Sending.PLAINLY),
        ("đây là ảnh nhãn", "send_files", Sending.PLAINLY),
        ("em muốn gửi lại mẫu nhãn", "ask", Sending.MAYBE),
        ("bổ sung hồ sơ nhãn hiệu", "ask", Sending.MAYBE),
        ("thủ tục gửi kèm hàng mẫu", "ask", Sending.MAYBE),
        ("anh gọi lại cho em", "ask", Sending.NO),
        ("goi lai cho em", "ask", Sending.NO),
        ("em quên gọi cho anh", "ask", Sending.NO),
        ("cảm ơn anh, em gửi lại sau", "thanks", Sending.NO),
        ("chào anh, bổ sung thêm", "greet", Sending.NO),
        ("đồ dở, gửi lại đi", "insult", Sending.NO),
        ("gửi lại ở đâu vậy", "ask", Sending.NO),
        ("xin chào", "greet", Sending.NO),
        ('/send_files{"code":"HT-26-0F3K7"}', "send_files", Sending.NO),
    ],
)
def test_what_words_say_of_sending(
    desk: Desk, make_turn: MakeTurn, words: str, intent: str, says: Sending
) -> None:
    assert sending(desk.texts, make_turn("c", words, intent=intent)) is says


def test_a_question_may_speak_of_sending_too(desk: Desk) -> None:
    assert speaks_of_sending(desk.texts, "em gởi lại rồi, anh nhận được chưa?")
    assert not speaks_of_sending(desk.texts, "anh nhận được chưa?")
