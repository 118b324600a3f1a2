"""Roles of the department's people and what each may do."""

from enum import StrEnum


class Role(StrEnum):
    """A person's role in the console."""

    ADMINISTRATOR = "administrator"
    HEAD = "head"
    OFFICER = "officer"


class Permission(StrEnum):
    """One thing the console lets a person do."""

    SEE_ALL_OFFICES = "see_all_offices"
    SEE_OWN_OFFICE = "see_own_office"
    ANSWER = "answer"
    TRANSFER = "transfer"
    ASSIGN = "assign"
    CLOSE_GAPS = "close_gaps"
    CORRECT_ANSWERS = "correct_answers"
    SEE_ASSESSMENTS = "see_assessments"
    SEE_FIGURES = "see_figures"
    SEE_ENTERPRISES = "see_enterprises"
    EDIT_ENTERPRISES = "edit_enterprises"
    CHANGE_TAX_CODES = "change_tax_codes"
    IMPORT_ENTERPRISES = "import_enterprises"
    RUN_SURVEYS = "run_surveys"
    MANAGE_USERS = "manage_users"
    SEE_TRAIL = "see_trail"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.HEAD: frozenset(
        {
            Permission.SEE_ALL_OFFICES,
            Permission.SEE_ASSESSMENTS,
            Permission.SEE_FIGURES,
            Permission.SEE_ENTERPRISES,
            Permission.EDIT_ENTERPRISES,
            Permission.CHANGE_TAX_CODES,
            Permission.IMPORT_ENTERPRISES,
            Permission.RUN_SURVEYS,
            Permission.SEE_OWN_OFFICE,
            Permission.ANSWER,
            Permission.TRANSFER,
            Permission.ASSIGN,
            Permission.CLOSE_GAPS,
            Permission.CORRECT_ANSWERS,
        }
    ),
    Role.OFFICER: frozenset(
        {
            Permission.SEE_ENTERPRISES,
            Permission.EDIT_ENTERPRISES,
            Permission.SEE_OWN_OFFICE,
            Permission.ANSWER,
            Permission.TRANSFER,
            Permission.CLOSE_GAPS,
            Permission.CORRECT_ANSWERS,
        }
    ),
}


def offices_seen(role: Role, office: str) -> frozenset[str] | None:
    """The offices whose requests a person of an office sees; None for all."""
    return None if may(role, Permission.SEE_ALL_OFFICES) else frozenset({office})


def sees(role: Role, own_office: str, office: str) -> bool:
    """Whether a person of an office sees the requests of an office."""
    seen = offices_seen(role, own_office)
    return seen is None or office in seen


def answers_for(role: Role, own_office: str, office: str) -> bool:
    """Whether a person of an office may answer the requests of an office."""
    return may(role, Permission.ANSWER) and sees(role, own_office, office)


def may(role: Role, permission: Permission) -> bool:
    """Whether a role holds a permission."""
    return permission in PERMISSIONS[role]
