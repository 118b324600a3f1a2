"""Who asks for a form, who asks which there are, and who only speaks of samples and sendings."""

import pytest

from bot.search.asking.form_wish import FormWish, form_wished, names_no_form

SOME = (
    "cho chị xin mẫu với", "bên em có mẫu không", "gửi giúp anh cái mẫu nha", "xin file word",
    "mẫu này tải ở đâu vậy em", "có form sẵn không cho tôi xin", "gui mau qua zalo cho minh",
    "em gửi cho cô cái biểu mẫu đi", "cho bác xin tờ mẫu", "lấy biểu mẫu chỗ nào",
    "có template không ad", "mẫu TCCS", "phieu mau khac phuc", "down mẫu nhãn ở đâu",
    "kiếm giùm anh cái mẫu sổ lô", "có bản mẫu excel chấm 5S không",
    "cho em xin mẫu được không ạ", "xin phiếu khắc phục", "gửi chị phiếu chấm 5S nha",
    "cho em xin excel sổ lô", "có mẫu thông báo thu hồi không", "mẫu khiếu nại của khách có không",
    "làm hàng xong rồi, cho xin mẫu nhãn", "cho xin mau TCCS với ạ", "xin mẩu nhãn phụ",
    "mẫu đăng ký nhãn hiệu ở đâu", "can mau ke hoach 5s",
)  # fmt: skip
LIST = (
    "em có những mẫu gì", "các biểu mẫu của sở", "liệt kê mẫu giúp chị", "danh sách biểu mẫu",
    "có tất cả mấy mẫu vậy", "những form nào tải được",
)  # fmt: skip
NONE = (
    "em gửi lại mẫu nhãn nha anh, anh nhận được chưa",
    "e gửi lại mẫu nhãn nhé?",
    "mẫu nhãn đây ạ",
    "file tờ khai đây nha",
    "gui lai mau nhan roi do, nhan duoc chua",
    "gửi mẫu nước mắm đi thử nghiệm ở đâu", "em gửi mẫu nhãn nhờ cán bộ xem",
    "nộp đơn cần mấy mẫu nhãn",
    "đăng ký nhãn hiệu cho mẫu áo mới", "hồ sơ nhãn hiệu cần 5 mẫu hả",
    "chị vừa gửi mẫu rồi đó", "nhãn in màu gì cũng được hả", "lấy mẫu bao lâu một lần",
    "tôi quên gửi mẫu, giờ gửi sao", "mẫu nhãn hiệu kích thước bao nhiêu", "TCCS là gì",
    "em có phiếu kết quả rồi thì công bố hợp quy thế nào",
    "có phiếu công bố hợp quy rồi bán được chưa", "phiếu thử hợp quy lấy ở đâu",
    "nộp công bố hợp quy có cần gửi mẫu không", "nop cong bo hop quy co can gui mau khong",
    "nhãn hiệu có màu khác gì nhãn hiệu đen trắng", "nhan hieu co mau khac gi nhan hieu den trang",
    "cần đăng ký nhãn hiệu mau", "can dang ky nhan hieu mau",
    "em có mẫu logo rồi, đăng ký nhãn hiệu ở đâu", "em co mau logo roi dang ky nhan hieu o dau",
    "cần in nhãn phụ màu gì", "can in nhan phu mau gi", "em có mẫu nhãn rồi nhờ sở duyệt",
    "chứng nhận hợp quy có lấy mẫu không", "phiếu kiểm định cân để ở đâu",
    "phiếu tiếp nhận công bố hợp quy bao lâu có", "làm sổ truy xuất bằng excel được không",
    "bên chị có sẵn mẫu bao bì rồi, nhãn phụ dán chỗ nào", "tìm cách làm TCCS cho mau",
    "đã có mẫu nhãn phụ, dán ở đâu", "em có mẫu nhãn, có cần đăng ký không",
    "có mẫu nhãn cũ dùng được không", "nhãn có cần in màu không",
    "cho em hỏi mẫu nhãn hiệu khác gì logo", "đăng ký nhãn hiệu phải nộp mẫu nhãn không",
    "mẫu thử bao nhiêu gam", "hội mẫu tranh ở Tây Ninh", "đăng ký kiểu dáng cho mẫu ghế mới",
)  # fmt: skip


@pytest.mark.parametrize("text", SOME)
def test_a_form_is_asked_for(text: str) -> None:
    assert form_wished(text) is FormWish.SOME


@pytest.mark.parametrize("text", LIST)
def test_it_is_asked_which_forms_there_are(text: str) -> None:
    assert form_wished(text) is FormWish.LIST


@pytest.mark.parametrize("text", NONE)
def test_what_only_sounds_like_it_is_none(text: str) -> None:
    assert form_wished(text) is None


def test_a_long_story_in_which_a_form_is_named_asks_for_none() -> None:
    assert form_wished("xin mẫu " + "kể chuyện " * 12) is None


@pytest.mark.parametrize(
    ("rest", "known", "nothing"),
    [
        ("gui mau cho em", (), True),
        ("tai bieu mau o dau", (), True),
        ("xin mau bien ban", (), False),
        ("xin mau bien ban", ("bien", "ban"), True),
        ("xin mau to khai", ("to", "khai"), False),
        ("xin mau don dang ky", (), False),
        ("mau ghe go", (), False),
    ],
)
def test_words_that_name_no_form(rest: str, known: tuple[str, ...], nothing: bool) -> None:  # noqa: FBT001
    assert names_no_form(rest, known) is nothing
