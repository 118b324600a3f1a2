"""Words by which an owner asks to have his data erased, read without the dialogue engine.

While an officer holds the conversation the engine is not asked. A right by law must not fall silent
with it: what plainly asks for erasing is answered with the question whether it is meant.
"""

import re

from bot.domain.plain import plain

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

_NEGATED = re.compile(r"\b(?:dung|khong|ko|k|chua|khoi|cam) (?:xoa|huy|go|del|rut|thu hoi)\b")

MOST_WORDS = 20
"""Who writes more tells a story; an officer reads it."""


def wants_erasure(text: str) -> bool:
    """Whether words plainly ask to erase what is kept of the writer, or take back his consent."""
    words = plain(text)
    if words.count(" ") >= MOST_WORDS or _NEGATED.search(words):
        return False
    return bool(_ERASE.fullmatch(words) or _WITHDRAW.fullmatch(words))
