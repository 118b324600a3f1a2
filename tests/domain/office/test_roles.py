"""What each role may do, written out in full."""

from itertools import product

import pytest

from bot.domain.office.roles import PERMISSIONS, Permission, Role, may

ALLOWED = {
    ("administrator", "see_all_offices"),
    ("administrator", "see_own_office"),
    ("administrator", "answer"),
    ("administrator", "transfer"),
    ("administrator", "assign"),
    ("administrator", "close_gaps"),
    ("administrator", "correct_answers"),
    ("administrator", "manage_users"),
    ("administrator", "see_trail"),
    ("administrator", "see_assessments"),
    ("administrator", "see_figures"),
    ("administrator", "see_enterprises"),
    ("administrator", "edit_enterprises"),
    ("administrator", "change_tax_codes"),
    ("administrator", "import_enterprises"),
    ("administrator", "run_surveys"),
    ("head", "see_all_offices"),
    ("head", "see_own_office"),
    ("head", "answer"),
    ("head", "transfer"),
    ("head", "assign"),
    ("head", "close_gaps"),
    ("head", "correct_answers"),
    ("head", "see_assessments"),
    ("head", "see_figures"),
    ("head", "see_enterprises"),
    ("head", "edit_enterprises"),
    ("head", "change_tax_codes"),
    ("head", "import_enterprises"),
    ("head", "run_surveys"),
    ("officer", "see_own_office"),
    ("officer", "see_enterprises"),
    ("officer", "edit_enterprises"),
    ("officer", "answer"),
    ("officer", "transfer"),
    ("officer", "close_gaps"),
    ("officer", "correct_answers"),
}


@pytest.mark.parametrize(("role", "permission"), list(product(Role, Permission)))
def test_a_role_may_do_what_is_written_and_nothing_else(role: Role, permission: Permission) -> None:
    assert may(role, permission) is ((role.value, permission.value) in ALLOWED)


def test_every_role_has_its_permissions() -> None:
    assert set(PERMISSIONS) == set(Role)


def test_only_the_administrator_manages_users() -> None:
    assert [role for role in Role if may(role, Permission.MANAGE_USERS)] == [Role.ADMINISTRATOR]
