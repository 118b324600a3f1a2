"""Messages that name no matter of their own: "nộp đâu", "còn tiền?", "hồ sơ cần gì ạ"."""

import re
from enum import StrEnum

from bot.domain.text.plain import plain

MOST_WORDS = 9
"""A longer message tells more than it leaves out."""

_NAMES_NOTHING = frozenset({
    "a", "ad", "admin", "ai", "alo", "anh", "apply", "ba", "bac", "ban", "bang", "bao", "bat",
    "ben", "bi", "bn", "bo", "buoc", "cac", "cach", "cai", "can", "cap", "cau", "chac", "chau",
    "check", "chi", "cho", "chu", "chuan", "chung", "chut", "co", "coi", "con", "cung", "da",
    "dang", "dau", "day", "dc", "de", "dem", "den", "di", "dieu", "do", "don", "dong", "dum",
    "dung", "duoc", "e", "em", "fee", "file", "form", "gi", "gia", "gian", "giay", "gio", "gium",
    "giup", "gom", "gui", "ha", "han", "hay", "he", "het", "hieu", "hin", "ho", "hoi", "hok",
    "hon", "hong", "ich", "j", "k", "ket", "kg", "khai", "khi", "khoan", "khong", "kiem", "kien",
    "kieu", "ko", "ky", "la", "lai", "lam", "lau", "le", "len", "lien", "loi", "luc", "luon",
    "ma", "mac", "mat", "mau", "may", "mi", "minh", "moi", "mot", "mua", "muon", "nam", "nao",
    "nay", "ne", "nen", "ng", "ngay", "nguoi", "nha", "nhanh", "nhat", "nhe", "nhi", "nhieu",
    "nhiu", "nhu", "nhung", "noi", "nop", "nua", "o", "oi", "ok", "oke", "okie", "ong", "phai",
    "phat", "phep", "phi", "q", "qua", "quy", "r", "ra", "re", "ri", "rieng", "ro", "roi", "rong",
    "s", "sao", "sau", "se", "so", "ta", "tac", "tam", "tao", "tat", "thang", "thay", "the",
    "them", "thi", "thoi", "thu", "tien", "tiep", "tim", "to", "toi", "ton", "tong", "tot", "tra",
    "trc", "tren", "trinh", "trong", "truoc", "tu", "tuan", "tuc", "tui", "uh", "um", "ung", "v",
    "vay", "viec", "vo", "voi", "vu", "vua", "xai", "xem", "xin", "xong", "y", "yeu", "z",
})  # fmt: skip
"""Words, in bare letters, of asking, of politeness and of what may be asked about any matter."""


_MATTERS = ("kieu dang",)
"""Names made of such words."""


class Aspect(StrEnum):
    """What is asked about a matter that the message itself does not name."""

    FINE = "fine"
    MONEY = "money"
    DURATION = "duration"
    VALIDITY = "validity"
    PAPERS = "papers"
    PLACE = "place"
    STEPS = "steps"
    WHO = "who"
    DUTY = "duty"


_ASKED: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    (Aspect.FINE, re.compile(r"\b(?:phat|vi pham|pham luat)\b")),
    (
        Aspect.MONEY,
        re.compile(
            r"\b(?:phi|tien|ton|mac|re|gia(?! han))\b|\bbao nhieu(?: (?:vay|a|the|nhi))?$|\bnhiu$"
        ),
    ),
    (
        Aspect.DURATION,
        re.compile(r"\b(?:bao lau|lau|may thang|may ngay|may tuan|chung nao|thoi gian)\b"),
    ),
    (
        Aspect.VALIDITY,
        re.compile(
            r"\b(?:(?:may|nhieu|nhiu) nam|hieu luc|thoi han|gia han|het han|con han"
            r"|xai may|dung may)\b"
        ),
    ),
    (Aspect.PAPERS, re.compile(r"\b(?:ho so|giay to|giay gi|can gi|to khai|gom gi|gom nhung)\b")),
    (Aspect.PLACE, re.compile(r"\b(?:dau|cho nao|noi nao)\b")),
    (
        Aspect.STEPS,
        re.compile(r"\b(?:lam sao|the nao|cac buoc|quy trinh|thu tuc|trinh tu|bat dau)\b"),
    ),
    (Aspect.WHO, re.compile(r"\b(?:ai|don vi nao|co quan nao)\b")),
    (Aspect.DUTY, re.compile(r"\b(?:bat buoc|co phai|co can)\b")),
)

_TOLD: dict[Aspect, re.Pattern[str]] = {
    Aspect.FINE: re.compile(r"\b(?:phat|xu ly)\b"),
    Aspect.MONEY: re.compile(r"\b(?:phi|(?<!cai )tien(?! tien)|ton|bao nhieu tien)\b"),
    Aspect.DURATION: re.compile(r"\b(?:bao lau|thoi gian|may thang)\b"),
    Aspect.VALIDITY: re.compile(r"\b(?:hieu luc|thoi han|gia han|may nam)\b"),
    Aspect.PAPERS: re.compile(r"\b(?:ho so|giay to|can gi)\b"),
    Aspect.PLACE: re.compile(r"\b(?:dau|noi)\b"),
    Aspect.STEPS: re.compile(
        r"\b(?:cac buoc|quy trinh|the nao|thu tuc|bat dau|trien khai|lam sao)\b"
    ),
    Aspect.WHO: re.compile(r"\b(?:ai|don vi|to chuc nao|co quan)\b"),
    Aspect.DUTY: re.compile(r"\b(?:bat buoc|co phai|co can)\b"),
}


def is_elliptical(text: str) -> bool:
    """Whether every word may be said of any matter: what is meant was named before."""
    said = plain(text)
    words = said.split()
    if any(matter in said for matter in _MATTERS):
        return False
    return 0 < len(words) <= MOST_WORDS and all(names_nothing(word) for word in words)


def names_nothing(word: str) -> bool:
    """Whether a word, in bare letters, may be said of any matter."""
    return word in _NAMES_NOTHING or word.isdigit()


def aspect_asked(text: str) -> Aspect | None:
    """What a message asks about its matter; None where no word tells."""
    said = plain(text)
    return next((aspect for aspect, words in _ASKED if words.search(said)), None)


def tells(title: str, aspect: Aspect) -> bool:
    """Whether an article of this title or button answers such a question."""
    return _TOLD[aspect].search(plain(title)) is not None
