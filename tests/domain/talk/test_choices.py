"""Typed words that name a button."""

import unicodedata

import pytest

from bot.domain.talk.choices import match_choice, plain_letters
from bot.domain.talk.messages import Choice

CHOICES = [
    Choice(title="Đúng rồi", payload="/affirm"),
    Choice(title="Chưa đúng", payload="/deny"),
    Choice(title="Gặp cán bộ", payload="/talk"),
]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("/deny", 1),
        ("1", 0),
        ("2.", 1),
        ("3)", 2),
        ("số 1", 0),
        ("So 2", 1),
        (unicodedata.normalize("NFD", "số 3"), 2),
        ("①", 0),
        ("２", 1),
        (" đúng rồi ", 0),
        ("dung roi", 0),
        ("GẶP CÁN BỘ", 2),
        (unicodedata.normalize("NFD", "Đúng rồi"), 0),
        ("gặp  cán bộ", 2),
    ],
)
def test_these_words_name_a_choice(text: str, index: int) -> None:
    assert match_choice(text, CHOICES) == index


@pytest.mark.parametrize(
    "text",
    ["", " ", "0", "4", "99", "100", "-1", "1 2", "đúng", "đúng rồi ạ", "gặp cán bộ ở đâu", "1,5"],
)
def test_nothing_is_guessed(text: str) -> None:
    assert match_choice(text, CHOICES) is None


def test_without_choices_nothing_is_named() -> None:
    assert match_choice("1", []) is None


def test_a_label_that_is_a_number_outranks_the_position() -> None:
    scale = [Choice(title=str(n), payload=f"/score {n}") for n in range(6)]
    assert match_choice("3", scale) == 3
    assert match_choice("số 5", scale) == 5


def test_on_a_scale_a_number_is_a_score_and_never_a_position() -> None:
    titles = ["0 · Chưa làm", "2 · Làm một phần", "5 · Làm đủ", "← Câu trước", "Tạm dừng"]
    scale = [Choice(title=title, payload=f"/{n}") for n, title in enumerate(titles)]
    assert [match_choice(typed, scale) for typed in "012345"] == [0, None, 1, None, None, 2]
    assert match_choice("tam dung", scale) == 4


def test_two_equal_labels_name_neither() -> None:
    twins = [Choice(title="Có", payload="/a"), Choice(title="co", payload="/b")]
    assert match_choice("có", twins) is None


def test_d_with_stroke_is_a_plain_d() -> None:
    assert plain_letters("Đổi  mới CÔNG nghệ") == "doi moi cong nghe"


def test_on_a_scale_the_number_is_the_label_s_own() -> None:
    scale = [Choice(title=f"{n} · mức {n}", payload=f"/score {n}") for n in (5, 4, 3, 0)]
    assert match_choice("3", scale) == 2
    assert match_choice("0", scale) == 3
    assert match_choice("1", scale) is None


OFFERED = [
    Choice(title="Phí mã vạch", payload='/pick_article{"article": "ma-vach-phi"}'),
    Choice(title="Đăng ký mã vạch", payload='/pick_article{"article": "ma-vach-dang-ky"}'),
    Choice(title="Ý khác", payload="/none_of_these"),
]


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("ý là cái thứ hai", 1),
        ("cái đầu tiên đó em", 0),
        ("cai dau", 0),
        ("chọn ý 2 nha", 1),
        ("cái cuối cùng", 1),
        ("số 1 đó em", 0),
        ("cái thứ ba", None),
        ("cái thứ hai phí nhiêu", None),
        ("cái số 0", None),
        ("cái đó", None),
    ],
)
def test_an_ordinal_names_an_article_on_offer(typed: str, index: int | None) -> None:
    assert match_choice(typed, OFFERED) == index


def test_an_ordinal_names_nothing_where_no_article_is_on_offer() -> None:
    answered = [Choice(title="Chi tiết", payload="/show_detail"), *OFFERED]
    assert match_choice("cái thứ hai", answered) is None


STEERING = [
    Choice(title="0 · Chưa làm", payload='/answer_question{"value":"0"}'),
    Choice(title="← Câu trước", payload="/go_back"),
    Choice(title="Tạm dừng", payload="/pause"),
]
KEEP = [
    Choice(title="Xóa hẳn", payload='/privacy_erase{"confirmed":"yes"}'),
    Choice(title="Không xóa", payload="/cancel"),
]


@pytest.mark.parametrize(
    ("typed", "choices", "index"),
    [
        ("dừng", STEERING, 2),
        ("câu trước", STEERING, 1),
        ("trước", STEERING, 1),
        ("làm", STEERING, None),
        ("ko", KEEP, 1),
        ("khong", KEEP, 1),
        ("xóa", KEEP, None),
        ("hẳn", KEEP, None),
        ("không xóa đâu nha", KEEP, None),
        ("rồi", CHOICES, 0),
        ("cán bộ", CHOICES, None),
    ],
)
def test_the_edge_of_a_label_names_a_button_that_steers(
    typed: str, choices: list[Choice], index: int | None
) -> None:
    assert match_choice(typed, choices) == index
