"""How an owner is reached: every spelling of a number is read, and no number becomes another."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.enterprise.reach import (
    RENUMBERED,
    Reach,
    ReachProblem,
    email_of,
    phone_of,
    read_reach,
)
from bot.domain.input.lengths import PHONE, REACH
from tests.support.data.numbers import (
    digits,
    mobiles,
    personal_numbers,
    polite,
    polite_ends,
    tax_codes,
    undialled_codes,
)


def text_of(text: str) -> str:
    found = read_reach(text)
    assert isinstance(found, Reach), found
    return found.text


@pytest.mark.parametrize(
    "spelling",
    [
        "{0}",
        "+84{1}",
        "84{1}",
        "0084{1}",
        "+84 {1}",
        "(+84) {1}",
        "+84 (0){1}",
        "{1}",
        "{2} {3} {4}",
        "{2}.{3}.{4}",
        "{2}-{3}-{4}",
        "{2}–{3}–{4}",
        "{2}\u00a0{3}\u00a0{4}",
        "số của tôi là {0} nhé",
        "sdt:{0}",
        "sđt{0}nha",
        "zalo {0}",
        "goi {2} {3} {4} gap Lan",
        "{2}.{3}.{4} gặp chị Lan",
        "{0} sau 17 giờ",
        "{0} 8h-17h",
        "{0} (24/7)",
        "tel:{0}",
    ],
)
@settings(max_examples=20)
@given(number=mobiles)
def test_every_spelling_of_a_mobile_number_is_the_same_number(spelling: str, number: str) -> None:
    parts = (number, number[1:], number[:4], number[4:7], number[7:])

    assert text_of(spelling.format(*parts)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+82 10-1234-5678", "+821012345678"),
        ("001 415 555 2671", "+14155552671"),
        ("+1 (415) 555-2671", "+14155552671"),
        ("0086 138 1234 5678", "+8613812345678"),
        ("+886 912 345 678", "+886912345678"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+855 12 345 678 anh Sok", "+85512345678"),
    ],
)
def test_a_foreign_number_stays_one(text: str, number: str) -> None:
    assert text_of(text) == number


@given(st.sampled_from(["KR", "US", "CN", "TW", "JP", "KH", "LA", "TH", "AU", "DE", "FR", "SG"]))
def test_of_every_neighbour_a_number_is_kept_in_international_form(region: str) -> None:
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    kept = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    for form in (
        phonenumbers.PhoneNumberFormat.INTERNATIONAL,
        phonenumbers.PhoneNumberFormat.E164,
    ):
        written = phonenumbers.format_number(example, form)
        assert text_of(f"gọi {written} nha") == kept
        assert text_of(written.replace("+", "00")) == kept


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0276 3822 123", "02763822123"),
        ("(0276) 3 822 123", "02763822123"),
        ("028.3822.1234", "02838221234"),
        ("+84 28 3822 1234", "02838221234"),
        ("1900 6868", "19006868"),
        ("1800 599 920", "1800599920"),
        ("0276 3822 123 máy lẻ 12", "02763822123 ext 12"),
        ("02763822123 (nội bộ: 101)", "02763822123 ext 101"),
        ("02763822123 ext. 12", "02763822123 ext 12"),
        ("0912345678 gặp Lan, máy lẻ hỏng", "0912345678"),
    ],
)
def test_a_line_in_an_office_is_kept_with_its_extension(text: str, number: str) -> None:
    assert text_of(text) == number


@given(old=st.sampled_from(sorted(RENUMBERED)), rest=digits(7))
def test_an_old_number_of_eleven_digits_gets_its_new_code(old: str, rest: str) -> None:
    found = read_reach(f"0{old} {rest}")

    assert found == Reach((f"0{RENUMBERED[old]}{rest}",), renumbered=True)


@given(old=st.integers(100, 199).map(str), rest=digits(7))
def test_no_other_number_of_eleven_digits_is_converted(old: str, rest: str) -> None:
    if old not in RENUMBERED:
        assert isinstance(read_reach(f"0{old}{rest}"), ReachProblem)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0912345678, 0987654321", "0912345678, 0987654321"),
        ("0912345678/0987654321", "0912345678, 0987654321"),
        ("0912 345 678 hoặc 0987 654 321", "0912345678, 0987654321"),
        ("0912345678 hoặc 0912.345.678", "0912345678"),
        ("0912345678/9", "0912345678"),
        ("lan@congty.vn hoặc 0912345678", "lan@congty.vn, 0912345678"),
        ("0912345678, mail lan@congty.vn", "0912345678, lan@congty.vn"),
        ("mst 0100109106, sđt 0912345678", "0912345678"),
    ],
)
def test_two_addresses_are_both_kept(text: str, kept: str) -> None:
    assert text_of(text) == kept


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ReachProblem.NOTHING),
        ("không", ReachProblem.NOTHING),
        ("gọi lúc 15h ngày 24/11/2026", ReachProblem.NOTHING),
        ("số 4 đường 30/4", ReachProblem.NOTHING),
        ("123", ReachProblem.NOTHING),
        ("zalo @lanshop", ReachProblem.NOTHING),
        ("091234", ReachProblem.WRONG),
        ("09 12 34 a", ReachProblem.WRONG),
        ("09123", ReachProblem.WRONG),
        ("0900000123456789", ReachProblem.WRONG),
        ("0912 345 678 9", ReachProblem.WRONG),
        ("0912 345 678 912", ReachProblem.WRONG),
        ("+999 912345678", ReachProblem.WRONG),
        ("821012345678", ReachProblem.WRONG),
        ("3822123", ReachProblem.WRONG),
        ("lan@gmail", ReachProblem.EMAIL),
        ("lân@gmail.com", ReachProblem.EMAIL),
        ("lan@gmail, 0912345678", ReachProblem.EMAIL),
        ("a" * 60 + "@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + ".vn", ReachProblem.LONG),
    ],
)
def test_what_is_no_address_is_asked_for_again(text: str, problem: ReachProblem) -> None:
    assert read_reach(text) is problem


@given(st.one_of(undialled_codes, personal_numbers))
def test_a_tax_code_instead_of_a_phone_number_is_called_one(code: str) -> None:
    assert read_reach(code) is ReachProblem.TAX_CODE


@given(before=polite, number=mobiles, behind=polite_ends)
def test_noise_around_a_number_changes_nothing(before: str, number: str, behind: str) -> None:
    assert text_of(f"{before}{number}{behind}") == number


@given(
    number=mobiles, place=st.integers(0, 9), more=st.booleans(), digit=st.sampled_from("0123456789")
)
def test_a_digit_too_many_or_too_few_is_never_put_right(
    number: str, place: int, digit: str, *, more: bool
) -> None:
    wrong = number[:place] + (digit if more else "") + number[place + (not more) :]

    found = read_reach(wrong)

    if isinstance(found, Reach):
        # Only what is another right number by itself: 0 in front lost, or an old mobile code.
        kept = phone_of(found.text)
        assert wrong in (kept, kept[1:]) or found.renumbered or wrong.startswith(("1", "84"))


@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.one_of(mobiles, st.just("lan@congty.vn"), tax_codes), max_size=30).map(
            ", ".join
        ),
    )
)
def test_whatever_is_typed_what_is_kept_fits_and_reads_as_itself(text: str) -> None:
    found = read_reach(text)

    if isinstance(found, Reach):
        assert len(found.text) <= REACH
        assert len(phone_of(found.text)) <= PHONE
        assert text_of(found.text) == found.text


def test_a_kept_reach_is_taken_apart() -> None:
    kept = "lan@congty.vn, 02763822123 ext 12, 0912345678"

    assert (phone_of(kept), email_of(kept)) == ("02763822123 ext 12", "lan@congty.vn")
    assert (phone_of("cứ nhắn ở đây"), email_of("")) == ("", "")
