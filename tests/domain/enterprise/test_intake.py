"""The enterprise that an owner types: code and name as given, nothing repaired, nothing guessed."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.enterprise.intake import (
    EnterpriseGiven,
    EnterpriseProblem,
    EnterpriseUnread,
    read_enterprise,
)
from bot.domain.enterprise.tax_code import check, shown
from bot.domain.input.lengths import ENTERPRISE_NAME
from tests.support.data.numbers import branches, personal_numbers, polite, polite_ends, tax_codes

TODAY = date(2026, 11, 24)

names = st.sampled_from(
    ["Công ty TNHH May Tân Trụ", "Hộ kinh doanh Lan", "HTX Thanh long Châu Thành", "Cơ sở 3A"]
)
codes = st.one_of(tax_codes, st.builds("{}{}".format, tax_codes, branches), personal_numbers)


def read(text: str, *, is_after_a_code: bool = False) -> EnterpriseGiven | EnterpriseUnread:
    return read_enterprise(text, today=TODAY, is_after_a_code=is_after_a_code)


def problem(text: str, *, is_after_a_code: bool = False) -> EnterpriseProblem:
    found = read(text, is_after_a_code=is_after_a_code)
    assert isinstance(found, EnterpriseUnread), found
    return found.problem


@pytest.mark.parametrize(
    ("text", "given_"),
    [
        ("0100112437", EnterpriseGiven("0100112437")),
        ("mst: 0100112437,", EnterpriseGiven("0100112437")),
        ("Mã số thuế là 0100112437 ạ", EnterpriseGiven("0100112437")),
        ("mã số thuế của em là 0100112437", EnterpriseGiven("0100112437")),
        ("dạ mã em là 0100112437 nha chị", EnterpriseGiven("0100112437")),
        ("0100112437 đúng rồi mà em", EnterpriseGiven("0100112437")),
        ("0100112437 - 30 công nhân", EnterpriseGiven("0100112437")),
        ("0100112437-001", EnterpriseGiven("0100112437001")),
        ("0100112437 hay mst 0100112437", EnterpriseGiven("0100112437")),
        (
            "Hộ kinh doanh Lan, mã số thuế 072090001234",
            EnterpriseGiven("072090001234", "Hộ kinh doanh Lan"),
        ),
        (
            "Hộ kinh doanh Lan, cccd 072090001234",
            EnterpriseGiven("072090001234", "Hộ kinh doanh Lan"),
        ),
        (
            "Công ty TNHH May Tân Trụ, MST 0100112437",
            EnterpriseGiven("0100112437", "Công ty TNHH May Tân Trụ"),
        ),
        (
            "0100112437 - Cơ sở nước mắm Bà Hai",
            EnterpriseGiven("0100112437", "Cơ sở nước mắm Bà Hai"),
        ),
        ("0100112437 bà hai mắm", EnterpriseGiven("0100112437", "bà hai mắm")),
        ("0100112437 của công ty Lan", EnterpriseGiven("0100112437", "công ty Lan")),
        ("Công ty A (MST: 0100112437)", EnterpriseGiven("0100112437", "Công ty A")),
        (
            "Công ty A, MST 0100112437, Tây Ninh",
            EnterpriseGiven("0100112437", "Công ty A, Tây Ninh"),
        ),
        (
            "Công ty Lan, MST 0100112437, ĐT 0912345678, mail lan@congty.vn",
            EnterpriseGiven("0100112437", "Công ty Lan"),
        ),
        ("dạ tên là Cơ sở Bà Hai", EnterpriseGiven(name="Cơ sở Bà Hai")),
        ("bên em là cty Nhựa Mây Hồng", EnterpriseGiven(name="cty Nhựa Mây Hồng")),
        ("Cơ sở mộc Tân Tiến nha em", EnterpriseGiven(name="Cơ sở mộc Tân Tiến")),
        ("Cơ sở Chị Em", EnterpriseGiven(name="Cơ sở Chị Em")),
        ("HTX   Thanh long\nChâu Thành", EnterpriseGiven(name="HTX Thanh long Châu Thành")),
        ("Công ty Lan (Tây Ninh)", EnterpriseGiven(name="Công ty Lan (Tây Ninh)")),
        ("Công ty 3A", EnterpriseGiven(name="Công ty 3A")),
        ("HTX 19/5", EnterpriseGiven(name="HTX 19/5")),
        ("Cơ sở Bà Hai, sđt 0912345678", EnterpriseGiven(name="Cơ sở Bà Hai")),
    ],
)
def test_code_and_name_are_found_in_what_was_typed(text: str, given_: EnterpriseGiven) -> None:
    assert read(text) == given_


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0100109107", EnterpriseProblem.TAX_CODE_WRONG),
        ("0100109106-1", EnterpriseProblem.TAX_CODE_LENGTH),
        ("Công ty Lan mst 010010910", EnterpriseProblem.TAX_CODE_LENGTH),
        ("O1OO1O91O6", EnterpriseProblem.TAX_CODE_LETTERS),
        ("Hộ kinh doanh Lan, mst 099090001234", EnterpriseProblem.TAX_CODE_PERSONAL),
        ("0100109106 hoặc 0100112437", EnterpriseProblem.TWO_CODES),
        ("0100109106 và 0100109106-001", EnterpriseProblem.TWO_CODES),
        ("0100109106 hoặc 0100109107", EnterpriseProblem.TWO_CODES),
        ("0912345678", EnterpriseProblem.PHONE),
        ("Cơ sở Bà Hai 0912345678", EnterpriseProblem.PHONE),
        ("sđt 0912 345 678", EnterpriseProblem.PHONE),
        ("+82 10-1234-5678", EnterpriseProblem.PHONE),
        ("Công ty " + "A" * ENTERPRISE_NAME, EnterpriseProblem.NAME_LONG),
    ],
)
def test_what_is_wrong_is_told(text: str, expected: EnterpriseProblem) -> None:
    assert problem(text) is expected


@pytest.mark.parametrize(
    "text",
    ["", "   ", "?", "a", "123", "…", "mst", "😀", "cho em", "hộ kinh doanh", "ủa sao mã này sai"],
)
def test_what_holds_neither_code_nor_name_is_asked_for_again(text: str) -> None:
    assert problem(text) is EnterpriseProblem.NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "ủa mã này đúng mà, chị coi trên giấy phép",
        "sao lại sai được",
        "em gõ theo giấy mà",
        "đúng rồi mà",
        "từ 1/7 hộ kinh doanh xài căn cước",
        "hộ kinh doanh thì dùng căn cước mà",
        "mã này in trên giấy đăng ký kinh doanh đó em",
        "ua ma nay dung ma",
        "Số định danh cá nhân chứ đâu",
        "kiểm tra lại giúp em đi",
    ],
)
def test_after_a_wrong_code_an_explanation_is_no_name(text: str) -> None:
    assert problem(text, is_after_a_code=True) is EnterpriseProblem.NOTHING


@pytest.mark.parametrize(
    "name", ["Cơ sở Bà Hai", "Nguyễn Thị Lan", "cong ty may tan tru", "Bà Hai"]
)
def test_after_a_wrong_code_a_name_is_still_one(name: str) -> None:
    assert read(name, is_after_a_code=True) == EnterpriseGiven(name=name)
    called = f"dạ tên là {name.lower()}"
    assert read(called, is_after_a_code=True) == EnterpriseGiven(name=name.lower())


def test_a_name_is_kept_up_to_the_limit() -> None:
    longest = "Công ty " + "A" * (ENTERPRISE_NAME - len("Công ty "))

    assert read(longest) == EnterpriseGiven(name=longest)
    assert problem(f"{longest}A") is EnterpriseProblem.NAME_LONG


def test_what_was_typed_wrong_is_kept_beside_its_name() -> None:
    assert read("Cơ sở Lan, mst 0100 109 107") == EnterpriseUnread(
        EnterpriseProblem.TAX_CODE_WRONG, ("0100 109 107",), "Cơ sở Lan"
    )


@given(before=polite, code=codes, behind=polite_ends)
def test_noise_around_a_code_changes_nothing(before: str, code: str, behind: str) -> None:
    assert read(f"{before}{shown(code)}{behind}") == EnterpriseGiven(code)


@given(before=polite, name=names, code=codes, behind=polite_ends)
def test_noise_around_code_and_name_changes_neither(
    before: str, name: str, code: str, behind: str
) -> None:
    expected = EnterpriseGiven(code, name)

    assert read(f"{before}{name}, mã số thuế {shown(code)}{behind}") == expected
    assert read(f"{before}{shown(code)} {name}{behind}") == expected
    assert read(f"{before}{name} - MST: {shown(code)}{behind}") == expected


@given(
    before=polite,
    code=codes,
    place=st.integers(0, 12),
    by=st.integers(1, 9),
    behind=polite_ends,
)
def test_a_wrong_code_is_never_made_into_a_right_one(
    before: str, code: str, place: int, by: int, behind: str
) -> None:
    assume(place < len(code))
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assume(check(wrong, today=TODAY) is not None)

    assert isinstance(read(f"{before}{wrong}{behind}"), EnterpriseUnread)


@given(code=tax_codes, place=st.integers(0, 9), digit=st.sampled_from("0123456789"))
def test_a_digit_too_many_or_too_few_is_never_put_right(code: str, place: int, digit: str) -> None:
    assert isinstance(read(code[:place] + code[place + 1 :]), EnterpriseUnread)
    assert isinstance(read(code[:place] + digit + code[place:]), EnterpriseUnread)


@given(st.one_of(st.text(max_size=400), st.builds("{} {}, {}".format, names, codes, st.text())))
def test_whatever_is_typed_what_is_kept_fits_and_reads_as_itself(text: str) -> None:
    found = read(text)

    if isinstance(found, EnterpriseGiven):
        assert found.tax_code or found.name
        assert len(found.name) <= ENTERPRISE_NAME
        assert not found.tax_code or check(found.tax_code, today=TODAY) is None
        assert read(found.name or shown(found.tax_code)) in (
            EnterpriseGiven(name=found.name),
            EnterpriseGiven(found.tax_code),
        )


@given(name=names, code=codes)
def test_the_summary_reads_as_what_it_sums_up(name: str, code: str) -> None:
    assert read(f"{name}, mã số thuế {shown(code)}") == EnterpriseGiven(code, name)
