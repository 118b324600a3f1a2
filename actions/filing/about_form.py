"""Questions about the request form itself, asked while it is filled in."""

import re
import unicodedata
from enum import StrEnum

from actions.filing.request_fields import asks_of_any_matter
from bot.domain.enterprise.reach import Reach, read_reach
from bot.domain.talk.slip import is_slip
from bot.domain.text.plain import plain
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.aspects import aspect_asked


class AboutForm(StrEnum):
    """What is asked, or that the assistant should wait."""

    FEE = "fee"
    TIME = "time"
    READER = "reader"
    WAIT = "wait"
    LATER = "later"
    SO_FAR = "so_far"
    LEFT = "left"
    SLIP = "slip"
    MANY = "many"
    WHY = "why"


_LEAD = (
    r"(?:(?:a|ua|um|u|da|vay|the|roi|ma|cho|em|anh|chi|toi|minh|hoi|ad|oi|gui|xong|yeu cau|phieu"
    r"|cai nay|lam|nhu|thi|sau|khi|dich vu|tu van|o day)\s+)*"
)
_NO = r"(?:khong|ko|k|kg|hong|hok|hem)"
_TAIL = (
    r"(?:\s+(?:a|vay|the|em|anh|chi|ad|ban|nhi|ha|do|day|cho|toi|minh|lai|nay|phieu|yeu cau|cai))*"
)

_RULES: tuple[tuple[AboutForm, re.Pattern[str]], ...] = (
    (
        AboutForm.FEE,
        re.compile(
            rf"{_LEAD}(?:(?:co\s+|phai\s+)*(?:mat|ton|dong|tra|thu)\s+(?:phi|tien)(?:\s+gi)?\s+{_NO}"
            rf"|(?:{_NO}|khoi)\s+(?:phai\s+)?(?:mat|ton|dong|tra|thu|bo)\s+(?:phi|tien)"
            rf"(?:\s+(?:gi|nao|het|ca|luon|phai|dung|{_NO}))*"
            rf"|(?:co\s+)?mien phi\s+(?:{_NO}|phai {_NO})|(?:co\s+)?phi\s+{_NO}){_TAIL}"
        ),
    ),
    (
        AboutForm.TIME,
        re.compile(
            rf"{_LEAD}(?:bao lau|khi nao|chung nao|may ngay|luc nao|bao gio|may gio)\s+"
            r"(?:(?:thi|moi|se|co|duoc|nguoi|can bo|ben so|so|nua)\s+)*"
            rf"(?:tra loi|lien he|goi|phan hoi|hoi am|co ket qua|xu ly|xong){_TAIL}"
        ),
    ),
    (
        AboutForm.WAIT,
        re.compile(
            r"(?:(?:a|u|da|ok|thoi|tu tu|khoan|doi|cho)[ ]?)*(?:khoan|doi|cho|tu tu)(?: da)?"
            r"(?: (?:em|anh|chi|toi|tui|minh|co|chu|ty|ti|chut|xiu|lat|da|nha|nhe|a|voi|cai))*"
            r"(?: chua gui(?: (?:nha|nhe|dau|voi|a|em|ma))*)?"
        ),
    ),
    (
        AboutForm.LATER,
        re.compile(
            r"(?:(?:a|u|da|ok|thoi|vay|roi) )*de (?:(?:em|anh|chi|toi|tui|minh|co|chu|bac|ve) )*"
            r"(?:coi|xem|tinh|suy nghi|nghi|ban|hoi|kiem|tim)(?: \w+){0,3}"
            r" (?:da|sau|cai da)(?: (?:nha|nhe|a|em))*"
        ),
    ),
    (
        AboutForm.READER,
        re.compile(
            rf"{_LEAD}(?:ai|nguoi nao|phong nao|bo phan nao|can bo nao)\s+(?:(?:se|la nguoi)\s+)*"
            rf"(?:doc|nhan|xem|coi|giai quyet|xu ly|tra loi|phu trach|lien he){_TAIL}"
        ),
    ),
)


_SO_FAR = re.compile(
    r"\b(?:doc|nhac|coi|xem|liet ke|kiem tra|dua|cho xem|cho coi) lai"
    r"(?: (?:cho|giup|gium|dum|het|toan bo|nhung gi|nhung|cai|phan|noi dung|cac|\w+)){0,5}"
    r" (?:phieu|khai|ghi|dien|viet|nay gio|hoi nay)\b"
    r"|\b(?:khai|ghi|dien|viet|noi|luu|nhap)(?: (?:duoc|toi|den|xong|nhung|cai|may))*"
    r" gi(?: roi| vay| ta| the| a| em| hen| do)*$"
    r"|\bphieu(?: (?:nay|cua|em|toi|anh|chi|minh|dang|gio|hien|hoi nay))*"
    r" (?:co|ghi|du|gom)(?: (?:duoc|nhung|cai))* gi\b"
    r"|^(?:em |con |ad )?doc lai(?: (?:di|coi|em|toi|anh|chi|nghe|xem|giup|gium|cho|da|phieu))*$"
)
"""What was given so far is to be read out."""

