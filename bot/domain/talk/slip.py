"""A slip owned up to, or an apology, and nothing else: "xin lỗi bấm nhầm", "ủa lộn"."""

import re

from bot.domain.text.plain import folded, plain

LONGEST_WORDS = 9

_BESIDE = (
    r"(?:xin|loi|sorry|sr|so di|chet|ui|oi|ua|a|o|da|em|e|anh|chi|co|chu|bac|con|toi|tui|minh|ad|ba"
    r"|ong|hoi nay|nay|vua|moi|vua roi|luc nay|roi|nha|nhe|nghe|nghen|nua|mat|tieu|troi|thoi|voi"
    r"|cai|nut|tay|so|cau|tin|nhan|chu|lai|bi|do|ha|hen)"
)
_SLIPS = r"(?:(?:bam|go|nhan|an|chon|gui|danh|viet|bam nut|tra loi|noi) )?(?:nham|lon|lo tay|lom)"
_SLIP = re.compile(rf"(?:{_BESIDE} )*?{_SLIPS}(?: {_BESIDE})*")
_APOLOGY = re.compile(rf"(?:{_BESIDE} )*?(?:xin loi|sorry)(?: {_BESIDE})*")
_SLIP_BEFORE = re.compile(
    rf"(?:(?:{_BESIDE}|xin loi) )*?{_SLIPS}(?: (?:roi|a|em|oi|ti|cau|vua|nay|hoi nay|luc nay|xiu))*"
    r"\s*[,.:;!\n…-]+\s*(?:(?:phai )?la |y (?:em|toi) la )?(?=\S)"
    rf"|(?:(?:da|ua|a|oi|chet) )*{_SLIPS}(?: roi)? (?=(?!roi\b)\S+ \S)"
)
"""Behind a mark anything may come; without one only what begins at once and has two words."""


def is_slip(text: str) -> bool:
    """Whether somebody only says that he slipped, or that he is sorry."""
    said = plain(text)
    if "?" in text or len(said.split()) > LONGEST_WORDS:
        return False
    return bool(_SLIP.fullmatch(said) or _APOLOGY.fullmatch(said))


def said_after_a_slip(text: str) -> str:
    """What somebody says who first owns up to a slip: “lộn, làm một phần thôi”; else empty."""
    found = _SLIP_BEFORE.match(folded(text))
    return text[found.end() :] if found is not None else ""
