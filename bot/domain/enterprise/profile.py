"""The fields of an enterprise's profile: what each holds, and how it is read from what is typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.domain.assessments.typed_answer import read_number
from bot.domain.input.cleaning import clean_line
from bot.domain.input.lengths import ADDRESS, ENTERPRISE_NAME, PROFILE_LINE
from bot.domain.text.plain import folded

Kind = TypeVar("Kind", bound=StrEnum)

Value = str | int | bool | None
"""Of a field; an empty one is an empty word or None."""

MILLION = 1_000_000
MONEY_UNIT = "trieu dong"
"""In which money is typed where nothing else stands beside it."""

TEN_THOUSAND = 10_000
DONG = "VND"

MOST_STAFF = 1_000_000
MOST_MONEY = 10**15 - 1
EARLIEST_YEAR = 1990
REMARK_LENGTH = 4000

WHOLE = 20_000
"""Characters of a line that are looked at: more than any field takes."""


class ProfileField(StrEnum):
    """A field of a profile, named as its column."""

    NAME = "name"
    LEGAL_FORM = "legal_form"
    OWNERSHIP = "ownership"
    PROVINCE = "province"
    COMMUNE = "commune"
    ADDRESS = "address"
    SECTOR = "sector"
    STAFF = "staff"
    REVENUE = "revenue"
    CAPITAL = "capital"
    FIGURES_YEAR = "figures_year"
    EXPORTS = "exports"
    MARKETS = "markets"
    PRODUCTS = "products"
    REMARK = "remark"


class ContactField(StrEnum):
    """A field of a person of an enterprise, as the history calls it."""

    NAME = "contact_name"
    ROLE = "contact_role"
    PHONE = "contact_phone"
    EMAIL = "contact_email"
    SURVEYS = "contact_surveys"
    SURVEYS_AT = "contact_surveys_at"
    SURVEYS_HOW = "contact_surveys_how"


CONTACT_FIELDS = tuple(ContactField)

CONTACT_GONE = "contact_gone"
"""How the history calls that a person was removed, of whom it tells nothing any more."""


class LegalForm(StrEnum):
    """As what an enterprise is registered; households and cooperatives beside the companies."""

    LIMITED = "limited"
    JOINT_STOCK = "joint_stock"
    PARTNERSHIP = "partnership"
    PRIVATE = "private"
    COOPERATIVE = "cooperative"
    HOUSEHOLD = "household"
    BRANCH = "branch"
    OTHER = "other"


class Ownership(StrEnum):
    """Whose it is: of people here, of the state, of foreign investors."""

    DOMESTIC = "domestic"
    STATE = "state"
    FOREIGN = "foreign"


class ChangeSource(StrEnum):
    """Where a value of a profile came from."""

    FORM = "form"
    IMPORT = "import"
    REQUEST = "request"
    CHAT = "chat"
    SURVEY = "survey"
    RUN = "run"
    MERGE = "merge"
    UNDONE = "undone"


class SurveyConsent(StrEnum):
    """Whether a person may be sent surveys; nothing where she was never asked."""

    YES = "yes"
    NO = "no"


class FieldProblem(StrEnum):
    """Why what was typed into a field cannot be kept."""

    LONG = "long"
    CHOICE = "choice"
    NUMBER = "number"
    RANGE = "range"
    PLACE = "place"
    PLACE_TWICE = "place_twice"
    SECTOR = "sector"
    MISSING = "missing"


@dataclass(frozen=True)
class Unreadable:
    """What was typed and cannot be kept."""

    problem: FieldProblem
    typed: str


LENGTHS: Mapping[ProfileField, int] = {
    ProfileField.NAME: ENTERPRISE_NAME,
    ProfileField.ADDRESS: ADDRESS,
    ProfileField.MARKETS: PROFILE_LINE,
    ProfileField.PRODUCTS: PROFILE_LINE,
    ProfileField.REMARK: REMARK_LENGTH,
}

MONEY = frozenset({ProfileField.REVENUE, ProfileField.CAPITAL})
NUMBERS = MONEY | {ProfileField.STAFF, ProfileField.FIGURES_YEAR}

_FORMS: Mapping[LegalForm, re.Pattern[str]] = {
    LegalForm.BRANCH: re.compile(r"\b(?:chi nhanh|van phong dai dien)\b"),
    LegalForm.COOPERATIVE: re.compile(r"\b(?:hop tac xa|htx|to hop tac|lien hiep htx)\b"),
    LegalForm.HOUSEHOLD: re.compile(r"\b(?:ho kinh doanh|hkd|ho kd|ho ca the)\b"),
    LegalForm.JOINT_STOCK: re.compile(r"\b(?:co phan|ctcp|cp)\b"),
    LegalForm.LIMITED: re.compile(r"\b(?:trach nhiem huu han|tnhh|mtv|mot thanh vien)\b"),
    LegalForm.PARTNERSHIP: re.compile(r"\bhop danh\b"),
    LegalForm.PRIVATE: re.compile(r"\b(?:dntn|doanh nghiep tu nhan)\b"),
    LegalForm.OTHER: re.compile(r"^(?:loai hinh )?khac$"),
}
"""Words by which a form is known, also within a name; the first that is found counts."""

_OWNERSHIPS: Mapping[Ownership, re.Pattern[str]] = {
    Ownership.FOREIGN: re.compile(r"\b(?:fdi|nuoc ngoai)\b"),
    Ownership.STATE: re.compile(r"\bnha nuoc\b"),
    Ownership.DOMESTIC: re.compile(r"\b(?:trong nuoc|tu nhan|dan doanh|viet nam)\b"),
}
_YES = frozenset({"co", "yes", "true", "1", "x", "da xuat", "co xuat khau", "dung"})
_NO = frozenset({"khong", "no", "false", "0", "chua", "chua co", "khong xuat khau", "sai"})


def read_field(field: ProfileField, text: str, *, this_year: int) -> Value | Unreadable:
    """What is typed into a field whose values need no list; empty words empty it."""
    # What is too long is told, and not cut.
    typed = clean_line(text, WHOLE) if field is not ProfileField.REMARK else text.strip()
    if not typed:
        return None if field in NUMBERS or field is ProfileField.EXPORTS else ""
    if field in LENGTHS:
        is_long = len(typed) > LENGTHS[field]
        return Unreadable(FieldProblem.LONG, typed) if is_long else typed
    match field:
        case ProfileField.LEGAL_FORM:
            return legal_form_in(typed) or Unreadable(FieldProblem.CHOICE, typed)
        case ProfileField.OWNERSHIP:
            return _found(typed, Ownership, _OWNERSHIPS) or Unreadable(FieldProblem.CHOICE, typed)
        case ProfileField.EXPORTS:
            return _yes_or_no(typed)
        case ProfileField.STAFF:
            return _whole(typed, least=0, most=MOST_STAFF)
        case ProfileField.FIGURES_YEAR:
            return _whole(typed, least=EARLIEST_YEAR, most=this_year)
        case _:
            return _money(typed)


def legal_form_in(text: str) -> LegalForm | None:
    """The legal form that words name, or that a name of an enterprise holds."""
    return _found(text, LegalForm, _FORMS)


def written(field: ProfileField, value: Value) -> str:
    """A value as it stands in a form, from which it is read back; money in million đồng."""
    if value is None or value == "":
        return ""
    if field in MONEY:
        return _in_millions(int(value))
    if isinstance(value, bool):
        return "co" if value else "khong"
    return str(value)


def _found(text: str, kind: type[Kind], words: Mapping[Kind, re.Pattern[str]]) -> Kind | None:
    said = folded(text)
    if said in set(kind):
        return kind(said)
    return next((one for one, pattern in words.items() if pattern.search(said)), None)


def _yes_or_no(typed: str) -> bool | Unreadable:
    said = folded(typed).strip(" .")
    if said in _YES:
        return True
    return False if said in _NO else Unreadable(FieldProblem.CHOICE, typed)


def _whole(typed: str, *, least: int, most: int) -> int | Unreadable:
    number = read_number(typed)
    if number is None or number != int(number):
        return Unreadable(FieldProblem.NUMBER, typed)
    if not least <= number <= most:
        return Unreadable(FieldProblem.RANGE, typed)
    return int(number)


def _money(typed: str) -> int | Unreadable:
    number = read_number(typed, MONEY_UNIT)
    if number is None:
        return Unreadable(FieldProblem.NUMBER, typed)
    amount = int(number * MILLION)
    return amount if amount <= MOST_MONEY else Unreadable(FieldProblem.RANGE, typed)


def _in_millions(amount: int) -> str:
    """In million đồng; in đồng where it would be read as thousands, or as đồng anyway."""
    if amount % TEN_THOUSAND or amount >= MILLION * MILLION:
        return f"{_grouped(amount)} {DONG}"
    whole, rest = divmod(amount, MILLION)
    fraction = f"{rest:06}".rstrip("0")
    return f"{_grouped(whole)},{fraction}" if fraction else _grouped(whole)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
