"""Whether words plainly wish for a self-assessment, whatever a classifier makes of them."""

import re

from bot.domain.text.plain import plain

LONGEST_WISH = 80
"""Characters: a longer message tells or asks something besides."""

_BEFORE = (
    r"(?:(?:da|a|ad|alo|cho|xin|em|anh|chi|toi|minh|tui|mik|e|ben em|ben minh|cong ty|xuong|co so"
    r"|muon|mun|can|nho|giup|gium|vay|thoi|gio|hay|bat dau|vo|vao|mo|duoc|hoi|nen)\s)*"
)
_WISHED = re.compile(
    rf"{_BEFORE}(?:tu (?:danh gia|cham|kiem tra|kiem|chan doan)|cham (?:diem|thu)|danh gia"
    r"|(?:lam|thu|cham)(?: lai)? (?:bai|trac nghiem|bo cau hoi) "
    r"|bai (?:tu )?(?:danh gia|cham|trac nghiem|kiem) "
    r"|kham suc khoe|chan doan|quiz|test )"
)


def wishes_for_assessment(text: str) -> bool:
    """Whether a short message begins with such a wish: “em muốn tự chấm …”, “làm bài …”."""
    return len(text) <= LONGEST_WISH and _WISHED.match(f"{plain(text)} ") is not None


_UNDECIDED = re.compile(
    r"\b(?:khong|ko|k|hong|chua) (?:biet|bit|ro)\b|\b(?:cai|bai|muc) dau(?: tien)?\b"
    r"|\b(?:bai|cai) nao\b"
    r"|\bnao (?:cung duoc|hop)\b"
)


def takes_the_first(text: str) -> bool:
    """Whether somebody who is offered several cannot tell which, or says that the first will do."""
    return len(text) <= LONGEST_WISH and _UNDECIDED.search(plain(text)) is not None
