"""Who asks for a form, who asks which there are, and who only speaks of samples and sendings."""

import pytest

from bot.search.asking.form_wish import FormWish, form_wished, names_no_form

SOME = (
    "cho chị xin mẫu với", "bên em có mẫu không", "gửi giúp anh cái mẫu nha", "xin file word",
    "mẫu này tải ở đâu vậy em", "có form sẵn không cho tôi xin", "gui mau qua zalo cho minh",
    "em gửi cho cô cái biểu mẫu đi", "cho bác xin tờ mẫu", "lấy biểu mẫu chỗ nào",
    "có template không ad", "mẫu TCCS", "phieu mau khac phuc", "down mẫu nhãn ở đâu",
    "kiếm giùm anh cái mẫu sổ lô", "có bản mẫu excel chấm 5S không",
)  # fmt: skip
LIST = (
    "em có những mẫu gì", "các biểu mẫu của sở", "liệt kê mẫu giúp chị", "danh sách biểu mẫu",
    "có tất cả mấy mẫu vậy", "những form nào tải được",
)  # fmt: skip
NONE = (
    "gửi mẫu nước mắm đi thử nghiệm ở đâu", "em gửi mẫu nhãn nhờ cán bộ xem",
    "nộp đơn cần mấy mẫu nhãn",
    "đăng ký nhãn hiệu cho mẫu áo mới", "hồ sơ nhãn hiệu cần 5 mẫu hả",
    "chị vừa gửi mẫu rồi đó", "nhãn in màu gì cũng được hả", "lấy mẫu bao lâu một lần",
    "tôi quên gửi mẫu, giờ gửi sao", "mẫu nhãn hiệu kích thước bao nhiêu", "TCCS là gì",
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
