"""Tax codes: a wrong digit is found, every spelling is read, and nothing is put right."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.enterprise.tax_code import (
    CodeFault,
    check,
    discreet,
    is_code_like,
    shown,
    typed_codes,
)
from tests.support.data.numbers import (
    branches,
    check_digit,
    nine,
    personal_numbers,
    tax_codes,
    undialled_codes,
)

TODAY = date(2026, 11, 24)


def codes(text: str) -> list[str]:
    return [one.code for one in typed_codes(text, today=TODAY)]


def faults(text: str) -> list[CodeFault | None]:
    return [one.fault for one in typed_codes(text, today=TODAY)]


@given(nine, st.integers(0, 9))
def test_ten_digits_are_a_tax_code_only_where_the_check_digit_is_right(
    nine: str, last: int
) -> None:
    is_right = last == check_digit(nine)

    assert check(f"{nine}{last}", today=TODAY) is (None if is_right else CodeFault.WRONG)


@given(nine, st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(nine: str, place: int, by: int) -> None:
    expected = check_digit(nine)
    assume(expected < 10)
    wrong = nine[:place] + str((int(nine[place]) + by) % 10) + nine[place + 1 :]

    assert codes(f"{wrong}{expected}") == [""]


@pytest.mark.parametrize(
    "spelling",
    ["{0}{1}{2}", "{0} {1} {2}", "{0}.{1}.{2}", "{0}-{1}-{2}", "{0}\u00a0{1}\u2009{2}"],
)
@given(code=tax_codes)
def test_ten_digits_are_read_in_any_spacing(spelling: str, code: str) -> None:
    assert codes(spelling.format(code[:4], code[4:7], code[7:])) == [code]


@given(code=tax_codes, zero=st.sampled_from("\uff10\u0660\u06f0"))
def test_digits_of_any_script_are_digits(code: str, zero: str) -> None:
    assert codes("".join(chr(ord(zero) + int(digit)) for digit in code)) == [code]


@pytest.mark.parametrize(
    "dash", ["-", "–", "—", "−", "/", ".", "", " - ", " – ", " / ", "- ", " -"]
)
@given(code=tax_codes, branch=branches)
def test_a_branch_is_read_behind_any_dash(dash: str, code: str, branch: str) -> None:
    assert codes(f"{code}{dash}{branch}") == [f"{code}{branch}"]


@given(code=tax_codes)
def test_a_branch_behind_a_space_begins_with_a_zero_or_ends_the_message(code: str) -> None:
    assert codes(f"{code} 001 Công ty Lan") == [f"{code}001"]
    assert codes(f"{code} 150") == [f"{code}150"]
    assert codes(f"{code} 150 công nhân") == [code]
    assert codes(f"{code} - 150 công nhân") == [code]


@pytest.mark.parametrize("tail", ["-000", "-1", "-01", "-0001", "/2", ".7", " - 12", "-1234"])
@given(code=tax_codes)
def test_an_unfinished_branch_is_not_dropped_silently(tail: str, code: str) -> None:
    assert faults(f"{code}{tail}") == [CodeFault.LENGTH]


@given(personal_numbers)
def test_twelve_digits_of_a_person_are_a_tax_code(number: str) -> None:
    assert codes(number) == [number]
    assert codes(f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}") == [number]


@pytest.mark.parametrize(
    "number",
    [
        "000090001234",  # no province
        "097090001234",
        "099090001234",
        "072490001234",  # born from 2100 on
        "072990001234",
        "072227001234",  # born in 2027
    ],
)
def test_twelve_digits_that_are_nobodys_are_noticed(number: str) -> None:
    assert faults(number) == [CodeFault.PERSONAL]


@pytest.mark.parametrize("number", ["072226001234", "096300001234", "105190000001"])
def test_who_was_born_this_year_or_abroad_has_a_right_number(number: str) -> None:
    assert codes(number) == [number]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("010010910", CodeFault.LENGTH),
        ("01001091061", CodeFault.LENGTH),
        ("mst: 01001", CodeFault.LENGTH),
        ("O1OO1O91O6", CodeFault.LETTERS),
        ("01OO109l06", CodeFault.LETTERS),
        ("0100109107", CodeFault.WRONG),
        ("0100109107-001", CodeFault.WRONG),
    ],
)
def test_what_is_wrong_is_told(text: str, fault: CodeFault) -> None:
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24/11/2026",
        "12.5.2010",
        "ISO 9001:2015",
        "TCVN 5603:2023",
        "HTX 19/5",
        "Công ty 3A",
        "NĐ 37/2026/NĐ-CP",
        "2015-2020",
        "số 4 đường 30/4",
        "oil",
        "illoillo",
    ],
)
def test_other_numbers_try_to_be_no_tax_code(text: str) -> None:
    assert codes(text) == []


@given(st.lists(tax_codes, min_size=2, max_size=3, unique=True), st.sampled_from([", ", " ", "/"]))
def test_several_codes_are_each_found(several: list[str], between: str) -> None:
    assert codes(between.join(several)) == several


@given(st.text(alphabet="0123456789 .-/–", max_size=40))
def test_whatever_digits_are_typed_a_code_stands_in_them_as_it_is(text: str) -> None:
    for one in typed_codes(text, today=TODAY):
        assert text[one.start : one.end].strip()
        if one.code:
            assert check(one.code, today=TODAY) is None
            assert one.code == one.digits


@given(tax_codes, branches, personal_numbers)
def test_a_code_is_shown_as_papers_print_it(code: str, branch: str, number: str) -> None:
    assert shown(code) == code
    assert shown(f"{code}{branch}") == f"{code}-{branch}"
    assert codes(shown(f"{code}{branch}")) == [f"{code}{branch}"]
    assert discreet(code) == code
    assert number[3:9] not in discreet(number)


@given(undialled_codes, personal_numbers)
def test_a_number_that_only_a_code_looks_like_is_known(code: str, number: str) -> None:
    assert is_code_like(f"so {code}")
    assert is_code_like(number)
    assert not is_code_like("0912345678 va 24/11/2026")
