"""What an answer to an instrument proposes to the register: its value as a field of a profile."""

from collections.abc import Mapping
from decimal import Decimal

from bot.domain.assessments.assessment import RegisterField
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Question,
    QuestionKind,
    is_number,
)
from bot.domain.enterprise.profile import (
    MILLION,
    MONEY,
    MONEY_UNIT,
    MOST_MONEY,
    MOST_STAFF,
    ProfileField,
    Unreadable,
    Value,
    read_field,
)
from bot.domain.text.plain import plain

UNITS: Mapping[ProfileField, str] = {
    ProfileField.STAFF: "nguoi",
    ProfileField.REVENUE: MONEY_UNIT,
    ProfileField.CAPITAL: MONEY_UNIT,
}
"""Fields that a number fills, with the unit in which it is asked for, in bare letters."""

CHOSEN = frozenset({ProfileField.LEGAL_FORM, ProfileField.OWNERSHIP, ProfileField.EXPORTS})
TOLD = frozenset({ProfileField.MARKETS, ProfileField.PRODUCTS})
"""Fields that free words fill."""

ANY_YEAR = 9999
_NOTHING = ((UNKNOWN,), (NOT_APPLICABLE,), (NONE_OF_THEM,), ())


def mapping_fault(question: Question, into: RegisterField) -> str:
    """Why an answer cannot fill the field that it is said to fill; empty where it can."""
    if into.field not in set(ProfileField):
        return f"{into.field} is no field of the register"
    field, kind = ProfileField(into.field), question.kind
    if into.last_year and kind is not QuestionKind.NUMBER:
        return "`last_year` belongs to numbers"
    if kind is QuestionKind.NUMBER and field in UNITS:
        is_of_unit = plain(question.unit) == UNITS[field]
        return "" if is_of_unit else f"{field} is asked for in {UNITS[field]}"
    if kind is QuestionKind.TEXT and field in TOLD:
        return ""
    if kind is not QuestionKind.ONE_OF or field not in CHOSEN:
        return f"a question of the kind {kind} cannot fill {field}"
    for choice, text in into.choices.items():
        if question.choice(choice) is None:
            return f"{choice} is none of its choices"
        if isinstance(read_field(field, text, this_year=ANY_YEAR), Unreadable):
            return f"{text} is no value of {field}"
    return "" if into.choices else "`choices` say what each answer stands for"


def proposed_value(question: Question, into: RegisterField, answer: Answer) -> Value:
    """The value that an answer stands for; None where it says nothing that fits the field."""
    if answer in _NOTHING or mapping_fault(question, into):
        return None
    field = ProfileField(into.field)
    if field in UNITS:
        return _number(field, answer[0])
    said = into.choices.get(answer[0], "") if field in CHOSEN else answer[0]
    value = read_field(field, said, this_year=ANY_YEAR) if said else None
    return None if isinstance(value, Unreadable) else value


def _number(field: ProfileField, token: str) -> int | None:
    if not is_number(token):
        return None
    number = int(Decimal(token) * (MILLION if field in MONEY else 1))
    return number if number <= (MOST_MONEY if field in MONEY else MOST_STAFF) else None
