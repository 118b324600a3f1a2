"""Words about the answer just given: shorter, again, plainer, by which law, too dear."""

import re
from enum import StrEnum

from bot.domain.text.plain import plain
from vietnamese.question import sounds_like_question

LONGEST_WORDS = 14
LONGEST = 24
"""Words of a clause, and of a message of several."""

MOST_CLAUSES = 4

_CLAUSE = re.compile(r"[,.;!?\n]+")


class AboutAnswer(StrEnum):
    """What is wished of the answer before."""

    SHORTER = "shorter"
    AGAIN = "again"
    PLAINER = "plainer"
    GROUND = "ground"
    TOO_DEAR = "too_dear"


_BESIDE = (
    r"(?:a|da|u|um|uh|oi|em|e|anh|chi|con|chau|chu|bac|co|cu|ad|ban|toi|tui|minh|cho|gium|giup|dum"
    r"|ho|voi|di|nha|nhe|nghe|duoc|dc|khong|ko|k|hong|coi|nao|the|vay|thoi|xin|loi|lam on|phien|moi"
    r"|mot|chut|ti|xiu|hon|qua|nua|cau|do|nay|kia|ay|cai|phan|hoi|nay gio|hoi nay|luc nay|khi nay"
    r"|nhung|ma|thi|la|roi|gi|viec|vu|chuyen|tren|truoc|van|con|lan|trong|o|bang|cua|bua|gia|lon"
    r"|tuoi|mat kem|lang tai|doc|chep|thay|bot|tro ly|can|muon|phai|tra loi|noi|ghi|viet|giai thich"
    r"|de|may|chung|ta|ong|ba|hai|lai|ro|nhiu|nhieu|chu|len|xuong|duoi|luon|day|ne|ha|nhi|cha|troi)"
)
_LAW = (
    r"(?:luat|nghi dinh|thong tu|van ban|quyet dinh|can cu|dieu khoan|dieu may|khoan may"
    r"|co so phap ly|quy dinh phap luat)"
)


def _whole(core: str) -> re.Pattern[str]:
    """The core with nothing beside it but words that name no matter."""
    return re.compile(rf"(?:{_BESIDE} )*?(?:{core})(?: {_BESIDE})*")


_RULES: tuple[tuple[AboutAnswer, re.Pattern[str]], ...] = (
    (
        AboutAnswer.SHORTER,
        _whole(
            r"ngan gon|ngan|gon|van tat|tom tat|tom lai|dai qua|dai dong qua|nhieu chu qua"
            r"|(?:dai|dai dong|nhieu chu) (?:qua )?(?:\w+ ){0,3}(?:ngan|gon|tom)(?: gon| tat| lai)?"
        ),
    ),
    (
        AboutAnswer.PLAINER,
        _whole(
            r"de hieu|don gian|binh dan|(?:chua|khong|ko|k|hong|cha|chang) hieu|kho hieu"
            r"|y (?:do |nay )?la (?:sao|gi)|nghia (?:do |nay )?la (?:sao|gi)"
            r"|(?:nhu )?vay nghia la sao|tuc la sao|la sao|roi qua|phuc tap qua"
            r"|(?:chua|khong|ko) (?:ro|thong|nghe kip)"
        ),
    ),
    (
        AboutAnswer.AGAIN,
        _whole(r"nhac lai|noi lai|doc lai|lap lai|gui lai cau tra loi|lap lai lan nua"),
    ),
    (
        AboutAnswer.GROUND,
        _whole(
            rf"(?:theo |dua vao |dua tren |nam o |ghi trong )?{_LAW}"
            r" (?:nao|gi|so may|so bao nhieu|o dau|dau)(?: quy dinh| noi| ghi| bat)?"
            r"|(?:ai|dau|o dau|cho nao) quy dinh"
            r"|quy dinh (?:o dau|nao|gi)"
            rf"|{_LAW} dau|(?:trong )?{_LAW} co (?:ghi|noi|quy dinh)"
        ),
    ),
    (
        AboutAnswer.TOO_DEAR,
        _whole(r"(?:mac|dat|cao|nhieu tien|ton kem|ton tien|ton|chat)(?: qua| the| du| vay| lam)+"),
    ),
)
"""In this order: "nói lại cho gọn" is wished shorter."""


def asked_about_answer(text: str) -> AboutAnswer | None:
    """What a message, or a clause of one that asks nothing else, wishes of the answer before it.

    None where it speaks of something else.
    """
    whole = _of(plain(text))
    if whole is not None:
        return whole
    clauses = [clause for clause in _CLAUSE.split(text) if plain(clause)]
    if not 1 < len(clauses) <= MOST_CLAUSES or sum(len(c.split()) for c in clauses) > LONGEST:
        return None
    found = [(_of(plain(clause)), clause) for clause in clauses]
    others = [clause for asked, clause in found if asked is None]
    if any(sounds_like_question(clause) for clause in others):
        return None
    return next((asked for asked, _ in found if asked is not None), None)


def _of(said: str) -> AboutAnswer | None:
    if not said or len(said.split()) > LONGEST_WORDS:
        return None
    return next((asked for asked, rule in _RULES if rule.fullmatch(said)), None)
