"""Whether a message asks how one office is reached: its telephone, its address, who is in charge.

The words are read whole: what is left beside the name of the office and what is asked of it must
name no other matter ("nộp đơn ở cục sở hữu trí tuệ thế nào" asks for something else).
"""

import re
from enum import StrEnum

MARK = "donvinao"
"""Stands in the bare words of a message for the name of the office."""

LONGEST_WORDS = 22
DIGITS_OF_A_NUMBER = 6


class ReachAsked(StrEnum):
    """What is asked of an office; `reach`: however it is reached."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    ADDRESS = "address"
    HOURS = "hours"
    SITE = "site"
    PERSON = "person"
    REACH = "reach"


_WHERE = r"(?:(?:dang |hien )?(?:nam )?(?:o )?(?:dau|cho nao|duong nao|khu nao|noi nao))"
_DAY = r"(?:thu (?:bay|hai|ba|tu|nam|sau|[2-7])|t7|chu nhat|cn|cuoi tuan|ngay le|le|tet|trua)"
_WORKS = r"(?:lam viec|mo cua|dong cua|tiep dan|tiep khach|nhan ho so|lam|mo|nghi|truc)"
_NAMELY = r"(?=.* (?:ai|ten gi|ten la gi)\b)"

_CORES: dict[ReachAsked, str] = {
    ReachAsked.TELEPHONE: (
        r"so dien thoai|so dt|sdt|dien thoai|hotline|duong day nong|so may ban|so may|so lien he"
        r"|so lien lac|so zalo|so phone|phone|so di dong"
    ),
    ReachAsked.EMAIL: r"dia chi (?:e ?mail|mail|thu dien tu)|e ?mail|mail|gmail|thu dien tu",
    ReachAsked.SITE: r"trang web|website|web site|web|fanpage|trang chu",
    ReachAsked.HOURS: (
        r"(?:gio (?:lam viec|mo cua|hanh chinh|tiep dan)|gio giac|lich (?:lam viec|tiep dan))"
        r"(?: (?:the nao|ra sao|tu may gio|may gio|den may gio))?"
        rf"|may gio (?:thi )?(?:{_WORKS}|toi)|(?:co )?{_WORKS} (?:tu |den |toi |luc )?may gio"
        rf"|{_DAY} (?:thi )?(?:co |con )?{_WORKS}|(?:co |con )?{_WORKS} (?:ca )?{_DAY}"
    ),
    ReachAsked.PERSON: (
        r"ai (?:la nguoi |dang )?(?:phu trach|lo|dam nhiem|dung dau)"
        r"|(?:ten )?(?:nguoi|can bo|lanh dao|chuyen vien) (?:nao )?phu trach (?:la )?(?:ai|ten gi)"
        rf"|(?:nguoi|can bo|lanh dao|chuyen vien) phu trach{_NAMELY}"
        r"|(?:truong phong|pho phong|truong|pho|lanh dao|giam doc|cuc truong|nguoi dung dau|sep)"
        rf"{_NAMELY}(?: (?:la ai|ten gi|ten la gi))?"
        r"|(?:gap|lien he|lien lac|kiem|tim) (?:voi )?(?:ai|can bo nao|nguoi nao)"
    ),
    ReachAsked.ADDRESS: (
        rf"dia chi(?: cu the)?(?: {_WHERE})?|tru so(?: {_WHERE})?|van phong {_WHERE}|{_WHERE}"
        r"|ban do|duong (?:di|toi|den)"
    ),
    ReachAsked.REACH: (
        r"(?:thong tin|cach|cach thuc|duong) (?:de )?(?:lien he|lien lac)"
        r"|(?:lien he|lien lac)(?: (?:voi|duoc))?"
        r"(?: (?:the nao|sao|lam sao|bang cach nao|kieu gi|qua dau|o dau|cho nao))?"
    ),
}
"""In this order: an e-mail address is no address, and "liên hệ ai" asks for a person."""

_BEHIND_AN_ANSWER = {**_CORES, ReachAsked.PERSON: rf"{_CORES[ReachAsked.PERSON]}|hoi ai"}

_BODY = re.compile(rf"\b(?:phong|bo phan|ben|van phong|tru so|cuc|chi cuc) {MARK}\b")
"""Words before the name of some work that make an office of it.

No "chỗ", "nơi" or "cơ quan": where some work is done is no office ("chỗ kiểm định cân").
"""

OWN_NAME = re.compile(
    r"(?:phong|bo phan|ben|co quan|cuc|chi cuc|tong cuc|uy ban|ubtdc|mot cua|quay|vien"
    r"|van phong|noip|gs1|hai quan|cong an|so(?! huu(?! tri tue vietnam)))\b"
)
"""How a name begins that is an office's own and not its work's: "sở hữu trí tuệ" is some work.

