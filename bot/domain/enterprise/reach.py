"""How an owner can be reached: the phone numbers and the e-mail address in what he types."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from string import digits

import phonenumbers

from bot.domain.enterprise.email import emails_in
from bot.domain.enterprise.tax_code import is_code_like
from bot.domain.input.lengths import REACH
from bot.domain.text.plain import folded

VIETNAM = "VN"
VIETNAM_CODE = 84

PHONE_DIGITS = 4
"""Digits from which a message tries to be a phone number."""

BETWEEN = ", "
"""Stands between two addresses."""

RENUMBERED = {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38",
    "169": "39", "186": "56", "188": "58", "199": "59",
}  # fmt: skip
"""Mobile codes of eleven digits and what became of them on 15/09/2018 (Quyết định 798/QĐ-BTTTT)."""

_OLD_CODE = 3
_OLD_NUMBER = 10

_HOME = re.compile(r"0[35789]\d{8}|02\d{8,9}")
_BEFORE_OTHER_DIGITS = re.compile(r"0[35789]\d{8}(?=[ /])")
"""A number in one piece, and hours or the last digit of a second line behind it."""

_EXTENSION = re.compile(
    r"[\s,;:.(-]*(?:may le|so le|may nhanh|noi bo|nhanh|ext|le)[\s.:]*(\d{1,6})\b"
)
_BETWEEN_DIGITS = " .-/()"
_BEGINS_A_NUMBER = ("0", "+", "1800", "1900")


class ReachProblem(StrEnum):
    """Why no address could be read. NOTHING: the message does not try to be one."""

    NOTHING = "nothing"
    WRONG = "reach"
    EMAIL = "reach_email"
    LONG = "reach_long"
    TAX_CODE = "reach_tax_code"


@dataclass(frozen=True)
class Reach:
    """Addresses in the order in which they were given, a phone number or an e-mail address each.

    A Vietnamese number stands as it is dialled at home, without spaces: `0900000123`; one of
    another country begins with `+`; an extension follows as `ext 12`.
    """

    addresses: tuple[str, ...]
    renumbered: bool = False

    @property
    def text(self) -> str:
        """All of them, as they are kept."""
        return BETWEEN.join(self.addresses)


@dataclass(frozen=True)
class TypedPhone:
    """A phone number in a text: its place, and how it is kept."""

    start: int
    end: int
    number: str
    renumbered: bool = False


def read_reach(text: str) -> Reach | ReachProblem:
    """The addresses in a message, each once; the first phone numbers where there are too many."""
    text = unicodedata.normalize("NFC", text)
    emails = emails_in(text)
    if any(email.address is None for email in emails):
        long = any(email.is_long for email in emails)
        return ReachProblem.LONG if long else ReachProblem.EMAIL
    phones = list(typed_phones(text))
    places = sorted(
        [(one.start, one.address or "") for one in emails]
        + [(one.start, one.number) for one in phones]
    )
    addresses = _that_fit(dict.fromkeys(address for _, address in places))
    if addresses:
        return Reach(addresses, renumbered=any(one.renumbered for one in phones))
    return _problem(text)


def typed_phones(text: str) -> Iterator[TypedPhone]:
    """The phone numbers of a text in NFC, each once; a number that is not surely one is none."""
    read = _without_emails(text)
    for found in phonenumbers.PhoneNumberMatcher(
        read, VIETNAM, leniency=phonenumbers.Leniency.POSSIBLE
    ):
        if is_code_like(found.raw_string):
            continue
        kept, end = _as_kept(found.number, found.raw_string), found.end
        if kept is None and (first := _BEFORE_OTHER_DIGITS.match(found.raw_string)):
            kept, end = (first[0], False), found.start + first.end()
        if kept is None or _is_cut_out(read, found):
            continue
        number, renumbered = kept
        extension = _EXTENSION.match(read, end)
        if extension is not None and not found.number.extension:
            number, end = f"{number} ext {extension[1]}", extension.end()
        yield TypedPhone(found.start, end, number, renumbered)


def phone_of(reach: str) -> str:
    """The first phone number of a kept reach; empty where none was found right."""
    return next((one.number for one in typed_phones(reach)), "")


def email_of(reach: str) -> str:
    """The first e-mail address of a kept reach; empty where none was found right."""
    return next((one.address for one in emails_in(reach) if one.address), "")


def _as_kept(number: phonenumbers.PhoneNumber, typed: str) -> tuple[str, bool] | None:
    """How a number is kept, and whether it was renumbered; None where it cannot be dialled."""
    extension = f" ext {number.extension}" if number.extension else ""
    if number.country_code != VIETNAM_CODE:
        # A plus says that it is of another country; behind 00 it must be known to be.
        if "+" not in typed and not phonenumbers.is_valid_number(number):
            return None
        international = phonenumbers.PhoneNumberFormat.E164
        return phonenumbers.format_number(number, international) + extension, False
    national = str(number.national_number)
    old = RENUMBERED.get(national[:_OLD_CODE])
    if old and len(national) == _OLD_NUMBER:
        return f"0{old}{national[_OLD_CODE:]}{extension}", True
    home = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    home = re.sub(r"\D", "", home.partition(" ext")[0])
    if typed.startswith("0") and not home.startswith("0"):
        return None  # no 0 belongs before 1800 and 1900
    if phonenumbers.is_valid_number(number) or _HOME.fullmatch(home):
        return home + extension, False
    return None


def _is_cut_out(read: str, found: phonenumbers.PhoneNumberMatch) -> bool:
    """Whether a number is only a part of a longer one, which then is none."""
    before = read[: found.start].rstrip(_BETWEEN_DIGITS)
    if not before.endswith(("+", *digits)):
        return False
    if not found.raw_string.lstrip("(").startswith(_BEGINS_A_NUMBER):
        return True
    return before.rstrip(digits + _BETWEEN_DIGITS).endswith("+")


def _that_fit(addresses: dict[str, None]) -> tuple[str, ...]:
    kept: list[str] = []
    for address in addresses:
        if len(BETWEEN.join([*kept, address])) <= REACH:
            kept.append(address)
    return tuple(kept)


def _problem(text: str) -> ReachProblem:
    read = folded(text)
    if is_code_like(read):
        return ReachProblem.TAX_CODE
    count = sum(letter.isdigit() for letter in read)
    is_try = count >= PHONE_DIGITS and count >= len(re.sub(r"\s", "", read)) / 2
    return ReachProblem.WRONG if is_try else ReachProblem.NOTHING


def _without_emails(text: str) -> str:
    """Folded, with an e-mail address blanked out: the digits in it are no phone number."""
    read = folded(text)
    for email in emails_in(text):
        read = read[: email.start] + "|" * (email.end - email.start) + read[email.end :]
    return read
