"""What a message tells beside the need: who writes and how he is reached."""

import re
import unicodedata
from datetime import date
from typing import Any

from bot.domain.enterprise.intake import EnterpriseGiven, read_enterprise
from bot.domain.enterprise.reach import Reach, read_reach
from bot.domain.text.plain import folded

_PIECE = re.compile(r"[,;\n]+|[.!?]+(?:\s+|$)")
_NAMES_ITSELF = re.compile(
    r"^\W*(?:(?:da|em|toi|minh|chi|anh|ben em|ben minh|ben toi|la|o|cua|ten)\s+)*"
    r"(?:cong ty|cong ti|cty|doanh nghiep|dntn|hop tac xa|htx|ho kinh doanh|hkd|co so|xuong|tiem"
    r"|cua hang|nha may|trang trai)\s"
)
_TAX_CODE = re.compile(r"\b(?:mst|ma so thue|ma so doanh nghiep|msdn)\b")
_LONGEST_NAME = 10
"""Words; a longer piece tells a story."""


def told_facts(text: str, *, today: date) -> dict[str, Any]:
    """The slots that a message fills by the way, for the summary to be confirmed.

    "Em là Lan, cty TNHH Mật Ong Vàng, MST …, số 0900…, nhờ coi nhãn": only what names itself is
    taken, an enterprise by its kind and capitals, a tax code by its label.
    """
    text = unicodedata.normalize("NFC", text)
    facts: dict[str, Any] = {}
    if enterprise := _enterprise(text, today):
        facts["request_enterprise"] = enterprise
    reach = read_reach(text)
    if isinstance(reach, Reach):
        facts["request_reach"] = reach.text
    return facts


def _enterprise(text: str, today: date) -> dict[str, str] | None:
    code = name = ""
    for piece in _PIECE.split(text):
        read = folded(piece)
        if not (_TAX_CODE.search(read) or _is_a_name(piece, read)):
            continue
        given = read_enterprise(piece, today=today)
        if isinstance(given, EnterpriseGiven):
            code, name = code or given.tax_code, name or given.name
    return {"tax_code": code, "name": name, "unchecked": ""} if code or name else None


def _is_a_name(piece: str, read: str) -> bool:
    kind = _NAMES_ITSELF.match(read)
    if kind is None or len(piece.split()) > _LONGEST_NAME:
        return False
    behind = piece[kind.end() :].split()
    return bool(behind) and behind[0][:1].isupper()
