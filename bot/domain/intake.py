"""Reads what an owner types into a form: tax code, name, phone, e-mail."""

import re
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from stdnum.exceptions import ValidationError
from stdnum.vn import mst

NAME_LIMIT = 200
MIN_LETTERS = 2

VIETNAM_CODE = 84

PHONE_DIGITS = 4
"""Digits from which a message tries to be a phone number."""

_TAX_CODE_LIKE = re.compile(r"(?<!\d)\d[\d .]{8,12}\d(?:\s*-\s*\d{3})?(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LEAD = re.compile(
    r"^(?:(?:dạ|da|vâng|vang|thưa|thua|ạ|à|là|la|tên|ten|mst|mã số thuế|ma so thue)\b[\s:,.-]*)+",
    re.IGNORECASE,
)

_TAIL = re.compile(r"[\s,;:(-]*(?:mst|mã số thuế|ma so thue)[\s:.)]*$", re.IGNORECASE)
_EDGES = " ,.;:-()\n\t"


class EnterpriseProblem(StrEnum):
    """Why no enterprise could be read."""

    TAX_CODE_WRONG = "tax_code_wrong"
    NOTHING = "nothing"


@dataclass(frozen=True)
class EnterpriseGiven:
    """An enterprise as given: a checked tax code, a name, or both."""

    tax_code: str = ""
    name: str = ""


def read_enterprise(text: str) -> EnterpriseGiven | EnterpriseProblem:
    """The enterprise in a message. A tax code counts only when its check digit is right.

    Source of the rule: Thông tư 105/2020/TT-BTC, as `stdnum.vn.mst` implements it.
    """
    match = _TAX_CODE_LIKE.search(text)
    if match is None:
        name = _name(text)
        return EnterpriseGiven(name=name) if name else EnterpriseProblem.NOTHING
    try:
        code = mst.validate(re.sub(r"[\s.]", "", match[0]))
    except ValidationError:
        return EnterpriseProblem.TAX_CODE_WRONG
    return EnterpriseGiven(tax_code=code, name=_name(text[: match.start()] + text[match.end() :]))


def _name(text: str) -> str:
    stripped = _TAIL.sub("", _LEAD.sub("", text.strip(_EDGES))).strip(_EDGES)
    if len(re.findall(r"[^\W\d_]", stripped)) < MIN_LETTERS:
        return ""
    return re.sub(r"\s+", " ", stripped)[:NAME_LIMIT]


def read_reach(text: str) -> str | None:
    """The e-mail address or Vietnamese phone number in a message; None without one.

    A phone number comes back as dialled at home, without spaces: `0900000123`.
    """
    email = _EMAIL.search(text)
    if email is not None:
        return email[0].rstrip(".")
    for found in phonenumbers.PhoneNumberMatcher(
        text, "VN", leniency=phonenumbers.Leniency.POSSIBLE
    ):
        number = phonenumbers.format_number(
            found.number, phonenumbers.PhoneNumberFormat.NATIONAL
        ).replace(" ", "")
        if found.number.country_code != VIETNAM_CODE or re.fullmatch(r"0\d{9,10}", number):
            return number
    return None


def looks_like_phone(text: str) -> bool:
    """Whether a message tries to be a phone number: mostly digits."""
    digits = sum(c.isdigit() for c in text)
    return digits >= PHONE_DIGITS and digits >= len(re.sub(r"\s", "", text)) / 2
