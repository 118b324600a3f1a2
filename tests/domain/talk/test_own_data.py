"""Unruly words about one's own data, told from words about other things that go."""

import pytest

from bot.domain.talk.own_data import OwnData, wished_below_the_list, wished_of_data
from vietnamese import strip_accents


@pytest.mark.parametrize(
    ("words", "wished"),
    [
        ("bỏ số của bác đi nghe con", OwnData.ERASE),
        ("thoi quen het may tin nhan nay gio di", OwnData.ERASE),
        ("đừng có giữ số điện thoại chú nữa", OwnData.ERASE),
        ("tui không muốn bên em lưu tên tui", OwnData.ERASE),
        ("xóa sạch dùm bác cái", None),
        ("xóa sạch dùm bác luôn đi", OwnData.ERASE),
        ("xóa toàn bộ giùm em", OwnData.ERASE),
        ("xoa toan bo gium em", OwnData.ERASE),
        ("bỏ toàn bộ tin nhắn đi", OwnData.ERASE),
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
        ("thì gỡ đi", OwnData.ERASE),
        ("bỏ hết đi", OwnData.ERASE),
        ("bo het dum bac di", OwnData.ERASE),
        ("gỡ giùm bác mấy cái đó, dạo này quảng cáo quá trời", OwnData.ERASE),
        ("chị muốn bỏ số điện thoại cũ đó", OwnData.ERASE),
        ("gở xuống giùm em", OwnData.ERASE),
        ("del hết nha", OwnData.ERASE),
        ("thôi đừng xóa", None),
        ("xóa quá hạn trên nhãn thì sao", None),
        ("cảm ơn", None),
        ("", None),
    ],
)
def test_a_bare_word_below_the_list_of_ones_data(words: str, wished: OwnData | None) -> None:
    assert wished_below_the_list(words) == wished


OTHER_WORDS = """
    bổ sung tên công ty giùm em
    bộ công thương quản lý mỹ phẩm hả
    cán bộ có xem được không
    tên em gõ sai rồi, sửa lại
    xưởng gỗ Minh Phát mới đúng
    sao có toàn bộ tin nhắn vậy
    bổ sung giùm em
    bổ sung thông tin của em đi
    cho em bổ sung email nha
    bộ y tế có giữ tin nhắn không
    bộ phận nào xem tin nhắn của em
    cán bộ nào đọc tin nhắn vậy
    cán bộ có xem được tin nhắn không
    nội bộ có ai đọc tin nhắn không
    toàn bộ thông tin của em là đây hả
    gõ nhầm tên của em rồi
    em gõ lại số điện thoại của em nha
    số em gõ thiếu một số
    cơ sở gỗ mỹ nghệ Hai Lúa
    xưởng gỗ của em đổi tên rồi
    công ty cán bộ cũ nghỉ rồi, đổi tên người liên hệ
    bộ sản phẩm có cần mã vạch không
    bỏ qua đi em
    bỏ sót tên công ty em rồi
    bỏ dấu tên em sai kìa
    gỡ rối giùm em vụ hợp quy
    gỡ rối toàn bộ giùm em
    bò sữa nhà em cần mã vạch không
    gò đất nhà em đo sao
"""


@pytest.mark.parametrize("words", [one.strip() for one in OTHER_WORDS.strip().split("\n")])
def test_words_that_read_like_letting_go_ask_for_no_erasing(words: str) -> None:
    for said in (words, strip_accents(words)):
        assert wished_below_the_list(said) is None, said
        assert wished_of_data(said) is not OwnData.ERASE, said
