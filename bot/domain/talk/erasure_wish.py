"""Words by which an owner asks to have his data erased, or takes it back; read without the engine.

While an officer holds the conversation the engine is not asked. A right by law must not fall silent
with it: what plainly asks for erasing is answered with the question whether it is meant. And what
takes a wish back must not be missed, whoever holds the conversation: what is erased stays so.
"""

import re

from bot.domain.text.plain import plain, without_accents

_OWNER = (
    r"(?:(?:cong ty|cty|doanh nghiep|co so|ho kinh doanh|htx|hop tac xa|ben) )?"
    r"(?:chung )?(?:toi|em|e|tui|minh|mik|anh|chi)"
)
_DATA = r"(?:du lieu|thong tin|tin nhan|lich su (?:chat|tro chuyen|tin nhan)|cuoc tro chuyen|dl|tt)"
_AFTER = (
    rf"(?: ca nhan)?(?: (?:cua|ve) {_OWNER})?(?: {_OWNER})?"
    r"(?: da (?:luu|khai|gui|nhan|cung cap|dua))?(?: khoi he thong| o day| nay)?"
    r"(?: (?:di|giup|gium|ho|nhe|nha|nghen|a|ad|luon|ngay|voi|em|toi|anh|chi|so))*"
)
_ALL = r"(?:bo|het|sach|toan bo|tat ca|moi|giup|gium|cac|nhung|cho|luon)"
_ERASE = re.compile(rf"(?:.* )?(?:xoa|huy|go|del)(?: {_ALL})*(?: {_OWNER})? {_DATA}{_AFTER}")
_WITHDRAW = re.compile(r"(?:.* )?(?:rut|thu hoi|huy)(?: lai)?(?: su| cai| loi)? dong y(?: .*)?")

_ERASING = r"(?:xoa|huy|go|del)"
_POLITE = r"nhe|nha|nghen|giup|gium|ho|em|toi|anh|chi|ad|oi|a|voi|luon|di"
_BEFORE = (
    rf"(?:(?:thoi|a|o|da|vang|oi|uh|um|nay|gio|bay gio|lai|xin loi|nham|{_OWNER}|ad|bot|tro ly"
    r"|can bo|(?:nghi|suy nghi) lai|doi y(?: dinh)?|roi|nen|va|cu|hay|tam thoi|xin) )*"
)
_NOT = (
    r"(?:dung|khoan|khoi|cam|(?:khong|ko|k)(?: (?:can|muon|phai|dinh|nen))?)"
    r"(?: (?:co|voi|voi vang|hay|phai|can))*"
)
_WHAT = (
    rf"(?:(?: {_ALL}| di)*(?: {_DATA}|(?: cai)? gi)?(?: ca nhan)?"
    rf"(?: (?:cua|ve|cho|giup) {_OWNER})?)"
)
_AT_THE_END = rf"(?: (?:nua|dau|da|het|ca|{_POLITE}))*"
_NO_MORE = rf"{_NOT} (?:xoa|del|{_ERASING}(?=.* {_DATA}\b)){_WHAT}"
_BACK = (
    r"(?:cho )?(?:(?:toi|em|minh) )?(?:muon |xin )?(?:rut(?: lai)?|bo|huy|thoi|dung)"
    rf"(?: (?:cai|su|loi|viec))? (?:de nghi|yeu cau|y dinh|lenh|viec) {_ERASING}{_WHAT}"
)
_KEEP = (
    rf"(?:giu|de)(?: nguyen)?(?: lai)?(?: nguyen)?(?: {_ALL}| {_OWNER})*"
    rf" (?:du lieu|dl|{_DATA} (?:ca nhan|(?:cua|ve) {_OWNER})){_WHAT}"
)
_TAKEN_BACK = re.compile(rf"{_BEFORE}(?:{_NO_MORE}|{_BACK}|{_KEEP}){_AT_THE_END}")
_NO_APART = re.compile(r"\b(?:khong|ko|k|dung|khoan|khoi|cam)\s*[^\w\s]")
_ASKED = re.compile(r"\?|\b\N{LATIN SMALL LETTER A WITH GRAVE}\W*$", re.IGNORECASE)

_NEGATED = re.compile(r"\b(?:dung|khong|ko|k|chua|khoi|cam) (?:xoa|huy|go|del|rut|thu hoi)\b")

MOST_WORDS = 20
"""Who writes more tells a story; an officer reads it."""


def wants_erasure(text: str) -> bool:
    """Whether words plainly ask to erase what is kept of the writer, or take back his consent."""
    words = plain(text)
    if words.count(" ") >= MOST_WORDS or takes_erasure_back(text):
        return False
    if _NEGATED.search(words) and not _says_no_first(text):
        return False
    return bool(_ERASE.fullmatch(words) or _WITHDRAW.fullmatch(words))


def takes_erasure_back(text: str) -> bool:
    """Whether words say, and nothing else, that what the writer asked to erase is to stay."""
    words = plain(text)
    if words.count(" ") >= MOST_WORDS or _ASKED.search(text) or _says_no_first(text):
        return False
    return bool(_TAKEN_BACK.fullmatch(words))


def _says_no_first(text: str) -> bool:
    """“Không, xóa đi”: the no is about something else."""
    return bool(_NO_APART.search(without_accents(text.casefold())))
