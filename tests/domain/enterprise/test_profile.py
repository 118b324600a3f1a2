"""What is typed into the fields of a profile, and how it stands there afterwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enterprise.profile import (
    MONEY,
    MOST_MONEY,
    FieldProblem,
    LegalForm,
    Ownership,
    ProfileField,
    Unreadable,
    Value,
    legal_form_in,
    read_field,
    written,
)

YEAR = 2026
PLAIN = sorted(
    set(ProfileField) - {ProfileField.PROVINCE, ProfileField.COMMUNE, ProfileField.SECTOR}
)
"""Fields whose values need no list."""


def read(field: ProfileField, text: str) -> Value | Unreadable:
    return read_field(field, text, this_year=YEAR)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (ProfileField.NAME, "  Công ty TNHH Bún Năm Bưởi ", "Công ty TNHH Bún Năm Bưởi"),
        (ProfileField.STAFF, "40 người", 40),
        (ProfileField.STAFF, "1.200", 1200),
        (ProfileField.STAFF, "", None),
        (ProfileField.REVENUE, "3,2 tỷ", 3_200_000_000),
        (ProfileField.REVENUE, "450", 450_000_000),
        (ProfileField.CAPITAL, "12.500.000.000", 12_500_000_000),
        (ProfileField.CAPITAL, "0", 0),
        (ProfileField.FIGURES_YEAR, "2025", 2025),
        (ProfileField.EXPORTS, "Có", True),
        (ProfileField.EXPORTS, "chưa", False),
        (ProfileField.EXPORTS, "", None),
        (ProfileField.LEGAL_FORM, "Công ty cổ phần", LegalForm.JOINT_STOCK),
        (ProfileField.LEGAL_FORM, "TNHH MTV", LegalForm.LIMITED),
        (ProfileField.LEGAL_FORM, "HTX", LegalForm.COOPERATIVE),
        (ProfileField.OWNERSHIP, "vốn nước ngoài (FDI)", Ownership.FOREIGN),
        (ProfileField.OWNERSHIP, "domestic", Ownership.DOMESTIC),
    ],
)
def test_what_is_typed_is_read(field: ProfileField, typed: str, value: Value) -> None:
    assert read(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        (ProfileField.NAME, "a" * 301, FieldProblem.LONG),
        (ProfileField.STAFF, "nhiều lắm", FieldProblem.NUMBER),
        (ProfileField.STAFF, "1,5", FieldProblem.NUMBER),
        (ProfileField.STAFF, "2000000", FieldProblem.RANGE),
        (ProfileField.REVENUE, "10 người", FieldProblem.NUMBER),
        (ProfileField.CAPITAL, "9000000000 tỷ", FieldProblem.RANGE),
        (ProfileField.FIGURES_YEAR, "2027", FieldProblem.RANGE),
        (ProfileField.EXPORTS, "tùy", FieldProblem.CHOICE),
        (ProfileField.LEGAL_FORM, "gánh hàng rong", FieldProblem.CHOICE),
    ],
)
def test_what_cannot_be_kept_is_named(field: ProfileField, typed: str, problem: str) -> None:
    assert read(field, typed) == Unreadable(FieldProblem(problem), typed)


@given(st.sampled_from(PLAIN), st.text(max_size=80))
def test_what_was_read_stands_in_the_form_as_it_is_read_again(
    field: ProfileField, typed: str
) -> None:
    value = read(field, typed)

    if not isinstance(value, Unreadable):
        assert read(field, written(field, value)) == value


@given(st.sampled_from(sorted(MONEY)), st.integers(0, MOST_MONEY))
def test_money_is_kept_to_the_dong(field: ProfileField, amount: int) -> None:
    assert read(field, written(field, amount)) == amount


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Công ty TNHH MTV Gỗ Tân Trụ", LegalForm.LIMITED),
        ("CTCP Nước mắm Bà Hai", LegalForm.JOINT_STOCK),
        ("Chi nhánh Công ty TNHH Gỗ Tân Trụ", LegalForm.BRANCH),
        ("Hộ kinh doanh Nguyễn Thị Lan", LegalForm.HOUSEHOLD),
        ("HTX Thanh long Châu Thành", LegalForm.COOPERATIVE),
        ("DNTN Hải Sản Sáu", LegalForm.PRIVATE),
        ("Lò bánh tráng Sáu Hòa", None),
    ],
)
def test_a_name_tells_its_legal_form(name: str, form: LegalForm | None) -> None:
    assert legal_form_in(name) is form
