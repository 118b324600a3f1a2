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
    given: list[str] = []
    left: list[str] = []
    for part in _JOINTS.split(unicodedata.normalize("NFC", text)):
        (given if _gives(part) else left).append(part)
    secret = any(_SECRET.search(plain(part)) for part in given)
    asked = ",".join(left).strip()
    is_left = len(plain(asked).split()) >= FEWEST_WORDS
    return Parted(asked if given and is_left else text, secret)


def _gives(part: str) -> bool:
    """Whether a part tells a number; to ask about an identity card is no such thing."""
    said = plain(part)
    if _SECRET.search(said):
        return _NUMBER.search(part) is not None or _CODE.search(said) is not None
    return _REACH.search(said) is not None and _NUMBER.search(part) is not None
