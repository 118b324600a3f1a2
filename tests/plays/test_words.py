"""Plays: an owner says another word than the law does, or an old one."""

import pytest

from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine

REMARK = "anh/chị đang nói tới **nhãn hiệu**"


def test_a_confused_word_is_put_right_once_in_a_conversation(owner: Contact) -> None:
    first = owner.says("dang ky thuong hieu het bao nhieu tien vay em")
    assert first.understandings[0].article == "nhan-hieu-chi-phi"
    assert REMARK in first.replies[0].text.splitlines()[0]
    again = owner.says("tra cứu thương hiệu có bị trùng không thì coi ở đâu")
    assert again.understandings[0].article == "tra-cuu-nhan-hieu"
    assert REMARK not in again.replies[0].text


def test_the_right_word_is_answered_at_once(owner: Contact) -> None:
    said = owner.says("đăng ký nhãn hiệu hết bao nhiêu tiền")
    assert said.understandings[0].article == "nhan-hieu-chi-phi"
    assert "đang nói tới" not in said.replies[0].text


def test_an_old_name_is_given_its_new_one(owner: Contact) -> None:
    said = owner.says("tong cuc tdc cap ma vach phi bao nhieu")
    assert said.understandings[0].article == "ma-vach-phi"
    assert "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia" in said.replies[0].text.splitlines()[0]


def test_an_english_word_finds_its_article(owner: Contact) -> None:
    owner.plays(("barcode phí bao nhiêu một năm", "ma-vach-phi"))


def test_what_a_term_means_is_told_where_no_article_is_about_it(owner: Contact) -> None:
    said = owner.says("GLN là gì vậy em")
    assert "Mã số riêng của một địa điểm" in said.replies[0].text
