"""A slip owned up to, or an apology, and nothing else: "xin lỗi bấm nhầm", "ủa lộn"."""

import re

from bot.domain.text.plain import plain

LONGEST_WORDS = 9

_BESIDE = (
    r"(?:xin|loi|sorry|sr|so di|chet|ui|oi|ua|a|o|da|em|e|anh|chi|co|chu|bac|con|toi|tui|minh|ad|ba"
    r"|ong|hoi nay|nay|vua|moi|vua roi|luc nay|roi|nha|nhe|nghe|nghen|nua|mat|tieu|troi|thoi|voi"
    r"|cai|nut|tay|so|cau|tin|nhan|chu|lai|bi|do|ha|hen)"
)
_SLIPS = r"(?:(?:bam|go|nhan|an|chon|gui|danh|viet|bam nut|tra loi|noi) )?(?:nham|lon|lo tay|lom)"
_SLIP = re.compile(rf"(?:{_BESIDE} )*?{_SLIPS}(?: {_BESIDE})*")
_APOLOGY = re.compile(rf"(?:{_BESIDE} )*?(?:xin loi|sorry)(?: {_BESIDE})*")


def is_slip(text: str) -> bool:
    """Whether somebody only says that he slipped, or that he is sorry."""
    said = plain(text)
    if "?" in text or len(said.split()) > LONGEST_WORDS:
        return False
    return bool(_SLIP.fullmatch(said) or _APOLOGY.fullmatch(said))
