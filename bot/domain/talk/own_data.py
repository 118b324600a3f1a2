"""What an owner wishes of his data in unruly words: gone, shown, or that nobody writes to him.

Nothing is done by these words: whoever wants to be erased is asked first.
"""

import re
import unicodedata
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

_LET_GO = (
    r"(?:go(?! (?:sai|nham|loi|lai|phim|thieu|chu|dau)\b)"
    r"|(?<!can )(?<!toan )(?<!noi )bo(?! (?:sung|phan|cong thuong|y te|khoa hoc|nong nghiep"
    r"|xay dung|tai chinh|cong an|noi vu|tu phap|khcn|nganh|luat|cong cu|chi so|san pham"
    r"|dau|sot|qua)\b))"
)
"""Bare "gỡ" and "bỏ"; not "gõ sai", "cán bộ" or "bổ sung"."""

_ERASE = re.compile(
    rf"\b(?:xoa|huy|{_LET_GO}|quen|del|delete)(?: (?!khong|ko)\w+){{0,4}}? {_MINE}\b"
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
    said = _read(text)
    if len(said.split()) > LONGEST_WORDS or _NOT_OURS.search(said) or takes_erasure_back(text):
        return None
    if _SEE.search(said):
        return OwnData.SEE
    if not _KEEPS.search(said) and (_ERASE.search(said) or _ERASE_ALL.fullmatch(said)):
        return OwnData.ERASE
    return OwnData.SILENCE if _SILENCE.search(said) else None


_BO_OR_GO = re.compile(r"(?<![^\W_])(?<!toa\u0300n )([bg]o)([\u0300-\u036f]+)(?!\w)")
_TYPED = frozenset(
    unicodedata.normalize("NFD", one)
    for one in (
        "bo\N{COMBINING HOOK ABOVE}",
        "bo\N{COMBINING TILDE}",
        "go\N{COMBINING HORN}\N{COMBINING TILDE}",
        "go\N{COMBINING HORN}\N{COMBINING HOOK ABOVE}",
    )
)
"""Both words as they are typed with accents, their two tones taken for one another."""


def _read(text: str) -> str:
    """The bare words; another word with accents that would read like "bỏ" or "gỡ" is a stroke."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return plain(_BO_OR_GO.sub(lambda word: word[0] if word[0] in _TYPED else "_", letters))


_GONE = re.compile(r"\b(?:xoa|del|delete)\b(?! qua\b)")
_GONE_AND_NO_MORE = re.compile(
    rf"(?:(?:thi|the|cu|hay|uh|um|u|roi|ok|{_POLITE}) )*(?:go|bo)(?: (?:xuong|ra|{_POLITE}))*"
)
_THAT = (
    r"(?:cai|may|thu|do|ay|kia|nhung|cac|moi|ten|so|dien thoai|sdt|email|mail|thong tin"
    r"|tin nhan|du lieu|cua|khoi|xuong|ra|ca nhan|cu|he thong|chuyen)"
)
_THAT_GONE = re.compile(rf".*\b(?:(?<!toan )bo|go)(?: (?:{_POLITE}|{_THAT}))+")
_CLAUSE_END = re.compile(r"[,.;:!?\n]+")


def wished_below_the_list(text: str) -> OwnData | None:
    """What is wished right below the list of one's data, where a bare "xóa" can mean nothing else.

    It is asked about before anything is done. "Bỏ" and "gỡ" without their accents are many other
    words: nothing but a polite word stands beside them.
    """
    said = _read(text)
    if len(said.split()) > LONGEST_WORDS:
        return None
    is_kept = _KEEPS.search(said) or _NOT_OURS.search(said) or takes_erasure_back(text)
    is_gone = _GONE.search(said) or _GONE_AND_NO_MORE.fullmatch(said) or _is_typed_gone(text)
    return OwnData.ERASE if is_gone and not is_kept else None


def _is_typed_gone(text: str) -> bool:
    """Whether "bỏ" or "gỡ", typed with accents, is said of what was shown and of nothing else."""
    letters = unicodedata.normalize("NFD", text.casefold())
    clauses = (one for one in _CLAUSE_END.split(letters) if _typed_in(one))
    return any(_THAT_GONE.fullmatch(_read(one)) for one in clauses)


def _typed_in(letters: str) -> bool:
    return any(word[0] in _TYPED for word in _BO_OR_GO.finditer(letters))
