"""A correction said in the midst of the request form: which field, and what is to stand there."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.text.plain import folded
from vietnamese.question import sounds_like_question

_BEFORE = (
    r"(?:(?:a|u|ua|ma|quen|da|vang|em|anh|chi|toi|minh|oi|nho|cho|giup|lam on|vui long|de nghi"
    r"|muon|xin|can|khoan|thoi)[\s,]+)*"
)
_SAID_BEFORE = re.compile(r"^.{1,50}?[\s,.;!](?=(?:vui long |lam on |cho \w+ )?(?:sua|doi)\b)")
"""What is said before the correction: "lộn số rồi, sửa …"."""

_CHANGES = r"(?:sua|doi|thay|chinh|cap nhat|ghi lai|dien lai|nhap lai|viet lai)"
_BESIDE = r"(?:\s+(?:lai|giup|gium|dum|ho|cai|cho|em|anh|chi|toi|minh|sua|doi))*"
_OWN = r"(?:\s+(?:cua\s+)?(?:em|anh|chi|toi|minh|cong ty|ben em))?"
_FIELDS = {
    "reach": r"so dien thoai|sdt|so dt|dien thoai|so lien he|lien he|e-?mail|mail|thu dien tu",
    "enterprise": (
        r"(?:ten\s+)?(?:cong ty|doanh nghiep|co so|hop tac xa|htx|ho kinh doanh|xuong|cua hang)"
        r"|ma so thue|mst|ten"
    ),
    "question": r"(?:phan\s+)?(?:noi dung|cau hoi|yeu cau)",
    "topic": r"mang|linh vuc|chu de",
    "files": r"file|tep|anh kem|hinh kem|tai lieu|giay to",
}
_TO = r"(?:thanh|la|sang|qua|:|->|=)"

_AMENDMENT = re.compile(
    rf"^\W*{_BEFORE}{_CHANGES}{_BESIDE}\s+(?:phan\s+|muc\s+)?"
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _FIELDS.items())})"
    rf"{_OWN}(?:\s+lai)?(?:\s*(?:{_TO}\s*(?P<value>\S.*)|(?P<number>[+\d].*))|\W*)$",
    re.DOTALL,
)
_SOMETHING = re.compile(
    rf"^\W*{_BEFORE}{_CHANGES}{_BESIDE}(?:\s+(?:phieu|thong tin|mot chut|ti))?\W*$"
)


@dataclass(frozen=True)
class Amendment:
    """`value`: what is to stand in the field, in the owner's own letters; empty where not said."""

    field: str
    value: str = ""


def read_amendment(text: str) -> Amendment | None:
    """The correction that a message is as a whole; None where it is none.

    "Đổi tên công ty thì giấy chứng nhận có sao không" asks something, and changes nothing.
    """
    own = unicodedata.normalize("NFC", text).strip()
    found = _AMENDMENT.match(folded(own))
    if found is None and (before := _SAID_BEFORE.search(folded(own))):
        own = own[before.end() :]
        found = _AMENDMENT.match(folded(own))
    if found is None:
        return None
    said = "value" if found["value"] is not None else "number"
    value = own[slice(*found.span(said))].strip() if found[said] is not None else ""
    if value and sounds_like_question(value):
        return None
    field = next(name for name in _FIELDS if found[name] is not None)
    return Amendment(field, value)


def wants_to_amend(text: str) -> bool:
    """Whether something is to be changed, and not said what: "sửa lại"."""
    return _SOMETHING.match(folded(unicodedata.normalize("NFC", text).strip())) is not None
