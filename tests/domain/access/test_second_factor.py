"""Who must have a second factor, and how its codes read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access.second_factor import (
    CODE_DIGITS,
    RECOVERY_DIGITS,
    SecondFactorRule,
    in_fours,
    new_recovery_code,
    read_code,
)
from bot.domain.office.roles import Role
from bot.setting_forms import SECOND_FACTORS


def test_the_rule_is_the_setting() -> None:
    assert tuple(SecondFactorRule) == SECOND_FACTORS


@pytest.mark.parametrize(
    ("rule", "bound"),
    [
        (SecondFactorRule.OFF, set()),
        (SecondFactorRule.OFFERED, set()),
        (SecondFactorRule.HEADS, {Role.HEAD, Role.ADMINISTRATOR}),
        (SecondFactorRule.ALL, set(Role)),
    ],
)
def test_a_rule_binds_its_roles(rule: SecondFactorRule, bound: set[Role]) -> None:
    assert {role for role in Role if rule.binds(role)} == bound
    assert rule.is_asked() == (rule is not SecondFactorRule.OFF)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("123456", "123456"),
        (" 123 456 ", "123456"),
        ("123-456", "123456"),
        ("１２３４５６", "123456"),
        ("1234 5678 9012 3456", "1234567890123456"),
        ("1234567", ""),
        ("12345a", ""),
        ("١٢٣٤٥٦", ""),
        ("", ""),
        ("\x00" * 6, ""),
        ("\ud83d12345", ""),
        ("1" * 10_000, ""),
    ],
)
def test_a_code_is_read_as_it_is_typed(typed: str, read: str) -> None:
    assert read_code(typed) == read


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_code_or_nothing(typed: str) -> None:
    assert len(read_code(typed)) in (0, CODE_DIGITS, RECOVERY_DIGITS)


def test_a_recovery_code_is_read_back_from_the_page() -> None:
    code = new_recovery_code()
    assert read_code(in_fours(code)) == code
    assert new_recovery_code() != code
