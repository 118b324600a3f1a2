"""The score an owner means when typing instead of pressing a button."""

import re

from bot.domain.assessments.assessment import AnswerChoice, Scale
from bot.domain.text.plain import plain

LONGEST_ANSWER = 40
"""Characters: what is longer is a sentence with something else to say, not a score."""

LONGEST_UNKNOWN = 60

_SPOKEN = {"mot": "1", "hai": "2", "ba": "3", "bon": "4", "nam": "5"}
"""Numbers in words; not “không”, which says no as often as nought."""

_OUT_OF = re.compile(r"^(\d+)\s*/\s*(\d+)$")
_NEGATIVE_OR_FRACTION = re.compile(r"-\s*\d|\d\s*[.,]\s*\d")


_WHO = r"(?:em|toi|anh|chi|co|chu|bac|tui|minh|ben em|xuong|co so|cong ty|cho nay|o day)"
_THIS = r"(?:cau|muc|cai|phan|dieu|y) (?:nay|do|nay ne)"
_POLITE = r"(?:nha|nhe|a|ha|di|luon|nua|lam|ne|thoi|giup|gium|voi|nghe|qua|roi|em|anh|chi|ad)"
_UNKNOWN = re.compile(
    rf"(?:(?:da|u|um|a|ua|thoi|{_WHO}|{_THIS}) )*"
    r"(?:(?:khong|ko|k|kg|hong|hok|chua|cha|chang) (?:biet|ro|chac|nho|xac dinh(?: duoc)?|coi"
    r"|de y|danh gia duoc|cham duoc|tra loi duoc)"
    r"|bo qua|cho qua|qua cau (?:khac|sau|tiep)|cau (?:khac|tiep|ke)|skip|next|mien tra loi"
    r"|(?:khong|ko|k|hong|chang) (?:ap dung|lien quan|phu hop|dinh dang|dung)"
    r"(?: (?:gi|duoc|cho|toi|den|voi))*)"
    rf"(?: (?:{_WHO}|{_THIS}|{_POLITE}|cua))*"
)
"""Who cannot tell, or to whom the question does not apply; "không" alone is nought."""


def is_unknown(text: str) -> bool:
    """Whether an answer says that there is none: "chưa rõ", "bỏ qua câu này"."""
    return len(text) <= LONGEST_UNKNOWN and _UNKNOWN.fullmatch(plain(text)) is not None


def read_score(text: str, scale: Scale) -> int | None:
    """The score typed: `4`, `4/5`, `4` among fillers, its number or a choice in words, or None.

    None means unclear. Accents, case and the scale's filler words do not matter. Two numbers, or
    words that the scale does not know, are unclear: better to ask again than to write down a wrong
    score.
    """
    text = text.strip()
    if not text or len(text) > LONGEST_ANSWER or _NEGATIVE_OR_FRACTION.search(text):
        return None
    out_of = _OUT_OF.match(text)
    if out_of is not None:
        return _in_range(out_of[1], scale) if int(out_of[2]) == scale.most else None
    spoken = plain(text)
    by_title = _meant(spoken, scale)
    if by_title is not None:
        return by_title
    bare = _without_fillers(spoken, scale)
    bare = _SPOKEN.get(bare, bare)
    return _in_range(bare, scale) if bare.isdecimal() else _meant(bare, scale)


def _meant(spoken: str, scale: Scale) -> int | None:
    return next((c.score for c in scale.choices if spoken in _ways(c)), None)


def _ways(choice: AnswerChoice) -> set[str]:
    # A button's title repeats the score in front.
    return {plain(way) for way in (choice.title, f"{choice.score} {choice.title}", *choice.words)}


def _without_fillers(spoken: str, scale: Scale) -> str:
    fillers = {plain(filler) for filler in scale.fillers}
    return " ".join(word for word in spoken.split() if word not in fillers)


def _in_range(digits: str, scale: Scale) -> int | None:
    number = int(digits)
    return number if number <= scale.most else None
