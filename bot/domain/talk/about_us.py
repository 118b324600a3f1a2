"""Questions about the department itself: its telephone, address, hours, site, head."""

import re
import unicodedata
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
_WORKS = (
    r"(?:lam viec|mo cua|dong cua|tiep dan|tiep khach|nhan ho so|lam khong|co lam|co mo|nghi"
    r"|truc)"
)

_OWN = re.compile(
    r"\b(?:cua (?:em|toi|minh|anh|chi|chau|cong ty|co so|doanh nghiep|ho kinh doanh)|sua|doi|thay"
    r"|cap nhat|xoa|khach|tren nhan|ghi nhan|nhan hang|nhan mac|nhan phu|bao bi|tem|hop dong"
    r"|nguoi ban|nguoi mua|nha cung cap|hai san|cong thuong|y te|nong nghiep|tai chinh|thue|cuc)\b"
)
"""The number or address of somebody else, another authority's, or one to be changed."""

_CALLS = re.compile(
    r"\b(?:goi (?:lai|dien|cho|em|toi|minh)|noi chuyen|hen|de (?:lai )?so|(?:k|ko|khong) co)\b"
)
"""Who wants to be called, or says what he has not."""

_ELSEWHERE = re.compile(
    r"\b(?:sieu thi|bao tang|ngan hang|benh vien|buu dien|truong hoc|nha thuoc|rap|cong vien|cho"
    r"|ubnd|uy ban|cua hang|quan an)\b"
)
"""Others that open and close."""

_LABOUR = re.compile(r"\b(?:cong nhan|nhan vien|nguoi lao dong|luong|tang ca|bhxh|tho)\b")

_RULES: tuple[tuple[AboutUs, re.Pattern[str]], ...] = (
    (
        AboutUs.TELEPHONE,
        re.compile(
            rf"^(?!dien thoai$){_PHONE}$|\b{_ASKS}\b.*\bhotline\b"
            rf"|\b{_PHONE}\b.*\b{_US}\b|\b{_US}\b.*\b{_PHONE}\b"
        ),
    ),
    (AboutUs.EMAIL, re.compile(rf"\b{_EMAIL}\b.*\b{_US}\b|\b{_US}\b.*\b{_EMAIL}\b")),
    (
        AboutUs.HOURS,
        re.compile(
            rf"\bgio (?:lam viec|hanh chinh|mo cua|tiep dan)\b|\bmay gio\b.*\b{_WORKS}\b"
            rf"|\b{_DAYS}\b.*\b{_WORKS}\b|\b{_WORKS}\b.*\b{_DAYS}\b"
            r"|^(?:\w+ ){0,3}so (?:minh )?(?:co |con )?(?:lam|mo cua)"
            r"(?: (?:chieu|sang|trua|buoi \w+|toi may gio|den may gio))+\b"
        ),
    ),
    (
        AboutUs.ADDRESS,
        re.compile(
            rf"\bdia chi\b.*\b{_US}\b|\b{_US}\b.*\bdia chi\b|\btru so\b"
            r"|\b(?:so khcn|so kh cn|so khoa hoc(?: va)?(?: cong nghe)?|ben so)\b"
            r"(?: [a-z]+){0,3} (?:o|nam o|nam) (?:dau|duong nao|cho nao|khu nao)\b"
            r"|^so (?:minh |bay gio |gio |hien nay )*(?:nam )?o (?:dau|duong nao|cho nao|khu nao)\b"
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

_CIRCUMFLEX = "\N{COMBINING CIRCUMFLEX ACCENT}"
"""The sign by which the word for a number differs from that for a department."""

_NUMBERED = frozenset({"dien", "dt", "zalo", "may", "lien", "hotline", "di"})
"""What is reached by a number, said behind the word for one."""

DIGITS_OF_A_NUMBER = 6

LONGEST_WORDS = 16
LONGEST_LETTERS = 200
"""A longer message tells a story, and its question is another."""


def asked_about_us(text: str) -> AboutUs | None:
    """What a message asks about the department; None where it asks nothing of the kind.

    Whose digits stand in it gives a number instead of asking for one.
    """
    if len(text) > LONGEST_LETTERS:
        return None
    said = _read(text)
    gives = sum(letter.isdigit() for letter in said) >= DIGITS_OF_A_NUMBER
    if gives or len(said.split()) > LONGEST_WORDS or _OWN.search(said) or _CALLS.search(said):
        return None
    found = next((aspect for aspect, rule in _RULES if rule.search(said)), None)
    if found is AboutUs.HOURS and (_LABOUR.search(said) or _ELSEWHERE.search(said)):
        return None
    return found


def _read(text: str) -> str:
    """The bare letters, without a number's word where its accents tell it from the department."""
    words = unicodedata.normalize("NFD", text).split()
    bare = [plain(word) for word in words]
    behind = [*bare[1:], ""]
    kept = (
        name
        for word, name, following in zip(words, bare, behind, strict=False)
        if name != "so" or _CIRCUMFLEX not in word or following in _NUMBERED
    )
    return " ".join(filter(None, kept))