_LEFT = re.compile(
    r"\bcon (?:may|bao nhieu|nhieu|bn) (?:cau|buoc|phan|muc|cai)\b"
    r"|\b(?:may|bao nhieu) (?:cau|buoc|phan|muc) nua\b"
    r"|\bcon (?:nhieu|lau|dai)(?: nua)? (?:khong|ko|k|kg|hong|hok|hem)\b"
    r"|\b(?:sap|gan) xong(?: phieu)? (?:chua|khong|ko|k|hong)\b"
    r"|\bbao gio (?:moi )?(?:xong|het) (?:phieu|may cau nay)\b"
)

_MANY = re.compile(
    r"\b(?:hoi|khai|dien|ghi|bat khai|bat ghi)(?: (?:gi|cai gi|chi|ma|sao|thu|may cai))*"
    r" (?:nhieu|lam|hoai|dai|lau|ki|ky|du thu|tum lum)"
    r"(?: (?:qua|the|vay|v|troi|du|do|ghe|roi|a|ha|nhi|ta|hoai|met|oai|chan|nan|ngan|moi|tay))+$"
    r"|\b(?:hoi|khai|dien)(?: \w+)? nhieu (?:qua|the|vay|v)\b"
    r"|\bhoi cung(?: (?:ha|a|hay sao|vay|the|nhu|qua|do))*$"
    r"|(?<!thuc )(?<!bao )(?<!van )(?<!phat )\bhanh (?:nguoi|dan|nhau)(?: (?:qua|vay|the|a|ha))*$"
    r"|^(?:sao |gi ma |ma )?(?:ruom ra|phien phuc|dai dong|lau lac|mat (?:thoi gian|thi gio)|phien)"
    r"(?: (?:qua|the|vay|v|ghe|du|a|ha|nhi|troi|oi))*$"
)
"""The owner is tired of being asked."""

_FIELD = (
    r"(?:ma so thue|ma so|mst|so dien thoai|so dt|sdt|dien thoai|email|thong tin|ten|co so|cong ty"
    r"|doanh nghiep|dia chi|so|may cai nay|may cai do|cai nay|cai do|file|hinh)"
)
_HIS = r"(?:cua|em|anh|chi|co|chu|bac|toi|tui|minh|nguoi ta|nua|het|luon|nhieu)"
_WHY = re.compile(
    rf"(?:\w+ )?(?:hoi|lay|xin|can|doi|khai|ghi|cho|dua|nhap|biet)(?: {_FIELD})+(?: {_HIS})*"
    r" (?:de )?(?:lam gi|lam chi)(?: (?:vay|v|the|a|ha|do|em|ta|nhi))*"
    rf"|(?:ua |o |ma |vi |tai )*sao(?: (?:lai|em|phai|ad|so|ben so))*"
    rf" (?:phai|can|hoi|doi|xin|bat)(?: (?:khai|cho|dua|ghi|dien|nhap|co|biet))* {_FIELD}"
    rf"(?: {_HIS})*(?: (?:vay|v|the|a|ha|do))*"
    r"|(?:de )?(?:lam gi|lam chi)(?: (?:vay|the|v|a|ha|do|em))+"
)
"""The owner asks why this field is wanted of him, and nothing else."""

_WHAT_FOR = re.compile(rf"\b(?:lay|hoi|xin|can)(?: {_FIELD})+(?: {_HIS})* chi (?:vay|v|the|a|ha)\b")
_SHE = re.compile(r"\bch\N{LATIN SMALL LETTER I WITH DOT BELOW}\b")
"""With its dot it is the owner herself, without it what for."""

_MOST_WORDS = 11


def about_form(text: str) -> AboutForm | None:
    """What the whole of a message asks about the form; None where it asks nothing of it."""
    said = plain(text)
    asked = next((asked for asked, rule in _RULES if rule.fullmatch(said)), None)
    if asked is not None or len(said.split()) > _MOST_WORDS:
        return asked
    if is_slip(text):
        return AboutForm.SLIP
    if _LEFT.search(said):
        return AboutForm.LEFT
    if isinstance(read_reach(text), Reach):
        return None
    if _MANY.search(said):
        return AboutForm.MANY
    if _WHY.fullmatch(said) or (_WHAT_FOR.search(said) and not _names_herself(text)):
        return AboutForm.WHY
    return AboutForm.SO_FAR if _SO_FAR.search(said) else None


_OF_THE_REQUEST = {Aspect.HOW_LONG: AboutForm.TIME, Aspect.COST: AboutForm.FEE}


def asked_of_the_request(text: str) -> AboutForm | None:
    """What "mất mấy ngày vậy em" asks where no matter was spoken of: how long officers take."""
    aspect = aspect_asked(text)
    return _OF_THE_REQUEST.get(aspect) if aspect and asks_of_any_matter(text) else None


def _names_herself(text: str) -> bool:
    return _SHE.search(unicodedata.normalize("NFC", text).lower()) is not None
