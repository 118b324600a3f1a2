"""What an owner types into a form: a wrong digit is found, every spelling of a number is read."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.intake import (
    NAME_LIMIT,
    EnterpriseGiven,
    EnterpriseProblem,
    looks_like_phone,
    read_enterprise,
    read_reach,
)

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
"""Of the nine digits before the check digit; counted here by hand, not by the library."""

digits = st.text(alphabet="0123456789", min_size=9, max_size=9)
mobile = st.builds(
    "0{}{}".format,
    st.sampled_from(["32", "38", "56", "70", "79", "83", "90", "91", "96", "98"]),
    st.text(alphabet="0123456789", min_size=7, max_size=7),
)


def check_digit(nine: str) -> int:
    weighted = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, nine, strict=True))
    return 10 - weighted % 11


@given(digits, st.integers(0, 9))
def test_ten_digits_are_a_tax_code_only_where_the_check_digit_is_right(
    nine: str, last: int
) -> None:
    assume(nine[2:] != "0000000")
    expected = check_digit(nine)

    given_ = read_enterprise(f"{nine}{last}")

    if last == expected:
        assert given_ == EnterpriseGiven(tax_code=f"{nine}{last}")
    else:
        assert given_ is EnterpriseProblem.TAX_CODE_WRONG


@given(digits, st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(nine: str, place: int, by: int) -> None:
    expected = check_digit(nine)
    assume(expected < 10)
    assume(nine[2:] != "0000000")
    wrong = nine[:place] + str((int(nine[place]) + by) % 10) + nine[place + 1 :]

    assert read_enterprise(f"{wrong}{expected}") is EnterpriseProblem.TAX_CODE_WRONG


@pytest.mark.parametrize(
    ("text", "given_"),
    [
        ("0100112437", EnterpriseGiven("0100112437")),
        ("0100 112 437", EnterpriseGiven("0100112437")),
        ("0100.112.437", EnterpriseGiven("0100112437")),
        ("mst: 0100112437", EnterpriseGiven("0100112437")),
        ("Mã số thuế là 0100112437 ạ", EnterpriseGiven("0100112437")),
        ("0100112437-001", EnterpriseGiven("0100112437001")),
        (
            "Công ty TNHH May Tân Trụ, MST 0100112437",
            EnterpriseGiven("0100112437", "Công ty TNHH May Tân Trụ"),
        ),
        (
            "0100112437 - Cơ sở nước mắm Bà Hai",
            EnterpriseGiven("0100112437", "Cơ sở nước mắm Bà Hai"),
        ),
        ("dạ tên là Cơ sở Bà Hai", EnterpriseGiven(name="Cơ sở Bà Hai")),
        ("HTX   Thanh long\nChâu Thành", EnterpriseGiven(name="HTX Thanh long Châu Thành")),
        ("Công ty 3A", EnterpriseGiven(name="Công ty 3A")),
    ],
)
def test_code_and_name_are_found_in_what_was_typed(text: str, given_: EnterpriseGiven) -> None:
    assert read_enterprise(text) == given_


@pytest.mark.parametrize("text", ["", "   ", "?", "a", "123", "…", "mst", "😀"])
def test_what_holds_neither_code_nor_name_is_asked_for_again(text: str) -> None:
    assert read_enterprise(text) is EnterpriseProblem.NOTHING


@given(st.text(max_size=500))
def test_whatever_is_typed_a_name_is_bounded_and_a_code_is_digits(text: str) -> None:
    found = read_enterprise(text)

    if isinstance(found, EnterpriseGiven):
        assert found.tax_code or found.name
        assert len(found.name) <= NAME_LIMIT
        assert re.fullmatch(r"(\d{10}|\d{13})?", found.tax_code)


@pytest.mark.parametrize(
    "spelling",
    [
        "{0}",
        "+84{1}",
        "84{1}",
        "+84 {1}",
        "(+84) {1}",
        "{2} {3} {4}",
        "{2}.{3}.{4}",
        "{2}-{3}-{4}",
        "số của tôi là {0} nhé",
        "sdt:{0}",
        "goi {2} {3} {4} gap Lan",
    ],
)
@given(number=mobile)
def test_every_spelling_of_a_mobile_number_is_the_same_number(spelling: str, number: str) -> None:
    parts = (number, number[1:], number[:4], number[4:7], number[7:])

    assert read_reach(spelling.format(*parts)) == number


@pytest.mark.parametrize(
    "text", ["", "123", "09123", "gọi lúc 15h ngày 24/11/2026", "abc@", "0900000123456789", "không"]
)
def test_what_is_no_address_is_asked_for_again(text: str) -> None:
    assert read_reach(text) is None


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("lan.nguyen+dn@cong-ty.com.vn", "lan.nguyen+dn@cong-ty.com.vn"),
        ("thư: lan@congty.vn.", "lan@congty.vn"),
        ("lan@congty.vn hoặc 0912345678", "lan@congty.vn"),
    ],
)
def test_an_email_address_is_found(text: str, email: str) -> None:
    assert read_reach(text) == email


@pytest.mark.parametrize(
    ("text", "tries"),
    [("091234", True), ("09 12 34 a", True), ("123", False), ("số 4 đường 30/4", False)],
)
def test_a_mistyped_phone_number_is_told_from_words(text: str, *, tries: bool) -> None:
    assert looks_like_phone(text) is tries
