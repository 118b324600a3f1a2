"""What an owner wishes of his data in unruly words: gone, shown, or that nobody writes to him.

Nothing is done by these words: whoever wants to be erased is asked first.
"""

import re
from enum import StrEnum

from bot.domain.talk.erasure_wish import takes_erasure_back
from bot.domain.text.plain import plain


class OwnData(StrEnum):
    """What is wished."""

    ERASE = "erase"
    SEE = "see"
    SILENCE = "silence"


LONGEST_WORDS = 22

_WHO = r"(?:toi|em|anh|chi|co|chu|bac|con|chau|tui|tao|minh|ong|ba|cau|thim|di)"
_MINE = (
    rf"(?:(?:thong tin|du lieu|so dien thoai|so dt|sdt|so|ten|email|lien he)(?: ca nhan)?"
    rf"(?: (?:cua|ve))? {_WHO}"
    r"|du lieu|tin nhan|doan chat|lich su(?: chat| tro chuyen| tin nhan)?|cuoc tro chuyen"
    r"|(?:chuyen|moi thu|nhung gi|cai|het|sach)(?: \w+){0,3} nay gio"
    r"|thong tin (?:ca nhan|da (?:gui|cho|dua)))"
)
_POLITE = (
    rf"(?:di|dum|gium|giup|ho|voi|nha|nhe|nghen|a|oi|luon|ngay|lien|lai|nay|{_WHO}|thoi|tat ca"
    r"|toan bo|het|sach|trong day|o day|nay gio|nua|het tron|cho|da|vay)"
)

_ERASE = re.compile(
    rf"\b(?:xoa|huy|go|bo|quen|del|delete)(?: (?!khong|ko)\w+){{0,4}}? {_MINE}\b"
    r"|\b(?:dung|khong muon|ko muon|k muon|khoi|cam|khong cho|khong dong y|ngung|thoi)"
    r"(?: \w+){0,4}? (?:luu|giu|ghi nho|nho)(?: (?:lai|tru|cai|gi))*"
    rf"(?: (?:{_MINE}|(?:so|ten|thong tin|sdt|tin nhan)\b.*\b(?:nua|{_WHO})))"
)
_ERASE_ALL = re.compile(
    rf"(?:{_POLITE} )*(?:xoa|quen)(?: {_POLITE})*? (?:het|sach|tat ca|toan bo)(?: {_POLITE})*"
)
_NUMBER = r"(?:so dien thoai|so dt|sdt|so zalo|email)"
_OR_NOT = r"(?:khong|ko|k|hong|hok|hem|chua)"
_SEE = re.compile(
    rf"\b(?:giu|luu|nho|ghi)(?: (?:nhung|duoc|lai|tru|dang|nay|toi nay))*"
    rf" (?:(?:thong tin|du lieu|so|cai)? ?(?:gi|nao)|nhung gi)(?: \w+){{0,2}}? (?:cua|ve) {_WHO}\b"
    rf"|\b(?:luu|giu) (?:{_NUMBER}|so|ten|thong tin)(?: cua)? {_WHO}(?: \w+)? {_OR_NOT}\b"
    rf"|\b{_NUMBER}\b.*\bcon (?:giu|luu)(?: (?:lai|do))? {_OR_NOT}\b"
)
_SILENCE = re.compile(
    r"\b(?:dung|ngung|thoi|khoi|cam|khong muon|ko muon|k muon|tat)(?: (?:co|nhan|bi))*"
    r" (?:gui|nhan|goi|bao|lam phien|quay ray)?"
    r"(?: ?(?:tin|tin nhan|thong bao|tin bao|nhac|gi|quang cao|het|cai))+"
    rf"(?: (?:cho|voi|toi|den|tu))?(?: {_WHO})?(?: (?:nua|het|di|nha|nhe|a|{_WHO}))+$"
    rf"|\b(?:dung|ngung|thoi)(?: co)? (?:nhan|lam phien|quay ray)(?: cho)? {_WHO}(?: nua)?\b"
)

_NOT_OURS = re.compile(
    r"\b(?:nhan hieu|nhan hang|bat buoc|nhan (?:tren|phu|ao)"
    r"|tren nhan|bao bi|tem|van bang|ma vach|han su dung|lo hang|tccs"
    r"|so luu hanh|so cong bo|giay phep|website|trang web|facebook|san|san pham|chung nhan"
    r"|nhan vien|cong nhan|khach hang)\b"
)
_KEEPS = re.compile(
    r"\b(?:dung|khoan|chua|khoi|cam|khong|ko|k|so|lo|quen) (?:\w+ )?(?:xoa|huy|go|del)\b"
)


def wished_of_data(text: str) -> OwnData | None:
    """What is wished of the writer's own data; None where nothing is, or it is to stay."""
    said = plain(text)
    if len(said.split()) > LONGEST_WORDS or _NOT_OURS.search(said) or takes_erasure_back(text):
        return None
    if _SEE.search(said):
        return OwnData.SEE
    if not _KEEPS.search(said) and (_ERASE.search(said) or _ERASE_ALL.fullmatch(said)):
        return OwnData.ERASE
    return OwnData.SILENCE if _SILENCE.search(said) else None


_GONE = re.compile(r"\b(?:xoa|go|bo|del|delete)\b(?! qua\b)")


def wished_below_the_list(text: str) -> OwnData | None:
    """What is wished right below the list of one's data, where a bare "xóa" can mean nothing else.

    It is asked about before anything is done.
    """
    said = plain(text)
    short = len(said.split()) <= LONGEST_WORDS
    is_kept = _KEEPS.search(said) or _NOT_OURS.search(said) or takes_erasure_back(text)
    return OwnData.ERASE if short and _GONE.search(said) and not is_kept else None
