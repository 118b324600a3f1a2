"""Words that a person must deal with: a complaint about the department, a paper to be looked at."""

import re
from enum import StrEnum

from bot.domain.text.plain import plain

LONGEST_WORDS = 30


class ForPeople(StrEnum):
    """What a person is needed for."""

    COMPLAINT = "complaint"
    REVIEW = "review"


_US = (
    r"(?:so|can bo|chuyen vien|cac anh|cac chi|may nguoi|may ong|may ba|cac nguoi|ben so|tiep dan)"
)
_COMPLAINS = (
    r"(?:khieu nai|to cao|(?:se|di|doi|toi|em|lam don) kien(?! thuc)|phan anh|bao len tren"
    r"|thai do|hach sach|nhung nhieu|lam kho"
    r"|hanh dan|vong vinh|tac trach|vo trach nhiem|doi tien|cham tre qua|tra loi qua cham)"
)
_COMPLAINT = re.compile(rf"\b{_COMPLAINS}\b(?:.*\b)?(?<!\w){_US}\b|\b{_US}\b.*\b{_COMPLAINS}\b")
_OF_OTHERS = re.compile(
    r"\b(?:doi thu|hang gia|hang nhai|khach hang|hang xom|nguoi mua|nhai|cong ty khac|tham quyen"
    r"|quy trinh|thu tuc|la gi)\b"
)

_PAPER = (
    r"(?:nhan|logo|mau|bao bi|to khai|ho so|ban cong bo|giay|hinh|anh|file|tccs|mac|tem|hop dong)"
)
_IS_RIGHT = (
    r"(?:dung chua|duoc chua|on chua|dat chua|du chua|chuan chua|hop le chua"
    r"|co sai khong|sai khong|sai cho nao|thieu gi)"
)
_REVIEW = re.compile(
    rf"\b(?:coi|xem|kiem tra|soat|ra soat|ngo|duyet)\b.*\b{_PAPER}\b.*\b{_IS_RIGHT}\b"
    rf"|\b{_PAPER} (?:nay|cua (?:em|toi|chi|anh|tui|minh)|em lam|em in)\b.*\b{_IS_RIGHT}\b"
)


def needs_people(text: str) -> ForPeople | None:
    """What in a message only a person can deal with; None where nothing is."""
    said = plain(text)
    if len(said.split()) > LONGEST_WORDS:
        return None
    if _REVIEW.search(said):
        return ForPeople.REVIEW
    return ForPeople.COMPLAINT if _COMPLAINT.search(said) and not _OF_OTHERS.search(said) else None
