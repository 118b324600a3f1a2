"""The tax code in a cell, with the zeros that a spreadsheet took away."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.enterprise.tax_code import (
    BRANCH_DIGITS,
    ENTERPRISE_DIGITS,
    PERSONAL_DIGITS,
    CodeFault,
    check,
)
from bot.domain.text.plain import folded
from bot.services.enterprises.tables.table import Cell

MOST_LOST_ZEROS = {ENTERPRISE_DIGITS: 1, BRANCH_DIGITS: 1, PERSONAL_DIGITS: 2}
"""No province of tax codes begins with two zeros; of personal numbers 001 to 009 do."""

_ROUNDED = re.compile(r"\d(?:[.,]\d+)?e\+?\d+")
_LABEL = re.compile(r"^(?:mst|msdn|ma so (?:thue|doanh nghiep)|ma so)[ :.-]*")
_BETWEEN = re.compile(r"[ .'`,/-]+")
"""What people write between the groups of a code; an apostrophe keeps a cell a text."""

UNSURE = "tax_code_unsure"
ROUNDED = "tax_code_rounded"


@dataclass(frozen=True)
class CodeInCell:
    """A code, or why it is none. `is_mended`: zeros were put back before it."""

    code: str = ""
    fault: str = ""
    is_mended: bool = False


def code_in(cell: Cell, *, today: date, is_personal: bool = False) -> CodeInCell:
    """The code of a cell. `is_personal`: the row is a household's, whose code is a person's."""
    said = folded(str(cell)).strip()
    if _ROUNDED.fullmatch(said) or (isinstance(cell, float) and not cell.is_integer()):
        return CodeInCell(fault=ROUNDED)
    digits = _BETWEEN.sub("", _LABEL.sub("", said))
    if not digits.isascii() or not digits.isdigit():
        return CodeInCell(fault=CodeFault.LETTERS)
    right = [code for code in (digits, *_with_zeros(digits)) if check(code, today=today) is None]
    if not is_personal:
        # A check digit says more than the bare structure of a person's number.
        right = [code for code in right if len(code) != PERSONAL_DIGITS] or right
        right = right[:1]
    if len(right) > 1:
        return CodeInCell(fault=UNSURE)
    if not right:
        return CodeInCell(fault=check(digits, today=today) or CodeFault.LENGTH)
    return CodeInCell(right[0], is_mended=right[0] != digits)


def _with_zeros(digits: str) -> list[str]:
    return [
        digits.zfill(length)
        for length, lost in MOST_LOST_ZEROS.items()
        if length - lost <= len(digits) < length
    ]
