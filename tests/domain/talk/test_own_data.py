"""Unruly words about one's own data, told from words about other things that go."""

import pytest

from bot.domain.talk.own_data import OwnData, wished_below_the_list, wished_of_data


@pytest.mark.parametrize(
    ("words", "wished"),
    [
        ("bỏ số của bác đi nghe con", OwnData.ERASE),
        ("thoi quen het may tin nhan nay gio di", OwnData.ERASE),
        ("đừng có giữ số điện thoại chú nữa", OwnData.ERASE),
        ("tui không muốn bên em lưu tên tui", OwnData.ERASE),
        ("xóa sạch dùm bác cái", None),
        ("xóa sạch dùm bác luôn đi", OwnData.ERASE),
        ("quên hết chuyện nãy giờ nha", OwnData.ERASE),
        ("bên con đang giữ thông tin gì của cô", OwnData.SEE),
        ("nhớ được gì về tui rồi", OwnData.SEE),
        ("có lưu số của chị không", OwnData.SEE),
        ("mấy em còn giữ số điện thoại của chị không", OwnData.SEE),
        ("tuan roi bac dua sdt, gio con giu hong", OwnData.SEE),
        ("còn giữ số điện thoại cán bộ không cho xin", None),
        ("đừng nhắn cho bác nữa", OwnData.SILENCE),
        ("ngưng gửi thông báo cho chị đi", OwnData.SILENCE),
        ("không xóa gì hết nha", None),
        ("đừng xóa tin nhắn của tôi", None),
        ("xóa hạn sử dụng in lại có bị phạt không", None),
        ("bỏ số điện thoại của em trên nhãn được không", None),
        ("hủy văn bằng nhãn hiệu của tôi", None),
        ("nhãn phải lưu thông tin gì của khách hàng", None),
        ("gửi tin nhắn quảng cáo cho khách cần xin phép không", None),
        ("đăng ký mã vạch", None),
        ("", None),
    ],
)
def test_what_is_wished_of_ones_data(words: str, wished: OwnData | None) -> None:
    assert wished_of_data(words) == wished


@pytest.mark.parametrize(
    ("words", "wished"),
    [
        ("xóa giùm bác hết, dạo này quảng cáo quá trời", OwnData.ERASE),
        ("vay thi go di", OwnData.ERASE),
        ("thôi đừng xóa", None),
        ("xóa quá hạn trên nhãn thì sao", None),
        ("cảm ơn", None),
        ("", None),
    ],
)
def test_a_bare_word_below_the_list_of_ones_data(words: str, wished: OwnData | None) -> None:
    assert wished_below_the_list(words) == wished
