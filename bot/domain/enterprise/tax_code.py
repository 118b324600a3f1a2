"""Tax codes in what an owner types, and what can be checked of them.

Three kinds: ten digits of an enterprise, with a check digit; thirteen of its branch, the ten and
a number from 001; twelve of a household business or a person, since 01/07/2025 the personal
identification number (Thông tư 86/2024/TT-BTC), which has no check digit but a structure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.vn import mst

from bot.domain.input.lengths import TYPED_TAX_CODE
from bot.domain.text.plain import folded

ENTERPRISE_DIGITS = 10
PERSONAL_DIGITS = 12
BRANCH_DIGITS = 13
LENGTHS = (BRANCH_DIGITS, ENTERPRISE_DIGITS, PERSONAL_DIGITS)
"""In the order in which they are looked for: ten digits and "30 công nhân" are not twelve."""

CODE_LIKE_DIGITS = 9
"""Digits from which a number tries to be a tax code: a date has eight."""

NAMED_DIGITS = 5
"""The same, behind the words "mã số thuế"."""

CODE_LABEL = (
    r"(?:mst|msdn|mshkd|ma so(?: so)? (?:thue|doanh nghiep|ho kinh doanh)|ma thue|so thue"
    r"|cccd|can cuoc(?: cong dan)?|so dinh danh(?: ca nhan)?)"
)
"""What owners write before a tax code, folded (`plain.folded`)."""

_WHOSE = r"(?:[ :.,(-]*(?:cua|cty|cong ty|ben|em|e|toi|tui|minh|anh|chi|so|la)\b)*"
NAMED_BEFORE = re.compile(rf"\b{CODE_LABEL}{_WHOSE}[\s:.,(#-]*$")
"""The end of the text before a number that is called a tax code."""

_DIALLED = re.compile(r"0[35789]\d{8}$|00\d{8}$|00\d{11}$")
"""Digits that a phone number may be as well: no province begins with 00."""

_RUN = re.compile(r"\d+(?:[ .\-/]{1,3}\d+)*")
_GROUP = re.compile(r"\d+")
_ENDS = re.compile(r"\s*(?:$|[^\w\s])")
"""After the last digits: no word that they count, as in "150 người"."""

_WITH_LETTERS = re.compile(r"(?<!\w)(?=[\doil]*\d)(?=[\doil]*[oil])[\doil]{9,14}(?!\w)")
_FEWEST_DIGITS_AMONG_LETTERS = 5

_SHOWN_OF_PERSONAL = 3


class CodeFault(StrEnum):
    """Why a number is no tax code."""

    WRONG = "tax_code_wrong"
    LENGTH = "tax_code_length"
    LETTERS = "tax_code_letters"
    PERSONAL = "tax_code_personal"


@dataclass(frozen=True)
class TypedCode:
    """A number that is a tax code, or tries to be one. `code`: its digits; empty with a fault.

    `start` and `end`: where it stands in the text; `typed`: as it stands there.
    """

    start: int
    end: int
    typed: str
    code: str = ""
    fault: CodeFault | None = None

    @property
    def digits(self) -> str:
        """The digits alone."""
        return "".join(_GROUP.findall(folded(self.typed)))


@dataclass(frozen=True)
class _Group:
    digits: str
    start: int
    end: int


def typed_codes(text: str, *, today: date) -> list[TypedCode]:
    """The tax codes of a text in NFC, and the numbers that try to be one, in their order."""
    read = folded(text)
    found = [
        TypedCode(start, end, _as_typed(text[start:end]), code, fault)
        for run in _RUN.finditer(read)
        for start, end, code, fault in _in_run(read, run, today)
    ]
    letters = [
        TypedCode(one.start(), one.end(), _as_typed(text[one.start() : one.end()]), "", fault)
        for one in _WITH_LETTERS.finditer(read)
        if sum(letter.isdigit() for letter in one[0]) >= _FEWEST_DIGITS_AMONG_LETTERS
        for fault in (CodeFault.LETTERS,)
    ]
    taken = {place for one in letters for place in range(one.start, one.end)}
    return sorted(
        [*letters, *(one for one in found if one.start not in taken)], key=lambda one: one.start
    )


def check(digits: str, *, today: date) -> CodeFault | None:
    """What is wrong with a code of bare digits; None where nothing is found."""
    if len(digits) not in LENGTHS:
        return CodeFault.LENGTH
    if len(digits) == PERSONAL_DIGITS:
        return None if _is_personal_number(digits, today) else CodeFault.PERSONAL
    try:
        mst.validate(digits)
    except ValidationError:
        return CodeFault.WRONG
    return None


def shown(code: str) -> str:
    """A code as papers print it: `0100109106-001`."""
    if len(code) != BRANCH_DIGITS:
        return code
    return f"{code[:ENTERPRISE_DIGITS]}-{code[ENTERPRISE_DIGITS:]}"


def discreet(code: str) -> str:
    """A code where it is not needed whole: of a personal number, its two ends."""
    if len(code) != PERSONAL_DIGITS:
        return shown(code)
    return f"{code[:_SHOWN_OF_PERSONAL]}…{code[-_SHOWN_OF_PERSONAL:]}"


def is_code_like(read: str) -> bool:
    """Whether a folded text holds a number that a tax code looks like and no mobile number does."""
    return any(_is_likely(re.sub(r"\D", "", run[0])) for run in _RUN.finditer(read))


def _is_likely(digits: str) -> bool:
    if len(digits) not in LENGTHS or _DIALLED.match(digits):
        return False
    if len(digits) == PERSONAL_DIGITS and not digits.startswith("0"):
        return False  # as likely a foreign phone number without its plus
    # No clock: whoever typed it is asked again in any case.
    return check(digits, today=date.max) is None


# — the personal identification number: Nghị định 137/2015/NĐ-CP, Điều 13 —

_LAST_PROVINCE = 96
_FIRST_COUNTRY = 100
"""Codes of countries, for those born abroad, begin above those of provinces."""

_BORN_IN_THE_1900S = frozenset("01")
_BORN_IN_THE_2000S = frozenset("23")
_CENTURY = 2000


def _is_personal_number(digits: str, today: date) -> bool:
    """Province or country of birth, century and sex, year of birth, six digits at random."""
    place, century, year = int(digits[:3]), digits[3], int(digits[4:6])
    if place == 0 or _LAST_PROVINCE < place < _FIRST_COUNTRY:
        return False
    if century in _BORN_IN_THE_1900S:
        return True
    return century in _BORN_IN_THE_2000S and _CENTURY + year <= today.year


# — where the digits stand —


def _in_run(
    read: str, run: re.Match[str], today: date
) -> Iterator[tuple[int, int, str, CodeFault | None]]:
    """The codes in a run of digits, or the run as a whole where it tries to be one."""
    groups = [
        _Group(one[0], run.start() + one.start(), run.start() + one.end())
        for one in _GROUP.finditer(run[0])
    ]
    pieces = list(_pieces(read, groups, today))
    if pieces:
        for first, last in pieces:
            if _is_glued(read, groups, first, last, pieces):
                yield run.start(), run.end(), "", CodeFault.LENGTH
                return
        for first, last in pieces:
            code = "".join(group.digits for group in groups[first : last + 1])
            yield groups[first].start, groups[last].end, code, None
        return
    digits = "".join(group.digits for group in groups)
    if len(digits) < NAMED_DIGITS:
        return
    is_named = NAMED_BEFORE.search(read[: run.start()]) is not None
    if len(digits) >= (NAMED_DIGITS if is_named else CODE_LIKE_DIGITS):
        yield run.start(), run.end(), "", check(digits, today=today)


def _pieces(read: str, groups: list[_Group], today: date) -> Iterator[tuple[int, int]]:
    """The first and the last group of each right code."""
    first = 0
    while first < len(groups):
        last = _end_of_code(read, groups, first, today)
        if last is not None:
            yield first, last
        first = first + 1 if last is None else last + 1


def _end_of_code(read: str, groups: list[_Group], first: int, today: date) -> int | None:
    for length in LENGTHS:
        digits, last = "", first - 1
        while len(digits) < length and last + 1 < len(groups):
            last += 1
            digits += groups[last].digits
        if len(digits) != length or check(digits, today=today) is not None:
            continue
        if length == BRANCH_DIGITS and not _is_branch(read, groups[first : last + 1]):
            continue
        return last
    return None


def _is_branch(read: str, groups: list[_Group]) -> bool:
    """Whether the last three digits number a branch, and do not count something."""
    if len(groups) == 1:
        return True
    suffix = groups[-1]
    if len(suffix.digits) != BRANCH_DIGITS - ENTERPRISE_DIGITS:
        return False
    gap = read[groups[-2].end : suffix.start]
    is_close = " " not in gap or suffix.digits.startswith("0")
    return is_close or _ENDS.match(read[suffix.end :]) is not None


def _is_glued(
    read: str, groups: list[_Group], first: int, last: int, pieces: list[tuple[int, int]]
) -> bool:
    """Whether more digits hang on a code: it was cut out of a longer or an unfinished one."""
    ends, starts = {end for _, end in pieces}, {start for start, _ in pieces}
    if first > 0 and first - 1 not in ends and " " not in _gap(read, groups, first - 1):
        return True
    if last + 1 == len(groups) or last + 1 in starts:
        return False
    gap, is_last = _gap(read, groups, last), last + 2 == len(groups)
    hangs = bool(set(gap) & set("-/")) and is_last and _ENDS.match(read[groups[-1].end :])
    return " " not in gap or bool(hangs)


def _gap(read: str, groups: list[_Group], before: int) -> str:
    return read[groups[before].end : groups[before + 1].start]


def _as_typed(text: str) -> str:
    return " ".join(text.split())[:TYPED_TAX_CODE]
