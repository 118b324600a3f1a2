"""Questions about the department itself: its telephone, address, hours, site, head."""

import re
from enum import StrEnum

from bot.domain.text.plain import plain


class AboutUs(StrEnum):
    """What is asked."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    ADDRESS = "address"
    HOURS = "hours"
    SITE = "site"
    LEADER = "leader"


_OTHER_ROOMS = r"(?!thi nghiem|thu nghiem|chay|kham|tro)"
_US = (
    r"(?:so khcn|so kh cn|so khoa hoc(?: va)?(?: cong nghe)?|ben so|o so|cua so|so minh|tru so"
    rf"|phong {_OTHER_ROOMS}[a-z ]{{2,24}}|bo phan [a-z ]{{2,24}}|chi cuc|co quan|trung tam"
    r"|ben minh|ben em|ben do|can bo|chuyen vien|nguoi phu trach|ad|admin)"
)
_ASKS = (
    r"(?:xin|cho (?:toi|em|anh|chi|minh|hoi|xin)|la gi|la bao nhieu|bao nhieu|may|nao|co khong|dau)"
)
_PHONE = (
    r"(?:so dien thoai|so dt|sdt|dien thoai|hotline|duong day nong|so may ban|so lien he|so zalo)"
)
_EMAIL = r"(?:email|e mail|mail|thu dien tu|gmail)"
_DAYS = r"(?:thu bay|thu 7|t7|chu nhat|cn|cuoi tuan|ngay le|le tet|trua)"
_WORKS = r"(?:lam viec|mo cua|dong cua|tiep dan|tiep khach|nhan ho so|lam khong|co lam|co mo|nghi)"

_OWN = re.compile(
    r"\b(?:cua (?:em|toi|minh|anh|chi|chau|cong ty|co so|doanh nghiep|ho kinh doanh)|sua|doi|thay"
    r"|cap nhat|xoa|khach|tren nhan|ghi nhan|nhan hang|nhan mac|nhan phu|bao bi|tem|hop dong"
    r"|nguoi ban|nguoi mua|nha cung cap|hai san|cong thuong|y te|nong nghiep|tai chinh|thue)\b"
)
"""The number or address of somebody else, another authority's, or one to be changed."""

_LABOUR = re.compile(r"\b(?:cong nhan|nhan vien|nguoi lao dong|luong|tang ca|bhxh|tho)\b")

_RULES: tuple[tuple[AboutUs, re.Pattern[str]], ...] = (
    (
        AboutUs.TELEPHONE,
        re.compile(
            rf"^{_PHONE}$|\b{_PHONE}\b.*\b{_US}\b|\b{_US}\b.*\b{_PHONE}\b|\b{_ASKS}\b.*\bhotline\b"
        ),
    ),
    (AboutUs.EMAIL, re.compile(rf"\b{_EMAIL}\b.*\b{_US}\b|\b{_US}\b.*\b{_EMAIL}\b")),
    (
        AboutUs.HOURS,
        re.compile(
            rf"\bgio (?:lam viec|hanh chinh|mo cua|tiep dan)\b|\bmay gio\b.*\b{_WORKS}\b"
            rf"|\b{_DAYS}\b.*\b{_WORKS}\b|\b{_WORKS}\b.*\b{_DAYS}\b"
        ),
    ),
    (
        AboutUs.ADDRESS,
        re.compile(
            rf"\bdia chi\b.*\b{_US}\b|\b{_US}\b.*\bdia chi\b|\btru so\b"
            r"|\b(?:so khcn|so kh cn|so khoa hoc(?: va)?(?: cong nghe)?|ben so)\b"
            r"(?: [a-z]+){0,3} (?:o|nam o|nam) (?:dau|duong nao|cho nao|khu nao)\b"
        ),
    ),
    (
        AboutUs.SITE,
        re.compile(rf"\b(?:trang web|website|web|fanpage|facebook|zalo)\b.*\b{_US}\b"),
    ),
    (
        AboutUs.LEADER,
        re.compile(
            r"\b(?:giam doc|lanh dao|truong phong)\b.*\bla ai\b|\bai la (?:giam doc|lanh dao)\b"
        ),
    ),
)

LONGEST_WORDS = 16
"""A longer message tells a story, and its question is another."""


def asked_about_us(text: str) -> AboutUs | None:
    """What a message asks about the department; None where it asks nothing of the kind.

    Whose digits stand in it gives a number instead of asking for one.
    """
    said = plain(text)
    if len(said.split()) > LONGEST_WORDS or re.search(r"\d{6}", said) or _OWN.search(said):
        return None
    found = next((aspect for aspect, rule in _RULES if rule.search(said)), None)
    return None if found is AboutUs.HOURS and _LABOUR.search(said) else found
