"""Two things held against each other: "5S khác Kaizen chỗ nào", "A hay B rẻ hơn", "cái nào dễ"."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.text.plain import folded, plain
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.elliptical import is_elliptical

LONGEST_WORDS = 24
LONGEST_SIDE = 7

_AND = r"(?:voi|va|vs|v|cung|hay|hoac|so voi|hay la|or)"
_DIFFER = r"(?:khac(?: biet| nhau| gi)?|giong(?: nhau)?(?: hay khac(?: nhau)?)?)"
_MORE = (
    r"(?:tot|re|nhanh|de|loi|manh|mac|kho|lau|don gian|phu hop|hop|chac|tiet kiem|do ton|it ton|gon"
    r"|quan trong|hay|uu tien|ton)(?: (?:tien|kem|lam|hon))* (?:hon|nhat)"
)
_WHICH = r"(?:cai|ben|thu|loai|cach|mon|huong|kieu|vu) (?:nao|gi)|nen (?:chon|lam|lay|theo|dung)"
_LEAD = (
    r"(?:(?:da|a|ad|em|e|anh|chi|toi|tui|minh|cho|xin|hoi|muon|biet|giup|giai thich|oi|vay|the|thi"
    r"|nen|lam|chon|dang ky|theo|lay|dung|xuong|giua|ve|bai|luon|con|cua)\s+)*"
)

_RULES = tuple(
    re.compile(rule)
    for rule in (
        rf"\bso sanh\s+(?:(?:giua|giup|gium|cho em|cai)\s+)*(?P<a>.+?)\s+{_AND}\s+(?P<b>.+)$",
        rf"^{_LEAD}(?P<a>.+?)\s+{_AND}\s+(?P<b>.+?)\s*,?\s*(?:thi\s+)?{_DIFFER}\b",
        (
            rf"^{_LEAD}(?P<a>.+?)\s+(?:thi\s+)?khac(?:\s+(?:gi|voi|biet|so voi))*"
            r"\s+(?P<b>.+?)\s*(?:(?:o )?cho nao|diem nao|(?:ra )?sao|(?:nhu )?the nao|gi|khong)\b"
        ),
        rf"^{_LEAD}(?P<a>.+?)\s+{_AND}\s+(?P<b>.+?)\s*,?\s*(?:thi\s+)?(?:{_WHICH})\b",
        rf"^{_LEAD}(?P<a>.+?)\s+(?:hay|hoac|hay la|vs)\s+(?P<b>.+?)\s*,?\s*(?:thi\s+)?{_MORE}",
        (
            rf"^{_LEAD}(?:nen|chon|uu tien)\s+(?:lam|chon|dang ky|lay|dung|theo)?\s*(?P<a>.+?)"
            r"\s+(?:hay|hoac|hay la)\s+(?P<b>.+)$"
        ),
        r"\bkhac(?:\s+nhau)?\s+(?:giua|cua)\s+(?P<a>.+?)\s+(?:voi|va|vs)\s+(?P<b>.+)$",
    )
)
"""The two sides, in folded letters."""

_TAIL = re.compile(
    r"[\s,]+(?:(?:thi|la|a|vay|the|em|anh|chi|ad|nhi|ha|khac|nhau|cho|nao|gi|sao|tot|hon|trong|cai"
    r"|di|nha|nhe|giup|gium|voi|truoc|luon|khong|ko)[\s,?.!]*)+$|[\s,?.!]+$"
)
_ASKS = re.compile(r"\b(?:gi|sao|nao|dau|bao nhieu|bao lau|khong)\b")

_ONLY_BETWEEN = re.compile(
    rf"(?:(?:vay|the|roi|a|ua|u|da|em|anh|chi|ma|con|cho|hoi|thi|trong|hai|2|cai|do|giua) )*"
    rf"(?:{_WHICH})(?: \w+)*? (?:{_MORE}|hon|nhat|truoc)(?: \w+){{0,5}}"
)

_ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    (Aspect.COST, re.compile(r"\b(?:re|mac|ton|do ton|it ton|chi phi|phi|gia|tien|tiet kiem)\b")),
    (
        Aspect.VALID_FOR,
        re.compile(
            r"\b(?:hieu luc|thoi han|may nam|bao nhieu nam"
            r"|(?:bao ho|giu|dung|xai|het han)(?: \w+)? lau)\b"
        ),
    ),
    (Aspect.HOW_LONG, re.compile(r"\b(?:nhanh|lau|som|thoi gian|bao lau|cham)\b")),
    (Aspect.PAPERS, re.compile(r"\b(?:ho so|giay to)\b")),
    (Aspect.STEPS, re.compile(r"\b(?:de|kho|don gian|cach lam|quy trinh|thu tuc|cac buoc)\b")),
)


@dataclass(frozen=True)
class Compared:
    """The two sides in the owner's own letters; both empty where the talk before names them."""

    first: str = ""
    second: str = ""
    aspect: Aspect | None = None

    @property
    def names_none(self) -> bool:
        """Whether it asks between what was spoken of before."""
        return not self.first


def compared(text: str) -> Compared | None:
    """What a message compares, and in what; None where it compares nothing."""
    # One blank between words: thousands in a row would keep the rules trying for hours.
    own = " ".join(unicodedata.normalize("NFC", text).split())
    said = plain(own)
    if not said or len(said.split()) > LONGEST_WORDS:
        return None
    aspect = next((one for one, words in _ASPECTS if words.search(said)), None)
    if _ONLY_BETWEEN.fullmatch(said):
        return Compared(aspect=aspect)
    read = folded(own)
    for rule in _RULES:
        found = rule.search(read)
        if found is None:
            continue
        if _ASKS.search(found["a"]):
            # "HACCP là gì và nó khác ISO 22000 ở đâu" asks twice.
            continue
        first, second = (_trimmed(own, *found.span(side)) for side in ("a", "b"))
        if all(map(_is_a_side, (first, second))):
            return Compared(first, second, aspect)
    return None


def _is_a_side(side: str) -> bool:
    """A few words that name something; what asks by itself is a question of its own."""
    words = side.split()
    asks = "," in side or "?" in side or _ASKS.search(plain(side)) is not None
    return 0 < len(words) <= LONGEST_SIDE and not asks and not is_elliptical(side)


def _trimmed(own: str, start: int, end: int) -> str:
    side = own[start:end]
    tail = _TAIL.search(folded(side))
    side = side[: tail.start()] if tail else side
    lead = re.match(_LEAD, folded(side))
    return side[lead.end() if lead else 0 :].strip(" ,.?!:;")
