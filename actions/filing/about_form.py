"""Questions about the request form itself, asked while it is filled in."""

import re
from enum import StrEnum

from bot.domain.text.plain import plain


class AboutForm(StrEnum):
    """What is asked, or that the assistant should wait."""

    FEE = "fee"
    TIME = "time"
    READER = "reader"
    WAIT = "wait"
    LATER = "later"


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


def about_form(text: str) -> AboutForm | None:
    """What the whole of a message asks about the form; None where it asks nothing of it."""
    said = plain(text)
    return next((asked for asked, rule in _RULES if rule.fullmatch(said)), None)
