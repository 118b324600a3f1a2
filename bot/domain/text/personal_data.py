"""Personal data pasted beside a question: no part of what is asked."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.text.plain import plain

_SECRET = re.compile(
    r"\b(?:cccd|cmnd|can cuoc|chung minh nhan dan|stk|so tai khoan|tai khoan ngan hang|so the"
    r"|mat khau|password|otp|cvv|ma pin)\b"
)
"""What nobody here needs, and nobody should send."""

_REACH = re.compile(r"\b(?:sdt|so dt|dien thoai|so dien thoai|zalo|mst|ma so thue|email|mail)\b")
_NUMBER = re.compile(r"\d(?:[\s.-]?\d){4,}")
_CODE = re.compile(
    r"\b(?:mat khau|password|otp|cvv|ma pin)(?: (?:la|cua (?:em|toi|minh|anh|chi)))* \S*\d"
)
"""A secret word itself, of letters and figures."""

_JOINTS = re.compile(r"[,;\n]+")

FEWEST_WORDS = 2


@dataclass(frozen=True)
class Parted:
    """`asked`: the words without the data; `secret`: something was among them that nobody needs."""

    asked: str
    secret: bool


def part_personal_data(text: str) -> Parted:
    """The question of a message, its numbers of cards, accounts and telephones left out.

    A message that is nothing else stays as it is.
    """
    if not _holds_a_digit(text):
        return Parted(text, secret=False)
    left: list[str] = []
    secret = False
    parts = _JOINTS.split(unicodedata.normalize("NFC", text))
    for part in parts:
        said = plain(part) if _holds_a_digit(part) else ""
        is_secret = _SECRET.search(said) is not None and _gives_a_secret(part, said)
        if not is_secret and not (_REACH.search(said) and _NUMBER.search(part)):
            left.append(part)
        secret = secret or is_secret
    asked = ",".join(left).strip()
    is_left = len(asked.split()) >= FEWEST_WORDS
    return Parted(asked if len(left) < len(parts) and is_left else text, secret)


def _gives_a_secret(part: str, said: str) -> bool:
    """Whether it is told: to ask about an identity card is no such thing."""
    return _NUMBER.search(part) is not None or _CODE.search(said) is not None


def _holds_a_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
