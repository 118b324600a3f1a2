"""Which passwords are accepted, and how they are kept."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.staff.guessable import LOOKED_AT
from bot.services.staff.passwords import (
    PasswordRefused,
    check_password,
    hash_password,
    is_outdated,
    password_matches,
)
from tests.support.data.seed import PASSWORD

OWN = ("Nguyễn Thị Lan", "Sở Khoa học và Công nghệ tỉnh Tây Ninh", "Chi cục Đo lường")


def refusal(password: str, username: str = "lan.nguyen") -> str | None:
    try:
        check_password(password, password, username=username, own=OWN)
    except PasswordRefused as refused:
        return refused.reason
    return None


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("ngan qua 11", "short"),
        ("x1" * 101, "long"),
        ("toi la Lan.Nguyen day", "username"),
        ("aaaaaaaaaaaaaaaa", "obvious"),
        ("abababababab", "obvious"),
        ("2026-11-30 30/11/2026", "obvious"),
        ("1234567890123", "common"),
        ("Matkhau@2026!", "common"),
        ("Mật khẩu 2026", "common"),
        ("Nguyễn Thị Lan 123", "name"),
        ("lan nguyen 1987", "name"),
        ("NguyenThiLan@2026", "name"),
        ("sokhoahocvacongnghe", "name"),
        ("Tây Ninh 2026 Tây Ninh", "name"),
        ("chicucdoluong1", "name"),
        ("wertyuisdfghjk", "keyboard"),
        ("qwertyuiop[]asdf", "common"),
        ("1qaz2wsx3edc4rfv", "common"),
        ("p@ssw0rd1234", "common"),
        ("iloveyou123456", "common"),
    ],
)
def test_a_weak_password_is_refused(password: str, reason: str) -> None:
    assert refusal(password) == reason


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "cau tho hay de nho lam",
        "Lan thích ăn bún bò buổi sáng",
        "x7Gq-99fk-2LmP",
        "chợ Long Hoa bán nhiều mãng cầu",
        "họp giao ban lúc bảy rưỡi sáng thứ hai" * 4,
    ],
)
def test_a_sentence_of_ones_own_passes_with_a_name_in_it_too(password: str) -> None:
    assert refusal(password) is None


def test_two_entries_must_agree() -> None:
    with pytest.raises(PasswordRefused, match="mismatch"):
        check_password(PASSWORD, PASSWORD + "x", username="lan")


def test_a_new_password_is_another_one_however_its_letters_were_typed() -> None:
    present, typed = (
        unicodedata.normalize(form, "mật khẩu của riêng tôi đấy") for form in ("NFC", "NFD")
    )
    assert present != typed
    with pytest.raises(PasswordRefused, match="same"):
        check_password(typed, typed, username="lan", present=present)


@settings(max_examples=40)
@given(st.text(max_size=LOOKED_AT + 4))
def test_whatever_is_typed_is_accepted_or_refused_with_a_reason(password: str) -> None:
    assert refusal(password) in {None, "short", "obvious", "common", "name", "keyboard", "username"}


def test_the_same_letters_typed_in_two_ways_match() -> None:
    kept = hash_password("mật khẩu dài lắm đấy")
    assert password_matches(kept, "mật khẩu dài lắm đấy")
    assert not password_matches(kept, "mat khau dai lam day")


def test_nobody_and_a_broken_hash_match_nothing() -> None:
    assert not password_matches(None, "nobody")
    assert not password_matches("not a hash", PASSWORD)
    assert not password_matches(hash_password(PASSWORD), "x" * 201)


def test_only_argon2id_of_today_is_up_to_date() -> None:
    assert hash_password(PASSWORD).startswith("$argon2id$")
    assert not is_outdated(hash_password(PASSWORD))
    assert is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA")