"IP Vietnam" is read as the shorthand that it holds.
"""

_WORDS = (
    "a|ah|da|u|oi|em|e|anh|chi|con|chau|chu|bac|co|ad|admin|ban|toi|tui|minh|mk|cho|gium|giup|dum"
    "|ho|voi|di|nha|nhe|nghen|khong|ko|k|hong|hok|duoc|dc|biet|xin|hoi|muon|can|cua|thi|la|gi|bao"
    "|nhieu|nhiu|nao|may|vay|v|z|the|nhi|ha|hen|ta|luon|them|lai|hien|nay|bay|gio|moi|va|ve|mang|vu"
    "|viec|chuyen|phan|khau|o|tai|ben|phong|nguoi|truc|tinh|de|goi|gap|nho|ai|nhanh|chao|alo|phien"
    "|day|ne|do|kia|ay|thang|dang|kinh|sao|hay|hoac|ten|kiem|tim|nham|dau|so|nam|qua|noi"
)
_BESIDE = (
    rf"(?:{_WORDS}|linh vuc|bo phan|don vi|co quan|van phong|can bo|chuyen vien|phu trach"
    r"|so khcn|so kh cn|so khoa hoc(?: va)? cong nghe|tay ninh|long an|lien he|lien lac|hoi tham"
    r"|trao doi|huong dan|tu van|cam on|lam on|truc tiep|chinh xac|cu the|cung cap|kinh gui"
    r"|de nghi|lam sao|the nao|bang cach nao|thong tin)"
)
"""Words that name no matter."""

_PURPOSE = re.compile(rf" de (?!.*\b{MARK}\b)(?!nghi\b)\w+(?: \w+){{0,7}}$")
"""What it is wished for, behind it: "để gửi đơn", "để gọi hỏi hồ sơ"."""

_POINTS = (
    r"(?:cho|noi|ben|co quan|don vi|phong|o|van phong|bo phan)"
    r" (?:do|ay|kia|nay|nhan|vua noi|hoi nay|nhan ho so|phu trach)"
)
"""The office spoken of, without its name."""

_OURS = re.compile(r"\b(?:cua so|ben so|o so|so (?:khcn|kh cn|khoa hoc|minh|em))\b")

_A_HEAD = re.compile(r"\b(?:truong|pho|lanh dao|giam doc)\b")

_NEEDS_AN_OFFICE = frozenset(ReachAsked) - {ReachAsked.TELEPHONE, ReachAsked.PERSON}
"""Asked of some work, these are other questions: "mã vạch ở đâu" asks where it is got."""

_OF_A_DUTY = re.compile(
    r"(?<!^)\bco can\b(?! bo\b)|\bphai\b|\bcan ai\b"
    r"|\bcan\b(?! bo\b).*(?<! co) (?:khong|ko|k|hong|hok|hem)"
    r"(?: (?:a|vay|v|em|anh|chi|ad|ha|da|nhi|the|ta))*$"
    rf"|\b(?:co|can|la)(?: qua| o)? {MARK}"
)
"""Whether something is needed or has to be: "điện thoại có cần hợp quy không"."""

_BARE_TELEPHONE = re.compile(
    r"^(?!.*\b(?:xin (?!hoi)|goi |can bo|chuyen vien|nguoi phu trach))"
    rf".*(?<!so )\b(?:dien thoai|phone)\b(?! cua {MARK})"
)
"""A telephone may be goods, too; beside the name of an office it is a number."""

_SIGN_OF_WORK = re.compile(rf"{MARK} (?:thi )?(?:co|can|la)\b|{MARK} .*\b(?:sao|the nao)\b")
"""What is printed: "nhãn hàng hóa có số điện thoại không"."""

_OFFICERS = re.compile(
    r"\b(?:can bo|chuyen vien|lien he|lien lac|gap|(?:ben|o|cua) so|so (?:khcn|kh cn|khoa hoc))\b"
)
"""Words of a person of an office; "giám đốc phụ trách ISO" is one of the firm."""

_IN_CHARGE = re.compile(
    rf"\b(?:ai (?:la nguoi |dang )?(?:phu trach|lo|dam nhiem)|nguoi (?:nao )?phu trach)\b.* {MARK}"
    rf"|{MARK} .*\bnguoi phu trach\b"
)

_OWN_FIRM = re.compile(r"\bben (?:chung )?(?:em|minh|toi|tui|tao)\b")

_NEEDS_POINTING = frozenset({ReachAsked.HOURS, ReachAsked.SITE, ReachAsked.EMAIL})
"""Asked behind an answer without a word that points, these are about the department."""


_WISHED_ALONE: dict[ReachAsked, re.Pattern[str]] = {
    ReachAsked.TELEPHONE: re.compile(
        r"^(?:.*\b(?:xin(?! hoi)|goi|lien he|lien lac)\b"
        r"|.*\bcho (?:(?!hoi )\w+ )?(?:so|sdt|dien thoai)\b"
        r"|.*\b(?:cho|xin) (?:\w+ )?hoi .*\b(?:so dien thoai|sdt|so dt)\b"
        r"|.*\b(?:so dien thoai|sdt|so dt) .*(?:bao nhieu|bao nhiu|so may|so nao)$)"
    ),
    ReachAsked.ADDRESS: re.compile(
        rf"\b(?:xin|cho) (?:\w+ ){{0,2}}dia chi|dia chi lien (?:he|lac)|^(?!.*\bcon ).*{_WHERE}"
    ),
}
"""How it is wished where an answer may be about such things itself: labels bear an address."""

_THEIRS = re.compile(r"\bcua ho\b")

_OF_THE_ANSWER = re.compile(r"\b(?:thi sao|(?:cua|cho) ai)\b")
"""Said of what stands in an answer: "còn địa chỉ thì sao", "số điện thoại của ai"."""


def reach_asked(said: str, *, is_own_name: bool, is_inside: bool = False) -> ReachAsked | None:
    """What bare words, with `MARK` for the name of an office, ask of it; None: nothing of it.

    `is_own_name`: whether it was named itself, and not its work. `is_inside`: whether firms do this
    work of their own, so that somebody of the firm may be in charge of it.
    """
    if not _may_ask(said):
        return None
    said = _PURPOSE.sub("", said)
    is_office = is_own_name or _BODY.search(said) is not None
    for asked, core in _CORES.items():
        if _is_whole(said, core, MARK):
            is_of_it = is_office or _is_of_work(said, asked, is_inside=is_inside)
            is_the_firms = asked is ReachAsked.PERSON and _OWN_FIRM.search(said)
            return asked if is_of_it and not is_the_firms else None
    return None


def _is_of_work(said: str, asked: ReachAsked, *, is_inside: bool) -> bool:
    """Whether what is asked of some work is asked of those who answer for it."""
    if asked is ReachAsked.TELEPHONE:
        return not _BARE_TELEPHONE.search(said) and not _SIGN_OF_WORK.search(said)
    if asked is not ReachAsked.PERSON:
        return asked not in _NEEDS_AN_OFFICE
    is_led = _IN_CHARGE.search(said) and not _A_HEAD.search(said) and not is_inside
    return bool(is_led or _OFFICERS.search(said))


def reach_of_it_asked(said: str, *, is_inside: bool = False) -> ReachAsked | None:
    """What bare words behind an answer ask of the office that it is about, without its name.

    `is_inside`: whether the answer is about work that firms do of their own.
    """
    if not _may_ask(said) or any(one.search(said) for one in (_OURS, _A_HEAD, _OF_THE_ANSWER)):
        return None
    cores = _BEHIND_AN_ANSWER.items()
    pointing = (asked for asked, core in cores if _is_whole(said, core, _POINTS))
    alone = (
        asked for asked, core in cores if _stands_alone(said, asked, core, is_inside=is_inside)
    )
    return next(pointing, None) or next(alone, None)


def _stands_alone(said: str, asked: ReachAsked, core: str, *, is_inside: bool) -> bool:
    """Whether the words are what is asked and nothing else; "ở đâu" alone is no address."""
    if asked in _NEEDS_POINTING or (asked is ReachAsked.ADDRESS and "dia chi" not in said):
        return False
    is_the_firms = _OWN_FIRM.search(said) or (is_inside and not _OFFICERS.search(said))
    if asked is ReachAsked.PERSON and is_the_firms:
        return False
    wish = _WISHED_ALONE.get(asked)
    if wish is not None and not (wish.search(said) or _THEIRS.search(said)):
        return False
    return re.fullmatch(rf"(?:{_BESIDE} )*?(?:{core})(?: {_BESIDE})*", said) is not None


def _may_ask(said: str) -> bool:
    digits = sum(letter.isdigit() for letter in said)
    is_short = digits < DIGITS_OF_A_NUMBER and len(said.split()) <= LONGEST_WORDS
    return is_short and _OF_A_DUTY.search(said) is None


def _is_whole(said: str, core: str, office: str) -> bool:
    """Whether the words are what is asked and the office, in any order, and nothing else."""
    beside = rf"(?:{_BESIDE} )*?"
    return any(
        re.fullmatch(rf"{beside}(?:{first}) {beside}(?:{second})(?: {_BESIDE})*", said)
        for first, second in ((core, office), (office, core))
    )
