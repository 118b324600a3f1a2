"""Plays: an owner asks."""

import unicodedata

import pytest

from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine


def test_an_answer_shows_its_legal_basis_its_dates_and_its_review(owner: Contact) -> None:
    said = owner.says("Hàng nhóm 2 bây giờ gọi là gì?")
    first = said.understandings[0]
    assert first.article == "muc-rui-ro-san-pham"
    assert first.sources
    assert "Luật 78/2025/QH15" in said.replies[0].text
    assert "áp dụng từ 01/01/2026" in said.replies[0].text
    assert "Rà soát ngày" in said.replies[0].text


def test_accents_make_no_difference(owner: Contact) -> None:
    owner.plays(
        ("đăng ký nhãn hiệu ở đâu", "nhan-hieu-ho-so-nop-o-dau"),
        ("dang ky nhan hieu o dau", "nhan-hieu-ho-so-nop-o-dau"),
    )


def test_follow_ups_lean_on_the_last_article(owner: Contact) -> None:
    owner.plays(
        ("ISO 9001 là gì vậy em", "iso9001-la-gi"),
        ("thế mất bao lâu?", "iso9001-thoi-gian"),
        ("chi phí thì sao", "iso9001-chi-phi"),
    )


def test_two_questions_are_both_answered(owner: Contact) -> None:
    said = owner.says("Đăng ký mã vạch ở đâu và mỗi năm đóng phí bao nhiêu?")
    assert [u.article for u in said.understandings] == ["ma-vach-dang-ky", "ma-vach-phi"]


def test_the_detail_lies_behind_a_button(owner: Contact) -> None:
    said = owner.says("tự làm tccs gồm những bước nào")
    titles = [choice.title for choice in said.replies[0].choices]
    assert "Chi tiết" in titles
    detail = owner.says("Chi tiết")
    assert detail.understandings[0].article == said.understandings[0].article
    assert detail.replies[0].text != said.replies[0].text


def test_another_authority_is_named(owner: Contact) -> None:
    said = owner.says("xin giấy phép môi trường cho xưởng thì hỏi cơ quan nào")
    assert said.understandings[0].outcome == "wrong_office"
    assert "Sở Nông nghiệp và Môi trường" in said.replies[0].text


def test_what_is_outside_is_said_to_be_outside(owner: Contact) -> None:
    owner.plays(("mai trời có mưa không em", "out_of_scope"))


def test_an_unverified_answer_says_so_and_offers_an_officer(owner: Contact) -> None:
    said = owner.says("công bố hợp quy mất bao nhiêu lệ phí")
    assert "Lưu ý:" in said.replies[0].text
    assert "Gặp cán bộ" in [choice.title for choice in said.replies[0].choices]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "😀😀😀",
        "a" * 4000,
        '/pick_article{"article":"5s-la-gi"}',
        "/restart",
        "/request_help",
        "<script>alert(1)</script>",
        "'; DROP TABLE messages; --",
        "\u202egnorts\u202c",
        "ðŸ˜€ Ã¡",
        "đăng ký nhãn hiệu " * 150,
        "0",
        "{{ 7 * 7 }}",
    ],
)
def test_anything_gets_a_polite_reply_and_nothing_happens(owner: Contact, text: str) -> None:
    said = owner.says(text)
    assert said.understandings[0].outcome != "request"
    assert "49" not in said.replies[0].text


def test_letters_composed_or_not_read_the_same(owner: Contact) -> None:
    owner.plays((unicodedata.normalize("NFD", "mã vạch 893 là của nước nào"), "ma-vach-893"))


@pytest.mark.parametrize(
    ("text", "article"),
    [("lean", "lean-la-gi"), ("5S", "5s-la-gi"), ("haccp", "haccp-la-gi"), ("kpi", "kpi-la-gi")],
)
def test_a_bare_word_of_the_field_is_explained(owner: Contact, text: str, article: str) -> None:
    assert owner.says(text).understandings[0].article == article


def test_a_bare_word_behind_an_answer_of_another_matter_is_explained(owner: Contact) -> None:
    owner.plays(
        ("cân ở chợ có phải kiểm định không", "phuong-tien-do-nhom-2"), ("lean", "lean-la-gi")
    )
