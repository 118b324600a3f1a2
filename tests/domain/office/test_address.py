"""What is an e-mail address of a person of the department."""

import pytest

from bot.domain.office.address import new_mail_code, read_address


@pytest.mark.parametrize("text", ["lan@so.example.vn", " lan.nguyen+viec@tayninh.gov.vn "])
def test_an_address_is_kept_without_blanks(text: str) -> None:
    assert read_address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lan",
        "lan@so",
        "lan@@so.vn",
        "lan @so.vn",
        "lan@so.vn, minh@so.vn",
        "lan@so.vn\nBcc: x@y.vn",
        "Lan <lan@so.vn>",
        "lần@so.vn",
        "a" * 300 + "@so.vn",
        ".lan@so.vn",
        "lan@-so.vn",
    ],
)
def test_what_is_none_is_refused(text: str) -> None:
    assert read_address(text) is None


def test_a_code_has_six_digits() -> None:
    codes = {new_mail_code() for _ in range(200)}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(codes) > 190
