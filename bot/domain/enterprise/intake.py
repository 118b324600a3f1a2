"""The enterprise in what an owner types: its tax code, its name, or both, as he gave them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.enterprise.email import emails_in
from bot.domain.enterprise.enterprise_name import CALLED_A_NAME, is_name, name_in
from bot.domain.enterprise.reach import TypedPhone, typed_phones
from bot.domain.enterprise.tax_code import LENGTHS, NAMED_BEFORE, TypedCode, typed_codes
from bot.domain.input.lengths import ENTERPRISE_NAME
from bot.domain.text.plain import folded

_PHONE_LABEL = re.compile(
    r"\b(?:sdt|dt|dthoai|dien thoai|so dien thoai|phone|tel|zalo|hotline|di dong|goi|lien he|lh)"
    r"(?: (?:cua )?(?:em|e|toi|tui|minh|anh|chi))?(?: la)?[\s:.,(]*$"
)
_EMAIL_LABEL = re.compile(
    r"\b(?:email|e-mail|mail|thu dien tu)(?: (?:cua )?\w+)?(?: la)?[\s:.,(]*$"
)
"""What owners write before a phone number or an e-mail address, folded."""


class EnterpriseProblem(StrEnum):
    """Why no enterprise could be read; what is wrong with a code as in `tax_code.CodeFault`."""

    NOTHING = "enterprise"
    NAME_LONG = "name_long"
    TAX_CODE_WRONG = "tax_code_wrong"
    TAX_CODE_LENGTH = "tax_code_length"
    TAX_CODE_LETTERS = "tax_code_letters"
    TAX_CODE_PERSONAL = "tax_code_personal"
    TWO_CODES = "two_codes"
    PHONE = "phone"


@dataclass(frozen=True)
class EnterpriseGiven:
    """An enterprise as given: a right tax code, a name, or both."""

    tax_code: str = ""
    name: str = ""


@dataclass(frozen=True)
class EnterpriseUnread:
    """What was not understood: the numbers as they were typed, and the name beside them."""

    problem: EnterpriseProblem
    typed: tuple[str, ...] = ()
    name: str = ""


def read_enterprise(
    text: str, *, today: date, is_after_a_code: bool = False
) -> EnterpriseGiven | EnterpriseUnread:
    """The enterprise in a message; nothing is put right that was typed wrong.

    `is_after_a_code`: a code was just called wrong, so that words may as well be an explanation,
    and only what surely is a name is taken for one.
    """
    text = unicodedata.normalize("NFC", text)
    phones = list(typed_phones(text))
    read = folded(text)
    codes = [one for one in typed_codes(text, today=today) if not _is_phone(read, one, phones)]
    right = list(dict.fromkeys(one.code for one in codes if one.code))
    is_doubtful = not right and (bool(codes) or is_after_a_code)
    name = _name_beside(text, codes, phones, is_doubtful=is_doubtful)
    if len(right) == 1 and all(one.code or len(one.digits) not in LENGTHS for one in codes):
        return _within(EnterpriseGiven(right[0], name))
    if codes:
        problem = EnterpriseProblem.TWO_CODES if right else _problem_of(codes[0], phones)
        return EnterpriseUnread(
            problem, _typed(codes), name if len(name) <= ENTERPRISE_NAME else ""
        )
    if not name:
        problem = EnterpriseProblem.PHONE if phones else EnterpriseProblem.NOTHING
        return EnterpriseUnread(problem)
    return _within(EnterpriseGiven(name=name))


def _problem_of(wrong: TypedCode, phones: list[TypedPhone]) -> EnterpriseProblem:
    is_phone = any(one.start < wrong.end and wrong.start < one.end for one in phones)
    if is_phone or wrong.fault is None:
        return EnterpriseProblem.PHONE
    return EnterpriseProblem(wrong.fault)


def _typed(codes: Iterable[TypedCode]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.typed for one in codes))


def _within(given: EnterpriseGiven) -> EnterpriseGiven | EnterpriseUnread:
    if len(given.name) > ENTERPRISE_NAME:
        return EnterpriseUnread(EnterpriseProblem.NAME_LONG)
    return given


def _is_phone(read: str, code: TypedCode, phones: list[TypedPhone]) -> bool:
    """Whether a number is called a phone number, or is one of another country."""
    before = read[: code.start]
    if NAMED_BEFORE.search(before):
        return False
    is_dialled = any(one.start <= code.start and code.end <= one.end for one in phones)
    return is_dialled and (before.endswith("+") or _PHONE_LABEL.search(before) is not None)


def _name_beside(
    text: str, codes: list[TypedCode], phones: list[TypedPhone], *, is_doubtful: bool
) -> str:
    """The words between the numbers, without what the numbers are called."""
    cuts = [
        *((one.start, one.end, _PHONE_LABEL) for one in phones),
        *((one.start, one.end, _EMAIL_LABEL) for one in emails_in(text)),
        *((one.start, one.end, NAMED_BEFORE) for one in codes),
    ]
    read, pieces, position = folded(text), [], 0
    for start, end, label in sorted(cuts, key=lambda cut: cut[:2]):
        if start < position:
            continue
        called = label.search(read[position:start])
        pieces.append(text[position : position + called.start() if called else start])
        position = end
    names = [
        name
        for piece in (*pieces, text[position:])
        if (name := name_in(piece))
        and is_name(name, is_doubtful=is_doubtful and not CALLED_A_NAME.match(folded(piece)))
    ]
    return ", ".join(names)
